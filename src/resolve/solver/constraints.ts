import type { Csr } from '../../base/csr.ts';

/** What can be installed together, as numbers alone: nodes (binary packages), clauses (groups of alternatives), conflicts. */
export interface Constraints {
  /** Row `clause`: the nodes that satisfy it, the preferred one first. */
  readonly candidates: Csr;
  /** Row `node`: the clauses that must hold when the node is installed. */
  readonly nodeClauses: Csr;
  /** Row `node`: the nodes that can't be installed beside it; symmetric, never the node itself. */
  readonly conflicts: Csr;
}

/** One install set that is asked for. */
export interface Request {
  /** Clauses that must hold. */
  readonly roots: ArrayLike<number>;
  /** Nodes that must not be installed, as `Build-Conflicts` asks. */
  readonly forbidden: ArrayLike<number>;
}

/** What a request comes to: a set, or why there is none. */
export type Outcome = Installed | Contradiction;

export interface Installed {
  readonly kind: 'installed';
  /** Nodes, ascending. */
  readonly installed: Int32Array;
}

export type Contradiction = MissingCandidate | NodeConflict;

/** The request fails, whatever conflicts and whatever is forbidden. */
export interface MissingCandidate {
  readonly kind: 'missing';
  /** From a root to the node that asks for `clause`; empty when `clause` is a root itself. */
  readonly chain: readonly ChainStep[];
  /** No candidate of it can ever be installed. */
  readonly clause: number;
}

/** Without its conflicts and forbidden nodes the request could be met. */
export interface NodeConflict {
  readonly kind: 'conflict';
  /** Two nodes in conflict; or one, which the request forbids. */
  readonly sides: readonly [ConflictSide, ConflictSide?];
}

export interface ConflictSide {
  readonly node: number;
  /** Ends at `node`. */
  readonly chain: readonly ChainStep[];
}

/** A clause and the candidate of it that leads on: the first clause of a chain is a root, each other one its predecessor's node's. */
export interface ChainStep {
  readonly clause: number;
  readonly node: number;
}
