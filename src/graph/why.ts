import { at } from '../base/column.ts';
import { edgesFrom, edgesTo, rowCount } from '../base/csr.ts';
import { UserError, type Diagnostic } from '../base/diagnostic.ts';
import type { Unit } from '../archive/unit.ts';
import { Explainer, type Reason } from './explain.ts';
import { HARD, type UnitGraph } from './unit-graph.ts';

/** One step of an answer to "why does A wait for B": an edge with its reason. */
export interface WhyStep {
  readonly from: string;
  readonly to: string;
  readonly reason: Reason;
}

export const WHY_SCHEMA = 'debplan/why@1';

/** The answer to "why does A wait for B". */
export interface Why {
  readonly schema: typeof WHY_SCHEMA;
  readonly a: string;
  readonly b: string;
  /** From A to B; empty when A doesn't wait for B. */
  readonly steps: readonly WhyStep[];
  /** Whether B waits for A instead. */
  readonly isReversed: boolean;
}

/**
 * Why A waits for B, by the shortest way.
 * @throws UserError when a name fits no unit
 */
export function why(graph: UnitGraph, a: string, b: string): Why {
  const from = findUnits(graph, a);
  const to = findUnits(graph, b);
  const unknown = [...(from.length === 0 ? [a] : []), ...(to.length === 0 ? [b] : [])];
  if (unknown.length > 0) throw new UserError(unknown.map(noSuchUnit));
  const steps = whyWaits(graph, from, to) ?? [];
  const isReversed = steps.length === 0 && whyWaits(graph, to, from) !== undefined;
  return { schema: WHY_SCHEMA, a, b, steps, isReversed };
}

function noSuchUnit(name: string): Diagnostic {
  return {
    code: 'no-such-unit',
    severity: 'error',
    message: `'${name}' is no source and no unit of the inputs`,
    hint: 'debplan graph --format csv lists them',
  };
}

/** The units that a name stands for: a unit's key, a source's name, or `NAME/ARCH`; in order of the keys. */
function findUnits(graph: UnitGraph, name: string): readonly Unit[] {
  const { units } = graph.universe;
  const exact = units.filter((unit) => unit.key === name);
  if (exact.length > 0) return exact;
  const cut = name.lastIndexOf('/');
  const [source, place] = cut < 0 ? [name, undefined] : [name.slice(0, cut), name.slice(cut + 1)];
  return units.filter(
    (unit) =>
      (unit.source.name === source || unit.key.startsWith(`${source}_`)) &&
      (place === undefined || unit.target.arch === place || (place === 'all' && unit.target.kind === 'all')),
  );
}

/**
 * A shortest way along edges from one of the first units to one of the second, hard edges preferred among ways of one
 * length; undefined when there is none. O(units + edges)
 */
function whyWaits(
  graph: UnitGraph,
  from: readonly Unit[],
  to: readonly Unit[],
): readonly WhyStep[] | undefined {
  const goals = new Set<number>(to.map((unit) => unit.id));
  const cameFrom = new Int32Array(rowCount(graph.needs)).fill(-2);
  const queue: number[] = [];
  for (const unit of from) {
    cameFrom[unit.id] = -1;
    queue.push(unit.id);
  }
  for (const unit of queue) {
    for (const need of needsHardFirst(graph, unit)) {
      if (goals.has(need)) return explainPath(graph, [...pathTo(cameFrom, unit), need]);
      if (cameFrom[need] !== -2) continue;
      cameFrom[need] = unit;
      queue.push(need);
    }
  }
  return undefined;
}

function needsHardFirst(graph: UnitGraph, unit: number): readonly number[] {
  const hard: number[] = graph.needsItself[unit] === 1 ? [unit] : [];
  const soft: number[] = [];
  for (let edge = edgesFrom(graph.needs, unit); edge < edgesTo(graph.needs, unit); edge++) {
    ((at(graph.edgeFlags, edge) & HARD) !== 0 ? hard : soft).push(at(graph.needs.target, edge));
  }
  return [...hard, ...soft];
}

function pathTo(cameFrom: Int32Array, end: number): readonly number[] {
  const path: number[] = [];
  for (let node = end; node >= 0; node = at(cameFrom, node)) path.unshift(node);
  return path;
}

function explainPath(graph: UnitGraph, path: readonly number[]): readonly WhyStep[] {
  const explainer = new Explainer(graph);
  return path.slice(1).map((need, index) => {
    const unit = at(path, index);
    const reason = explainer.explainNeeds(unit).get(need);
    if (reason === undefined) throw new Error(`BUG: no reason why unit ${String(unit)} waits`);
    return { from: at(graph.universe.units, unit).key, to: at(graph.universe.units, need).key, reason };
  });
}
