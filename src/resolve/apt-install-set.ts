import type { Universe } from '../archive/universe.ts';
import { at } from '../base/column.ts';
import { row } from '../base/csr.ts';
import { AptSolutions } from './apt-solutions.ts';
import type { Installability } from './installability.ts';

/** What gets installed to build a unit, and for whom. */
export interface AptInstallSet {
  /** Breadth first from the build dependencies, so that the first relation that asks for a binary is a nearest one. */
  readonly members: readonly Member[];
  /** Clauses of the unit or of members that no member satisfies, in the order met: apt's first choice has a conflict. */
  readonly unmet: readonly number[];
  /** Members that can't be installed beside another member; ascending. */
  readonly conflicting: readonly number[];
}

/** A binary of an install set. */
export interface Member {
  readonly node: number;
  /** The clause that asked for it. */
  readonly clause: number;
  /** The node that has the clause, or -1 for one of the unit's own and of what every chroot holds. */
  readonly parent: number;
}

/** `apt`: build-essential and that of cross builds, as `apt-get build-dep` adds them; `chroot`: the Essential packages too. */
export type Base = 'apt' | 'chroot';

/** Bits of a node's state. */
const INSTALLED = 1;
/** Has no candidate any more. */
const GONE = 2;
/** Nothing can be installed without it: its conflicts rule others out, and it is not given up for a conflict. */
const NEEDED = 4;
/** Its relations are being satisfied. */
const OPEN = 8;

/** A node whose relations are being satisfied, one after the other. */
interface Frame {
  /** -1: the unit itself. */
  readonly node: number;
  readonly isNeeded: boolean;
  readonly wasOpen: boolean;
  readonly clauses: readonly number[];
  /** How many of `clauses` have been looked at. */
  next: number;
  /** What may satisfy the clause that is looked at; empty: none is. */
  choices: readonly number[];
  choice: number;
  failed: boolean;
}

/**
 * What `apt-get -s build-dep` would install where nothing is installed: apt 2.6's `pkgDepCache::MarkInstall`. Depth first, in
 * the order of the fields; a relation that something marked satisfies asks for nothing, else its solutions are tried in
 * `AptSolutions`' order. What a relation of something needed has as its only solution is needed itself. What fails on the
 * way stays marked until the end, when all that no member asks for is dropped, as apt's autoremoval does.
 * Not here: apt's problem resolver, which repairs what `unmet` and `conflicting` tell.
 * One installer serves many units: it keeps its columns. Each set costs what it holds, with its relations and conflicts.
 */
export class AptInstaller {
  readonly #universe: Universe;
  readonly #solutions: AptSolutions;
  readonly #state: Uint8Array;
  #touched: number[] = [];

  constructor(universe: Universe, installability: Installability) {
    this.#universe = universe;
    this.#solutions = new AptSolutions(universe, installability);
    this.#state = new Uint8Array(universe.nodes.name.length);
  }

