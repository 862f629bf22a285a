import { describeNode, type Universe } from '../archive/universe.ts';
import type { Unit } from '../archive/unit.ts';
import { at } from '../base/column.ts';
import { edgesFrom, edgesTo, row } from '../base/csr.ts';
import type { Location } from '../base/diagnostic.ts';
import type { SourcePackage } from '../debian/package.ts';
import { formatAlternatives, type Alternatives } from '../debian/relation.ts';
import { LOST_WITH_UNIT, type Installability } from './installability.ts';
import { locateLink } from './locate-link.ts';
import { measureLosses, type LossDistances } from './loss-distances.ts';
import { NearestFinder } from './nearest-candidate.ts';
import type { Nearest } from './nearest.ts';
import { originOf, type Origin } from './origin.ts';

/**
 * Why a unit can't be built: the shortest way from a build dependency of its own to what is missing. Where a relation on the
 * way has alternatives, none of them can be installed; the way goes on from the first that exists.
 */
export interface Loss extends Origin {
  /** Binaries on the way, each needing the next; empty when the build dependency itself is missing. */
  readonly chain: readonly LossLink[];
  /** The relation that nothing satisfies; undefined when `blockedBy` tells. */
  readonly missing: string | undefined;
  /** The name that is missing, without version; of several alternatives all names. */
  readonly missingName: string | undefined;
  /** The architecture that it is missing for: in a cross build it may be the one that builds run on. */
  readonly missingOn: string;
  /** Where `missing` stands. */
  readonly causeLocation: Location | undefined;
  readonly nearest: Nearest | undefined;
  /** A unit that can't be built itself and would build the last binary of the chain. */
  readonly blockedBy: Unit | undefined;
}

export interface LossLink {
  /** With its version: `libfoo1 1.2-1`. */
  readonly binary: string;
  /** The relation that asks for it. */
  readonly relation: string;
}

/** Explains units that were lost; keeps what it found out, so one explainer serves many units. */
export class LossExplainer {
  readonly #universe: Universe;
  readonly #installability: Installability;
  readonly #nearest: NearestFinder;
  #distances: LossDistances | undefined;

  /** @param sources whose binaries may be what is meant; left out: those of the units */
  constructor(universe: Universe, installability: Installability, sources?: readonly SourcePackage[]) {
    this.#universe = universe;
    this.#installability = installability;
    const known = sources ?? [...new Set(universe.units.map(({ source }) => source))];
    this.#nearest = new NearestFinder(universe, known);
  }

  /** @param unit one with `unitLost` set */
  explain(unit: number): Loss {
    const universe = this.#universe;
    const { nodeClauses, nodes } = universe;
    let clause = this.#firstClause(unit);
    const origin = originOf(universe, unit, clause);
    const { arch, buildArch } = at(universe.contexts, at(universe.unitContext, unit));
    let missingOn = isForBuilder(origin, at(universe.clauses.alternatives, clause)) ? buildArch : arch;
    let relation = origin.relation;
    let causeLocation: Location | undefined = origin.location;
    const chain: LossLink[] = [];
    for (;;) {
      const node = this.#firstCandidate(clause);
      if (node === undefined)
        return { ...origin, chain, ...this.#missing(clause), missingOn, causeLocation, blockedBy: undefined };
      chain.push({ binary: describeNode(universe, node), relation });
      missingOn = at(nodes.arch, node);
      const cause = this.#causeOf(node, row(nodeClauses, node));
      if (cause === LOST_WITH_UNIT) {
        const blockedBy = at(universe.units, at(nodes.producer, node));
        return { ...origin, chain, ...NOTHING_MISSING, missingOn, blockedBy };
      }
      clause = cause;
      relation = formatAlternatives(at(universe.clauses.alternatives, clause));
      causeLocation = locateLink(universe, node, clause)?.location ?? nodes.record[node]?.location;
    }
  }

  #missing(clause: number): Pick<Loss, 'missing' | 'missingName' | 'nearest'> {
    const alternatives = at(this.#universe.clauses.alternatives, clause);
    const names = [...new Set(alternatives.map((relation) => relation.package))];
    const nearest = this.#nearest.find(clause);
    const plain = alternatives.map((relation) => ({ ...relation, architectures: [], profiles: [] }));
    return { missing: formatAlternatives(plain), missingName: names.join(' | '), nearest };
  }

  /** The build dependency, or what every chroot holds, that lies nearest to its cause. */
  #firstClause(unit: number): number {
    const { unitClauses, implicitClauses, unitContext } = this.#universe;
    const implicit = row(implicitClauses, at(unitContext, unit));
    const near = this.#nearestOf([...row(unitClauses, unit), ...implicit]);
    return near ?? at(this.#installability.unitLost, unit) - 1;
  }

  /** The clause that a node is lost for, or `LOST_WITH_UNIT`. Of several what lies nearest to its cause. */
  #causeOf(node: number, clauses: ArrayLike<number>): number {
    const { nodes } = this.#universe;
    const { clause, unit } = this.#measured();
    const lost = at(this.#installability.nodeLost, node);
    const near = this.#nearestOf(clauses);
    const producer = at(nodes.producer, node);
    const isBlocked =
      producer >= 0 && nodes.exists[node] === 0 && this.#installability.unitBuilt[producer] === 0;
    const blocked = isBlocked ? at(unit, producer) : -1;
    if (near === undefined) return blocked >= 0 || lost === LOST_WITH_UNIT ? LOST_WITH_UNIT : lost - 1;
    return blocked >= 0 && blocked < at(clause, near) ? LOST_WITH_UNIT : near;
  }

  #nearestOf(clauses: ArrayLike<number>): number | undefined {
    const { clause: distance } = this.#measured();
    let best: number | undefined;
    for (let place = 0; place < clauses.length; place++) {
      const clause = at(clauses, place);
      const own = at(distance, clause);
      if (own >= 0 && (best === undefined || own < at(distance, best))) best = clause;
    }
    return best;
  }

  #measured(): LossDistances {
    this.#distances ??= measureLosses(this.#universe, this.#installability);
    return this.#distances;
  }

  #firstCandidate(clause: number): number | undefined {
    const { candidates } = this.#universe.clauses;
    const edge = edgesFrom(candidates, clause);
    return edge < edgesTo(candidates, clause) ? at(candidates.target, edge) : undefined;
  }
}

function isForBuilder({ field }: Origin, alternatives: Alternatives): boolean {
  return field === 'Essential' || alternatives[0]?.archQualifier === 'native';
}

const NOTHING_MISSING = {
  missing: undefined,
  missingName: undefined,
  nearest: undefined,
  causeLocation: undefined,
} as const;

/** A loss as one line: `nothing provides libfoo1 (>= 2) on arm64, which libfoo-dev 2.1 needs`. */
export function formatLoss(loss: Loss, arch: string): string {
  const binaries = loss.chain.map(({ binary }) => binary);
  const last = binaries.at(-1);
  if (loss.blockedBy !== undefined)
    return `${last ?? loss.relation} is built by ${loss.blockedBy.key}, which is not built`;
  const missing = `nothing provides ${loss.missing ?? loss.relation} on ${arch}`;
  if (last === undefined) return missing;
  const way = binaries.length === 1 ? '' : ` (by way of ${binaries.slice(0, -1).join(', ')})`;
  return `${missing}, which ${last} needs${way}`;
}
