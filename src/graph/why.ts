import type { Unit } from '../archive/unit.ts';
import { at } from '../base/column.ts';
import { formatLoss, LossExplainer } from '../resolve/explain-loss.ts';
import { findAllUnits } from './find-units.ts';
import { whyGivenUp, type GivenUp, type SettledGraph } from './given-up.ts';
import { HIDDEN, rankEdges, shortestPaths } from './shortest-paths.ts';
import type { UnitGraph } from './unit-graph.ts';
import { ReasonTeller, type WhyReason } from './why-reason.ts';

export const WHY_SCHEMA = 'debplan/why@1';

/** The answer to "why does A wait for B". */
export interface Why {
  readonly schema: typeof WHY_SCHEMA;
  /** The names as given. */
  readonly a: string;
  readonly b: string;
  /** From A to B, as few as there can be; empty when A doesn't wait for B. */
  readonly steps: readonly WhyStep[];
  /** When A doesn't wait for B: whether B waits for A instead. */
  readonly isReversed: boolean;
  /** False when no unit that A names can be built at all: see `unbuildable`. */
  readonly canWait: boolean;
  /** Where the plan gives up a step but A waits for B all the same: the units of a way that it honours, both ends included. */
  readonly honouredWay?: readonly string[];
  /** Other units that each name could mean: keys in order. Missing where there are none, or none of them waits. */
  readonly alsoNamed?: { readonly a: readonly string[]; readonly b: readonly string[] };
  /** When A doesn't wait for B: which of the units named can't be built at all; missing where there are none. */
  readonly unbuildable?: readonly Unbuildable[];
  /** When A doesn't wait for B: the units of B and A where it is the other way round. */
  readonly reverse?: Waiting;
  /** When A doesn't wait for B: where it does, on other architectures or in other layers; missing where it doesn't. */
  readonly elsewhere?: readonly Waiting[];
}

/** One unit waits for another, at whatever distance. */
export interface Waiting {
  readonly from: string;
  readonly to: string;
  /** Whether the plan holds to it. */
  readonly isHonoured: boolean;
}

/** One step of an answer: an edge with its reasons. */
export interface WhyStep {
  /** A unit's key. */
  readonly from: string;
  /** The key of the unit that it waits for. */
  readonly to: string;
  /** The strongest: hard before soft, build dependencies before what every chroot holds, then the shortest. */
  readonly reason: WhyReason;
  /** How many build dependencies of `from` lead to `to`, what every chroot holds included. */
  readonly reasonCount: number;
  /** All of them, the strongest first; only if they are asked for. */
  readonly reasons?: readonly WhyReason[];
  /** Whether the plan makes `from` wait for `to`. */
  readonly isHonoured: boolean;
  /** Why it doesn't. */
  readonly givenUp?: GivenUp;
}

/** A unit that lacks something. */
export interface Unbuildable {
  readonly unit: string;
  readonly arch: string;
  /** One line. */
  readonly reason: string;
}

export interface WhyOptions {
  /** Whether every reason of each step is told, or the strongest alone. */
  readonly isAll: boolean;
}

/**
 * Why A waits for B, by the shortest way: in the plan if there is one, else among all that could be built. Where a name
 * stands for several units, those of one architecture, layer and build type are paired first, in order of their keys.
 * @throws UserError when a name fits no unit
 * @example
 * const packages = [{ path: 'amd64.Packages', arch: 'amd64' }];
 * const request = { paths: ['tree'], packages, apt: false, architectures: ['amd64'], suite: undefined };
 * const inputs = await readInputs(request);
 * const machine = { arch: 'amd64', cpus: 8, memoryBytes: 64 * 2 ** 30 };
 * const options = resolveAnalyseOptions({ layers: ['base', 'runtime', 'apps'] }, machine);
 * const { analysis } = analyseInputs(inputs, options);
 * const reason = why(analysis, 'bollard', 'ropewalk', { isAll: false });
 * reason.steps.length; // → 1
 */
export function why(settled: SettledGraph, a: string, b: string, { isAll }: WhyOptions): Why {
  const [from = [], to = []] = findAllUnits(settled, [a, b]);
  const names = { schema: WHY_SCHEMA, a, b } as const;
  const search = new PathSearch(settled);
  const found = search.find(from, to);
  if (found === undefined) return { ...names, steps: [], ...whyNot(settled, search, from, to) };
  const { graph, path } = found;
  const teller = new ReasonTeller(graph);
  const { units } = graph.universe;
  const steps = path.slice(1).map((need, index): WhyStep => {
    const unit = at(path, index);
    const { count, reasons } = teller.tell(unit, need, isAll ? Infinity : 1);
    const givenUp = whyGivenUp(settled, unit, need);
    return {
      from: at(units, unit).key,
      to: at(units, need).key,
      reason: reasons[0],
      reasonCount: count,
      ...(isAll ? { reasons } : {}),
      isHonoured: givenUp === undefined,
      ...(givenUp === undefined ? {} : { givenUp }),
    };
  });
  const start = at(path, 0);
  const end = at(path, path.length - 1);
  const detour = steps.every(({ isHonoured }) => isHonoured) ? undefined : search.findHonoured(start, end);
  const others = { a: keysBut(from, start), b: keysBut(to, end) };
  return {
    ...names,
    steps,
    isReversed: false,
    canWait: true,
    ...(detour === undefined ? {} : { honouredWay: detour.map((unit) => at(units, unit).key) }),
    ...(others.a.length + others.b.length === 0 ? {} : { alsoNamed: others }),
  };
}

