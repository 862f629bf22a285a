import type { Models, Prior, SumModel } from '../../src/internal.ts';
import { crossValidate, type OutOfFold } from './cross-validate.ts';
import { fitSumModel } from './fit-sum-model.ts';
import { formOf, KNOWS, masked, QUANTITIES } from './forms.ts';
import type { Figures, Observation, Quantity } from './observations.ts';
import type { PriorErrors } from './prior-errors.ts';

/** All models, and what they say of sources that they never saw. */
export interface FittedPrior {
  readonly models: Readonly<Record<Quantity, Models>>;
  readonly errors: readonly PriorErrors[];
}

/** Tarballs as near as this count as the same version. */
const SAME_VERSION = 0.15;
const NORMAL_90 = 1.2815515655446004;
const DIGITS = 4;

/** Fits each quantity for each state of knowledge, on all figures and once for each fold. Deterministic; half a minute. */
export function fitPrior(figures: Figures): FittedPrior {
  const errors: PriorErrors[] = [];
  const models = new Map<string, SumModel>();
  for (const quantity of QUANTITIES) {
    for (const knows of KNOWS) {
      const fitted = fitModel(figures, quantity, knows);
      errors.push(...fitted.errors);
      models.set(`${quantity} ${knows}`, fitted.model);
    }
  }
  const of = (quantity: Quantity): Models => {
    const model = (knows: Prior['knows']): SumModel => {
      const fitted = models.get(`${quantity} ${knows}`);
      if (fitted === undefined) throw new Error(`BUG: no model of ${quantity} ${knows}`);
      return fitted;
    };
    return {
      ...{ all: model('all'), source: model('source') },
      ...{ binaries: model('binaries'), counts: model('counts') },
    };
  };
  return { models: { tree: of('tree'), work: of('work'), memory: of('memory') }, errors };
}

/** One model: its coefficients from all figures, its sigma and errors from models that were fitted without a fold. */
export function fitModel(
  figures: Figures,
  quantity: Quantity,
  knows: Prior['knows'],
): { readonly model: SumModel; readonly errors: readonly PriorErrors[] } {
  const observations = figures.observations
    .filter((observation) => observation.quantity === quantity)
    .map((observation) => ({ ...observation, features: masked(observation.features, knows) }));
  const form = formOf(quantity, knows);
  const found = crossValidate(form, observations).filter(({ observation }) => !observation.isUpperLimit);
  const sigma = calibrated(found);
  return {
    model: rounded({ ...fitSumModel(form, observations).model, sigma }),
    errors: errorsOf(quantity, knows, found, sigma),
  };
}

/**
 * The sigma whose 90 % quantile lies above 90 % of the figures, each dataset weighing the same: there are 41 Debian builds and
 * thousands of others. Figures of another version don't count.
 */
function calibrated(found: readonly OutOfFold[]): number {
  const near = found.filter(({ observation }) => observation.drift < SAME_VERSION);
  const sizes = new Map<string, number>();
  for (const { observation } of near)
    sizes.set(observation.dataset, (sizes.get(observation.dataset) ?? 0) + 1);
  const sorted = near
    .map(({ observation, error }) => ({ error, weight: 1 / (sizes.get(observation.dataset) ?? 1) }))
    .sort((a, b) => a.error - b.error);
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  let below = 0;
  for (const { error, weight } of sorted) {
    below += weight;
    if (below >= 0.9 * total) return error / NORMAL_90;
  }
  return 1;
}

function errorsOf(
  quantity: Quantity,
  knows: Prior['knows'],
  found: readonly OutOfFold[],
  sigma: number,
): readonly PriorErrors[] {
  const row = (figures: string, isIn: (observation: Observation) => boolean): readonly PriorErrors[] => {
    const some = found.filter(({ observation }) => isIn(observation)).map(({ error }) => error);
    if (some.length === 0) return [];
    const sizes = some.map(Math.abs).sort((a, b) => a - b);
    const below = some.filter((error) => error <= sigma * NORMAL_90).length;
    return [
      {
        ...{ quantity, knows, figures, count: some.length },
        medianFactor: Math.exp(quantileOfSorted(sizes, 0.5)),
        factor90: Math.exp(quantileOfSorted(sizes, 0.9)),
        coverage: below / some.length,
      },
    ];
  };
  const datasets = [...new Set(found.map(({ observation }) => observation.dataset))].sort();
  return [
    ...datasets.flatMap((name) => row(name, ({ dataset }) => dataset === name)),
    ...row('same version', ({ drift }) => drift < SAME_VERSION),
    ...row('all', () => true),
  ];
}

function quantileOfSorted(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

/** Few digits: enough, the same on every machine, and good to read. */
function rounded({ parts, terms, toolchains, sigma }: SumModel): SumModel {
  return {
    parts: Object.fromEntries(
      Object.entries(parts).map(([part, { weight, exponent }]) => [
        part,
        { weight: short(weight), exponent: short(exponent) },
      ]),
    ),
    terms: shortValues(terms),
    toolchains: shortValues(toolchains),
    sigma: short(sigma),
  };
}

function shortValues(record: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, short(value)]));
}

function short(value: number): number {
  return Number(value.toPrecision(DIGITS));
}
