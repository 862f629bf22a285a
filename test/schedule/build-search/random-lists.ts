import { at } from '../../../src/base/column.ts';
import { row } from '../../../src/base/csr.ts';
import type { Random } from '../../../src/base/random.ts';
import type { Problem } from '../../../src/dispatch/problem.ts';
import { buildModes } from '../../../src/schedule/build-search/build-modes.ts';

/** Any list of all tasks in which needs come first. */
export function anyOrder(problem: Problem, random: Random): Int32Array {
  const order: number[] = [];
  const left = new Set(Array.from({ length: problem.taskCount }, (_, task) => task));
  while (left.size > 0) {
    const ready = [...left].filter((task) => !row(problem.dag.needs, task).some((need) => left.has(need)));
    const task = at(ready, Math.floor(random() * ready.length));
    left.delete(task);
    order.push(task);
  }
  return Int32Array.from(order);
}

/** Any mode for each task, or none for a third of them. */
export function anyModes(problem: Problem, random: Random): Int32Array {
  const { offset } = buildModes(problem);
  return Int32Array.from({ length: problem.taskCount }, (_, task) => {
    const count = at(offset, task + 1) - at(offset, task);
    return random() < 1 / 3 ? -1 : at(offset, task) + Math.floor(random() * count);
  });
}
