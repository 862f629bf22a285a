import { int32At } from '../base/cells.ts';
import { at } from '../base/column.ts';
import { buildCsr, distinctRows, EdgeList, type Csr } from '../base/csr.ts';
import { compareVersions } from '../debian/version.ts';
import { NOTHING_LEFT, type GroupTable } from './group-table.ts';
import type { Offer, Reader } from './match.ts';
import type { NodeStore } from './node-store.ts';
import type { Context, Reading } from './context.ts';
import type { Unit } from './unit.ts';

/**
 * Row `node`: what can't be installed beside it, as `Universe.nodeConflicts`.
 * @param reached 1: some clause can reach the node; the others have no conflicts that count
 * @param ranks the final number of each node: those of the rows
 */
export function findConflicts(
  store: NodeStore,
  reached: Uint8Array,
  ranks: Int32Array,
  contexts: readonly Context[],
  units: readonly Unit[],
  reading: Reading,
  groups: GroupTable,
): Csr {
  const edges = new EdgeList();
  const add = (node: number, other: number): void => {
    if (reached[other] === 0) return;
    const [rank, otherRank] = [int32At(ranks, node), int32At(ranks, other)];
    edges.push(rank, otherRank);
    edges.push(otherRank, rank);
  };
  const addKeptOut = (node: number, group: number, reader: Reader): void => {
    const { name } = store.node(node);
    groups.group(group).forEach((relation, place) => {
      for (const other of store.collectConflicts(relation, groups.name(group, place), reader)) {
        // what it provides itself, or is called in another architecture, does not count
        if (store.node(other).name !== name) add(node, other);
      }
    });
  };
  for (let node = 0; node < reached.length; node++) {
    if (reached[node] === 0) continue;
    for (const other of store.namesakes(node))
      if (other !== node && !fitBeside(store.node(node), store.node(other))) add(node, other);
    if (reading === 'starlingx') continue;
    const fields = store.conflicts(node);
    if (fields.length === 0) continue;
    const { producer, context } = store.node(node);
    const profiles = producer < 0 ? [] : at(units, producer).target.profiles;
    const reader = { context: at(contexts, context), reading };
    for (const field of fields) {
      const number = groups.fieldOf(field);
      for (let cell = groups.fields.from(number); cell < groups.fields.to(number); cell++) {
        const reduced = groups.reduce(groups.fields.at(cell), reader.context.arch, profiles);
        if (reduced !== NOTHING_LEFT) addKeptOut(node, reduced, reader);
      }
    }
  }
  return distinctRows(buildCsr(store.count, edges));
}

/** Of one name, only two architectures of one version that are both `Multi-Arch: same` can be installed together. */
function fitBeside(a: Offer, b: Offer): boolean {
  if (a.arch === b.arch || a.multiArch !== 'same' || b.multiArch !== 'same') return false;
  return compareVersions(a.version ?? '', b.version ?? '') === 0;
}
