import { describe, expect, it } from 'vitest';
import { trialsOf } from '../../src/accuracy/trial.ts';
import type { Predicted } from '../../src/estimate/predict-history.ts';
import { buildRecord } from './trials.ts';

const known = { median: 5, sigma: 0.1 };

function predicted(...estimators: readonly ('history' | 'prior' | 'default')[]): Predicted {
  const alone = estimators.map((estimator) => ({ estimator, predicted: known }));
  return { actual: 5, isInferred: false, predicted: known, by: 'history', alone };
}

describe('trialsOf', () => {
  it('counts what could not be predicted by its reason', () => {
    const own = predicted('history');
    const record = buildRecord('a');
    const trials = trialsOf([
      { record, duration: own, ramDisk: own },
      { record, duration: own, ramDisk: undefined },
      { record, duration: undefined, ramDisk: own },
      { record, duration: undefined, ramDisk: undefined },
      { record: { ...record, outcome: 'no-space' }, duration: undefined, ramDisk: undefined },
    ]);
    expect([trials.duration.length, trials.ramDisk.length, trials.used]).toEqual([2, 2, 3]);
    expect(trials.leftOut).toEqual([
      { reason: 'tell no size', records: 1 },
      { reason: 'tell no time', records: 1 },
      { reason: 'tell neither time nor size', records: 1 },
      { reason: 'ran out of space', records: 1 },
    ]);
  });

  it('lets the default speak alone only where the prior knows nothing', () => {
    const record = buildRecord('a');
    const { duration } = trialsOf([
      { record, duration: predicted('history', 'prior', 'default'), ramDisk: undefined },
      { record, duration: predicted('history', 'default'), ramDisk: undefined },
    ]);
    expect(duration.map(({ alone }) => alone.map(({ estimator }) => estimator))).toEqual([
      ['history', 'prior'],
      ['history', 'default'],
    ]);
  });
});
