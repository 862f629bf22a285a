import type { Universe } from '../archive/universe.ts';
import { AscendingSet } from '../base/ascending-set.ts';
import { int32At, uint8At } from '../base/cells.ts';
import { at } from '../base/column.ts';
import { edgesFrom, edgesTo, type Csr } from '../base/csr.ts';
import { reachedNeeds } from '../resolve/chosen-needs.ts';
import { InstallSetWalker } from '../resolve/install-set-walker.ts';
import type { Installability } from '../resolve/installability.ts';
import { InstallClosures } from './install-closures.ts';
import { DIRECT, HARD, LATER, STANDS_IN, type EdgeOptions, type UnitGraph } from './unit-graph.ts';

/** What every chroot of a context makes its units wait for. */
interface ImplicitNeeds {
  readonly needs: Int32Array;
  /** One cell a need. */
  readonly flags: Uint8Array;
  /** A clause that only a later layer satisfies; -1: none. */
  readonly laterClause: number;
}

/** Set in `#flags` of each unit that was found. */
const FOUND = 128;

/** Collects the needs of one unit at a time, each with its flags. */
export class NeedCollector {
  /** A clause that only a later layer satisfies, on a hard way from the last unit or in its chroot; -1: none. */
  laterClause = -1;
  /** The units that were found, ascending: the first `count` cells. */
  readonly found: Int32Array;
  count = 0;
  readonly #universe: Universe;
  readonly #installability: Installability;
  readonly #chosen: Int32Array;
  readonly #options: EdgeOptions;
  /** The unit that builds a node, and the one that stands in for that; -1: none is built. */
  readonly #builtBy: Int32Array;
  readonly #standIn: Int32Array;
  /** What nodes pull in, and what of that nothing existing can serve. */
  readonly #soft: InstallClosures;
  readonly #hard: InstallClosures;
  readonly #implicit: readonly ImplicitNeeds[];
  readonly #flags: Uint8Array;
  /** The units found since `#begin`. */
  readonly #units: AscendingSet;
  /** Whose needs are collected; -1: nobody's. */
  #unit = -1;
  #meetsLater = false;
  /** Finds `laterClause`; made when it is first asked for. */
  #walker: InstallSetWalker | undefined;

  constructor(
    { universe, installability, chosen }: Pick<UnitGraph, 'universe' | 'installability' | 'chosen'>,
    options: EdgeOptions,
  ) {
    const { nodes, units, unitClauses, implicitClauses } = universe;
    this.#universe = universe;
    this.#installability = installability;
    this.#chosen = chosen;
    this.#options = options;
    const { unitBuilt } = installability;
    const ifBuilt = (unit: number): number => (unit >= 0 && unitBuilt[unit] === 1 ? unit : -1);
    this.#builtBy = nodes.producer.map(ifBuilt);
    this.#standIn = nodes.standIn.map(ifBuilt);
    this.#flags = new Uint8Array(units.length);
    this.#units = new AscendingSet(units.length);
    this.found = new Int32Array(units.length);
    const roots = options.depth === 'direct' ? [implicitClauses] : [implicitClauses, unitClauses];
    const passedOver = { clauses: installability.clauseExists, clausesOf: nodes.later };
    const itemOf = (node: number): number => this.#itemOf(node);
    const itemCount = units.length + nodes.name.length;
    this.#soft = new InstallClosures(reachedNeeds(universe, chosen, roots), itemOf, itemCount);
    this.#hard = new InstallClosures(reachedNeeds(universe, chosen, roots, passedOver), itemOf, itemCount);
    this.#implicit = universe.contexts.map((_, context) => this.#implicitNeeds(context));
  }

  /** Finds the units that one waits for; itself too, if it needs itself. */
  collect(unit: number): void {
    const { unitClauses, implicitClauses, unitContext } = this.#universe;
    const isDeep = this.#options.depth === 'install';
    const context = int32At(unitContext, unit);
    this.#begin(unit);
    this.#meetHard(unitClauses, unit, isDeep);
    this.#addImplicit(at(this.#implicit, context));
    this.#soft.begin();
    this.#meetSoft(unitClauses, unit, isDeep);
    if (this.#options.waitsForImplicit) this.#meetSoft(implicitClauses, context, isDeep);
    this.#addMet(this.#soft, 0);
    this.count = this.#units.drain(this.found);
  }

  /** `HARD`, `DIRECT`, `LATER`, `STANDS_IN` of a unit that was found; 0 for others. */
  flagsOf(unit: number): number {
    return uint8At(this.#flags, unit) & ~FOUND;
  }

  /** What is waited for because every chroot of a context holds it, though it doesn't exist yet. */
  #implicitNeeds(context: number): ImplicitNeeds {
    this.#begin(-1);
    this.#meetHard(this.#universe.implicitClauses, context, true);
    this.count = this.#units.drain(this.found);
    const needs = this.found.slice(0, this.count);
    return {
      needs,
      flags: Uint8Array.from(needs, (need) => this.flagsOf(need)),
      laterClause: this.laterClause,
    };
  }

  #addImplicit({ needs, flags, laterClause }: ImplicitNeeds): void {
    this.laterClause = Math.max(this.laterClause, laterClause);
    for (let place = 0; place < needs.length; place++)
      this.#add(int32At(needs, place), uint8At(flags, place));
  }

