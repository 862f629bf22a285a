import { quantileOf, type LogNormal } from '../base/log-normal.ts';
import { quantile as quantileOfValues } from '../base/quantile.ts';
import { fourDecimals } from '../base/ratio.ts';
import type { ReserveAccuracy, ReserveAdvice, ReserveFigures } from './accuracy-document.ts';
import { binomialShare } from './calibration.ts';

/** A build's footprint, what was predicted of it, and for how long it held its RAM disk. */
export interface Reservation {
  readonly predicted: LogNormal;
  /** Integer bytes, > 0. */
  readonly actual: number;
  /** Undefined: not known; counted as the median of the others. */
  readonly heldMs: number | undefined;
}

/** Fewer builds can't tell 90 % from 80 %. */
const LEAST_BUILDS = 20;
/** What the advice chooses from. */
const CANDIDATES: readonly number[] = Array.from({ length: 50 }, (_, index) => (50 + index) / 100);

/**
 * What becomes of builds whose RAM disk is a quantile of the predicted footprint. A build that needs more overruns: it held
 * its room in vain and is built again elsewhere, all of which costs as much as `overrunCost` such builds; one that needs less
 * leaves the rest idle as long as it runs.
 * @param quantiles 0 < each < 1
 */
export function assessReserves(
  builds: readonly Reservation[],
  quantiles: readonly number[],
  overrunCost: number,
): ReserveAccuracy {
  return {
    quantiles:
      builds.length === 0 ? [] : quantiles.map((quantile) => assessReserve(builds, quantile, overrunCost)),
    overrunCost,
    advice: builds.length < LEAST_BUILDS ? null : chooseQuantile(builds, overrunCost),
  };
}

/** The quantile that loses least; the lowest of equals. */
function chooseQuantile(builds: readonly Reservation[], overrunCost: number): ReserveAdvice {
  let best: ReserveAdvice = { quantile: 0.5, loss: Infinity };
  for (const quantile of CANDIDATES) {
    const { loss } = assessReserve(builds, quantile, overrunCost);
    if (loss < best.loss) best = { quantile, loss };
  }
  return best;
}

function assessReserve(
  builds: readonly Reservation[],
  quantile: number,
  overrunCost: number,
): ReserveFigures {
  const known = builds.flatMap(({ heldMs }) => heldMs ?? []);
  const usualMs = known.length === 0 ? 1 : quantileOfValues(known, 0.5);
  const sum = { overruns: 0, reservedBytes: 0, usedBytes: 0, wastedBytes: 0, lost: 0, needed: 0 };
  for (const { predicted, actual, heldMs = usualMs } of builds) {
    const reserved = Math.ceil(quantileOf(predicted, quantile));
    const idle = Math.max(0, reserved - actual);
    const isOverrun = actual > reserved;
    sum.reservedBytes += reserved;
    sum.usedBytes += actual;
    sum.wastedBytes += idle;
    sum.overruns += Number(isOverrun);
    sum.needed += actual * heldMs;
    sum.lost += (isOverrun ? overrunCost * actual : idle) * heldMs;
  }
  return {
    quantile,
    builds: builds.length,
    overruns: sum.overruns,
    overrunShare: binomialShare(sum.overruns, builds.length),
    reservedBytes: sum.reservedBytes,
    usedBytes: sum.usedBytes,
    wastedBytes: sum.wastedBytes,
    wastedShare: fourDecimals(sum.wastedBytes / sum.reservedBytes),
    loss: fourDecimals(sum.lost / sum.needed),
  };
}
