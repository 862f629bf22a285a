import { at } from '../../base/column.ts';
import { buildCsr, EdgeList, edgesFrom, edgesTo, rowCount, type Csr } from '../../base/csr.ts';

/** One strongly connected component with its members numbered anew: 0 .. size - 1, in order of their units. */
export interface ComponentGraph {
  /** Row `member`: the members that it waits for, ascending. */
  readonly needs: Csr;
  /** The unit of each member, ascending. */
  readonly members: Int32Array;
}

/**
 * The edges inside a component.
 * @param needs rows ascend
 * @param members ascending
 * @param isKept 0 hides an edge; one cell an edge of `needs`. O(nodes of `needs` + edges of the members)
 */
export function extractComponent(needs: Csr, members: Int32Array, isKept: Uint8Array): ComponentGraph {
  const placeOf = new Int32Array(rowCount(needs)).fill(-1);
  members.forEach((unit, place) => {
    placeOf[unit] = place;
  });
  const edges = new EdgeList();
  for (let place = 0; place < members.length; place++) {
    const unit = at(members, place);
    for (let edge = edgesFrom(needs, unit); edge < edgesTo(needs, unit); edge++) {
      const target = at(placeOf, at(needs.target, edge));
      if (target !== -1 && isKept[edge] !== 0) edges.push(place, target);
    }
  }
  return { needs: buildCsr(members.length, edges), members };
}

/** The edge between two nodes of a graph whose rows ascend; -1: there is none. O(log edges of the row) */
export function edgeBetween(needs: Csr, from: number, to: number): number {
  const end = edgesTo(needs, from);
  let low = edgesFrom(needs, from);
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(needs.target, middle) < to) low = middle + 1;
    else high = middle;
  }
  return low < end && needs.target[low] === to ? low : -1;
}

/** Row of each edge. */
export function edgeSources(needs: Csr): Int32Array {
  const source = new Int32Array(needs.target.length);
  for (let row = 0; row < rowCount(needs); row++) {
    source.fill(row, edgesFrom(needs, row), edgesTo(needs, row));
  }
  return source;
}
