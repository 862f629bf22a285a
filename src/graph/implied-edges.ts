import { at } from '../base/column.ts';
import { edgesFrom, edgesTo, rowCount } from '../base/csr.ts';
import type { Dag } from './dag.ts';

/** Words of 32 bits a row of the table, so 4,096 nodes at a time: 39 MB for 76,000 nodes. */
const WORDS = 128;
const BITS = 32;

/**
 * Which edges of `dag.needs` others imply: `a` waits for `c`, but also for `b`, which waits for `c`, near or far. Those that are
 * left are the transitive reduction: the fewest that say the same, and there is only one such set.
 * @returns one cell an edge of `dag.needs`, 1 where it is implied; of an edge given twice, the second time.
 * O(edges log edges of a node + kept edges × nodes / 32)
 */
export function impliedEdges({ needs, order }: Dag): Uint8Array {
  const nodeCount = rowCount(needs);
  const placeOf = new Int32Array(nodeCount);
  for (let place = 0; place < nodeCount; place++) placeOf[at(order, place)] = place;
  const latestFirst = sortRows(needs, placeOf);
  const implied = new Uint8Array(needs.target.length);
  const columns = WORDS * BITS;
  const reach = new Uint32Array(nodeCount * WORDS);
  // from the last places to the first: what a node's latest needs imply is known by then, and who is implied adds nothing
  for (let first = Math.floor((nodeCount - 1) / columns) * columns; first >= 0; first -= columns) {
    reach.fill(0);
    for (let place = first; place < nodeCount; place++) {
      const node = at(order, place);
      for (let index = edgesFrom(needs, node); index < edgesTo(needs, node); index++) {
        const edge = at(latestFirst, index);
        const need = at(needs.target, edge);
        const column = at(placeOf, need) - first;
        if (column < 0) break; // nor does it reach anything from `first` on
        if (column < columns && isSet(reach, node, column)) implied[edge] = 1;
        if (implied[edge] === 1) continue;
        unite(reach, node, need);
        if (column < columns) set(reach, node, column);
      }
    }
  }
  return implied;
}

/** The edges of each row, what comes latest in the order first. */
function sortRows(needs: Dag['needs'], placeOf: Int32Array): Int32Array {
  const edges = Int32Array.from(needs.target.keys());
  for (let node = 0; node < rowCount(needs); node++) {
    edges
      .subarray(edgesFrom(needs, node), edgesTo(needs, node))
      .sort((a, b) => at(placeOf, at(needs.target, b)) - at(placeOf, at(needs.target, a)) || a - b);
  }
  return edges;
}

function unite(reach: Uint32Array, node: number, need: number): void {
  const to = node * WORDS;
  const from = need * WORDS;
  for (let word = 0; word < WORDS; word++) reach[to + word] = at(reach, to + word) | at(reach, from + word);
}

function isSet(reach: Uint32Array, node: number, column: number): boolean {
  return ((at(reach, node * WORDS + (column >>> 5)) >>> (column & 31)) & 1) === 1;
}

function set(reach: Uint32Array, node: number, column: number): void {
  const cell = node * WORDS + (column >>> 5);
  reach[cell] = at(reach, cell) | (1 << (column & 31));
}
