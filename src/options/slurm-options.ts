import { parseDuration } from '../base/quantity.ts';
import { isArchitecture } from '../debian/architecture.ts';
import type { RamDiskCount, SlurmOptions } from '../run/slurm/slurm-options.ts';
import { unknownArchitecture, usage } from './usage-error.ts';

/** The options of `debplan run --on slurm` as they were typed. */
export interface RawSlurmOptions {
  /** `[ARCH=]NAME`. */
  readonly slurmPartition?: readonly string[] | undefined;
  /** `[ARCH=]FEATURES`. */
  readonly slurmConstraint?: readonly string[] | undefined;
  /** `gres:NAME`, `license:NAME` or `none`. */
  readonly slurmRam?: string | undefined;
  readonly slurmDiskLicense?: string | undefined;
  /** Words of sbatch. */
  readonly slurmOption?: readonly string[] | undefined;
  readonly slurmWindow?: string | undefined;
  readonly slurmPoll?: string | undefined;
  readonly slurmRamDir?: string | undefined;
  readonly slurmDiskDir?: string | undefined;
  readonly cancel?: boolean | undefined;
}

const POLL_MS = 2000;
const LEAST_POLL_MS = 100;
const MOST_POLL_MS = 600_000;
const MOST_WINDOW = 1_000_000;

/** Fills in what is not known by itself. @throws UserError for a value that can't be used */
export function resolveSlurmOptions(raw: RawSlurmOptions): SlurmOptions {
  return {
    partitions: byArch('--slurm-partition', raw.slurmPartition ?? [], /^[^\s=]+$/),
    constraints: byArch('--slurm-constraint', raw.slurmConstraint ?? [], /^\S*$/),
    ramDisk: ramDiskOf(raw.slurmRam),
    diskLicense: nameOf('--slurm-disk-license', raw.slurmDiskLicense),
    extra: (raw.slurmOption ?? []).map(checkOption),
    window: windowOf(raw.slurmWindow),
    pollMs: pollOf(raw.slurmPoll),
    ramDirectory: directoryOf('--slurm-ram-dir', raw.slurmRamDir) ?? '/dev/shm',
    diskDirectory: directoryOf('--slurm-disk-dir', raw.slurmDiskDir) ?? '/var/tmp',
    isCancelling: raw.cancel === true,
  };
}

/** Features may hold `=` nowhere but after an architecture. */
function byArch(option: string, given: readonly string[], allowed: RegExp): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const text of given) {
    const sign = text.indexOf('=');
    const arch = sign < 0 ? '' : text.slice(0, sign);
    const value = text.slice(sign + 1);
    if (sign === 0 || (sign > 0 && !isArchitecture(arch)))
      throw unknownArchitecture(`${option} ${text}`, arch);
    if (!allowed.test(value))
      throw usage(`${option} ${text} names nothing`, `such as ${option} amd64=builders`);
    if (values.has(arch))
      throw usage(
        `${option} ${text}: there is another one for ${arch === '' ? 'all' : arch}`,
        'leave one out',
      );
    values.set(arch, value);
  }
  return values;
}

function ramDiskOf(text: string | undefined): RamDiskCount | 'auto' {
  if (text === undefined) return 'auto';
  if (text === 'none') return { kind: 'none' };
  const [, kind, name] = /^(gres|license):([^\s,;]+)$/.exec(text) ?? [];
  if (name !== undefined && kind !== undefined) return { kind: kind === 'gres' ? 'gres' : 'license', name };
  throw usage(
    `--slurm-ram ${text} is no way to count RAM disk`,
    'there are gres:NAME, license:NAME and none; such as --slurm-ram gres:ramdisk',
  );
}

function nameOf(option: string, text: string | undefined): string | undefined {
  if (text === undefined || /^[^\s,;:=]+$/.test(text)) return text;
  throw usage(`${option} ${text} is no name`, `such as ${option} diskslot`);
}

/** A word that is no option would be taken for the batch script. */
function checkOption(word: string): string {
  if (/^--[a-z][a-z-]*(?:=|$)/.test(word) && !word.includes('\0')) return word;
  throw usage(
    `--slurm-option ${word} is no option of sbatch with its value in one word`,
    'such as --slurm-option=--account=packaging',
  );
}

function windowOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const jobs = Number(text);
  if (/^\d+$/.test(text) && jobs >= 1 && jobs <= MOST_WINDOW) return jobs;
  throw usage(`--slurm-window ${text} is no number from 1 on`, 'such as --slurm-window 500');
}

function pollOf(text: string | undefined): number {
  if (text === undefined) return POLL_MS;
  const pollMs = /^\s*[\d.]+\s*$/.test(text) ? undefined : parseDuration(text);
  if (pollMs !== undefined && pollMs >= LEAST_POLL_MS && pollMs <= MOST_POLL_MS) return pollMs;
  throw usage(`--slurm-poll ${text} is no time from ${LEAST_POLL_MS}ms to 10m`, 'such as --slurm-poll 5s');
}

function directoryOf(option: string, text: string | undefined): string | undefined {
  if (text === undefined || (text.startsWith('/') && !text.includes('\0'))) return text;
  throw usage(`${option} ${text} is no absolute path`, `it is a folder of every node: ${option} /ram`);
}
