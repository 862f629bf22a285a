import type { LogNormal } from '../../base/log-normal.ts';
import type { Toolchain } from '../toolchains.ts';
import type { Prior } from './prior.ts';
import { PARTS, TERMS, type Design, type Part, type Term } from './design.ts';

/** A quantity as a sum of parts, each a weight times a power, times what its terms and toolchains make of it. */
export interface SumModel {
  readonly parts: Readonly<Partial<Record<Part, Power>>>;
  readonly terms: Readonly<Partial<Record<Term, number>>>;
  readonly toolchains: Readonly<Partial<Record<Toolchain, number>>>;
  /** Standard deviation of the logarithm, so that the 90 % quantile lies above 90 % of what the model never saw. */
  readonly sigma: number;
}

/** The models of one quantity, by what is known of a source. */
export type Models = Readonly<Record<Prior['knows'], SumModel>>;

export interface Power {
  readonly weight: number;
  /** > 0, so that more is never less. */
  readonly exponent: number;
}

/** What a model says of a design: the median, in the model's unit, and how sure that is. */
export function evaluate(model: SumModel, { parts, terms, toolchains }: Design): LogNormal {
  let sum = 0;
  for (const part of PARTS) {
    // most parts of most sources are 0, and so is any power of it
    const value = parts[part];
    if (value === 0) continue;
    const power = model.parts[part];
    if (power !== undefined) sum += power.weight * value ** power.exponent;
  }
  let logarithm = Math.log(sum);
  for (const term of TERMS) if (terms[term] !== 0) logarithm += (model.terms[term] ?? 0) * terms[term];
  for (const toolchain of toolchains) logarithm += model.toolchains[toolchain] ?? 0;
  return { median: Math.exp(logarithm), sigma: model.sigma };
}
