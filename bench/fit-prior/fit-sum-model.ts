import {
  designOf,
  PARTS,
  TERMS,
  TOOLCHAINS,
  type Part,
  type SourceFeatures,
  type SumModel,
  type Term,
  type Toolchain,
} from '../../src/internal.ts';
import { solveLeastSquares } from './least-squares.ts';
import type { Dataset, Observation } from './observations.ts';

/** The form of a model: what it may use, and what it is pulled to where the figures say little. */
export interface Form {
  /** The dataset whose scale the fitted model has. */
  readonly reference: Dataset;
  /** Weights and exponents to start from, on the scale of the first dataset. */
  readonly parts: Readonly<Partial<Record<Part, { readonly weight: number; readonly exponent: number }>>>;
  readonly terms: readonly Term[];
  readonly toolchains: readonly Toolchain[];
  /** Terms that a dataset sees otherwise than the others do. */
  readonly slopes: readonly { readonly dataset: Dataset; readonly term: Term | Toolchain }[];
  /** Relative noise of each dataset: its logarithms' standard deviation; its offset and its own base are free. */
  readonly noise: Readonly<Partial<Record<Dataset, number>>>;
}

/** A fitted form: what each dataset would say of a source. */
export interface Fitted {
  /** The logarithm of the median. */
  readonly predict: (features: SourceFeatures, dataset: Dataset) => number;
  /** The model on the reference's scale, without its sigma. */
  readonly model: Omit<SumModel, 'sigma'>;
}

const EXPONENT_PULL = 1 / 0.1 ** 2;
const WEIGHT_PULL = 1 / 1.5 ** 2;
const TERM_PULL = 1 / 0.4 ** 2;
const SLOPE_PULL = 1 / 0.5 ** 2;
const OFFSET_PULL = 1 / 5 ** 2;
const BASE_PULL = 1 / 1 ** 2;
const HUBER = 1;
/** Figures of another version than the features': their error has the drift in it. */
const DRIFT_NOISE = 1;

export function fitSumModel(form: Form, observations: readonly Observation[]): Fitted {
  const layout = layOut(form);
  const rows = observations.map(({ features, dataset, value, isUpperLimit, drift }) => ({
    row: rowOf(layout, features, dataset),
    target: Math.log(value),
    isUpperLimit,
    weight: 1 / ((form.noise[dataset] ?? 1) ** 2 + (DRIFT_NOISE * Math.min(drift, 2)) ** 2),
  }));
  const scale = 0.5;
  const at = solveLeastSquares({
    count: rows.length,
    predict: (index, parameters) => predictRow(layout, rowAt(rows, index).row, parameters),
    target: (index) => rowAt(rows, index).target,
    isUpperLimit: (index) => rowAt(rows, index).isUpperLimit,
    weight: (index) => rowAt(rows, index).weight,
    center: layout.center,
    pull: layout.pull,
    huber: HUBER * scale,
  });
  return {
    predict: (features, dataset) => predictRow(layout, rowOf(layout, features, dataset), at).value,
    model: modelOf(form, layout, at),
  };
}

/** Where each parameter stands, and what it is pulled to. */
interface Layout {
  readonly form: Form;
  readonly parts: readonly Part[];
  readonly factors: readonly string[];
  readonly datasets: readonly Dataset[];
  readonly weightAt: (part: number) => number;
  readonly exponentAt: (part: number) => number;
  readonly baseAt: (dataset: number) => number;
  readonly offsetAt: (dataset: number) => number;
  readonly factorAt: (factor: number) => number;
  readonly slopeAt: (slope: number) => number;
  readonly center: Float64Array;
  readonly pull: Float64Array;
}

function layOut(form: Form): Layout {
  const parts = PARTS.filter((part) => part !== 'base' && form.parts[part] !== undefined);
  const factors = [...form.terms, ...form.toolchains];
  const datasets = DATASETS.filter((dataset) => form.noise[dataset] !== undefined);
  const starts = [
    0,
    ...[parts.length, parts.length, datasets.length, datasets.length, factors.length, form.slopes.length],
  ];
  const begin = (block: number): number =>
    starts.slice(0, block + 1).reduce((sum, length) => sum + length, 0);
  const place = (block: number) => (index: number) => begin(block) + index;
  const base = Math.log(form.parts.base?.weight ?? 1);
  const center = [
    ...parts.map((part) => Math.log(form.parts[part]?.weight ?? 1)),
    ...parts.map((part) => form.parts[part]?.exponent ?? 1),
    ...datasets.map(() => base),
    ...datasets.map(() => 0),
    ...factors.map(() => 0),
    ...form.slopes.map(() => 0),
  ];
  const pull = [
    ...parts.map(() => WEIGHT_PULL),
    ...parts.map(() => EXPONENT_PULL),
    ...datasets.map(() => BASE_PULL),
    ...datasets.map((_, index) => (index === 0 ? 1e6 : OFFSET_PULL)),
    ...factors.map(() => TERM_PULL),
    ...form.slopes.map(() => SLOPE_PULL),
  ];
  return {
    ...{ form, parts, factors, datasets },
    ...{ weightAt: place(0), exponentAt: place(1), baseAt: place(2), offsetAt: place(3) },
    ...{ factorAt: place(4), slopeAt: place(5) },
    center: Float64Array.from(center),
    pull: Float64Array.from(pull),
  };
}

