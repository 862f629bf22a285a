import type { BreakProblem, Random } from '../../src/internal.ts';

/**
 * A component to be opened. Each node has nine items; rows are shared, a few of them by many, and lead to earlier nodes.
 * @param backward which part of the rows and items may lead to any node
 */
export function knot(size: number, backward: number, random: Random): BreakProblem {
  const below = (end: number): number => Math.floor(random() ** 2 * end);
  const rows = Array.from({ length: size }, (_, node) => {
    const isBackward = random() < backward;
    const length = 1 + Math.floor(random() * 6);
    const cells = Array.from({ length }, () => below(isBackward ? size : node + 1));
    return [...new Set(cells)].sort((a, b) => a - b);
  });
  const owner: number[] = [];
  const row: number[] = [];
  for (let node = 0; node < size; node++) {
    for (let item = 0; item < 9; item++) {
      owner.push(node);
      row.push(random() < backward ? below(size) : below(node + 1));
    }
  }
  const offset = Int32Array.from([0, ...rows.map((cells) => cells.length)]);
  for (let index = 1; index < offset.length; index++)
    offset[index] = (offset[index] ?? 0) + (offset[index - 1] ?? 0);
  return {
    size,
    owner: Int32Array.from(owner),
    row: Int32Array.from(row),
    targets: { offset, target: Int32Array.from(rows.flat()) },
    cost: Float64Array.from(owner, () => 1 + Math.floor(random() * 4)),
    groups: { offset: new Int32Array(1), target: new Int32Array() },
    groupCost: new Float64Array(),
  };
}
