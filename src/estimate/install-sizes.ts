import type { ContextPackage } from '../archive/context-packages.ts';
import type { Universe } from '../archive/universe.ts';
import { float64At, int32At } from '../base/cells.ts';
import { buildCsr, distinctRows, EdgeList, edgesFrom, edgesTo, type Csr } from '../base/csr.ts';
import type { BinaryPackage } from '../debian/package.ts';
import { chooseNodes } from '../resolve/choose-nodes.ts';
import type { Installability } from '../resolve/installability.ts';

/** What is installed for a build, in bytes. */
export interface InstallSize {
  /** Installed-Size of all packages. */
  readonly installedBytes: number;
  /** Size of their files. */
  readonly downloadBytes: number;
  readonly packages: number;
}

export interface InstallSizes {
  /** Build-essential and the Essential packages with all that they pull in: one a context. */
  readonly base: readonly InstallSize[];
  /** What the build dependencies of a unit add to the base of its context: one a unit; nothing for units that are not built. */
  readonly depends: readonly InstallSize[];
}

/**
 * Sizes of the install sets of all units: the first candidate of every clause that can be installed, each package once.
 * What has no size counts as the median of all that exist. About 0.4 s of CPU for the 34,000 units of bookworm.
 */
export function installSizes(universe: Universe, installability: Installability): InstallSizes {
  const walk = new SizeWalk(universe, installability);
  const base: InstallSize[] = [];
  const depends: InstallSize[] = new Array<InstallSize>(universe.units.length).fill(NOTHING);
  // context by context, so that what every chroot holds is walked once
  universe.contexts.forEach((_, context) => {
    base.push(walk.enterContext(context));
    for (const unit of universe.units) {
      if (int32At(universe.unitContext, unit.id) !== context || installability.unitBuilt[unit.id] === 0)
        continue;
      depends[unit.id] = walk.walkUnit(unit.id);
    }
  });
  return { base, depends };
}

const NOTHING: InstallSize = { installedBytes: 0, downloadBytes: 0, packages: 0 };

/** Walks install sets by node: a node's choices are looked up once, not clause by clause for every unit. */
class SizeWalk {
  readonly #universe: Universe;
  readonly #chosen: Int32Array;
  /** Row `node`: the nodes that its relations take. */
  readonly #allNeeds: Csr;
  /** Without what the context's base holds: most packages need libc6 and the like, which no walk has to look at again. */
  #needs: Csr;
  readonly #installed: Float64Array;
  readonly #download: Float64Array;
  /** The walk that met a node last; walks are numbered from 1, `IN_BASE`: the base holds it. */
  readonly #met: Int32Array;
  readonly #queue: Int32Array;
  #walk = 0;
  #baseSize = 0;

