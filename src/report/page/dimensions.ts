import { at } from '../../base/column.ts';
import type { ReportPlan } from '../report-data.ts';

/** One way to sort builds into a few kinds: what can be filtered by and what colours can mean. */
export interface Dimension {
  readonly label: string;
  /** The kinds of a plan, as people read them. */
  readonly values: (plan: ReportPlan) => readonly string[];
  /** One cell a task: an index of `values`. */
  readonly valueOf: (plan: ReportPlan) => ArrayLike<number>;
}

/** What an estimator's name means to somebody who never saw it. */
const ESTIMATORS: ReadonlyMap<string, string> = new Map([
  ['override', 'estimates file'],
  ['declared', 'declared size'],
  ['history', 'earlier builds'],
  ['prior', 'what the source is'],
  ['default', 'assumed'],
]);

/** Says an estimator's name in words; unknown ones as they are. */
export function estimatorWords(name: string): string {
  return ESTIMATORS.get(name) ?? name;
}

/** In the order in which they are offered. */
export const DIMENSIONS = {
  arch: {
    label: 'Architecture',
    values: ({ tasks }) => tasks.archs,
    valueOf: ({ tasks }) => tasks.archOf,
  },
  layer: {
    label: 'Layer',
    values: ({ tasks }) => tasks.layers.map((layer) => (layer === '' ? 'no layer' : layer)),
    valueOf: ({ tasks }) => tasks.layerOf,
  },
  mode: {
    label: 'Mode',
    values: () => ['on disk', 'in RAM'],
    valueOf: ({ tasks }) => tasks.isInRam,
  },
  estimator: {
    label: 'Estimate from',
    values: ({ tasks }) => tasks.estimators.map(estimatorWords),
    valueOf: ({ tasks }) => tasks.durationBy,
  },
  builder: {
    label: 'Builder',
    values: ({ builders }) => builders.map(({ name }) => name),
    valueOf: ({ tasks }) => tasks.builderOf,
  },
} as const satisfies Readonly<Record<string, Dimension>>;

export type DimensionName = keyof typeof DIMENSIONS;

export const DIMENSION_NAMES = [
  'arch',
  'layer',
  'mode',
  'estimator',
  'builder',
] as const satisfies readonly DimensionName[];

export function isDimensionName(name: string): name is DimensionName {
  return Object.hasOwn(DIMENSIONS, name);
}

/** How many tasks are of each kind: one cell a value. */
export function countValues(plan: ReportPlan, name: DimensionName): Uint32Array {
  const dimension: Dimension = DIMENSIONS[name];
  const counts = new Uint32Array(dimension.values(plan).length);
  const valueOf = dimension.valueOf(plan);
  for (let task = 0; task < plan.tasks.count; task++) {
    const value = at(valueOf, task);
    counts[value] = at(counts, value) + 1;
  }
  return counts;
}
