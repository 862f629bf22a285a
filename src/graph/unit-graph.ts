import type { Universe } from '../archive/universe.ts';
import { at } from '../base/column.ts';
import { buildCsr, EdgeList, type Csr } from '../base/csr.ts';
import { InstallSetWalker } from '../resolve/install-set.ts';
import type { Installability } from '../resolve/installability.ts';

/** Bits of `UnitGraph.edgeFlags`. */
export const HARD = 1;
/** A build dependency names the binary itself, no run-time relation in between. */
export const DIRECT = 2;
/** The binary is built by a later layer: the wait can't be honoured. */
export const LATER = 4;

/** `install`: edges follow run-time relations; `direct`: only the build dependencies themselves. */
export type Depth = 'install' | 'direct';

/** Which unit waits for which: an edge where a binary of the install set of one is built by the other. */
export interface UnitGraph {
  readonly universe: Universe;
  readonly installability: Installability;
  readonly depth: Depth;
  /** Row `unit`: the units that it waits for, ascending, never itself. Empty for units that are not built. */
  readonly needs: Csr;
  /** `HARD`, `DIRECT`, `LATER`; one cell an edge of `needs`. */
  readonly edgeFlags: Uint8Array;
  /** 1: the unit can't be built without a binary of its own that no index has. */
  readonly needsItself: Uint8Array;
}

/** Walks the install set of every unit that is built. O(units × install set) */
export function buildUnitGraph(universe: Universe, installability: Installability, depth: Depth): UnitGraph {
  const walker = new InstallSetWalker(universe, installability);
  const collector = new EdgeCollector(universe, installability, walker);
  const edges = new EdgeList();
  let flags = new Uint8Array(1024);
  const needsItself = new Uint8Array(universe.units.length);
  const implicit = universe.contexts.map((_, context) => collector.implicitNeeds(context));
  for (const unit of universe.units) {
    if (installability.unitBuilt[unit.id] === 0) continue;
    const context = at(universe.unitContext, unit.id);
    collector.collect(walker.walkUnit(unit.id), depth);
    for (const need of at(implicit, context)) collector.add(need, HARD);
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
  return {
    universe,
    installability,
    depth,
    needs: buildCsr(universe.units.length, edges),
    edgeFlags: flags.slice(0, edges.size),
    needsItself,
  };
}

function doubled(column: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(column.length * 2);
  larger.set(column);
  return larger;
}

/** Flags of the wait that a clause causes, given the node that it chose. */
export function clauseFlags(
  universe: Universe,
  installability: Installability,
  clause: number,
  node: number,
  isDirect: boolean,
): number {
  const later = universe.nodes.later[node] === 1;
  const hard = !later && installability.clauseExists[clause] === 0;
  return (hard ? HARD : 0) | (isDirect ? DIRECT : 0) | (later ? LATER : 0);
}

/** The unit that builds a node, if it is built; else -1. */
export function builtBy(universe: Universe, installability: Installability, node: number): number {
  const producer = at(universe.nodes.producer, node);
  return producer >= 0 && installability.unitBuilt[producer] === 1 ? producer : -1;
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

  constructor(universe: Universe, installability: Installability, walker: InstallSetWalker) {
    this.#universe = universe;
    this.#installability = installability;
    this.#walker = walker;
    this.#flags = new Uint8Array(universe.units.length);
    this.#isFound = new Uint8Array(universe.units.length);
    this.#found = new Int32Array(universe.units.length);
  }

  /** Starts anew with the units that build what the first `count` clauses of the walk chose. */
  collect(count: number, depth: Depth): void {
    for (const unit of this.#found.subarray(0, this.#count)) this.#isFound[unit] = 0;
    this.#count = 0;
    for (let place = 0; place < count; place++) {
      const clause = at(this.#walker.clauses, place);
      const isDirect = this.#walker.parent[clause] === -1;
      if (!isDirect && depth === 'direct') break;
      const node = at(this.#walker.chosen, clause);
      if (node < 0) continue;
      const unit = builtBy(this.#universe, this.#installability, node);
      if (unit < 0) continue;
      this.add(unit, clauseFlags(this.#universe, this.#installability, clause, node, isDirect));
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
    this.#flags[unit] = ((known | flags) & (HARD | DIRECT)) | (known & flags & LATER);
  }

  /** The units found since `collect`, ascending. */
  needs(): Int32Array {
    return this.#found.subarray(0, this.#count).sort();
  }

  flagsOf(unit: number): number {
    return at(this.#flags, unit);
  }

  /** What every chroot of a context holds is taken as it exists; only what doesn't exist is waited for. */
  implicitNeeds(context: number): readonly number[] {
    this.collect(this.#walker.walkImplicit(context), 'install');
    return Array.from(this.needs()).filter((unit) => (this.flagsOf(unit) & HARD) !== 0);
  }
}
