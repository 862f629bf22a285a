import { at } from '../../base/column.ts';
import { float64At } from '../../base/cells.ts';
import type { Builder, Problem } from '../../dispatch/problem.ts';
import type { BuildModes } from './build-modes.ts';
import type { ModeResource } from './modes.ts';

/** Demands of more than a (k + 1)th of the largest RAM disk are looked at together, for k up to this. */
const MOST_AT_ONCE = 8;
/** Of the smaller demands, the largest part counts as much as the one at this share of them. */
const SHARE = 0.9;
/** Beyond so many modes no such resource is sought. */
const MOST_MODES = 20_000;

/** How one builder's RAM disk looks beside large builds. */
interface Line {
  /** What is left for others in all. */
  readonly capacity: number;
  /** What each large build takes of it. */
  readonly step: number;
}

/**
 * A RAM disk that is one budget, as it is beside large builds: what n of them leave can only be used by as many others as
 * there are slots left, so what is left over between few of them is no help for many. Bytes × slots in one inequality that is
 * tighter than the budget: with n large ones running, others take min(R - n × l, (slots - n) × c) at most, and the line
 * through the last two n is above that for every n. `l`: the least large demand; others count as c at most. O(k × modes)
 * @returns the one that runs out first if everything runs in RAM; undefined where none is tighter
 * @see Savelsbergh 1994, on coefficient improvement; Carlier & Neron 2000, on redundant resources
 */
export function crowdedRamDisk(
  { builders: all }: Problem,
  { builder, durationMs, isRam, ramDiskBytes }: BuildModes,
  builders: readonly Builder[],
): ModeResource | undefined {
  if (durationMs.length > MOST_MODES || builders.some((one) => one.ramDiskChroots.length > 0))
    return undefined;
  const largestBytes = Math.max(0, ...builders.map((one) => one.ramDiskBytes));
  const sorted = ramDiskBytes.filter((bytes, mode) => float64At(isRam, mode) === 1 && bytes > 0).sort();
  let best: ModeResource | undefined;
  let bestMs = usedMs(
    durationMs,
    ramDiskBytes,
    sumOf(builders, (one) => one.ramDiskBytes),
  );
  for (let atOnce = 1; atOnce <= MOST_AT_ONCE; atOnce++) {
    const place = sorted.findIndex((bytes) => bytes * (atOnce + 1) > largestBytes);
    if (place <= 0) continue;
    const large = float64At(sorted, place);
    const most = float64At(sorted, Math.floor(place * SHARE));
    const lines = new Map(builders.map((one) => [one, lineOf(one, large, most)]));
    const demand = ramDiskBytes.map((bytes, mode) => {
      const own = at(all, float64At(builder, mode));
      return own.speed * (bytes >= large ? (lines.get(own)?.step ?? 0) : Math.min(bytes, most));
    });
    const capacity = sumOf(builders, (one) => lines.get(one)?.capacity ?? 0);
    const ms = usedMs(durationMs, demand, capacity);
    if (capacity === 0 || ms <= bestMs) continue;
    best = { kind: 'ram-disk', capacity, demand };
    bestMs = ms;
  }
  return best;
}

function lineOf({ slots, ramDiskBytes }: Builder, large: number, most: number): Line {
  const forOthers = (count: number): number => Math.min(ramDiskBytes - count * large, (slots - count) * most);
  const last = Math.min(slots, Math.floor(ramDiskBytes / large));
  if (last === 0) return { capacity: forOthers(0), step: 0 };
  const step = forOthers(last - 1) - forOthers(last);
  return { capacity: forOthers(last) + step * last, step };
}

function usedMs(durationMs: Float64Array, demand: Float64Array, capacity: number): number {
  let work = 0;
  for (let mode = 0; mode < demand.length; mode++)
    work += float64At(durationMs, mode) * float64At(demand, mode);
  return work / capacity;
}

/** Weighted by the builders' speeds. */
function sumOf(builders: readonly Builder[], amount: (builder: Builder) => number): number {
  return builders.reduce((total, builder) => total + builder.speed * amount(builder), 0);
}
