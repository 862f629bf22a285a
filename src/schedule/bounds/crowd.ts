import { float64At, int32At } from '../../base/cells.ts';
import type { BoundInput } from './bound.ts';
import type { ModeResource } from './modes.ts';
import type { ResourceKind } from './resource.ts';

/** So many large ones at once are looked at, at most. */
const MOST_AT_ONCE = 8;
/** Of a crowd, those that take longest. */
const MOST_ROWS = 200;
/** Heads, and rests, at which the others are left out. */
const THRESHOLDS = 4;

/** What comes of these is no more of `kinds`: who has no room there takes a mode that needs less, as a build goes to disk. */
const KINDS: ReadonlySet<ResourceKind> = new Set(['ram-disk', 'chroots', 'memory', 'renewable']);

/** Modes of which only a few can run at once. */
export interface Crowd {
  readonly kind: ResourceKind;
  /** At most so many at any time: as if each ran on one of so many lanes. ≥ 1. */
  readonly laneCount: number;
  /** 1: takes a lane. One cell a mode. */
  readonly isLarge: Uint8Array;
}

/** Tasks of a crowd that are alike in when they can run: by the time that they take in a large mode, the longest first. */
export interface CrowdRows {
  /** Positions of `BoundInput.tasks`. */
  readonly rows: Int32Array;
  /** The least in a large mode, by place in `rows`. */
  readonly largeMs: Float64Array;
}

/** Demands of more than a (k + 1)th of a capacity fit k times at most; chroots hold one each. O(modes × resources) */
export function crowdsOf({ modes }: BoundInput): readonly Crowd[] {
  return modes.resources.filter(({ kind }) => KINDS.has(kind)).flatMap(ofResource);
}

function ofResource({ kind, demand, packing, laneCount }: ModeResource): readonly Crowd[] {
  if (laneCount !== undefined && laneCount > 0)
    return [{ kind, laneCount, isLarge: Uint8Array.from(demand, (amount) => Number(amount > 0)) }];
  if (packing === undefined || packing.builderCount === 0) return [];
  const crowds: Crowd[] = [];
  let lastCount = -1;
  for (let atOnce = 1; atOnce <= MOST_AT_ONCE; atOnce++) {
    let count = 0;
    const isLarge = Uint8Array.from(packing.demand, (amount, mode) => {
      const isOne = amount * (atOnce + 1) > float64At(packing.capacity, mode);
      count += Number(isOne);
      return Number(isOne);
    });
    // The same modes fit fewer times already.
    if (count !== lastCount) crowds.push({ kind, laneCount: atOnce * packing.builderCount, isLarge });
    lastCount = count;
  }
  return crowds;
}

/** The longest tasks of a crowd: all of them, and those that start late or must end early. O(modes + thresholds² × rows) */
export function crowdRows(input: BoundInput, { isLarge, laneCount }: Crowd): readonly CrowdRows[] {
  const { tasks, headMs, afterMs } = input;
  const all = longestRows(input, isLarge);
  const head = (row: number): number => float64At(headMs, int32At(tasks, row));
  const after = (row: number): number => float64At(afterMs, int32At(tasks, row));
  const heads = thresholds(all.rows, head);
  const rests = thresholds(all.rows, after);
  return heads.flatMap((fromMs) =>
    rests.flatMap((restMs) => {
      const isIn = (row: number): boolean => head(row) >= fromMs && after(row) >= restMs;
      const rows = all.rows.filter(isIn);
      if (rows.length <= laneCount) return [];
      return { rows, largeMs: all.largeMs.filter((_, place) => isIn(int32At(all.rows, place))) };
    }),
  );
}

function longestRows({ tasks, modes }: BoundInput, isLarge: Uint8Array): CrowdRows {
  const largeMs = new Float64Array(tasks.length).fill(Infinity);
  for (let row = 0; row < tasks.length; row++)
    for (let mode = int32At(modes.offset, row); mode < int32At(modes.offset, row + 1); mode++)
      if (isLarge[mode] === 1)
        largeMs[row] = Math.min(float64At(largeMs, row), float64At(modes.durationMs, mode));
  const rows = Int32Array.from(tasks.keys())
    .filter((row) => float64At(largeMs, row) < Infinity)
    .sort((a, b) => float64At(largeMs, b) - float64At(largeMs, a) || a - b)
    .slice(0, MOST_ROWS);
  return { rows, largeMs: Float64Array.from(rows, (row) => float64At(largeMs, row)) };
}

/** Least values of equal shares of the rows, without doubles. */
function thresholds(rows: Int32Array, value: (row: number) => number): readonly number[] {
  const sorted = Float64Array.from(rows, value).sort();
  const step = sorted.length / THRESHOLDS;
  const places = Array.from({ length: THRESHOLDS }, (_, index) => Math.floor(index * step));
  return [...new Set(sorted.length === 0 ? [] : places.map((place) => float64At(sorted, place)))];
}
