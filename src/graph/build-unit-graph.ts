import type { Universe } from '../archive/universe.ts';
import { int32At } from '../base/cells.ts';
import { at } from '../base/column.ts';
import type { Installability } from '../resolve/installability.ts';
import { NeedCollector } from './need-collector.ts';
import { HARD, type EdgeOptions, type UnitGraph } from './unit-graph.ts';

/**
 * The needs of every unit that is built: who builds the binaries of its install set. An edge is hard when a hard walk meets
 * it: from the build dependency on, nothing existing satisfies any relation on the way.
 * @param chosen from `chooseNodes`. O(requirements + edges × a small factor)
 */
export function buildUnitGraph(
  universe: Universe,
  installability: Installability,
  chosen: Int32Array,
  options: EdgeOptions,
): UnitGraph {
  const { depth, waitsForImplicit } = options;
  const collector = new NeedCollector({ universe, installability, chosen }, options);
  const edges = new GrowingEdges(universe.units.length);
  const needsItself = new Uint8Array(universe.units.length);
  const needsLater = new Int32Array(universe.units.length);
  const implicit = universe.contexts.map((_, context) => collector.implicitNeeds(context));
  for (const { id: unit } of universe.units) {
    if (installability.unitBuilt[unit] === 1) {
      const chroot = at(implicit, int32At(universe.unitContext, unit));
      const found = collector.collect(unit, chroot.needs);
      needsLater[unit] = Math.max(collector.laterClause, chroot.laterClause) + 1;
      for (let place = 0; place < found.length; place++) {
        const need = int32At(found, place);
        const flags = collector.flagsOf(need);
        if (need === unit) needsItself[unit] = flags & HARD;
        else edges.push(need, flags);
      }
    }
    edges.endRow(unit);
  }
  const { needs, edgeFlags } = edges.finish();
  return {
    universe,
    installability,
    depth,
    waitsForImplicit,
    needs,
    edgeFlags,
    needsItself,
    needsLater,
    chosen,
  };
}

/** Rows of edges with their flags, given one row after the other. */
class GrowingEdges {
  readonly #offset: Int32Array;
  #target = new Int32Array(1 << 16);
  #flags = new Uint8Array(1 << 16);
  #size = 0;

  constructor(rowCount: number) {
    this.#offset = new Int32Array(rowCount + 1);
  }

  push(target: number, flags: number): void {
    if (this.#size === this.#target.length) this.#grow();
    this.#target[this.#size] = target;
    this.#flags[this.#size++] = flags;
  }

  endRow(row: number): void {
    this.#offset[row + 1] = this.#size;
  }

  finish(): Pick<UnitGraph, 'needs' | 'edgeFlags'> {
    const target = this.#target.slice(0, this.#size);
    return { needs: { offset: this.#offset, target }, edgeFlags: this.#flags.slice(0, this.#size) };
  }

  #grow(): void {
    const target = new Int32Array(this.#size * 2);
    target.set(this.#target);
    this.#target = target;
    const flags = new Uint8Array(this.#size * 2);
    flags.set(this.#flags);
    this.#flags = flags;
  }
}
