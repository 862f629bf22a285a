import type { Universe } from '../../archive/universe.ts';
import { at } from '../../base/column.ts';
import type { UnitGraph } from '../../graph/unit-graph.ts';
import type { Break, Opened } from '../break.ts';
import { findHardCycles, findKnots, honouredEdges, type Cycle } from '../find-cycles.ts';

/** What is done about one strongly connected component. */
export interface ComponentAnswer {
  /** All units, in the numbers of the graph before anything is left out; ascending. */
  readonly members: Int32Array;
  /** Those that are on cycles of hard edges, or need themselves hard; ascending. */
  readonly hardMembers: readonly number[];
  readonly breaks: readonly AnsweredBreak[];
  /** The sum of the breaks' costs; Infinity where some cycle stays closed. */
  readonly cost: number;
  /** Nothing that opens the component costs less. */
  readonly lowerBound: number;
}

/** A break, and whose numbers it is in. */
export interface AnsweredBreak {
  readonly own: Break;
  /** The one that the units and places of the break are of. */
  readonly universe: Universe;
  /** The same with its edges; undefined where nobody needs to know which existing binary serves. */
  readonly graph: UnitGraph | undefined;
  /** What could be done instead while all else stays, the cheapest first; in the same numbers. */
  readonly alternatives: readonly Break[];
}

/** What became of the cycles of a run; an `Analysis`, as far as this stage may know it. */
export interface SettledCycles {
  /** The graph before anything is left out or built otherwise: every unit that has what it needs, cycles included. */
  readonly plain: { readonly graph: UnitGraph };
  /** The same without what is left out, maybe with units that are built otherwise. */
  readonly planned: UnitGraph;
  /** Cycles that nothing opens, in the numbers of `planned`. */
  readonly hardCycles: readonly Cycle[];
  readonly openings: readonly Opened[];
  readonly cut: {
    readonly components: readonly {
      readonly members: Int32Array;
      readonly breaks: readonly Break[];
      readonly lowerBound: number;
    }[];
  };
}

/** For a component of `cut`: other ways than each of its breaks. */
export type FindAlternatives = (component: number) => (own: Break) => readonly Break[];

/**
 * Brings what was decided to the components of the graph before anything is left out: those with cycles of hard edges
 * first, of them those that stay closed, then the larger, then by their lowest unit. Units are matched by their plain
 * keys, as a unit's number depends on what else is built.
 */
export function answerComponents(
  settled: SettledCycles,
  findAlternatives: FindAlternatives = () => () => [],
): readonly ComponentAnswer[] {
  const { graph } = settled.plain;
  const hard = findHardCycles(graph);
  const rings = findKnots(graph, honouredEdges(graph));
  const knots = [...rings, ...aloneOf(rings, hard)];
  const isHard = new Set(hard.flatMap(({ members }) => members));
  const drafts = collectBreaks(settled, knots, findAlternatives);
  return knots
    .map((members, component): ComponentAnswer => {
      const { breaks, lowerBound } = at(drafts, component);
      const cost = breaks.reduce((sum, { own }) => sum + own.cost, 0);
      const hardMembers = [...members].filter((unit) => isHard.has(unit));
      return { members, hardMembers, breaks, cost, lowerBound };
    })
    .sort(compareAnswers);
}

interface Draft {
  readonly breaks: AnsweredBreak[];
  lowerBound: number;
}

/** The breaks of each component: what stays closed, what is built otherwise, and what waits no more. */
function collectBreaks(
  { plain, planned, hardCycles, openings, cut }: SettledCycles,
  knots: readonly Int32Array[],
  findAlternatives: FindAlternatives,
): readonly Draft[] {
  const drafts = knots.map((): Draft => ({ breaks: [], lowerBound: 0 }));
  const draftOfKey = new Map<string, Draft>();
  knots.forEach((members, component) => {
    for (const unit of members) draftOfKey.set(keyOf(plain.graph.universe, unit), at(drafts, component));
  });
  for (const cycle of hardCycles) {
    const own = noWayOut(cycle);
    const { universe } = planned;
    draftOfKey
      .get(keyOf(universe, own.unit))
      ?.breaks.push({ own, universe, graph: undefined, alternatives: [] });
  }
  for (const { universe, breaks } of openings) {
    for (const own of breaks) {
      // which existing binaries serve is decided anew once the others are followed
      if (own.strategy === 'existing-binary') continue;
      draftOfKey
        .get(keyOf(universe, own.unit))
        ?.breaks.push({ own, universe, graph: undefined, alternatives: [] });
    }
  }
  cut.components.forEach(({ members, breaks, lowerBound }, component) => {
    const { universe } = planned;
    const draft = draftOfKey.get(keyOf(universe, at(members, 0)));
    if (draft === undefined) return;
    draft.lowerBound += lowerBound;
    const alternativesOf = findAlternatives(component);
    for (const own of breaks) {
      // a build profile is followed: it is among the openings
      if (own.strategy === 'profile') continue;
      draft.breaks.push({ own, universe, graph: planned, alternatives: alternativesOf(own) });
    }
  });
  return drafts;
}

function keyOf({ units }: Universe, unit: number): string {
  return at(units, unit).plainKey;
}

/** Units that need themselves hard and nobody who needs them. */
function aloneOf(rings: readonly Int32Array[], hard: readonly Cycle[]): readonly Int32Array[] {
  const inRing = new Set(rings.flatMap((members) => [...members]));
  return hard
    .filter(({ members }) => members.length === 1 && !inRing.has(at(members, 0)))
    .map(({ members }) => Int32Array.from(members));
}

function noWayOut({ units }: Cycle): Break {
  return {
    strategy: 'none',
    unit: at(units, 0),
    places: [],
    needs: [at(units, 1 % units.length)],
    cost: Infinity,
    risk: 'high',
  };
}

function compareAnswers(a: ComponentAnswer, b: ComponentAnswer): number {
  return (
    Number(b.hardMembers.length > 0) - Number(a.hardMembers.length > 0) ||
    Number(b.cost === Infinity) - Number(a.cost === Infinity) ||
    b.members.length - a.members.length ||
    at(a.members, 0) - at(b.members, 0)
  );
}