/** The order in which offsets are told; the first is the origin. */
const DATASETS: readonly Dataset[] = [
  'lfs',
  'lfs-j4',
  'lfs-j8',
  't2',
  'slackbuilds',
  'spack',
  'sbuild',
  'debian',
];

/** An observation as the solver reads it. */
interface DesignRow {
  /** One cell a part: its size; 0 takes no part. */
  readonly sizes: readonly number[];
  readonly dataset: number;
  /** Parameters that are multiplied by a value. */
  readonly linear: readonly (readonly [parameter: number, value: number])[];
}

function rowOf(layout: Layout, features: SourceFeatures, dataset: Dataset): DesignRow {
  const { parts, terms, toolchains } = designOf(features);
  const values = new Map<string, number>([
    ...TERMS.map((term) => [term, terms[term]] as const),
    ...TOOLCHAINS.map((name) => [name, Number(toolchains.has(name))] as const),
  ]);
  const index = layout.datasets.indexOf(dataset);
  const linear = [
    [layout.offsetAt(index), 1] as const,
    ...layout.factors.map((name, factor) => [layout.factorAt(factor), values.get(name) ?? 0] as const),
    ...layout.form.slopes.map(
      (slope, place) =>
        [layout.slopeAt(place), slope.dataset === dataset ? (values.get(slope.term) ?? 0) : 0] as const,
    ),
  ].filter(([, value]) => value !== 0);
  return { sizes: layout.parts.map((part) => parts[part]), dataset: index, linear };
}

function predictRow(
  layout: Layout,
  { sizes, dataset, linear }: DesignRow,
  at: Float64Array,
): { value: number; parameters: readonly number[]; derivatives: readonly number[] } {
  const parameters: number[] = [layout.baseAt(dataset)];
  const shares: number[] = [Math.exp(at[layout.baseAt(dataset)] ?? 0)];
  let sum = shares[0] ?? 0;
  sizes.forEach((size, part) => {
    if (size <= 0) return;
    const exponent = at[layout.exponentAt(part)] ?? 1;
    const share = Math.exp((at[layout.weightAt(part)] ?? 0) + exponent * Math.log(size));
    sum += share;
    parameters.push(layout.weightAt(part), layout.exponentAt(part));
    shares.push(share, share * Math.log(size));
  });
  const derivatives = shares.map((share) => share / sum);
  let value = Math.log(sum);
  for (const [parameter, factor] of linear) {
    value += (at[parameter] ?? 0) * factor;
    parameters.push(parameter);
    derivatives.push(factor);
  }
  return { value, parameters, derivatives };
}

function modelOf(form: Form, layout: Layout, at: Float64Array): Omit<SumModel, 'sigma'> {
  const dataset = layout.datasets.indexOf(form.reference);
  const scale = Math.exp(at[layout.offsetAt(dataset)] ?? 0);
  const parts = layout.parts.map((part, index) => {
    const weight = scale * Math.exp(at[layout.weightAt(index)] ?? 0);
    return [part, { weight, exponent: at[layout.exponentAt(index)] ?? 1 }] as const;
  });
  const factors = new Map<string, number>();
  layout.factors.forEach((name, index) => factors.set(name, at[layout.factorAt(index)] ?? 0));
  form.slopes.forEach(({ dataset: of, term }, index) => {
    if (of === form.reference) factors.set(term, (factors.get(term) ?? 0) + (at[layout.slopeAt(index)] ?? 0));
  });
  // what is run beside the build can't make it smaller
  factors.set('tests', Math.max(0, factors.get('tests') ?? 0));
  const base = { weight: scale * Math.exp(at[layout.baseAt(dataset)] ?? 0), exponent: 1 };
  return {
    parts: { ...Object.fromEntries(parts), base },
    terms: Object.fromEntries(
      TERMS.filter((term) => factors.has(term)).map((term) => [term, factors.get(term) ?? 0]),
    ),
    toolchains: Object.fromEntries(
      TOOLCHAINS.filter((name) => factors.has(name)).map((name) => [name, factors.get(name) ?? 0]),
    ),
  };
}

function rowAt<T>(rows: readonly T[], index: number): T {
  const row = rows[index];
  if (row === undefined) throw new Error(`BUG: no row ${String(index)}`);
  return row;
}
