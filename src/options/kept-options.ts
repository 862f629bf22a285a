import type { RawRunOptions } from './run-options.ts';

export const RUN_OPTIONS_SCHEMA = 'debplan/run-options@1';

/** What decides what a run builds and how, as it was typed: kept in its work folder, so that `--resume` alone goes on with it. */
export type KeptOptions = Omit<RawRunOptions, 'work' | 'resume' | 'retryFailed' | 'cancel'>;

/** In the order in which they are written. Everything else is about one call of the command alone. */
const KEPT = [
  ...(['with', 'builderCommand', 'suite', 'sources', 'fetch', 'chroot', 'chrootMode'] as const),
  ...(['buildOptions', 'user', 'builders', 'arch', 'emulate', 'timeout', 'idleTimeout'] as const),
  ...(['retries', 'transient', 'maxLog', 'ramDir', 'ramDisk', 'keep', 'history', 'events', 'on'] as const),
  ...(['isolate'] as const),
  ...(['slurmPartition', 'slurmConstraint', 'slurmRam', 'slurmDiskLicense', 'slurmOption'] as const),
  ...(['slurmWindow', 'slurmPoll', 'slurmRamDir', 'slurmDiskDir'] as const),
] satisfies readonly (keyof KeptOptions)[];

/**
 * The part of a run's options that is kept, with paths that mean the same wherever the run is gone on with.
 * @param absolute makes a path absolute
 */
export function optionsToKeep(raw: RawRunOptions, absolute: (path: string) => string): KeptOptions {
  const { sources, chroot, ramDir, history, events } = raw;
  return {
    ...definedOf(raw),
    ...(sources === undefined ? {} : { sources: sources.map(absolute) }),
    ...(chroot === undefined ? {} : { chroot: chroot.map((text) => absoluteChroot(text, absolute)) }),
    ...(ramDir === undefined ? {} : { ramDir: absolute(ramDir) }),
    ...(history === undefined || history === '-' ? {} : { history: absolute(history) }),
    ...(events === undefined ? {} : { events: absolute(events) }),
  };
}

/** `[ARCH=]FILE`; what has no `/` is a name. */
function absoluteChroot(text: string, absolute: (path: string) => string): string {
  const [, arch = '', value = ''] = /^((?:[a-z0-9-]+=)?)(.*)$/s.exec(text) ?? [];
  return value.includes('/') ? `${arch}${absolute(value)}` : text;
}

/** What was typed now, before what was kept. What contradicts something typed now is left out. */
export function mergeKept(typed: KeptOptions, kept: KeptOptions): KeptOptions {
  const given = definedOf(typed);
  const isOut = (key: keyof KeptOptions): boolean => {
    if (key === 'builderCommand') return given.with === 'sbuild';
    if (key === 'with') return given.builderCommand !== undefined;
    if (key === 'chroot' || key === 'chrootMode')
      return given.with === 'command' || given.builderCommand !== undefined;
    if (key === 'builders') return given.arch !== undefined;
    if (key === 'arch') return given.builders !== undefined;
    if (key === 'ramDir') return given.ramDisk === false;
    if (key === 'ramDisk') return given.ramDir !== undefined;
    if (key === 'user') return given.on === 'slurm';
    return key.startsWith('slurm') && given.on === 'here';
  };
  return { ...definedOf(kept, isOut), ...given };
}

/** The names of options that decide what is built, and were typed otherwise than they were kept. */
export function changedOptions(typed: KeptOptions, kept: KeptOptions): readonly string[] {
  return DECISIVE.filter((key) => typed[key] !== undefined && !isSame(typed[key], kept[key])).map((key) =>
    optionName(key),
  );
}

const DECISIVE = ['with', 'builderCommand', 'suite', 'chroot', 'chrootMode', 'buildOptions'] as const;

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** `builderCommand` → `--builder-command`. */
function optionName(key: string): string {
  return `--${key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** What is given of what is kept, in one order. */
function definedOf(
  options: KeptOptions,
  isOut: (key: keyof KeptOptions) => boolean = () => false,
): KeptOptions {
  return KEPT.reduce<KeptOptions>(
    (found, key) => (options[key] === undefined || isOut(key) ? found : { ...found, [key]: options[key] }),
    {},
  );
}