  constructor(universe: Universe, installability: Installability) {
    const nodeCount = universe.nodes.name.length;
    this.#universe = universe;
    this.#chosen = chooseNodes(
      universe,
      installability,
      new Int32Array(universe.clauses.alternatives.length),
    );
    this.#allNeeds = nodeNeeds(universe, this.#chosen);
    this.#needs = this.#allNeeds;
    this.#met = new Int32Array(nodeCount);
    this.#queue = new Int32Array(nodeCount);
    const { record, model } = universe.nodes;
    const existing = record.map((own, node) => existingOf({ record: own, model: model[node] }));
    this.#installed = filled(existing, universe, (own) => own?.installedBytes);
    this.#download = filled(existing, universe, (own) => own?.downloadBytes);
  }

  /** From now on, what the context's chroots hold anyway counts as met. */
  enterContext(context: number): InstallSize {
    for (let place = 0; place < this.#baseSize; place++) this.#met[int32At(this.#queue, place)] = 0;
    this.#baseSize = 0;
    this.#needs = this.#allNeeds;
    const size = this.#size(0, this.#meetRow(this.#universe.implicitClauses, context, 0, IN_BASE), IN_BASE);
    this.#baseSize = size.packages;
    this.#needs = withoutTargets(this.#allNeeds, this.#met, IN_BASE);
    return size;
  }

  walkUnit(unit: number): InstallSize {
    this.#walk++;
    const start = this.#baseSize;
    return this.#size(start, this.#meetRow(this.#universe.unitClauses, unit, start, this.#walk), this.#walk);
  }

  #meetRow(clauses: Csr, row: number, start: number, walk: number): number {
    let end = start;
    for (let edge = edgesFrom(clauses, row); edge < edgesTo(clauses, row); edge++) {
      const node = int32At(this.#chosen, int32At(clauses.target, edge));
      if (node >= 0) end = this.#meet(node, end, walk);
    }
    return end;
  }

  #size(start: number, firstEnd: number, walk: number): InstallSize {
    let end = firstEnd;
    let installedBytes = 0;
    let downloadBytes = 0;
    const { offset, target } = this.#needs;
    const met = this.#met;
    const queue = this.#queue;
    for (let next = start; next < end; next++) {
      const node = int32At(queue, next);
      installedBytes += float64At(this.#installed, node);
      downloadBytes += float64At(this.#download, node);
      const last = int32At(offset, node + 1);
      for (let edge = int32At(offset, node); edge < last; edge++) {
        const need = int32At(target, edge);
        // as `#meet`, whose call costs as much as all the rest
        if (met[need] === walk || met[need] === IN_BASE) continue;
        met[need] = walk;
        queue[end++] = need;
      }
    }
    return { installedBytes, downloadBytes, packages: end - start };
  }

  #meet(node: number, end: number, walk: number): number {
    const met = int32At(this.#met, node);
    if (met === walk || met === IN_BASE) return end;
    this.#met[node] = walk;
    this.#queue[end] = node;
    return end + 1;
  }
}

const IN_BASE = -1;

function nodeNeeds({ nodeClauses, nodes }: Universe, chosen: Int32Array): Csr {
  const edges = new EdgeList();
  for (let node = 0; node < nodes.name.length; node++) {
    for (let edge = edgesFrom(nodeClauses, node); edge < edgesTo(nodeClauses, node); edge++) {
      const need = int32At(chosen, int32At(nodeClauses.target, edge));
      if (need >= 0) edges.push(node, need);
    }
  }
  return distinctRows(buildCsr(nodes.name.length, edges));
}

/** The rows without the targets that a column marks. O(rows + edges) */
function withoutTargets({ offset, target }: Csr, marks: Int32Array, mark: number): Csr {
  const left = new Int32Array(target.length);
  const starts = new Int32Array(offset.length);
  let end = 0;
  for (let row = 0; row + 1 < offset.length; row++) {
    const last = int32At(offset, row + 1);
    for (let edge = int32At(offset, row); edge < last; edge++) {
      const node = int32At(target, edge);
      if (int32At(marks, node) !== mark) left[end++] = node;
    }
    starts[row + 1] = end;
  }
  return { offset: starts, target: left.subarray(0, end) };
}

type Existing = BinaryPackage | undefined;

/** The binary that exists, or the one that exists of what is to be built. */
function existingOf({ record, model }: Pick<ContextPackage, 'record' | 'model'>): Existing {
  return record !== undefined && 'indexArchitectures' in record ? record : model;
}

/** One size a node; those that are unknown are the median of all binaries that exist. */
function filled(
  existing: readonly Existing[],
  { packages }: Universe,
  sizeOf: (binary: Existing) => number | undefined,
): Float64Array {
  const sizes = existing.map(sizeOf);
  if (sizes.every((size) => size !== undefined)) return new Float64Array(sizes);
  const known = packages.index.binaries.map(sizeOf).filter((size) => size !== undefined);
  const ascending = new Float64Array(known).sort();
  const median = ascending[ascending.length >> 1] ?? 0;
  return new Float64Array(sizes.map((size) => size ?? median));
}
