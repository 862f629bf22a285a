import type { PlanTarget, PlanTask } from '../../plan/plan.ts';
import { mebibytes, ramDiskMebibytes } from '../mebibytes.ts';
import { dscName, sbuildOptions } from './sbuild-words.ts';

/** A task with all that a builder command may want to know of it. */
export interface CommandContext {
  readonly task: PlanTask;
  /** What it is built for. */
  readonly target: PlanTarget['target'];
  /** Its name as a file, from `taskSlugs`. */
  readonly slug: string;
  /** The distribution's codename. */
  readonly suite: string;
}

/** A text is one word of the command, whatever is in it; a list is as many words as it has parts. */
export type PlaceholderValue = string | readonly string[];

export interface Placeholder {
  /** For people: lower case, no full stop. */
  readonly describe: string;
  /** Whether it stands for any number of words, and so can't stand inside of one. */
  readonly isList: boolean;
  /** Whether no shell sees anything but plain letters in it: it needs no `:q`. */
  readonly isPlain: boolean;
  readonly value: (context: CommandContext) => PlaceholderValue;
}

/** What may stand between the braces of a builder command, in the order in which help shows it. */
export const PLACEHOLDERS = {
  source: word('name of the source package', ({ task }) => task.source),
  version: word('its version, with epoch', ({ task }) => task.version),
  dsc: word('file of the source package: hello_2.10-3.dsc', ({ task }) => dscName(task)),
  arch: word('architecture that it is built for', ({ target }) => target.arch),
  'build-arch': word('architecture that it runs on', ({ task, target }) => task.buildArch ?? target.arch),
  kind: plain('what is built: any, all or binary (both)', ({ target }) => target.kind),
  suite: word('codename of the distribution', ({ suite }) => suite),
  profiles: word('build profiles, separated by commas', ({ task, target }) =>
    (task.profiles ?? target.profiles).join(','),
  ),
  stage: word('empty for a full build; stage1, cross, rebuild', ({ task }) => task.stage),
  'sbuild-options': {
    describe: 'options of sbuild for architecture, kind, profiles and jobs',
    isList: true,
    isPlain: false,
    value: sbuildOptions,
  },
  builder: word('name of the builder', ({ task }) => task.builder),
  slot: plain('slot of the builder in the plan, from 0 on', ({ task }) => String(task.slot)),
  mode: plain('where it is planned: ram or disk', ({ task }) => task.mode),
  jobs: plain('make jobs', ({ task }) => String(task.makeJobs)),
  'ram-disk-mib': plain('MiB that it takes on the RAM disk, 0 on disk', ({ task }) =>
    String(ramDiskMebibytes(task)),
  ),
  'memory-mib': plain('MiB that its processes take', ({ task }) => String(mebibytes(task.memoryBytes))),
  layer: word('layer, or empty', ({ task }) => task.layer ?? ''),
  'build-type': word('build type, or empty', ({ task }) => task.buildType ?? ''),
  id: word('name of the build in the plan: hello_2.10-3/amd64', ({ task }) => task.id),
  slug: plain('that name as a file: hello_2.10-3.amd64', ({ slug }) => slug),
} as const satisfies Readonly<Record<string, Placeholder>>;

export type PlaceholderName = keyof typeof PLACEHOLDERS;

export const PLACEHOLDER_NAMES: readonly PlaceholderName[] = Object.keys(PLACEHOLDERS).filter(isPlaceholder);

export function isPlaceholder(name: string): name is PlaceholderName {
  return Object.hasOwn(PLACEHOLDERS, name);
}

/** What each placeholder stands for in the command of one task. */
export function placeholderValues(context: CommandContext): ReadonlyMap<PlaceholderName, PlaceholderValue> {
  return new Map(PLACEHOLDER_NAMES.map((name) => [name, PLACEHOLDERS[name].value(context)]));
}

function word(describe: string, value: (context: CommandContext) => string): Placeholder {
  return { describe, isList: false, isPlain: false, value };
}

function plain(describe: string, value: (context: CommandContext) => string): Placeholder {
  return { describe, isList: false, isPlain: true, value };
}
