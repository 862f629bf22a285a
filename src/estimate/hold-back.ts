import { float64At, int32At } from '../base/cells.ts';
import { EFFECTS_EACH, type EffectData } from './fit-effects.ts';

/** How many standard deviations a group may lie from what was expected before any other one confirms it. */
const REACH = 3;

/**
 * The same data, with groups moved that lie too far out alone: one absurd log must not set the scale for all. A group counts as
 * far out as `REACH` of its own standard deviations, effects and all, or as another one lies within `REACH` of theirs. What lies
 * within a group stays as it is. O(observations)
 */
export function heldBack(data: EffectData): EffectData {
  const above = moved(data, data.value, 1);
  return { ...data, value: moved(data, above, -1) };
}

/** @param side 1: holds back what is too large; -1: too small */
function moved(data: EffectData, value: Float64Array, side: 1 | -1): Float64Array {
  const { group, groupSigma } = data;
  const count = new Float64Array(groupSigma.length);
  const sum = new Float64Array(groupSigma.length);
  const variance = new Float64Array(groupSigma.length);
  group.forEach((own, observation) => {
    count[own] = float64At(count, own) + 1;
    sum[own] = float64At(sum, own) + side * float64At(value, observation);
    variance[own] = Math.max(float64At(variance, own), effectVariance(data, observation));
  });
  const mean = sum.map((total, own) => total / float64At(count, own));
  const sure = mean.map((far, own) => far - REACH * float64At(groupSigma, own));
  let [first, second] = [-Infinity, -Infinity];
  for (const far of sure) {
    if (far > first) [first, second] = [far, first];
    else if (far > second) second = far;
  }
  const excess = mean.map((far, own) => {
    const sigma = float64At(groupSigma, own);
    const confirmed = float64At(sure, own) === first ? second : first;
    const most = Math.max(
      REACH * Math.sqrt(sigma ** 2 + float64At(variance, own)),
      confirmed + REACH * sigma,
    );
    return side * Math.max(0, far - most);
  });
  return value.map((cell, observation) => cell - float64At(excess, int32At(group, observation)));
}

function effectVariance({ effects, effectSigma, variance }: EffectData, observation: number): number {
  let sum = float64At(variance, observation);
  for (let place = observation * EFFECTS_EACH; place < (observation + 1) * EFFECTS_EACH; place++) {
    const effect = int32At(effects, place);
    if (effect >= 0) sum += float64At(effectSigma, effect) ** 2;
  }
  return sum;
}
