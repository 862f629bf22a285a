import { float64At, int32At } from '../base/cells.ts';
import { huberWeight } from './huber.ts';

/**
 * Observations of a random-effects model: `value = sum of its effects + the effect of its group + noise`, all normal with
 * mean 0. For times, a value is the logarithm of what a build took over what its source's features say; effects are the
 * scale, the architecture and the builder; the group is the source.
 */
export interface EffectData {
  /** Group of each observation, ascending. */
  readonly group: Int32Array;
  /** `EFFECTS_EACH` effects for each observation; -1: none. */
  readonly effects: Int32Array;
  readonly value: Float64Array;
  /** Variance of each observation's noise; > 0. */
  readonly variance: Float64Array;
  /** Standard deviation of each group's effect; > 0. */
  readonly groupSigma: Float64Array;
  /** Standard deviation of each effect; > 0. */
  readonly effectSigma: Float64Array;
}

export const EFFECTS_EACH = 3;

/**
 * Best linear unbiased predictions of the effects, one cell an effect, with wild observations and wild groups held back by
 * Huber's weights. Groups are integrated out exactly; the equations of the effects are solved by conjugate gradients, so a
 * thousand builders cost no more than one. Fixed numbers of rounds: the same data give the same bits.
 * O(rounds × steps × observations)
 * @see Henderson 1975, on best linear unbiased estimation and prediction; Huber 1964, on robust estimation
 */
export function fitEffects(data: EffectData): Float64Array {
  const fit = new Fit(data);
  for (let round = 0; round < ROUNDS; round++) {
    fit.solve();
    fit.reweigh();
  }
  fit.solve();
  return fit.effects;
}

/** `EffectData.group` of observations that stand group after group. */
export function groupNumbers(groups: readonly (readonly unknown[])[]): Int32Array {
  return Int32Array.from(groups.flatMap((members, group) => members.map(() => group)));
}

const ROUNDS = 4;
const STEPS = 40;
/** Stops early where the residual has fallen to this part. */
const GOOD_ENOUGH = 1e-18;

class Fit {
  readonly effects: Float64Array;
  readonly #data: EffectData;
  /** 1 / variance, times Huber's weight. */
  readonly #weight: Float64Array;
  /** 1 / variance of each group's effect, times Huber's weight. */
  readonly #groupWeight: Float64Array;
  readonly #perObservation: Float64Array;

  constructor(data: EffectData) {
    this.#data = data;
    this.effects = new Float64Array(data.effectSigma.length);
    this.#weight = data.variance.map((variance) => 1 / variance);
    this.#groupWeight = data.groupSigma.map((sigma) => 1 / sigma ** 2);
    this.#perObservation = new Float64Array(data.value.length);
  }

  /** Conjugate gradients from the last solution, preconditioned by the diagonal of the effects' own precisions. */
  solve(): void {
    const { effectSigma, value } = this.#data;
    const rest = this.#project(value);
    const applied = this.#apply(this.effects);
    rest.forEach((cell, effect) => {
      rest[effect] = cell - float64At(applied, effect);
    });
    const scale = this.#diagonal();
    const scaled = rest.map((cell, effect) => cell / float64At(scale, effect));
    const direction = scaled.slice();
    let norm = dot(rest, scaled);
    const enough = norm * GOOD_ENOUGH;
    for (let step = 0; step < Math.min(STEPS, effectSigma.length * 2) && norm > enough; step++) {
      const image = this.#apply(direction);
      const length = norm / dot(direction, image);
      for (let effect = 0; effect < direction.length; effect++) {
        this.effects[effect] = float64At(this.effects, effect) + length * float64At(direction, effect);
        rest[effect] = float64At(rest, effect) - length * float64At(image, effect);
        scaled[effect] = float64At(rest, effect) / float64At(scale, effect);
      }
      const next = dot(rest, scaled);
      for (let effect = 0; effect < direction.length; effect++)
        direction[effect] = float64At(scaled, effect) + (next / norm) * float64At(direction, effect);
      norm = next;
    }
  }

