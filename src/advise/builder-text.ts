import type { Builder } from '../dispatch/problem.ts';

const UNITS: readonly (readonly [string, number])[] = [
  ['TiB', 1024 ** 4],
  ['GiB', 1024 ** 3],
  ['MiB', 1024 ** 2],
  ['KiB', 1024],
];

/** A builder as `--builder` takes it: what `parseBuilder` reads back as the same builder. */
export function builderText(builder: Builder): string {
  const { name, arch, slots, ramDiskBytes, ramDiskChroots, memoryBytes, diskSlots, diskFactor, cores } =
    builder;
  const fields: readonly (readonly [string, string])[] = [
    ['name', name],
    ['arch', arch],
    ...field('host', builder.host),
    ['slots', String(slots)],
    ['ram-disk', ramDiskChroots.length === 0 ? exactBytes(ramDiskBytes) : chrootsText(ramDiskChroots)],
    ...field('memory', memoryBytes === Infinity ? undefined : exactBytes(memoryBytes)),
    ...field('disk-slots', diskSlots === slots ? undefined : String(diskSlots)),
    ['disk-factor', String(diskFactor)],
    ...field('cores', cores === Infinity ? undefined : String(cores)),
    ['jobs', builder.makeJobs.join('/')],
    ...field('speed', builder.speed === 1 ? undefined : String(builder.speed)),
  ];
  return fields.map(([key, value]) => `${key}=${value}`).join(',');
}

/** `40GiB+9GiB*6`; `none` when there are none. @param chroots in bytes, equal ones side by side */
export function chrootsText(chroots: readonly number[]): string {
  const counts = new Map<number, number>();
  for (const size of chroots) counts.set(size, (counts.get(size) ?? 0) + 1);
  const parts = [...counts].map(
    ([size, count]) => exactBytes(size) + (count === 1 ? '' : `*${String(count)}`),
  );
  // Without its count a single chroot would be read as a budget.
  if (chroots.length === 1) return `${parts[0] ?? ''}*1`;
  return chroots.length === 0 ? 'none' : parts.join('+');
}

/** A size that `parseBytes` reads back to the byte, in the largest unit that divides it. */
export function exactBytes(bytes: number): string {
  const [name, size] = UNITS.find(([, unit]) => bytes >= unit && bytes % unit === 0) ?? ['', 1];
  return `${String(bytes / size)}${name}`;
}

function field(key: string, value: string | undefined): readonly (readonly [string, string])[] {
  return value === undefined ? [] : [[key, value]];
}
