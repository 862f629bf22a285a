import { parseDuration } from '../base/quantity.ts';
import { isArchitecture } from '../debian/architecture.ts';
import { versionProblem } from '../debian/version.ts';
import type { RamHolds } from '../history/record.ts';
import type { FootprintPlace } from '../measure/measured.ts';
import { INTERVAL_MS } from '../measure/sampler.ts';
import { resolveBuilderName } from './builder-name.ts';
import { unknownArchitecture, usage } from './usage-error.ts';

/** The options of `debplan measure` as they were typed. */
export interface RawMeasureOptions {
  readonly ram?: string | undefined;
  readonly folder?: string | undefined;
  /** `NAME` or `NAME=VERSION`. */
  readonly source?: string | undefined;
  readonly arch?: string | undefined;
  readonly builder?: string | undefined;
  readonly makeJobs?: string | undefined;
  readonly holds?: RamHolds | undefined;
  readonly interval?: string | undefined;
}

export interface MeasureOptions {
  readonly place: FootprintPlace | undefined;
  readonly source: string | undefined;
  readonly version: string | undefined;
  readonly arch: string | undefined;
  readonly builder: string | undefined;
  readonly makeJobs: number | undefined;
  readonly holds: RamHolds | undefined;
  readonly intervalMs: number;
}

const LEAST_INTERVAL_MS = 5;
const MOST_INTERVAL_MS = 3_600_000;
const MOST_JOBS = 4096;

/** Fills in what is not known by itself. @throws UserError for a value that can't be used */
export function resolveMeasureOptions(raw: RawMeasureOptions): MeasureOptions {
  const { ram, folder, arch, source: given } = raw;
  if (ram !== undefined && folder !== undefined)
    throw usage(`--ram ${ram} and --folder ${folder}: one place at a time`, 'leave one out');
  const path = ram ?? folder;
  if (arch !== undefined && arch !== 'all' && !isArchitecture(arch))
    throw unknownArchitecture(`--arch ${arch}`, arch);
  const [source, ...versions] = given?.split('=') ?? [];
  const version = versions.length === 0 ? undefined : versions.join('=');
  const reason = version === undefined ? undefined : versionProblem(version);
  if (version !== undefined && reason !== undefined)
    throw usage(`--source ${given ?? ''}: ${reason}`, 'NAME=VERSION, such as --source hello=2.10-3');
  if (source !== undefined && !/^[a-z0-9][a-z0-9+.-]+$/.test(source))
    throw usage(
      `--source ${given ?? ''}: '${source}' is no name of a source package`,
      'such as --source hello=2.10-3',
    );
  return {
    place: path === undefined ? undefined : { kind: ram === undefined ? 'folder' : 'ram', path },
    source,
    version,
    arch,
    builder: resolveBuilderName(raw.builder),
    makeJobs: makeJobsOf(raw.makeJobs),
    holds: raw.holds,
    intervalMs: intervalOf(raw.interval),
  };
}

function makeJobsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const jobs = Number(text);
  if (/^\d+$/.test(text) && jobs >= 1 && jobs <= MOST_JOBS) return jobs;
  throw usage(`--make-jobs ${text} is no number from 1 to ${MOST_JOBS}`, 'such as --make-jobs 4');
}

function intervalOf(text: string | undefined): number {
  if (text === undefined) return INTERVAL_MS;
  if (/^\s*[\d.]+\s*$/.test(text))
    throw usage(`--interval ${text} has no unit`, `such as --interval ${text}ms or --interval ${text}s`);
  const intervalMs = parseDuration(text);
  if (intervalMs !== undefined && intervalMs >= LEAST_INTERVAL_MS && intervalMs <= MOST_INTERVAL_MS)
    return intervalMs;
  throw usage(`--interval ${text} is no time from ${LEAST_INTERVAL_MS}ms to 1h`, 'such as --interval 200ms');
}
