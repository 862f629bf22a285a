import { at } from '../base/column.ts';
import { edgesFrom, edgesTo, rowCount } from '../base/csr.ts';
import type { Dag } from './dag.ts';

/** Words of 32 bits a row of the table, so 4,096 nodes at a time: 39 MB for 76,000 nodes. */
const WORDS = 128;
const BITS = 32;

/**
 * Which edges of `dag.needs` others imply: `a` waits for `c`, but also for `b`, which waits for `c`, near or far. Those that are
 * left are the transitive reduction: the fewest that say the same, and there is only one such set.
 * @returns one cell an edge of `dag.needs`, 1 where it is implied; of an edge given twice neither. O(edges × nodes / 32)
 */
export function impliedEdges({ needs, order }: Dag): Uint8Array {
  const nodeCount = rowCount(needs);
  const placeOf = new Int32Array(nodeCount);
  for (let place = 0; place < nodeCount; place++) placeOf[at(order, place)] = place;
  const implied = new Uint8Array(needs.target.length);
  const reach = new Uint32Array(nodeCount * WORDS);
  for (let first = 0; first < nodeCount; first += WORDS * BITS) {
    reach.fill(0);
    // whoever stands before `first` reaches nothing from there on
    for (let place = first; place < nodeCount; place++) {
      const node = at(order, place);
      uniteNeeds(reach, node, needs);
      for (let edge = edgesFrom(needs, node); edge < edgesTo(needs, node); edge++) {
        const column = at(placeOf, at(needs.target, edge)) - first;
        if (column >= 0 && column < WORDS * BITS && isSet(reach, node, column)) implied[edge] = 1;
      }
      for (let edge = edgesFrom(needs, node); edge < edgesTo(needs, node); edge++) {
        const column = at(placeOf, at(needs.target, edge)) - first;
        if (column >= 0 && column < WORDS * BITS) set(reach, node, column);
      }
    }
  }
  return implied;
}

/** Puts into a node's row what those reach that it waits for. */
function uniteNeeds(reach: Uint32Array, node: number, needs: Dag['needs']): void {
  for (let edge = edgesFrom(needs, node); edge < edgesTo(needs, node); edge++) {
    const from = at(needs.target, edge) * WORDS;
    const to = node * WORDS;
    for (let word = 0; word < WORDS; word++) reach[to + word] = at(reach, to + word) | at(reach, from + word);
  }
}

function isSet(reach: Uint32Array, node: number, column: number): boolean {
  return ((at(reach, node * WORDS + (column >>> 5)) >>> (column & 31)) & 1) === 1;
}

function set(reach: Uint32Array, node: number, column: number): void {
  const cell = node * WORDS + (column >>> 5);
  reach[cell] = at(reach, cell) | (1 << (column & 31));
}
