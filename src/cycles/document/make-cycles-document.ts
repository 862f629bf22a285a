import { at } from '../../base/column.ts';
import { compareText } from '../../base/compare.ts';
import { HARD, type UnitGraph } from '../../graph/unit-graph.ts';
import type { ComponentAnswer } from './component-answer.ts';
import { edgeBetween, extractComponent } from '../find/component-graph.ts';
import {
  CYCLES_SCHEMA,
  type CyclesComponent,
  type CyclesCycle,
  type CyclesDocument,
} from './cycles-document.ts';
import { BreakDescriber } from './describe-answer.ts';
import { EdgeDescriber } from './describe-edge.ts';
import { CYCLE_LIMITS, enumerateCycles, type CycleLimits, type CycleList } from '../find/enumerate-cycles.ts';
import { findKnots, honouredEdges } from '../find-cycles.ts';

export interface CyclesOptions {
  readonly limits?: CycleLimits;
  /** Only the components that hold one of these units; left out: all. */
  readonly only?: ReadonlySet<number>;
}

/**
 * The components of a graph as a document.
 * @param graph before anything is left out; the answers are of its components
 */
export function makeCyclesDocument(
  graph: UnitGraph,
  answers: readonly ComponentAnswer[],
  inputs: CyclesDocument['inputs'],
  { limits = CYCLE_LIMITS, only }: CyclesOptions = {},
): CyclesDocument {
  const describer = new ComponentDescriber(graph, limits);
  const wanted = answers.filter(
    ({ members }) => only === undefined || members.some((unit) => only.has(unit)),
  );
  return { schema: CYCLES_SCHEMA, inputs, components: wanted.map((answer) => describer.describe(answer)) };
}

class ComponentDescriber {
  readonly #graph: UnitGraph;
  readonly #limits: CycleLimits;
  readonly #isKept: Uint8Array;
  readonly #isHard: Uint8Array;
  readonly #edges: EdgeDescriber;
  readonly #breaks = new BreakDescriber();

  constructor(graph: UnitGraph, limits: CycleLimits) {
    this.#graph = graph;
    this.#limits = limits;
    this.#isKept = honouredEdges(graph);
    this.#isHard = graph.edgeFlags.map((flags) => Number((flags & HARD) !== 0));
    this.#edges = new EdgeDescriber(graph);
  }

  describe(answer: ComponentAnswer): CyclesComponent {
    const { members, hardMembers, breaks, cost, lowerBound } = answer;
    const units = [...members].map((unit) => at(this.#graph.universe.units, unit));
    const layer = shared(units.map(({ source }) => source.layer));
    const buildType = shared(units.map(({ source }) => source.buildType));
    return {
      units: units.map(({ key }) => key),
      architectures: [...new Set(units.map(({ target }) => target.arch))].sort(compareText),
      ...(layer === undefined ? {} : { layer }),
      ...(buildType === undefined ? {} : { buildType }),
      isHard: hardMembers.length > 0,
      hardUnits: hardMembers.map((unit) => at(this.#graph.universe.units, unit).key),
      edgeCount: this.#countEdges(members),
      ...this.#listCycles(answer),
      breaks: breaks.map((own) => this.#breaks.describe(own)),
      cost: cost === Infinity ? null : cost,
      lowerBound,
      isOptimal: cost <= lowerBound,
    };
  }

  #countEdges(members: Int32Array): number {
    const { needs, needsItself } = this.#graph;
    const inside = extractComponent(needs, members, this.#isKept).needs.target.length;
    return inside + members.filter((unit) => needsItself[unit] === 1).length;
  }

  #listCycles({ members, hardMembers }: ComponentAnswer): Pick<CyclesComponent, 'cycles' | 'leftOut'> {
    const { needs, needsItself } = this.#graph;
    const most = this.#limits.cycles;
    const loops = [...members].filter((unit) => needsItself[unit] === 1).map((unit) => [unit]);
    const hard = [...loops, ...this.#hardCycles(hardMembers)].slice(0, most);
    const all =
      members.length === 1 ? NO_CYCLES : enumerateCycles(needs, members, this.#isKept, this.#limits);
    const known = new Set(hard.map((cycle) => cycle.join(' ')));
    const others = all.cycles.filter((cycle) => !known.has(cycle.join(' ')));
    const listed = [...hard, ...others].slice(0, most);
    const countOfLoops = loops.length === 0 ? [] : [{ length: 1, count: loops.length }];
    return {
      cycles: listed.map((cycle) => this.#describeCycle(cycle)),
      leftOut: {
        cycles: all.count + loops.length - listed.length,
        isExact: all.isCountExact,
        countOfLength: [...countOfLoops, ...all.countOfLength],
        units: members.length - new Set(listed.flat()).size,
      },
    };
  }

  /** Short cycles of hard edges alone, of two units or more. */
  #hardCycles(hardMembers: readonly number[]): readonly (readonly number[])[] {
    if (hardMembers.length < 2) return [];
    const inside = new Set(hardMembers);
    const knots = findKnots(this.#graph, this.#isHard).filter((members) => inside.has(at(members, 0)));
    return knots.flatMap(
      (members) => enumerateCycles(this.#graph.needs, members, this.#isHard, this.#limits).cycles,
    );
  }

  #describeCycle(cycle: readonly number[]): CyclesCycle {
    const pairs = cycle.map((from, index) => [from, at(cycle, (index + 1) % cycle.length)] as const);
    return {
      isHard: pairs.every(([from, to]) => this.#isHardEdge(from, to)),
      edges: pairs.map(([from, to]) => this.#edges.describe(from, to)),
    };
  }

  #isHardEdge(from: number, to: number): boolean {
    if (from === to) return true;
    return this.#isHard[edgeBetween(this.#graph.needs, from, to)] === 1;
  }
}

/** Of a unit that waits for nothing but itself. */
const NO_CYCLES: CycleList = {
  cycles: [],
  count: 0,
  isCountExact: true,
  countOfLength: [],
  unitsLeftOut: 1,
};

/** What all have in common; undefined: nothing. */
function shared(texts: readonly (string | undefined)[]): string | undefined {
  return texts.every((text) => text === texts[0]) ? texts[0] : undefined;
}
