import type { Plan, PlanBuilder, PlanTask } from '../../plan/plan.ts';
import { memoryOf, ramDiskOf } from './pool-depths.ts';
import { uniqueWords } from './unique-words.ts';

/** Something of a builder that its builds share, in whole numbers. */
export interface BuilderResource {
  /** A word of letters, digits and `_`: `ramdisk_mb_x86_1`. */
  readonly name: string;
  readonly capacity: number;
  /** What a build of the builder takes; never more than `capacity`. */
  readonly demandOf: (task: PlanTask) => number;
}

/**
 * What limits the builds of each builder, by its name: `slots`, `ramdisk_mb` (or `chroots_N`, those of one size),
 * `disk_slots`, and `memory_mb` and `cores` where they are limits. MiB: demands are rounded up, capacities down.
 */
export function builderResources(plan: Plan): ReadonlyMap<string, readonly BuilderResource[]> {
  const words = uniqueWords(plan.builders.map(({ name }) => name));
  return new Map(
    plan.builders.map((builder) => [
      builder.name,
      resourcesOf(builder).map((resource) => ({
        ...resource,
        name: `${resource.name}_${words.get(builder.name) ?? ''}`,
      })),
    ]),
  );
}

const MIB = 2 ** 20;

function resourcesOf(builder: PlanBuilder): readonly BuilderResource[] {
  const { slots, ramDiskBytes, ramDiskChroots, memoryBytes, diskSlots, cores } = builder;
  const onRamDisk =
    ramDiskChroots.length > 0
      ? chrootsOf(ramDiskChroots)
      : ramDiskBytes > 0
        ? [bytesOf('ramdisk_mb', ramDiskBytes, ramDiskOf)]
        : [];
  return [
    { name: 'slots', capacity: slots, demandOf: () => 1 },
    ...onRamDisk,
    ...(diskSlots < slots
      ? [
          {
            name: 'disk_slots',
            capacity: diskSlots,
            demandOf: ({ mode }: PlanTask) => Number(mode === 'disk'),
          },
        ]
      : []),
    ...(memoryBytes === null ? [] : [bytesOf('memory_mb', memoryBytes, memoryOf)]),
    ...(cores === null
      ? []
      : [{ name: 'cores', capacity: cores, demandOf: ({ makeJobs }: PlanTask) => makeJobs }]),
  ];
}

function bytesOf(name: string, bytes: number, demandOf: (task: PlanTask) => number): BuilderResource {
  const capacity = Math.floor(bytes / MIB);
  return { name, capacity, demandOf: (task) => Math.min(capacity, Math.ceil(demandOf(task) / MIB)) };
}

function chrootsOf(chroots: readonly number[]): readonly BuilderResource[] {
  return [...new Set(chroots)].map((bytes, index) => ({
    name: `chroots_${String(index + 1)}`,
    capacity: chroots.filter((other) => other === bytes).length,
    demandOf: ({ chroot }) => Number(chroot !== undefined && chroots[chroot] === bytes),
  }));
}