function keysBut(units: readonly Unit[], named: number): readonly string[] {
  return units.filter(({ id }) => id !== named).map(({ key }) => key);
}

function whyNot(
  { graph }: SettledGraph,
  search: PathSearch,
  from: readonly Unit[],
  to: readonly Unit[],
): Omit<Why, 'schema' | 'a' | 'b' | 'steps'> {
  const { universe, installability } = graph;
  const losses = new LossExplainer(universe, installability);
  const isLost = ({ id }: Unit): boolean => installability.unitLost[id] !== 0;
  const lost = universe.units.filter((unit) => isLost(unit) && (from.includes(unit) || to.includes(unit)));
  const unbuildable = lost.map(({ id, key, target: { arch } }): Unbuildable => {
    const loss = losses.explain(id);
    return { unit: key, arch, reason: `${loss.field}: ${loss.relation}: ${formatLoss(loss, arch)}` };
  });
  const reverse = search.describe(search.find(to, from));
  const elsewhere = search.findElsewhere(from, to);
  return {
    isReversed: reverse !== undefined,
    canWait: !from.every(isLost),
    ...(reverse === undefined ? {} : { reverse }),
    ...(unbuildable.length === 0 ? {} : { unbuildable }),
    ...(elsewhere.length === 0 ? {} : { elsewhere }),
  };
}

interface FoundPath {
  /** The graph that has it. */
  readonly graph: UnitGraph;
  /** Units from one end to the other, both included. */
  readonly path: readonly number[];
}

/** Searches the plan's graph, then the graph of all that could be built. */
class PathSearch {
  readonly #settled: SettledGraph;
  readonly #graphs: readonly { readonly graph: UnitGraph; readonly rank: Uint8Array }[];

  constructor(settled: SettledGraph) {
    this.#settled = settled;
    const { graph, planned, cut } = settled;
    const inPlan = { graph: planned, rank: rankEdges(planned, cut.isKept) };
    this.#graphs = graph === planned ? [inPlan] : [inPlan, { graph, rank: rankEdges(graph) }];
  }

  /** A shortest path of the best pair of units that has one. */
  find(from: readonly Unit[], to: readonly Unit[]): FoundPath | undefined {
    const goals = new Set<number>(to.map(({ id }) => id));
    const pairs = pairUp(from, to);
    for (const { graph, rank } of this.#graphs) {
      const known = new Map(from.map(({ id }) => [id, shortestPaths(graph, rank, id, goals)]));
      for (const [start, end] of pairs) {
        const path = known.get(start.id)?.get(end.id);
        if (path !== undefined) return { graph, path };
      }
    }
    return undefined;
  }

  /** A shortest path along edges that the plan honours. */
  findHonoured(start: number, end: number): readonly number[] | undefined {
    const { planned, cut } = this.#settled;
    const rank = rankEdges(planned).map((own, edge) => (cut.isKept[edge] === 0 ? HIDDEN : own));
    return shortestPaths(planned, rank, start, new Set([end])).get(end);
  }

  /** Other units of the same sources that wait: the best pair of each architecture. */
  findElsewhere(from: readonly Unit[], to: readonly Unit[]): readonly Waiting[] {
    const { units } = this.#settled.graph.universe;
    const likeFrom = sameSources(units, from);
    const likeTo = sameSources(units, to);
    const architectures = new Set(likeFrom.map(({ target }) => target.arch));
    return [...architectures].sort().flatMap((arch) => {
      const found = this.find(
        likeFrom.filter(({ target }) => target.arch === arch),
        likeTo.filter(({ target }) => target.arch === arch || target.kind === 'all'),
      );
      return this.describe(found) ?? [];
    });
  }

  /** The ends of a path. */
  describe(found: FoundPath | undefined): Waiting | undefined {
    if (found === undefined) return undefined;
    const { graph, path } = found;
    const start = at(path, 0);
    const end = at(path, path.length - 1);
    const { units } = graph.universe;
    const isHonoured = this.findHonoured(start, end) !== undefined;
    return { from: at(units, start).key, to: at(units, end).key, isHonoured };
  }
}

/** Every pair, those that differ in less before others; then in order of the keys. */
function pairUp(from: readonly Unit[], to: readonly Unit[]): readonly (readonly [Unit, Unit])[] {
  const distance = ([a, b]: readonly [Unit, Unit]): number =>
    Number(a.target.arch !== b.target.arch && a.target.kind !== 'all' && b.target.kind !== 'all') * 4 +
    Number(a.source.layer !== b.source.layer) * 2 +
    Number(a.source.buildType !== b.source.buildType);
  return from
    .flatMap((start) => to.map((end) => [start, end] as const))
    .sort((x, y) => distance(x) - distance(y) || x[0].id - y[0].id || x[1].id - y[1].id);
}

function sameSources(units: readonly Unit[], like: readonly Unit[]): readonly Unit[] {
  const names = new Set(like.map(({ source }) => source.name));
  return units.filter(({ source }) => names.has(source.name));
}