  installFor(unit: number, base: Base): AptInstallSet {
    const implicit = implicitFor(this.#universe, unit, base);
    const own = [...row(this.#universe.unitClauses, unit)];
    this.#satisfyAll(implicit);
    for (const node of row(this.#universe.unitConflicts, unit)) this.#ruleOut(node);
    this.#satisfyAll(own);
    const set = this.#collect([...implicit, ...own]);
    for (const node of this.#touched) this.#state[node] = 0;
    this.#touched = [];
    return set;
  }

  /** Satisfies the clauses of the unit; iterative, for chains of relations are deeper than the stack. */
  #satisfyAll(clauses: readonly number[]): void {
    const frames: Frame[] = [frame(-1, true, true, clauses)];
    for (let top = frames.at(-1); top !== undefined; top = frames.at(-1)) {
      const chosen = this.#nextChoice(top);
      if (chosen === undefined) {
        frames.pop();
        const below = frames.at(-1);
        if (below !== undefined) settleChoice(below, this.#close(top));
        continue;
      }
      const entered = this.#enter(chosen, top.isNeeded && top.choices.length === 1);
      if (typeof entered === 'boolean') settleChoice(top, entered);
      else frames.push(entered);
    }
  }

  /** What a frame tries next; undefined: it is through. */
  #nextChoice(top: Frame): number | undefined {
    for (;;) {
      const chosen = top.choices[top.choice];
      if (chosen !== undefined) return chosen;
      if (top.choices.length > 0) top.failed = true;
      if (top.failed && !top.isNeeded) return undefined;
      const clause = top.clauses[top.next++];
      if (clause === undefined) return undefined;
      top.choice = 0;
      top.choices = this.#choicesOf(clause, top.isNeeded);
      if (top.choices.length === 0 && !this.#isSatisfied(clause)) top.failed = true;
    }
  }

  /** What to try for a clause; of one that is satisfied, the only solution, so that it gets needed. */
  #choicesOf(clause: number, isNeeded: boolean): readonly number[] {
    const isSatisfied = this.#isSatisfied(clause);
    if (isSatisfied && !isNeeded) return [];
    const left = this.#solutions.of(clause).filter((node) => (at(this.#state, node) & GONE) === 0);
    if (!isSatisfied) return left;
    const [only] = left;
    return only !== undefined && left.length === 1 && !this.#isNeeded(only) ? left : [];
  }

  /** @returns whether the node is installed, or a frame for its relations if that is still open */
  #enter(node: number, isOnly: boolean): boolean | Frame {
    if ((at(this.#state, node) & GONE) !== 0) return false;
    if (isOnly) this.#set(node, INSTALLED | NEEDED);
    const isNeeded = this.#isNeeded(node);
    if (!isNeeded && this.#isInstalled(node)) return true;
    const all = [...row(this.#universe.nodeClauses, node)];
    if (!all.every((clause) => this.#isPossible(clause))) {
      if (!isNeeded) this.#discard(node);
      return false;
    }
    const clauses = isNeeded ? all : all.filter((clause) => !this.#isSatisfied(clause));
    const fits = this.#makeRoom(node, isNeeded);
    if (!fits && !isNeeded) return false;
    const opened = frame(node, isNeeded, (at(this.#state, node) & OPEN) !== 0, clauses);
    opened.failed = !fits;
    this.#set(node, INSTALLED | OPEN);
    return opened;
  }

  /** @returns whether all relations of the frame's node are satisfied */
  #close({ node, isNeeded, wasOpen, failed }: Frame): boolean {
    if (!wasOpen) this.#state[node] = at(this.#state, node) & ~OPEN;
    if (failed && !isNeeded) this.#discard(node);
    return !failed;
  }

  /** Gives up what is marked and conflicts with a node; a needed one also rules out what is not marked yet. */
  #makeRoom(node: number, isNeeded: boolean): boolean {
    let fits = true;
    for (const other of row(this.#universe.nodeConflicts, node)) {
      if (this.#isInstalled(other)) {
        if (this.#isNeeded(other)) fits = false;
        else this.#state[other] = at(this.#state, other) & ~INSTALLED;
      }
      if (isNeeded && !this.#isInstalled(other)) this.#ruleOut(other);
      if (!fits && !isNeeded) return false;
    }
    return fits;
  }

  /** What the closure of the given clauses holds of all that is marked. */
  #collect(clauses: readonly number[]): AptInstallSet {
    const members: Member[] = [];
    const unmet: number[] = [];
    const seen = new Set<number>();
    const visit = (clause: number, parent: number): void => {
      if (!this.#isSatisfied(clause)) unmet.push(clause);
      for (const node of this.#solutions.of(clause)) {
        if (!this.#isInstalled(node) || seen.has(node)) continue;
        seen.add(node);
        members.push({ node, clause, parent });
      }
    };
    for (const clause of clauses) visit(clause, -1);
    for (const { node } of members)
      for (const clause of row(this.#universe.nodeClauses, node)) visit(clause, node);
    const conflicting = [...seen].filter((node) =>
      row(this.#universe.nodeConflicts, node).some((other) => seen.has(other)),
    );
    return { members, unmet: [...new Set(unmet)], conflicting: conflicting.sort((a, b) => a - b) };
  }

  #isInstalled(node: number): boolean {
    return (at(this.#state, node) & INSTALLED) !== 0;
  }

  #isNeeded(node: number): boolean {
    return (at(this.#state, node) & (NEEDED | OPEN)) !== 0;
  }

  #isSatisfied(clause: number): boolean {
    return this.#solutions.of(clause).some((node) => this.#isInstalled(node));
  }

  #isPossible(clause: number): boolean {
    return this.#solutions.of(clause).some((node) => (at(this.#state, node) & GONE) === 0);
  }

  #ruleOut(node: number): void {
    this.#set(node, GONE);
  }

  #discard(node: number): void {
    this.#set(node, GONE);
    this.#state[node] = at(this.#state, node) & ~INSTALLED;
  }

  #set(node: number, bits: number): void {
    const state = at(this.#state, node);
    if (state === 0) this.#touched.push(node);
    this.#state[node] = state | bits;
  }
}

/** The clauses of what gets installed for every unit of this one's context. */
export function implicitFor(universe: Universe, unit: number, base: Base): readonly number[] {
  const clauses = [...row(universe.implicitClauses, at(universe.unitContext, unit))];
  return base === 'chroot' ? clauses : clauses.filter((clause) => isBuildEssential(universe, clause));
}

function frame(node: number, isNeeded: boolean, wasOpen: boolean, clauses: readonly number[]): Frame {
  return { node, isNeeded, wasOpen, clauses, next: 0, choices: [], choice: 0, failed: false };
}

/** Takes the outcome of what a frame tried: on to the next clause, or to the next choice. */
function settleChoice(top: Frame, isInstalled: boolean): void {
  if (isInstalled) top.choices = [];
  else top.choice++;
}

function isBuildEssential(universe: Universe, clause: number): boolean {
  const [first] = at(universe.clauses.alternatives, clause);
  return first !== undefined && /^(?:cross)?build-essential/.test(first.package);
}
