import { at } from '../../base/column.ts';
import { ReasonTeller } from '../../graph/why-reason.ts';
import type { UnitGraph } from '../../graph/unit-graph.ts';
import type { CyclesEdge } from './cycles-document.ts';

/** Puts edges into words, each once: cycles share them. */
export class EdgeDescriber {
  readonly #graph: UnitGraph;
  readonly #teller: ReasonTeller;
  readonly #known = new Map<number, CyclesEdge>();

  constructor(graph: UnitGraph) {
    this.#graph = graph;
    this.#teller = new ReasonTeller(graph);
  }

  /** The strongest reason of an edge. @param to may be `from` itself where it needs itself */
  describe(from: number, to: number): CyclesEdge {
    const { units } = this.#graph.universe;
    const key = from * units.length + to;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const { count, reasons } = this.#teller.tell(from, to, 1);
    const { field, relation, location, chain, strength, servedBy, remedies } = reasons[0];
    const edge: CyclesEdge = {
      from: at(units, from).key,
      to: at(units, to).key,
      strength,
      field,
      relation,
      ...(location === undefined ? {} : { location }),
      chain,
      ...(servedBy === undefined ? {} : { servedBy }),
      reasonCount: count,
      remedies,
    };
    this.#known.set(key, edge);
    return edge;
  }
}
