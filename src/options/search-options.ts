import { usage } from './usage-error.ts';

/** How much is done for a short schedule. */
export interface SearchSettings {
  /** 0: the dispatcher's own schedule; 1: the best of several rules, and a short search; from 2 on: a search in threads. */
  readonly effort: number;
  /** How many schedules the search in threads may make; 0: there is none. */
  readonly schedules: number;
  readonly seed: number;
}

/** The same as texts; missing: the default. */
export interface RawSearchSettings {
  readonly effort?: string | undefined;
  readonly schedules?: string | undefined;
  readonly seed?: string | undefined;
  /** The name of a policy to plan by. */
  readonly policy?: string | undefined;
}

/** The first level with a search in threads, and what it may make; each further level may make five times as many. */
const FIRST_SEARCH = 2;
const FIRST_SCHEDULES = 2000;
const GROWTH = 5;
const MOST_EFFORT = 9;
const MOST_SCHEDULES = 1e9;

export const DEFAULT_SEARCH: SearchSettings = { effort: 1, schedules: 0, seed: 1 };

/**
 * @throws UserError for what is no number in range, and for options that contradict each other
 * @example
 * resolveSearch({ effort: '2' }); // → { effort: 2, schedules: 2000, seed: 1 }
 */
export function resolveSearch(raw: RawSearchSettings): SearchSettings {
  const seed = number('seed', raw.seed, 0, 2 ** 32 - 1, 'the same seed gives the same plan: --seed 1');
  const effort = number(
    ...(['effort', raw.effort, 0, MOST_EFFORT] as const),
    'more effort, shorter plans: --effort 0 for one rule, 1 is the default, 2 searches for seconds',
  );
  const schedules = number(
    ...(['schedules', raw.schedules, 1, MOST_SCHEDULES] as const),
    `how many the search may make: --effort ${FIRST_SEARCH} stands for --schedules ${FIRST_SCHEDULES}`,
  );
  if (raw.policy !== undefined && (raw.effort !== undefined || raw.schedules !== undefined))
    throw usage(
      `--policy ${raw.policy} tells how to plan, --effort and --schedules search for something better`,
      'leave out one or the other',
    );
  if (schedules !== undefined && effort !== undefined && effort < FIRST_SEARCH)
    throw usage(
      `--schedules ${schedules} is for the search in threads, which begins at --effort ${FIRST_SEARCH}`,
      `leave --effort out, or say --effort ${FIRST_SEARCH}`,
    );
  const level = effort ?? (schedules === undefined ? DEFAULT_SEARCH.effort : FIRST_SEARCH);
  return {
    effort: level,
    schedules: schedules ?? (level < FIRST_SEARCH ? 0 : FIRST_SCHEDULES * GROWTH ** (level - FIRST_SEARCH)),
    seed: seed ?? DEFAULT_SEARCH.seed,
  };
}

function number(
  name: string,
  text: string | undefined,
  least: number,
  most: number,
  hint: string,
): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw usage(`--${name} ${text} is no whole number from ${least} to ${most}`, hint);
}
