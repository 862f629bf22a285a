import type { Universe } from '../archive/universe.ts';
import { at } from '../base/column.ts';
import { buildCsr, EdgeList, type Csr } from '../base/csr.ts';
import { InstallSetWalker } from '../resolve/install-set-walker.ts';
import type { Installability } from '../resolve/installability.ts';

/** Bits of `UnitGraph.edgeFlags`. */
export const HARD = 1;
/** A build dependency names the binary itself, no run-time relation in between. */
export const DIRECT = 2;
/** The binary is built by a later layer: the wait can't be honoured. */
export const LATER = 4;
/** It would be hard, but for a first build of the same unit whose binaries serve until this one is done. */
export const STANDS_IN = 8;

/** `install`: edges follow run-time relations; `direct`: only the build dependencies themselves. */
export type Depth = 'install' | 'direct';

/** What counts as an edge. */
export interface EdgeOptions {
  readonly depth: Depth;
  /** Whether a unit waits for what every chroot holds as if it named it; else only for what doesn't exist yet. */
  readonly waitsForImplicit: boolean;
}

/** Which unit waits for which: an edge where a binary of the install set of one is built by the other. */
export interface UnitGraph extends EdgeOptions {
  readonly universe: Universe;
  readonly installability: Installability;
  /** Row `unit`: the units that it waits for, ascending, never itself. Empty for units that are not built. */
  readonly needs: Csr;
  /** `HARD`, `DIRECT`, `LATER`, `STANDS_IN`; one cell an edge of `needs`. */
  readonly edgeFlags: Uint8Array;
  /** 1: the unit can't be built without a binary of its own that no index has. */
  readonly needsItself: Uint8Array;
  /** 1 + the clause that only a later layer can satisfy, so that the unit can't be built; 0: there is none. */
  readonly needsLater: Int32Array;
  /** Chosen node of each clause. */
  readonly chosen: Int32Array;
}

/**
 * Walks the install set of every unit that is built. An edge is hard when a hard walk meets it: from the build dependency
 * on, nothing existing satisfies any relation on the way.
 * @param chosen from `chooseNodes`. O(units × install set)
 */
export function buildUnitGraph(
  universe: Universe,
  installability: Installability,
  chosen: Int32Array,
  { depth, waitsForImplicit }: EdgeOptions,
): UnitGraph {
  const walker = new InstallSetWalker(universe, installability, chosen);
  const collector = new EdgeCollector(universe, installability, walker);
  const edges = new EdgeList();
  let flags = new Uint8Array(1024);
  const needsItself = new Uint8Array(universe.units.length);
  const needsLater = new Int32Array(universe.units.length);
  const implicit = universe.contexts.map((_, context) => {
    collector.begin(-1);
    collector.collect(walker.walkImplicit(context, true), 'install', HARD);
    const needs = Array.from(collector.needs(), (need) => [need, collector.flagsOf(need) & ~DIRECT] as const);
    return { needs, laterClause: collector.laterClause };
  });
  for (const unit of universe.units) {
    if (installability.unitBuilt[unit.id] === 0) continue;
    collector.begin(unit.id);
    collector.collect(walker.walkUnit(unit.id, true), depth, HARD);
    const chroot = at(implicit, at(universe.unitContext, unit.id));
    needsLater[unit.id] = Math.max(collector.laterClause, chroot.laterClause) + 1;
    for (const [need, flags] of chroot.needs) collector.add(need, flags);
    collector.collect(waitsForImplicit ? walker.walkChroot(unit.id) : walker.walkUnit(unit.id), depth, 0);
    for (const need of collector.needs()) {
      const flag = collector.flagsOf(need);
      if (need === unit.id) needsItself[need] = flag & HARD;
      else {
        if (edges.size === flags.length) flags = doubled(flags);
        flags[edges.size] = flag;
        edges.push(unit.id, need);
      }
    }
  }
  const edgeFlags = flags.slice(0, edges.size);
  const needs = buildCsr(universe.units.length, edges);
  const options = { depth, waitsForImplicit };
  return { universe, installability, ...options, needs, edgeFlags, needsItself, needsLater, chosen };
}

