import type { Predicted, RecordPrediction } from '../estimate/predict-history.ts';
import type { BuildRecord } from '../history/record.ts';
import type { AccuracyDocument } from './accuracy-document.ts';

/** One quantity of one build of the history, and what is estimated for it when that record isn't there. */
export interface Trial extends Predicted {
  readonly record: BuildRecord;
}

/** The predictions of a history by quantity, and what it takes no part in. */
export interface Trials {
  readonly duration: readonly Trial[];
  readonly ramDisk: readonly Trial[];
  /** Records that were predicted in any quantity. */
  readonly used: number;
  readonly leftOut: AccuracyDocument['leftOut'];
}

/** Sorts predictions by quantity; what could not be predicted is counted by its reason. */
export function trialsOf(predictions: readonly RecordPrediction[]): Trials {
  const duration: Trial[] = [];
  const ramDisk: Trial[] = [];
  const reasons = new Map<string, number>();
  const leaveOut = (reason: string): unknown => reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  let used = 0;
  for (const own of predictions) {
    const { record } = own;
    used += Number(own.duration !== undefined || own.ramDisk !== undefined);
    if (own.duration !== undefined) duration.push(trialOf(record, own.duration));
    if (own.ramDisk !== undefined) ramDisk.push(trialOf(record, own.ramDisk));
    if (record.outcome !== 'built') leaveOut(OUTCOMES[record.outcome]);
    else if (own.duration === undefined && own.ramDisk === undefined) leaveOut('tell neither time nor size');
    else if (own.duration === undefined) leaveOut('tell no time');
    else if (own.ramDisk === undefined) leaveOut('tell no size');
  }
  return { duration, ramDisk, used, leftOut: [...reasons].map(([reason, records]) => ({ reason, records })) };
}

/** The default is asked where the prior knows nothing; elsewhere it would repeat it. */
function trialOf(record: BuildRecord, { alone, ...rest }: Predicted): Trial {
  const isDescribed = alone.some(({ estimator }) => estimator === 'prior');
  const asked = alone.filter(({ estimator }) => !isDescribed || estimator !== 'default');
  return { record, ...rest, alone: asked };
}

const OUTCOMES: Readonly<Record<Exclude<BuildRecord['outcome'], 'built'>, string>> = {
  failed: 'failed',
  'no-space': 'ran out of space',
  'given-back': 'were given back',
  killed: 'were killed',
};
