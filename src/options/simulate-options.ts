import { nearestName } from '../base/nearest-name.ts';
import type { UserError } from '../base/diagnostic.ts';
import { CONTESTANTS, DEFAULT_POLICIES } from '../simulate/contestants.ts';
import type { Jitter } from '../simulate/scenario.ts';
import { usage } from './usage-error.ts';

/** The options of a simulation as texts; anything may be missing. */
export interface RawSimulationOptions {
  /** A whole number from 1 on; missing: 200. */
  readonly runs?: string | undefined;
  /** Numbers from 0 to 2, or `estimates`, separated by commas; missing: 0.3. */
  readonly jitter?: string | undefined;
  /** One such; missing: the same as `jitter`. */
  readonly sizeJitter?: string | undefined;
  /** A probability from 0 to 1; missing: 0. */
  readonly failRate?: string | undefined;
  /** A whole number; missing: 1. */
  readonly retries?: string | undefined;
  /** A whole number; missing: 1. */
  readonly seed?: string | undefined;
  /** Names; missing: `DEFAULT_POLICIES`. */
  readonly policies?: readonly string[] | undefined;
}

export interface ResolvedSimulationOptions {
  readonly runs: number;
  /** At least one, each with what sizes have beside it. */
  readonly jitters: readonly { readonly jitter: Jitter; readonly sizeJitter: Jitter }[];
  readonly failRate: number;
  readonly retries: number;
  readonly seed: number;
  /** `plan` first; without doubles. */
  readonly policies: readonly string[];
}

const MOST_RUNS = 100_000;
const MOST_RETRIES = 100;
/** Above it the mean of a lognormal is made by a few monsters. */
const MOST_JITTER = 2;

/** Fills what the simulation needs; after this nothing is optional. @throws UserError for a value that can't be used */
export function resolveSimulationOptions(raw: RawSimulationOptions): ResolvedSimulationOptions {
  const { jitter = '0.3', sizeJitter, policies = DEFAULT_POLICIES } = raw;
  const sizes = sizeJitter === undefined ? undefined : jitterOf('size-jitter', sizeJitter);
  return {
    runs: integer('runs', raw.runs, 200, [1, MOST_RUNS]),
    jitters: jitter.split(',').map((text) => {
      const value = jitterOf('jitter', text.trim());
      return { jitter: value, sizeJitter: sizes ?? value };
    }),
    failRate: number('fail-rate', raw.failRate ?? '0', 1),
    retries: integer('retries', raw.retries, 1, [0, MOST_RETRIES]),
    seed: integer('seed', raw.seed, 1, [0, 2 ** 31 - 1]),
    policies: [...new Set(['plan', ...policies.map((name) => known(name.trim()))])],
  };
}

function jitterOf(option: string, text: string): Jitter {
  return text === 'estimates' ? text : number(option, text, MOST_JITTER);
}

function known(name: string): string {
  if (CONTESTANTS.includes(name)) return name;
  const near = nearestName(name, CONTESTANTS);
  const names = `the policies are ${CONTESTANTS.join(', ')}`;
  throw usage(
    `--policies: there is no policy '${name}'`,
    near === undefined ? names : `did you mean ${near}?`,
  );
}

function integer(
  option: string,
  text: string | undefined,
  missing: number,
  [least, most]: readonly [number, number],
): number {
  if (text === undefined) return missing;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw outside(option, text, `a whole number from ${String(least)} to ${String(most)}`, String(missing));
}

function number(option: string, text: string, most: number): number {
  const value = Number(text);
  if (/^(?:\d+(?:\.\d*)?|\.\d+)$/.test(text) && value <= most) return value;
  throw outside(option, text, `a number from 0 to ${String(most)}`, '0.3');
}

function outside(option: string, text: string, what: string, example: string): UserError {
  return usage(
    `--${option} ${text} is no ${what.replace(/^a /, '')}`,
    `${what}, such as --${option} ${example}`,
  );
}
