import type { Diagnostic } from '../base/diagnostic.ts';
import { UserError } from '../base/diagnostic.ts';
import { formatBytes, parseBytes } from '../base/quantity.ts';
import { parseChroots } from './parse-chroots.ts';
import type { Builder } from './problem.ts';

const KEYS = [
  ...['name', 'arch', 'host', 'slots', 'ram-disk', 'memory', 'disk-slots', 'disk-factor', 'cores', 'jobs'],
  'speed',
] as const;
const EXAMPLE = 'name=x86-1,arch=amd64,slots=8,ram-disk=64GiB,memory=96GiB,jobs=4,speed=1';
const MOST = 4096;
/** No build fits into less: the unit was forgotten. */
const LEAST_BYTES = 1024 ** 2;

/** How many make jobs the durations of estimates are for, and a build gets where its builder doesn't say. */
export const DURATION_JOBS = 4;
/** How many times longer a build takes on disk where its builder doesn't say: between 1.1 and 2 in published comparisons. */
export const DISK_FACTOR = 1.35;
/**
 * How many times longer a build takes where another architecture is emulated and nobody gave a speed. With qemu-user on Debian 12 all
 * of a small build, with chroot and build dependencies, takes 6.4 times the processor time (tree: 193 s for arm64 on amd64, 30 s
 * natively), its build step alone 27 times; large builds come near the latter.
 */
export const EMULATION_FACTOR = 10;

/** What counts for builders that don't say. */
export interface BuilderDefaults {
  readonly diskFactor: number;
}

/** A builder as somebody described it. */
export interface GivenBuilder extends Builder {
  /** False: a history may tell another speed than 1. */
  readonly isSpeedGiven: boolean;
}

const DEFAULTS: BuilderDefaults = { diskFactor: DISK_FACTOR };

/**
 * Reads a builder as `--builder` gives it: `name=x86-1,arch=amd64,slots=8,ram-disk=64GiB,jobs=4`. `arch` is required; left out,
 * slots is 1, ram-disk 0 (all builds on disk), memory no limit, disk-slots as many as slots, cores no limit, jobs
 * `DURATION_JOBS`, speed 1, and the name is the architecture. `ram-disk=20GiB*3+40GiB`: chroots of fixed sizes, one build
 * each; `jobs=1/2/4`: what a build may get. `host=amd64`: the machine's own architecture, if it emulates `arch`: then speed is
 * 1 / `EMULATION_FACTOR`.
 * @throws UserError for a part that can't be read
 */
export function parseBuilder(text: string, defaults: BuilderDefaults = DEFAULTS): GivenBuilder {
  const fields = new Map<string, string>();
  for (const part of text.split(',')) {
    const cut = part.indexOf('=');
    if (cut < 0) throw bad(text, `'${part}' has no '='`);
    fields.set(part.slice(0, cut).trim(), part.slice(cut + 1).trim());
  }
  return readBuilder(fields, text, defaults);
}

/**
 * Reads a builder from named fields, as a `--builders` file has them.
 * @param described what to call the entry in messages
 * @throws UserError
 */
export function readBuilder(
  fields: ReadonlyMap<string, string>,
  described: string,
  defaults: BuilderDefaults = DEFAULTS,
): GivenBuilder {
  for (const key of fields.keys()) {
    if (!KEYS.some((known) => known === key)) throw bad(described, `'${key}' is none of ${KEYS.join(', ')}`);
  }
  const arch = fields.get('arch');
  if (arch === undefined || arch === '') throw bad(described, 'arch= is missing');
  const name = fields.get('name') ?? arch;
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) {
    throw bad(described, `'${name}' is no builder name: letters, digits, '.', '_' and '-'`);
  }
  const host = hostOf(fields, arch, described);
  const slots = integer(fields, 'slots', 1, 1, described);
  const cores = integer(fields, 'cores', 1, Infinity, described);
  const builder: GivenBuilder = {
    name,
    arch,
    slots,
    ...ramDisk(fields, described),
    memoryBytes: memory(fields, described),
    diskSlots: integer(fields, 'disk-slots', 0, slots, described),
    diskFactor: factor(fields, 'disk-factor', [1, 1000], defaults.diskFactor, described),
    cores,
    makeJobs: makeJobs(fields, cores, described),
    speed: factor(fields, 'speed', [0.01, 100], host === undefined ? 1 : 1 / EMULATION_FACTOR, described),
    ...(host === undefined ? {} : { host }),
    isSpeedGiven: fields.has('speed'),
  };
  refuseContradictions(builder, described);
  return builder;
}