  /** The unit that builds a node; where more than that counts, the node itself, after all units; -1: none. */
  #itemOf(node: number): number {
    const unit = int32At(this.#builtBy, node);
    const isPlain = this.#universe.nodes.later[node] === 0 && this.#standIn[node] === -1;
    return unit < 0 || isPlain ? unit : this.#flags.length + node;
  }

  #begin(unit: number): void {
    this.#unit = unit;
    this.laterClause = -1;
    this.#meetsLater = false;
    for (let place = 0; place < this.count; place++) this.#flags[int32At(this.found, place)] = 0;
    this.count = 0;
  }

  #meetHard(roots: Csr, index: number, isDeep: boolean): void {
    const { clauseExists } = this.#installability;
    this.#hard.begin();
    for (let edge = edgesFrom(roots, index); edge < edgesTo(roots, index); edge++) {
      const clause = int32At(roots.target, edge);
      const node = int32At(this.#chosen, clause);
      if (node < 0 || clauseExists[clause] === 1) continue;
      if (isDeep) this.#hard.meet(node);
      else this.#addNode(node, HARD);
    }
    this.#addMet(this.#hard, HARD);
    if (this.#meetsLater) this.laterClause = this.#firstLater(index, isDeep);
  }

  #meetSoft(roots: Csr, index: number, isDeep: boolean): void {
    for (let edge = edgesFrom(roots, index); edge < edgesTo(roots, index); edge++) {
      const node = int32At(this.#chosen, int32At(roots.target, edge));
      if (node < 0) continue;
      this.#addNode(node, DIRECT);
      if (isDeep) this.#soft.meet(node);
    }
  }

  #addMet(closures: InstallClosures, strength: typeof HARD | 0): void {
    const unitCount = this.#flags.length;
    for (let place = 0; place < closures.count; place++) {
      const item = int32At(closures.met, place);
      if (item < unitCount) this.#add(item, strength);
      else this.#addNode(item - unitCount, strength);
    }
  }

  /** Adds the unit that builds a node, and what stands in for that. */
  #addNode(node: number, flags: number): void {
    const unit = int32At(this.#builtBy, node);
    if (unit < 0) return;
    const isHard = (flags & HARD) !== 0;
    const isLater = this.#universe.nodes.later[node] === 1;
    if (isLater && isHard) {
      this.#meetsLater = true;
      return;
    }
    const own = isLater ? flags | LATER : flags;
    const standIn = int32At(this.#standIn, node);
    if (standIn === -1 || standIn === this.#unit) this.#add(unit, own);
    else {
      this.#add(standIn, own);
      this.#add(unit, isHard ? (own & ~HARD) | STANDS_IN : own);
    }
  }

  /** A need is hard or direct if one of its reasons is, and later if all are. */
  #add(unit: number, flags: number): void {
    const known = uint8At(this.#flags, unit);
    if (known === 0) {
      this.#units.add(unit);
      this.#flags[unit] = flags | FOUND;
    } else this.#flags[unit] = ((known | flags) & ~LATER) | (known & flags & LATER);
  }

  /** The first clause, breadth first, that takes what a later layer builds; where no index tells what exists: none. */
  #firstLater(index: number, isDeep: boolean): number {
    const { nodes, clauses, contexts } = this.#universe;
    this.#walker ??= new InstallSetWalker(this.#universe, this.#installability, this.#chosen);
    const walker = this.#walker;
    const count = this.#unit === -1 ? walker.walkImplicit(index, true) : walker.walkUnit(index, true);
    for (let place = 0; place < count; place++) {
      const clause = int32At(walker.clauses, place);
      if (!isDeep && walker.parent[clause] !== -1) break;
      const node = int32At(this.#chosen, clause);
      if (node < 0 || nodes.later[node] !== 1 || int32At(this.#builtBy, node) < 0) continue;
      if (at(contexts, int32At(clauses.context, clause)).isIndexed) return clause;
    }
    return -1;
  }
}
