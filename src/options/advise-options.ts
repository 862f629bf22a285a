import type { AdviseOptions } from '../advise/advise.ts';
import { compareNumber } from '../base/compare.ts';
import type { UserError } from '../base/diagnostic.ts';
import { formatBytes, parseBytes } from '../base/quantity.ts';
import { isArchitecture } from '../debian/architecture.ts';
import { unknownArchitecture, usage } from './usage-error.ts';

/** The options of `advise` as they come from the command line: lists may be repeated or comma-separated. */
export interface RawAdviseOptions {
  readonly memory?: string | undefined;
  readonly cores?: string | undefined;
  readonly memoryPerJob?: string | undefined;
  readonly diskFactor?: string | undefined;
  readonly arch?: readonly string[] | undefined;
  readonly slots?: string | undefined;
  readonly jobs?: string | undefined;
}

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;
const MOST_CORES = 4096;
const MOST_FACTOR = 1000;
const EXAMPLE = 'debplan advise plan.json --memory 128GiB --cores 32';

/**
 * What the processes of a build take for each make job where nothing is known: a compiler of C++ takes about so much at its
 * peak, most others less, so a host that is reckoned with it does not run out of memory.
 */
const MEMORY_PER_JOB = GIB;

/** Fills the options of `advise`. @throws UserError for what is missing or can't be meant */
export function resolveAdviseOptions(raw: RawAdviseOptions): AdviseOptions {
  if (raw.memory === undefined)
    throw usage('--memory is missing: how much memory the host has for builds', EXAMPLE);
  if (raw.cores === undefined) throw usage('--cores is missing: how many processors the host has', EXAMPLE);
  const architectures = raw.arch?.flatMap((names) => names.split(','));
  for (const arch of architectures ?? [])
    if (!isArchitecture(arch)) throw unknownArchitecture(`--arch ${arch}`, arch);
  return {
    memoryBytes: size('--memory', raw.memory, GIB),
    cores: wholeNumber('--cores', raw.cores),
    memoryPerJobBytes: perJob(raw.memoryPerJob),
    diskFactor: raw.diskFactor === undefined ? undefined : factor(raw.diskFactor),
    architectures,
    slots: numbers('--slots', raw.slots),
    makeJobs: numbers('--jobs', raw.jobs),
  };
}

function perJob(text: string | undefined): number {
  if (text === undefined) return MEMORY_PER_JOB;
  return text.trim() === '0' ? 0 : size('--memory-per-job', text, MIB);
}

/** @param least what is less can't be meant: most likely the unit is missing */
function size(option: string, text: string, least: number): number {
  const bytes = parseBytes(text);
  if (bytes === undefined)
    throw usage(`${option} ${text} is no size`, `sizes look like 128GiB: ${option} 128GiB`);
  if (bytes < least) throw tooSmall(option, text, bytes);
  return bytes;
}

function tooSmall(option: string, text: string, bytes: number): UserError {
  const digits = /^[\d.]+/.exec(text.trim())?.[0] ?? '';
  // What people read off other tools: GiB from a data sheet, MiB or KiB from free.
  const unit = Number(digits) < 8192 ? 'GiB' : Number(digits) < 8 * MIB ? 'MiB' : 'KiB';
  return usage(`${option} ${text} is ${formatBytes(bytes)} only`, `did you mean ${option} ${digits}${unit}?`);
}

function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text.trim()) && value >= 1 && value <= MOST_CORES) return value;
  throw usage(`${option} ${text} is no number from 1 to ${String(MOST_CORES)}`, EXAMPLE);
}

function numbers(option: string, text: string | undefined): readonly number[] | undefined {
  if (text === undefined) return undefined;
  return [...new Set(text.split(',').map((part) => wholeNumber(option, part)))].sort(compareNumber);
}

function factor(text: string): number {
  const value = Number(text);
  if (/^(?:\d+(?:\.\d*)?|\.\d+)$/.test(text) && value >= 1 && value <= MOST_FACTOR) return value;
  throw usage(
    `--disk-factor ${text} is no number from 1 to ${String(MOST_FACTOR)}`,
    'how many times longer a build takes on disk than in RAM: --disk-factor 1.35',
  );
}
