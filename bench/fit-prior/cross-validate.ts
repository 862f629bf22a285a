import { createHash } from 'node:crypto';
import { fitSumModel, type Form } from './fit-sum-model.ts';
import type { Observation } from './observations.ts';

const FOLDS = 10;

/** An observation with what a model says of it that was fitted without its source. */
export interface OutOfFold {
  readonly observation: Observation;
  /** ln(figure / median predicted). */
  readonly error: number;
}

/** All figures of a source are in one fold, which its name alone decides. */
export function foldOf(source: string, folds = FOLDS): number {
  return createHash('sha256').update(`fold ${source}`).digest().readUInt32BE(0) % folds;
}

/** Fits once for each fold without it. */
export function crossValidate(form: Form, observations: readonly Observation[]): readonly OutOfFold[] {
  const result: OutOfFold[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const inFold = (observation: Observation): boolean => foldOf(observation.source) === fold;
    const fitted = fitSumModel(
      form,
      observations.filter((observation) => !inFold(observation)),
    );
    for (const observation of observations.filter(inFold)) {
      const median = fitted.predict(observation.features, observation.dataset);
      result.push({ observation, error: Math.log(observation.value) - median });
    }
  }
  return result;
}
