import { formatBytes } from '../base/quantity.ts';
import type { Plan, PlanBuilder, PlanRecordOptions, PlanSearch } from '../plan/plan.ts';

/** A setting's value: for people, and such that values that differ have texts that differ. */
export interface SettingText {
  readonly shown: string;
  readonly exact: string;
}

/** Settings by what the command line calls them, in the order in which they are shown. */
export type SettingTexts = ReadonlyMap<string, SettingText>;

/** What a builder has where `--builder` would leave something out. */
export const NO_LIMIT = 'no limit';
export const NATIVE = 'native';

interface Setting<Given> {
  /** Without dashes. */
  readonly name: string;
  readonly text: (given: Given) => SettingText | string;
}

const OPTIONS: Readonly<Record<Exclude<keyof PlanRecordOptions, 'search'>, Setting<PlanRecordOptions>>> = {
  architectures: { name: 'arch', text: ({ architectures }) => list(architectures) },
  allOn: { name: 'all-on', text: ({ allOn }) => allOn },
  profiles: { name: 'profiles', text: ({ profiles }) => list(profiles) },
  deps: { name: 'deps', text: ({ deps }) => deps },
  alternatives: { name: 'alternatives', text: ({ alternatives }) => alternatives },
  reading: { name: 'reading', text: ({ reading }) => reading },
  kind: { name: 'kind', text: ({ kind }) => kind },
  implicit: { name: 'implicit', text: ({ implicit }) => list(implicit) },
  waitsForImplicit: { name: 'wait for implicit', text: ({ waitsForImplicit }) => yesOrNo(waitsForImplicit) },
  rebuildAfterStage: {
    name: 'rebuild-after-stage',
    text: ({ rebuildAfterStage }) => yesOrNo(rebuildAfterStage),
  },
  rebuildStale: { name: 'rebuild-stale', text: ({ rebuildStale }) => yesOrNo(rebuildStale) },
  layers: { name: 'layers', text: ({ layers }) => list(layers) },
  select: { name: 'select', text: ({ select }) => list(select) },
  buildDepsDepth: { name: 'with-build-deps', text: ({ buildDepsDepth }) => steps(buildDepsDepth) },
  dependentsDepth: { name: 'with-dependents', text: ({ dependentsDepth }) => steps(dependentsDepth) },
  durationJobs: { name: 'make jobs of estimates', text: ({ durationJobs }) => String(durationJobs) },
  ramQuantile: { name: 'ram-quantile', text: ({ ramQuantile }) => String(ramQuantile) },
  ramHolds: { name: 'ram-holds', text: ({ ramHolds }) => ramHolds },
};

/** What found the schedule is no setting: it follows from the others. */
const SEARCH: Readonly<Record<Exclude<keyof PlanSearch, 'foundBy'>, Setting<PlanSearch>>> = {
  effort: { name: 'effort', text: ({ effort }) => String(effort) },
  schedules: { name: 'schedules', text: ({ schedules }) => String(schedules) },
  seed: { name: 'seed', text: ({ seed }) => String(seed) },
};

/** By the keys of `--builder`; the name is said apart, chroots with the RAM disk. */
const BUILDER: Readonly<Record<Exclude<keyof PlanBuilder, 'name' | 'ramDiskChroots'>, Setting<PlanBuilder>>> =
  {
    arch: { name: 'arch', text: ({ arch }) => arch },
    slots: { name: 'slots', text: ({ slots }) => String(slots) },
    ramDiskBytes: { name: 'ram-disk', text: ramDisk },
    memoryBytes: { name: 'memory', text: ({ memoryBytes }) => size(memoryBytes) },
    diskSlots: { name: 'disk-slots', text: ({ diskSlots }) => String(diskSlots) },
    diskFactor: { name: 'disk-factor', text: ({ diskFactor }) => String(diskFactor) },
    cores: { name: 'cores', text: ({ cores }) => (cores === null ? NO_LIMIT : String(cores)) },
    makeJobs: { name: 'jobs', text: ({ makeJobs }) => makeJobs.join('/') },
    speed: { name: 'speed', text: ({ speed }) => String(speed) },
    host: { name: 'host', text: ({ host }) => host ?? NATIVE },
  };

/** The options that a plan was made with. */
export function optionTexts({ options }: Plan): SettingTexts {
  return new Map([
    ...textsOf<PlanRecordOptions>(Object.values(OPTIONS), options),
    ...textsOf<PlanSearch>(Object.values(SEARCH), options.search),
  ]);
}

/** What `--builder` would say of it but for its name; it would leave out `NO_LIMIT` and `NATIVE`. */
export function builderTexts(builder: PlanBuilder): SettingTexts {
  return textsOf<PlanBuilder>(Object.values(BUILDER), builder);
}

function textsOf<Given>(settings: readonly Setting<Given>[], given: Given): SettingTexts {
  return new Map(
    settings.map(({ name, text }) => {
      const found = text(given);
      return [name, typeof found === 'string' ? { shown: found, exact: found } : found];
    }),
  );
}

/** `32GiB`; chroots as `--builder` takes them: `40GiB+20GiB*3`. */
function ramDisk({ ramDiskBytes, ramDiskChroots }: PlanBuilder): SettingText {
  if (ramDiskChroots.length === 0) return size(ramDiskBytes);
  const counts = new Map<number, number>();
  for (const bytes of ramDiskChroots) counts.set(bytes, (counts.get(bytes) ?? 0) + 1);
  const join = (format: (bytes: number) => string): string =>
    [...counts]
      .map(([bytes, count]) => `${format(bytes)}${count === 1 ? '' : `*${String(count)}`}`)
      .join('+');
  return { shown: join(shortBytes), exact: `chroots ${join((bytes) => `${String(bytes)}B`)}` };
}

function size(bytes: number | null): SettingText {
  if (bytes === null) return { shown: NO_LIMIT, exact: NO_LIMIT };
  return { shown: shortBytes(bytes), exact: `${String(bytes)}B` };
}

function shortBytes(bytes: number): string {
  return bytes === 0 ? '0' : formatBytes(bytes).replace(/(?:\.0)? /, '');
}

function list(values: readonly string[]): string {
  return values.length === 0 ? 'none' : values.join(', ');
}

function yesOrNo(value: boolean): string {
  return value ? 'yes' : 'no';
}

function steps(depth: number | 'all'): string {
  if (depth === 'all') return 'all the way';
  return depth === 0 ? 'no' : `${String(depth)} ${depth === 1 ? 'step' : 'steps'}`;
}