  /** What lies far out, seen from the present solution, weighs less in the next. */
  reweigh(): void {
    const { value, variance, groupSigma } = this.#data;
    const rest = value.slice();
    this.#spread(this.effects, (observation, sum) => {
      rest[observation] = float64At(rest, observation) - sum;
    });
    this.#byGroup((group, first, end) => {
      const mean = this.#groupMean(group, first, end, rest);
      for (let observation = first; observation < end; observation++) {
        const own = float64At(variance, observation);
        const deviation = (float64At(rest, observation) - mean) / Math.sqrt(own);
        this.#weight[observation] = huberWeight(deviation) / own;
      }
      const sigma = float64At(groupSigma, group);
      this.#groupWeight[group] = huberWeight(mean / sigma) / sigma ** 2;
    });
  }

  /** The equations' left side for a vector of effects. */
  #apply(vector: Float64Array): Float64Array {
    const { effectSigma } = this.#data;
    this.#spread(vector, (observation, sum) => {
      this.#perObservation[observation] = sum;
    });
    const image = this.#project(this.#perObservation);
    for (let effect = 0; effect < image.length; effect++)
      image[effect] =
        float64At(image, effect) + float64At(vector, effect) / float64At(effectSigma, effect) ** 2;
    return image;
  }

  /** Weighs one cell an observation, takes out what the groups explain, and adds up by effect. */
  #project(cells: Float64Array): Float64Array {
    const { effects, effectSigma } = this.#data;
    const sums = new Float64Array(effectSigma.length);
    this.#byGroup((group, first, end) => {
      const mean = this.#groupMean(group, first, end, cells);
      for (let observation = first; observation < end; observation++) {
        const part = float64At(this.#weight, observation) * (float64At(cells, observation) - mean);
        for (let place = observation * EFFECTS_EACH; place < (observation + 1) * EFFECTS_EACH; place++) {
          const effect = int32At(effects, place);
          if (effect >= 0) sums[effect] = float64At(sums, effect) + part;
        }
      }
    });
    return sums;
  }

  #groupMean(group: number, first: number, end: number, cells: Float64Array): number {
    let weights = float64At(this.#groupWeight, group);
    let sum = 0;
    for (let observation = first; observation < end; observation++) {
      const weight = float64At(this.#weight, observation);
      weights += weight;
      sum += weight * float64At(cells, observation);
    }
    return sum / weights;
  }

  #diagonal(): Float64Array {
    const { effects, effectSigma, group } = this.#data;
    const diagonal = effectSigma.map((sigma) => 1 / sigma ** 2);
    for (let place = 0; place < effects.length; place++) {
      const effect = int32At(effects, place);
      if (effect < 0) continue;
      const observation = Math.floor(place / EFFECTS_EACH);
      const own = float64At(this.#weight, observation);
      const ofGroup = float64At(this.#groupWeight, int32At(group, observation));
      diagonal[effect] = float64At(diagonal, effect) + (own * ofGroup) / (own + ofGroup);
    }
    return diagonal;
  }

  #spread(vector: Float64Array, take: (observation: number, sum: number) => void): void {
    const { effects, value } = this.#data;
    for (let observation = 0; observation < value.length; observation++) {
      let sum = 0;
      for (let place = observation * EFFECTS_EACH; place < (observation + 1) * EFFECTS_EACH; place++) {
        const effect = int32At(effects, place);
        if (effect >= 0) sum += float64At(vector, effect);
      }
      take(observation, sum);
    }
  }

  #byGroup(take: (group: number, first: number, end: number) => void): void {
    const { group } = this.#data;
    for (let first = 0; first < group.length;) {
      const own = int32At(group, first);
      let end = first + 1;
      while (end < group.length && group[end] === own) end++;
      take(own, first, end);
      first = end;
    }
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, cell, index) => sum + cell * float64At(b, index), 0);
}
