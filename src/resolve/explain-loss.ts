import { buildGroup, describeNode, type Universe } from '../archive/universe.ts';
import { at } from '../base/column.ts';
import { edgesFrom, edgesTo } from '../base/csr.ts';
import { compareText } from '../base/compare.ts';
import type { Location } from '../base/diagnostic.ts';
import { locateGroup } from '../parse/relation-field.ts';
import { formatAlternatives } from '../debian/relation.ts';
import { compareVersions } from '../debian/version.ts';
import { LOST_WITH_UNIT, type Installability } from './installability.ts';

/** Why a unit can't be built: the way from a build dependency of its own to what is missing. */
export interface Loss {
  /** The build dependency's field, text and place; `Essential` for what every chroot holds, at the source's place. */
  readonly field: string;
  readonly relation: string;
  readonly location: Location;
  /** Binaries on the way, each needing the next; empty when the build dependency itself is missing. */
  readonly chain: readonly string[];
  /** The relation that nothing satisfies; undefined when `blockedBy` tells. */
  readonly missing: string | undefined;
  /** What comes nearest to `missing`: the newest other version here, else the newest on another architecture. */
  readonly nearest: string | undefined;
  /** The key of a unit that can't be built itself and would build the last binary of the chain. */
  readonly blockedBy: string | undefined;
}

/** Explains units that were lost; keeps an index of names, so one explainer serves many units. */
export class LossExplainer {
  readonly #universe: Universe;
  readonly #installability: Installability;
  #nodesByName: ReadonlyMap<string, readonly number[]> | undefined;

  constructor(universe: Universe, installability: Installability) {
    this.#universe = universe;
    this.#installability = installability;
  }

  /** @param unit one with `unitLost` set */
  explain(unit: number): Loss {
    const universe = this.#universe;
    let clause = at(this.#installability.unitLost, unit) - 1;
    const origin = this.#origin(unit, clause);
    const chain: string[] = [];
    for (;;) {
      const node = this.#firstCandidate(clause);
      if (node === undefined) {
        const missing = formatAlternatives(at(universe.clauses.alternatives, clause));
        const nearest = this.#nearest(clause);
        return { ...origin, chain, missing, nearest, blockedBy: undefined };
      }
      chain.push(describeNode(universe, node));
      const cause = at(this.#installability.nodeLost, node);
      if (cause === LOST_WITH_UNIT) {
        const producer = at(universe.units, at(universe.nodes.producer, node));
        return { ...origin, chain, missing: undefined, nearest: undefined, blockedBy: producer.key };
      }
      clause = cause - 1;
    }
  }

  #origin(unit: number, clause: number): Pick<Loss, 'field' | 'relation' | 'location'> {
    const { unitClauses, unitClauseGroup, units } = this.#universe;
    for (let edge = edgesFrom(unitClauses, unit); edge < edgesTo(unitClauses, unit); edge++) {
      if (unitClauses.target[edge] !== clause) continue;
      const { field, index, group } = buildGroup(at(units, unit), at(unitClauseGroup, edge));
      return { field: field.name, relation: formatAlternatives(group), location: locateGroup(field, index) };
    }
    const relation = formatAlternatives(at(this.#universe.clauses.alternatives, clause));
    return { field: 'Essential', relation, location: at(units, unit).source.location };
  }

  #firstCandidate(clause: number): number | undefined {
    const { candidates } = this.#universe.clauses;
    const edge = edgesFrom(candidates, clause);
    return edge < edgesTo(candidates, clause) ? at(candidates.target, edge) : undefined;
  }

  /** The newest that is known under a name that the clause asks for, on its architecture if there is one. */
  #nearest(clause: number): string | undefined {
    const { nodes, clauses, contexts } = this.#universe;
    const { arch } = at(contexts, at(clauses.context, clause));
    const archOf = (node: number): string => at(contexts, at(nodes.context, node)).arch;
    const known = at(clauses.alternatives, clause)
      .flatMap(({ package: name }) => this.#named(name))
      // What counts as existing without being listed is no fact to offer.
      .filter((node) => nodes.record[node] !== undefined)
      .sort(
        (a, b) =>
          Number(archOf(a) !== arch) - Number(archOf(b) !== arch) ||
          compareVersions(nodes.version[b] ?? '0', nodes.version[a] ?? '0') ||
          compareText(at(nodes.name, a), at(nodes.name, b)) ||
          compareText(archOf(a), archOf(b)) ||
          a - b,
      );
    const [best] = known;
    if (best === undefined) return undefined;
    const described = describeNode(this.#universe, best);
    return archOf(best) === arch ? described : `${described} on ${archOf(best)}`;
  }

  #named(name: string): readonly number[] {
    if (this.#nodesByName === undefined) {
      const index = new Map<string, number[]>();
      this.#universe.nodes.name.forEach((text, node) => {
        const known = index.get(text);
        if (known === undefined) index.set(text, [node]);
        else known.push(node);
      });
      this.#nodesByName = index;
    }
    return this.#nodesByName.get(name) ?? [];
  }
}

/** A loss as one line: `nothing provides libfoo1 (>= 2) on arm64, which libfoo-dev 2.1 needs`. */
export function formatLoss(loss: Loss, arch: string): string {
  const last = loss.chain.at(-1);
  if (loss.blockedBy !== undefined)
    return `${last ?? loss.relation} is built by ${loss.blockedBy}, which is not built`;
  const missing = `nothing provides ${loss.missing ?? loss.relation} on ${arch}`;
  if (last === undefined) return missing;
  const way = loss.chain.length === 1 ? '' : ` (by way of ${loss.chain.slice(0, -1).join(', ')})`;
  return `${missing}, which ${last} needs${way}`;
}