function doubled(column: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(column.length * 2);
  larger.set(column);
  return larger;
}

/** The unit that builds a node, if it is built; else -1. */
export function builtBy(universe: Universe, installability: Installability, node: number): number {
  const producer = at(universe.nodes.producer, node);
  return producer >= 0 && installability.unitBuilt[producer] === 1 ? producer : -1;
}

/** The unit that stands in for the one that builds a node, if it is built; else -1. */
export function standInFor(universe: Universe, installability: Installability, node: number): number {
  const unit = at(universe.nodes.standIn, node);
  return unit >= 0 && installability.unitBuilt[unit] === 1 ? unit : -1;
}

/** The needs of one unit at a time, each with its flags. */
class EdgeCollector {
  readonly #universe: Universe;
  readonly #installability: Installability;
  readonly #walker: InstallSetWalker;
  readonly #flags: Uint8Array;
  /** 1: `#flags` of the unit counts. */
  readonly #isFound: Uint8Array;
  readonly #found: Int32Array;
  #count = 0;
  /** Whose needs are collected; -1: nobody's. */
  #unit = -1;
  /** A clause that only a later layer satisfies, met by a hard walk since `begin`; -1: none. */
  laterClause = -1;

  constructor(universe: Universe, installability: Installability, walker: InstallSetWalker) {
    this.#universe = universe;
    this.#installability = installability;
    this.#walker = walker;
    this.#flags = new Uint8Array(universe.units.length);
    this.#isFound = new Uint8Array(universe.units.length);
    this.#found = new Int32Array(universe.units.length);
  }

  /** Forgets what was found. */
  begin(unit: number): void {
    this.#unit = unit;
    for (const unit of this.#found.subarray(0, this.#count)) this.#isFound[unit] = 0;
    this.#count = 0;
    this.laterClause = -1;
  }

  /** Adds the units that build what the first `count` clauses of the walk chose. */
  collect(count: number, depth: Depth, strength: typeof HARD | 0): void {
    const { clauses, contexts, nodes } = this.#universe;
    for (let place = 0; place < count; place++) {
      const clause = at(this.#walker.clauses, place);
      const isDirect = this.#walker.parent[clause] === -1;
      if (!isDirect && depth === 'direct') break;
      const node = at(this.#walker.chosen, clause);
      if (node < 0) continue;
      const unit = builtBy(this.#universe, this.#installability, node);
      if (unit < 0) continue;
      const isLater = nodes.later[node] === 1;
      if (isLater && strength === HARD) {
        // without an index nobody knows whether it exists
        const isMissing = at(contexts, at(clauses.context, clause)).isIndexed;
        if (isMissing && this.laterClause === -1) this.laterClause = clause;
        continue;
      }
      const flags = (isDirect ? DIRECT : 0) | (isLater ? LATER : 0);
      const standIn = standInFor(this.#universe, this.#installability, node);
      if (standIn === -1 || standIn === this.#unit) this.add(unit, strength | flags);
      else {
        this.add(standIn, strength | flags);
        this.add(unit, (strength === HARD ? STANDS_IN : 0) | flags);
      }
    }
  }

  /** A need is hard or direct if one of its reasons is, and later if all are. */
  add(unit: number, flags: number): void {
    if (this.#isFound[unit] === 0) {
      this.#isFound[unit] = 1;
      this.#found[this.#count++] = unit;
      this.#flags[unit] = flags;
      return;
    }
    const known = at(this.#flags, unit);
    this.#flags[unit] = ((known | flags) & (HARD | DIRECT | STANDS_IN)) | (known & flags & LATER);
  }

  /** The units found since `collect`, ascending. */
  needs(): Int32Array {
    return this.#found.subarray(0, this.#count).sort();
  }

  flagsOf(unit: number): number {
    return at(this.#flags, unit);
  }
}
