import { quantile } from '../base/quantile.ts';
import type { Against, BenchDocument, BenchFigures, BenchRow } from './bench-document.ts';
import { figuresOf, findDifference, hasSameBuilders } from './compare-benches.ts';
import { rowKey } from './sort-rows.ts';

/** Of so many benches is the best, or the median: what has become worse little by little shows within as many nights. */
const MOST_BENCHES = 10;

export interface Baseline {
  /** The last comparable measurement, with the figures that count. */
  readonly bench: BenchDocument;
  /** Comparable ones behind it that their conditions refused. */
  readonly refused: number;
}

/**
 * What a measurement is held against. One that a condition on a change refused is no measure for the next, else a plan that has become worse
 * would be told of once; one that was made without conditions is, so that is how to accept it.
 */
export function findBaseline(
  measured: BenchDocument,
  earlier: readonly BenchDocument[],
  against: Against,
): Baseline | undefined {
  const comparable = earlier.filter((other) => findDifference(measured, other) === undefined);
  const good = comparable.filter((bench) => !isRefused(bench));
  const last = good.at(-1);
  if (last === undefined) return undefined;
  const refused = comparable.length - 1 - comparable.lastIndexOf(last);
  if (against === 'last') return { bench: last, refused };
  const nights = good.slice(-MOST_BENCHES);
  const rows = last.rows.map((row) => ({ ...row, ...PICK[against](rowsLike(row, last, nights)) }));
  return { bench: { ...last, rows }, refused };
}

/** Whether a condition on a change, which has a sign, was met. */
function isRefused({ conditions }: BenchDocument): boolean {
  return conditions.some(({ isMet, condition }) => isMet && /[<>]=?\s*[+-]/.test(condition));
}

/** What a row was in all nights that measured it alike, those that built everything if there are any: a part is built sooner; at least itself. */
function rowsLike(
  row: BenchRow,
  last: BenchDocument,
  nights: readonly BenchDocument[],
): readonly BenchFigures[] {
  const key = rowKey(row);
  const alike = nights
    .filter((night) => hasSameBuilders(night, last, row.builders))
    .flatMap(({ rows }) => rows.filter((other) => other.runs === row.runs && rowKey(other) === key))
    .map(figuresOf);
  const whole = alike.filter(({ givenUp }) => givenUp === 0);
  return whole.length === 0 ? alike : whole;
}

const PICK: Readonly<Record<Exclude<Against, 'last'>, (nights: readonly BenchFigures[]) => BenchFigures>> = {
  best: (nights) => ({
    ...nights.reduce((best, night) => (night.makespanMs < best.makespanMs ? night : best)),
    planningMs: known(
      nights.map(({ planningMs }) => planningMs),
      (all) => Math.min(...all),
    ),
  }),
  median: (nights) => {
    const middle = (values: readonly number[]): number => quantile(values, 0.5);
    const column = (cell: (figures: BenchFigures) => number): number => middle(nights.map(cell));
    const maybe = (cell: (figures: BenchFigures) => number | null): number | null =>
      known(nights.map(cell), middle);
    return {
      makespanMs: Math.round(column(({ makespanMs }) => makespanMs)),
      p95Ms: Math.round(column(({ p95Ms }) => p95Ms)),
      lowerBoundMs: rounded(maybe(({ lowerBoundMs }) => lowerBoundMs)),
      gap: maybe(({ gap }) => gap),
      slotUse: column(({ slotUse }) => slotUse),
      ramUse: column(({ ramUse }) => ramUse),
      givenUp: column(({ givenUp }) => givenUp),
      planningMs: rounded(maybe(({ planningMs }) => planningMs)),
    };
  },
};

/** Of the values that are known; null: none is. */
function known(
  values: readonly (number | null)[],
  pick: (values: readonly number[]) => number,
): number | null {
  const found = values.filter((value) => value !== null);
  return found.length === 0 ? null : pick(found);
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value);
}
