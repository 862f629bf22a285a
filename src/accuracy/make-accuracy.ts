import { groupBy } from '../base/group-by.ts';
import { compareNumber, compareText, firstDifference } from '../base/compare.ts';
import { quantileOf } from '../base/log-normal.ts';
import { fourDecimals } from '../base/ratio.ts';
import { ESTIMATOR_NAMES } from '../estimate/estimator-name.ts';
import { compareRecords } from '../history/compare-records.ts';
import {
  ACCURACY_SCHEMA,
  type AccuracyDocument,
  type EstimatorAccuracy,
  type NamedAccuracy,
  type Prediction,
  type QuantityAccuracy,
} from './accuracy-document.ts';
import { calibrate } from './calibration.ts';
import { errorFigures } from './error-figures.ts';
import { assessReserves } from './reserve.ts';
import type { Trial } from './trial.ts';

/** What an answer is made of. */
export interface AccuracyFacts {
  readonly inputs: AccuracyDocument['inputs'];
  readonly history: AccuracyDocument['history'];
  readonly leftOut: AccuracyDocument['leftOut'];
  readonly duration: readonly Trial[];
  readonly ramDisk: readonly Trial[];
  readonly options: AccuracyOptions;
}

export interface AccuracyOptions {
  /** Which quantiles of the footprint to look at as reserves; 0 < each < 1. */
  readonly quantiles: readonly number[];
  /** What an overrun costs, in builds of that size and time; ≥ 0. */
  readonly overrunCost: number;
  /** How many of the worst predictions are listed, at most. */
  readonly worst: number;
}

/** Sums up trials; their order does not count. */
export function makeAccuracy(facts: AccuracyFacts): AccuracyDocument {
  const { inputs, history, leftOut, options } = facts;
  const ramDisk = sortTrials(facts.ramDisk);
  const reservations = ramDisk.map(({ predicted, actual, record }) => ({
    predicted,
    actual,
    heldMs: record.wallMs,
  }));
  return {
    schema: ACCURACY_SCHEMA,
    inputs,
    history,
    leftOut: [...leftOut].sort((a, b) =>
      firstDifference(b.records - a.records, compareText(a.reason, b.reason)),
    ),
    duration: { unit: 'ms', ...assess(sortTrials(facts.duration), options) },
    ramDisk: { unit: 'bytes', ...assess(ramDisk, options) },
    reserve: assessReserves(reservations, options.quantiles, options.overrunCost),
  };
}

/** A total order, so that sums of floats are the same for the same history. */
function sortTrials(trials: readonly Trial[]): readonly Trial[] {
  return [...trials].sort((a, b) => compareRecords(a.record, b.record));
}

function assess(trials: readonly Trial[], { worst }: AccuracyOptions): Omit<QuantityAccuracy, 'unit'> {
  const predictions = trials.map(predictionOf);
  return {
    builds: trials.length,
    estimators: byEstimator(trials),
    calibration: calibrate(trials),
    builders: byName(trials, ({ builder }) => builder),
    architectures: byName(trials, ({ arch }) => arch),
    predictions,
    worst: [...predictions].sort((a, b) => errorOf(b) - errorOf(a)).slice(0, worst),
  };
}

function predictionOf({ record, predicted, actual, isInferred, by }: Trial): Prediction {
  const median = Math.max(1, Math.round(predicted.median));
  return {
    source: record.source,
    version: record.version,
    arch: record.arch,
    builder: record.builder ?? null,
    startedAt: record.startedAt ?? null,
    file: record.from.file ?? null,
    estimator: by,
    predicted: median,
    upper: Math.max(median, Math.ceil(quantileOf(predicted, 0.9))),
    actual,
    isInferred,
    ratio: fourDecimals(ratioOf({ predicted, actual })),
  };
}

/** Stable under sorting: equal errors stay in the order of the predictions. */
function errorOf({ predicted, actual }: Prediction): number {
  return Math.abs(Math.log(actual / predicted));
}

function ratioOf({ predicted, actual }: Pick<Trial, 'predicted' | 'actual'>): number {
  return actual / Math.max(1, predicted.median);
}

function byEstimator(trials: readonly Trial[]): readonly EstimatorAccuracy[] {
  if (trials.length === 0) return [];
  const alone = trials.flatMap(({ alone, actual }) =>
    alone.map(({ estimator, predicted }) => ({ estimator, ratio: ratioOf({ predicted, actual }) })),
  );
  const ratios = groupBy(alone, ({ estimator }) => estimator);
  const rows = ESTIMATOR_NAMES.flatMap((estimator) => {
    const own = ratios.get(estimator);
    return own === undefined ? [] : [{ estimator, ...errorFigures(own.map(({ ratio }) => ratio)) }];
  });
  return [{ estimator: 'blended', ...errorFigures(trials.map(ratioOf)) }, ...rows];
}

function byName(
  trials: readonly Trial[],
  nameOf: (record: Trial['record']) => string | undefined,
): readonly NamedAccuracy[] {
  const named = trials.flatMap((trial) => {
    const name = nameOf(trial.record);
    return name === undefined ? [] : [{ name, ratio: ratioOf(trial) }];
  });
  return [...groupBy(named, ({ name }) => name)]
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, own]) => ({ name, ...errorFigures(own.map(({ ratio }) => ratio).sort(compareNumber)) }));
}
