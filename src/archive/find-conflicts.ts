import { at } from '../base/column.ts';
import { buildCsr, distinctRows, EdgeList, type Csr } from '../base/csr.ts';
import { reduceAlternatives } from '../debian/reduce.ts';
import { compareVersions } from '../debian/version.ts';
import type { NodeStore } from './node-store.ts';
import type { Context, Reading } from './universe.ts';
import type { Unit } from './unit.ts';

/**
 * Row `node`: what can't be installed beside it, as `Universe.nodeConflicts`.
 * @param reached 1: some clause can reach the node; the others have no conflicts that count
 */
export function findConflicts(
  store: NodeStore,
  reached: Uint8Array,
  contexts: readonly Context[],
  units: readonly Unit[],
  reading: Reading,
): Csr {
  const edges = new EdgeList();
  const add = (node: number, other: number): void => {
    if (reached[other] === 0) return;
    edges.push(node, other);
    edges.push(other, node);
  };
  for (let node = 0; node < reached.length; node++) {
    if (reached[node] === 0) continue;
    for (const other of store.namesakes(node)) if (!fitBeside(store, node, other)) add(node, other);
    if (reading === 'starlingx') continue;
    const { name, context, conflicts, producer } = store.draft(node);
    const reader = { context: at(contexts, context), reading };
    const profiles = new Set(producer < 0 ? [] : at(units, producer).target.profiles);
    for (const group of conflicts.flatMap((field) => field.groups)) {
      for (const relation of reduceAlternatives(group, { arch: reader.context.arch, profiles }) ?? []) {
        for (const other of store.collectConflicts(relation, reader)) {
          // what it provides itself, or is called in another architecture, does not count
          if (store.draft(other).name !== name) add(node, other);
        }
      }
    }
  }
  return distinctRows(buildCsr(store.count, edges));
}

/** Of one name, only two architectures of one version that are both `Multi-Arch: same` can be installed together. */
function fitBeside(store: NodeStore, node: number, other: number): boolean {
  const a = store.draft(node);
  const b = store.draft(other);
  if (a.arch === b.arch || a.multiArch !== 'same' || b.multiArch !== 'same') return false;
  return compareVersions(a.version ?? '', b.version ?? '') === 0;
}
