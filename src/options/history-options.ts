import { formatInstant, parseInstant } from '../base/instant.ts';
import { nearestName } from '../base/nearest-name.ts';
import { isArchitecture } from '../debian/architecture.ts';
import { BUILD_OUTCOMES, type BuildOutcome } from '../history/record.ts';
import type { PruneRule, RecordFilter } from '../history/select-records.ts';
import { unknownArchitecture, usage } from './usage-error.ts';

/** The options of `history` as texts; anything may be missing. */
export interface RawHistoryOptions {
  /** NAME or NAME=VERSION. */
  readonly source?: readonly string[] | undefined;
  readonly arch?: readonly string[] | undefined;
  readonly builder?: readonly string[] | undefined;
  readonly outcome?: readonly string[] | undefined;
  /** A date, or a time of day with it. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly keep?: string | undefined;
  readonly before?: string | undefined;
  readonly prune: boolean;
}

export interface HistoryOptions {
  readonly filter: RecordFilter;
  /** Undefined: nothing is pruned. */
  readonly prune: PruneRule | undefined;
}

const MOST_KEPT = 1_000_000;

/** @throws UserError for a value that can't be used */
export function resolveHistoryOptions(raw: RawHistoryOptions): HistoryOptions {
  const filter = {
    sources: (raw.source ?? []).map((text) => {
      const [name = '', version] = text.split('=', 2);
      return { name, version };
    }),
    architectures: (raw.arch ?? []).map(architecture),
    builders: raw.builder ?? [],
    outcomes: (raw.outcome ?? []).map(outcome),
    since: raw.since === undefined ? undefined : instant('since', raw.since, FIRST),
    until: raw.until === undefined ? undefined : instant('until', raw.until, LAST),
  };
  return { filter, prune: pruneRule(raw) };
}

function pruneRule({ prune, keep, before }: RawHistoryOptions): PruneRule | undefined {
  if (!prune) {
    const given = keep === undefined ? '--before' : '--keep';
    if (keep === undefined && before === undefined) return undefined;
    throw usage(`${given} does nothing without --prune`, 'debplan history FILE --prune --keep 5 --dry-run');
  }
  if (keep === undefined && before === undefined) {
    throw usage('--prune needs --keep N or --before DATE', 'debplan history FILE --prune --keep 5 --dry-run');
  }
  if (keep !== undefined && !(/^\d+$/.test(keep) && Number(keep) <= MOST_KEPT)) {
    throw usage(`--keep ${keep} is no number of builds`, 'a whole number, such as --keep 5');
  }
  return {
    keep: keep === undefined ? undefined : Number(keep),
    before: before === undefined ? undefined : instant('before', before, FIRST),
  };
}

function outcome(text: string): BuildOutcome {
  const found = BUILD_OUTCOMES.find((known) => known === text);
  if (found !== undefined) return found;
  const near = nearestName(text, BUILD_OUTCOMES);
  const hint = near === undefined ? `outcomes are ${BUILD_OUTCOMES.join(', ')}` : `did you mean ${near}?`;
  throw usage(`--outcome ${text}: no build ends so`, hint);
}

function architecture(text: string): string {
  if (text === 'all' || isArchitecture(text)) return text;
  throw unknownArchitecture(`--arch ${text}`, text);
}

/** What completes a time that is not given to the second: with its first one, or its last. */
const FIRST = '00:00:00';
const LAST = '23:59:59';

/** Also as `history` prints it, `2026-11-23 06:50`, in UTC. */
function instant(option: string, text: string, rest: string): string {
  const [, date, time = ''] = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)Z?)?$/.exec(text.trim()) ?? [];
  const ms = parseInstant(date === undefined ? text : `${date}T${time}${rest.slice(time.length)}Z`);
  if (ms !== undefined) return formatInstant(ms);
  throw usage(
    `--${option} ${text} is no date`,
    `such as --${option} 2026-11-23 or --${option} '2026-11-23 06:00'`,
  );
}
