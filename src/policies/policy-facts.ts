import { at } from '../base/column.ts';
import { compareNumber, compareText, firstDifference } from '../base/compare.ts';

/** What other systems go by and a `Problem` doesn't tell. One cell a task each. */
export interface PolicyFacts {
  /** The unit's key: ties are broken by it. */
  readonly names: readonly string[];
  /** Place of the task's layer and build type in the order in which they are built; 0 is the first. */
  readonly phase: Int32Array;
  /** Tasks that share a number ≥ 0 are a cycle that is built one after the other; -1: none. */
  readonly cycleGroup: Int32Array;
  /** 1: no two of these run at once on one builder. */
  readonly isExclusive: Uint8Array;
}

/** Where a task comes from. */
export interface TaskOrigin {
  readonly name: string;
  /** Name of its source package. */
  readonly source: string;
  readonly layer?: string | undefined;
  readonly buildType?: string | undefined;
}

export interface FactsOptions {
  /** Layers in the order in which they are built; others come after these, by name. */
  readonly layers: readonly string[];
  /** Source names of each cycle whose order is fixed by hand. */
  readonly cycleGroups: readonly (readonly string[])[];
  /** Source names that must not be built at the same time on one builder. */
  readonly exclusive: readonly string[];
}

/** Cycles and exclusive names are nobody's unless they are given. */
export const NO_FACTS: FactsOptions = { layers: [], cycleGroups: [], exclusive: [] };

/** @param origins one a task */
export function makeFacts(origins: readonly TaskOrigin[], options: FactsOptions): PolicyFacts {
  const exclusive = new Set(options.exclusive);
  const groupOf = new Map<string, number>();
  options.cycleGroups.forEach((sources, group) => {
    for (const source of sources) if (!groupOf.has(source)) groupOf.set(source, group);
  });
  return {
    names: origins.map(({ name }) => name),
    phase: phasesOf(origins, options.layers),
    cycleGroup: Int32Array.from(origins, ({ source }) => groupOf.get(source) ?? -1),
    isExclusive: Uint8Array.from(origins, ({ source }) => Number(exclusive.has(source))),
  };
}

/** Layers in their order; in each the build types, `std` first, then by name. What has no layer or type comes first. */
function phasesOf(origins: readonly TaskOrigin[], layers: readonly string[]): Int32Array {
  const place = new Map(layers.map((layer, index) => [layer, index + 1]));
  const rank = ({ layer }: TaskOrigin): number =>
    layer === undefined ? 0 : (place.get(layer) ?? layers.length + 1);
  const typeRank = ({ buildType }: TaskOrigin): number =>
    Number(buildType !== undefined && buildType !== 'std');
  const compare = (a: TaskOrigin, b: TaskOrigin): number =>
    firstDifference(
      compareNumber(rank(a), rank(b)),
      compareText(a.layer ?? '', b.layer ?? ''),
      compareNumber(typeRank(a), typeRank(b)),
      typeRank(a) === 0 ? 0 : compareText(a.buildType ?? '', b.buildType ?? ''),
    );
  const order = [...origins.keys()].sort((a, b) => compare(at(origins, a), at(origins, b)));
  const phase = new Int32Array(origins.length);
  let current = 0;
  order.forEach((task, index) => {
    const before = order[index - 1];
    if (before !== undefined && compare(at(origins, before), at(origins, task)) !== 0) current++;
    phase[task] = current;
  });
  return phase;
}
