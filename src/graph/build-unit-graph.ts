import type { Universe } from '../archive/universe.ts';
import { int32At } from '../base/cells.ts';
import type { Installability } from '../resolve/installability.ts';
import { NeedCollector } from './need-collector.ts';
import { HARD, type EdgeOptions, type UnitGraph } from './unit-graph.ts';

/** Every so many units one is looked at before, to tell how much room the edges will take. */
const SAMPLE_STEP = 16;
/** Room for so many more edges than the sample tells. */
const SPARE = 1.1;

/**
 * The needs of every unit that is built: who builds the binaries of its install set. An edge is hard when a hard walk meets
 * it: from the build dependency on, nothing existing satisfies any relation on the way.
 * @param chosen from `chooseNodes`. O(requirements + edges × a small factor)
 */
export function buildUnitGraph(
  universe: Universe,
  installability: Installability,
  chosen: Int32Array,
  { depth, waitsForImplicit }: EdgeOptions,
): UnitGraph {
  const unitCount = universe.units.length;
  const collector = new NeedCollector({ universe, installability, chosen }, { depth, waitsForImplicit });
  const edges = new GrowingEdges(unitCount, foreseeEdges(collector, installability, unitCount));
  const needsItself = new Uint8Array(unitCount);
  const needsLater = new Int32Array(unitCount);
  for (let unit = 0; unit < unitCount; unit++) {
    if (installability.unitBuilt[unit] === 1) {
      collector.collect(unit);
      needsLater[unit] = collector.laterClause + 1;
      needsItself[unit] = collector.flagsOf(unit) & HARD;
      edges.append(unit, collector);
    }
    edges.endRow(unit);
  }
  const walked = { universe, installability, depth, waitsForImplicit, chosen };
  return { ...walked, ...edges.finish(), needsItself, needsLater };
}

/** About how many edges there will be: large columns that grow are copied, and each copy sets off a garbage collection. */
function foreseeEdges(collector: NeedCollector, { unitBuilt }: Installability, unitCount: number): number {
  let found = 0;
  for (let unit = 0; unit < unitCount; unit += SAMPLE_STEP) {
    if (unitBuilt[unit] !== 1) continue;
    collector.collect(unit);
    found += collector.count;
  }
  return Math.ceil(found * SAMPLE_STEP * SPARE);
}

/** Rows of edges with their flags, given one row after the other. */
class GrowingEdges {
  readonly #offset: Int32Array;
  #target: Int32Array<ArrayBuffer>;
  #flags: Uint8Array<ArrayBuffer>;
  #size = 0;

  constructor(rowCount: number, foreseen: number) {
    this.#offset = new Int32Array(rowCount + 1);
    this.#target = new Int32Array(foreseen);
    this.#flags = new Uint8Array(foreseen);
  }

  /** What a unit needs of itself is no edge. */
  append(unit: number, collector: NeedCollector): void {
    const { found, count } = collector;
    if (this.#size + count > this.#target.length) this.#grow(this.#size + count);
    const target = this.#target;
    const flags = this.#flags;
    let size = this.#size;
    for (let place = 0; place < count; place++) {
      const need = int32At(found, place);
      if (need === unit) continue;
      target[size] = need;
      flags[size++] = collector.flagsOf(need);
    }
    this.#size = size;
  }

  endRow(row: number): void {
    this.#offset[row + 1] = this.#size;
  }

  finish(): Pick<UnitGraph, 'needs' | 'edgeFlags'> {
    const target = this.#target.subarray(0, this.#size);
    return { needs: { offset: this.#offset, target }, edgeFlags: this.#flags.subarray(0, this.#size) };
  }

  #grow(least: number): void {
    const capacity = Math.ceil(least * SPARE);
    const target = new Int32Array(capacity);
    target.set(this.#target);
    this.#target = target;
    const flags = new Uint8Array(capacity);
    flags.set(this.#flags);
    this.#flags = flags;
  }
}
