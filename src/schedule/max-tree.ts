import { float64At } from '../base/cells.ts';

/**
 * The maxima of ever larger pieces of a column, as a binary tree in one array: node `n` has the children `2 n` and `2 n + 1`, the cells
 * are the leaves. Length: twice a power of two. O(n)
 */
export function buildMaxTree(column: Float64Array): Float64Array {
  let width = 1;
  while (width < column.length) width *= 2;
  const tree = new Float64Array(2 * width).fill(-Infinity);
  tree.set(column, width);
  for (let node = width - 1; node > 0; node--)
    tree[node] = Math.max(float64At(tree, 2 * node), float64At(tree, 2 * node + 1));
  return tree;
}

/** The last place up to `until` whose cell is at least `least`; -1: none. O(log n) */
export function lastAtLeast(tree: Float64Array, until: number, least: number): number {
  if (until < 0) return -1;
  const width = tree.length / 2;
  let node = width + until;
  while (float64At(tree, node) < least) {
    // what lies left of a left child lies left of its parent too
    while (node % 2 === 0) node /= 2;
    if (node === 1) return -1;
    node--;
  }
  while (node < width) {
    node = 2 * node + 1;
    if (float64At(tree, node) < least) node--;
  }
  return node - width;
}