/** @returns undefined: it builds natively */
function hostOf(fields: ReadonlyMap<string, string>, arch: string, described: string): string | undefined {
  const host = fields.get('host');
  if (host === '') throw bad(described, 'host= names no architecture');
  return host === arch ? undefined : host;
}

function refuseContradictions(builder: Builder, described: string): void {
  const { slots, diskSlots, ramDiskBytes, memoryBytes, cores } = builder;
  if (ramDiskBytes > memoryBytes) {
    const sizes = `ram-disk=${formatBytes(ramDiskBytes)} is more than memory=${formatBytes(memoryBytes)}`;
    throw bad(described, `${sizes}: the RAM disk's pages are memory too`);
  }
  if (diskSlots > slots)
    throw bad(described, `disk-slots=${String(diskSlots)} is more than slots=${String(slots)}`);
  if (diskSlots === 0 && ramDiskBytes === 0)
    throw bad(described, 'neither ram-disk= nor disk-slots= leaves a place to build in');
  const most = builder.makeJobs.at(-1) ?? 1;
  if (most > cores) throw bad(described, `jobs=${String(most)} is more than cores=${String(cores)}`);
}

function ramDisk(
  fields: ReadonlyMap<string, string>,
  described: string,
): Pick<Builder, 'ramDiskBytes' | 'ramDiskChroots'> {
  const text = fields.get('ram-disk');
  if (text === undefined || !/[*+]/.test(text))
    return { ramDiskBytes: bytes(fields, 'ram-disk', 0, described), ramDiskChroots: [] };
  const ramDiskChroots = parseChroots(text);
  if (ramDiskChroots === undefined)
    throw bad(described, `ram-disk=${text} are no chroots such as 20GiB*3+40GiB`);
  return { ramDiskBytes: ramDiskChroots.reduce((sum, size) => sum + size, 0), ramDiskChroots };
}

/** `4`, or choices: `1/2/4`. */
function makeJobs(fields: ReadonlyMap<string, string>, cores: number, described: string): readonly number[] {
  const text = fields.get('jobs');
  if (text === undefined) return [Math.min(DURATION_JOBS, cores)];
  const choices = text.split('/').map((choice) => wholeNumber(choice.trim(), 1));
  const known = choices.filter((choice) => choice !== undefined);
  if (known.length < choices.length)
    throw bad(described, `jobs=${text} is no number from 1 to ${String(MOST)}, nor several such as 1/2/4`);
  return [...new Set(known)].sort((a, b) => a - b);
}

function integer(
  fields: ReadonlyMap<string, string>,
  key: string,
  least: number,
  missing: number,
  described: string,
): number {
  const text = fields.get(key);
  if (text === undefined) return missing;
  const value = wholeNumber(text, least);
  if (value === undefined)
    throw bad(described, `${key}=${text} is no number from ${String(least)} to ${String(MOST)}`);
  return value;
}

function wholeNumber(text: string, least: number): number | undefined {
  const value = Number(text);
  return /^\d+$/.test(text) && value >= least && value <= MOST ? value : undefined;
}

function bytes(fields: ReadonlyMap<string, string>, key: string, missing: number, described: string): number {
  const text = fields.get(key);
  if (text === undefined) return missing;
  const value = parseBytes(text);
  if (value === undefined) throw bad(described, `${key}=${text} is no size such as 64GiB`);
  if (value > 0 && value < LEAST_BYTES)
    throw bad(described, `${key}=${text} is less than a MiB; did you mean ${text.replace(/\D+$/, '')}GiB?`);
  return value;
}

function memory(fields: ReadonlyMap<string, string>, described: string): number {
  const value = bytes(fields, 'memory', Infinity, described);
  if (value === 0) throw bad(described, 'memory=0 leaves no room for any build; leave it out for no limit');
  return value;
}

function factor(
  fields: ReadonlyMap<string, string>,
  key: string,
  [least, most]: readonly [number, number],
  missing: number,
  described: string,
): number {
  const text = fields.get(key);
  if (text === undefined) return missing;
  const value = Number(text);
  if (!/^(?:\d+(?:\.\d*)?|\.\d+)$/.test(text) || !(value >= least && value <= most))
    throw bad(described, `${key}=${text} is no factor from ${String(least)} to ${String(most)}`);
  return value;
}

function bad(described: string, problem: string): UserError {
  const diagnostic: Diagnostic = {
    code: 'bad-builder',
    severity: 'error',
    message: `builder '${described}': ${problem}`,
    hint: `a builder looks like --builder ${EXAMPLE}`,
  };
  return new UserError([diagnostic]);
}
