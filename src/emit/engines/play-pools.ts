import { at } from '../../base/column.ts';
import { Heap } from '../../base/heap.ts';

/**
 * How long the plan takes when pools decide what may run: whatever is free starts as its pool has room, the first first.
 * @param needs of each build the places of those that it waits for, all before its own
 * @param pools of each build the number of its pool
 * @param depths how many builds of each pool run at once, at least 1
 * @returns ms. O(n log n + needs)
 */
export function playPools(
  durationMs: readonly number[],
  needs: readonly (readonly number[])[],
  pools: readonly number[],
  depths: readonly number[],
): number {
  const dependents = needs.map((): number[] => []);
  for (const [task, own] of needs.entries()) for (const need of own) at(dependents, need).push(task);
  const waits = needs.map(({ length }) => length);
  const room = [...depths];
  const ready = depths.map(() => new Heap<number>((a, b) => a - b));
  const running = new Heap<readonly [number, number]>((a, b) => a[0] - b[0] || a[1] - b[1]);
  let nowMs = 0;
  const start = (pool: number): void => {
    while (at(room, pool) > 0) {
      const task = at(ready, pool).pop();
      if (task === undefined) return;
      room[pool] = at(room, pool) - 1;
      running.push([nowMs + at(durationMs, task), task]);
    }
  };
  for (const [task, count] of waits.entries()) if (count === 0) at(ready, at(pools, task)).push(task);
  for (const pool of depths.keys()) start(pool);
  for (let ended = running.pop(); ended !== undefined; ended = running.pop()) {
    const [endMs, task] = ended;
    nowMs = endMs;
    const touched = new Set([at(pools, task)]);
    room[at(pools, task)] = at(room, at(pools, task)) + 1;
    for (const next of at(dependents, task)) {
      waits[next] = at(waits, next) - 1;
      if (at(waits, next) > 0) continue;
      at(ready, at(pools, next)).push(next);
      touched.add(at(pools, next));
    }
    for (const pool of touched) start(pool);
  }
  return nowMs;
}
