import type { EstimatorName } from '../estimate/estimator-name.ts';

export const ACCURACY_SCHEMA = 'debplan/accuracy@1';

/**
 * What `debplan accuracy --json` prints: each build of a history against what is estimated for it from all the others.
 * Factors are actual over predicted, or its inverse where that is larger; shares are 0 .. 1; both rounded to four decimals.
 */
export interface AccuracyDocument {
  readonly schema: typeof ACCURACY_SCHEMA;
  /** Every file that was read, by name; a name is a label, never a path. */
  readonly inputs: readonly { readonly name: string; readonly sha256: string }[];
  readonly history: {
    readonly records: number;
    /** Of how many different sources. */
    readonly sources: number;
    /** Records that were predicted in any quantity. */
    readonly used: number;
  };
  /** Records that tell nothing of some quantity, by reason; most first, then by name. */
  readonly leftOut: readonly { readonly reason: string; readonly records: number }[];
  readonly duration: QuantityAccuracy;
  readonly ramDisk: QuantityAccuracy;
  readonly reserve: ReserveAccuracy;
}

export interface QuantityAccuracy {
  readonly unit: 'ms' | 'bytes';
  readonly builds: number;
  /** `blended`, what plans go by, first; then each estimator alone that knew anything of any build. */
  readonly estimators: readonly EstimatorAccuracy[];
  /** Of what plans go by, for 50, 80, 90, 95 and 99 %. */
  readonly calibration: readonly Calibration[];
  /** Of what plans go by; by name. Builds without a builder's name are not here. */
  readonly builders: readonly NamedAccuracy[];
  /** Of what plans go by; by name. */
  readonly architectures: readonly NamedAccuracy[];
  /** Every build, by source, version, architecture, builder and time. */
  readonly predictions: readonly Prediction[];
  /** Of `predictions`, those with the largest factor, the largest first. */
  readonly worst: readonly Prediction[];
}

/** How far predictions are from what came. */
export interface ErrorFigures {
  /** How many were predicted. */
  readonly builds: number;
  /** Half of them are off by no more than this factor; ≥ 1. */
  readonly medianFactor: number;
  /** 90 % of them are off by no more than this factor; ≥ 1. */
  readonly factor90: number;
  /** Median of actual over predicted: above 1 when builds take more than is predicted. */
  readonly bias: number;
}

export interface EstimatorAccuracy extends ErrorFigures {
  readonly estimator: EstimatorName | 'blended';
}

export interface NamedAccuracy extends ErrorFigures {
  readonly name: string;
}

/** How many builds took no more than a quantile of what was predicted. */
export interface Calibration extends BinomialShare {
  /** The share that should. */
  readonly level: number;
  readonly builds: number;
  readonly within: number;
}

/** A share with the interval that covers the true one in 95 % of all cases. */
export interface BinomialShare {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** One build and what was predicted for it; in the quantity's unit. */
export interface Prediction {
  readonly source: string;
  readonly version: string;
  readonly arch: string;
  readonly builder: string | null;
  readonly startedAt: string | null;
  /** Base name of the log that the record comes from. */
  readonly file: string | null;
  /** Where most of the prediction comes from. */
  readonly estimator: EstimatorName;
  /** The median. */
  readonly predicted: number;
  /** 90 % of builds should take no more. */
  readonly upper: number;
  readonly actual: number;
  /** Only the end was seen: `actual` is what usually goes with it. */
  readonly isInferred: boolean;
  /** Actual over predicted. */
  readonly ratio: number;
}

/** What reserving a quantile of the footprint costs, when all builds are built in RAM. */
export interface ReserveAccuracy {
  readonly quantiles: readonly ReserveFigures[];
  /** What an overrun costs, in builds of that size and time. */
  readonly overrunCost: number;
  /** The quantile that loses least; null where too few builds tell. */
  readonly advice: ReserveAdvice | null;
}

export interface ReserveFigures {
  readonly quantile: number;
  readonly builds: number;
  /** Builds that needed more than was reserved. */
  readonly overruns: number;
  readonly overrunShare: BinomialShare;
  readonly reservedBytes: number;
  readonly usedBytes: number;
  /** Reserved and never used: the sum over builds that did not overrun. */
  readonly wastedBytes: number;
  /** The same, of what was reserved. */
  readonly wastedShare: number;
  /** Byte-time reserved for nothing, and that of overruns at their cost; of the byte-time that builds needed. */
  readonly loss: number;
}

export interface ReserveAdvice {
  readonly quantile: number;
  readonly loss: number;
}
