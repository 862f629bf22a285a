import { at } from '../base/column.ts';
import { int32At } from '../base/cells.ts';
import { edgesFrom, edgesTo } from '../base/csr.ts';
import type { Dag } from '../graph/dag.ts';
import type { PolicyFacts } from './policy-facts.ts';

/**
 * The groups that StarlingX builds one by one: in each phase what waits for no cycle, then the first cycle, then what that sets
 * free together with what waits for nothing else, and so on.
 * @returns one cell a task, 0 .. groups - 1; a task may have a lower number than one it needs where its cycle was
 * opened that way. O(groups × (tasks + edges)) where there are cycles
 */
export function cycleSteps(dag: Dag, { phase, cycleGroup }: PolicyFacts): Int32Array {
  const step = new Int32Array(phase.length).fill(-1);
  const phases = [...new Set(phase)].sort((a, b) => a - b);
  let next = 0;
  for (const current of phases) {
    const tasks = dag.order.filter((task) => phase[task] === current);
    let left = tasks.length;
    while (left > 0) {
      left -= takeSimple(dag, tasks, cycleGroup, phase, step, next++);
      if (left === 0) break;
      left -= takeCycle(tasks, cycleGroup, step, next++);
    }
  }
  return step;
}

/** Everything that is on no cycle and waits for none that is left. */
function takeSimple(
  { needs }: Dag,
  tasks: Int32Array,
  cycleGroup: Int32Array,
  phase: Int32Array,
  step: Int32Array,
  number: number,
): number {
  let count = 0;
  for (const task of tasks) {
    if (step[task] !== -1 || int32At(cycleGroup, task) >= 0) continue;
    let isFree = true;
    for (let edge = edgesFrom(needs, task); edge < edgesTo(needs, task); edge++) {
      const need = int32At(needs.target, edge);
      if (step[need] === -1 && phase[need] === phase[task]) isFree = false;
    }
    if (!isFree) continue;
    step[task] = number;
    count++;
  }
  return count;
}

/** The cycle of the first task in the order of needs that is left and on one: nothing outside that it needs is left but other cycles. */
function takeCycle(tasks: Int32Array, cycleGroup: Int32Array, step: Int32Array, number: number): number {
  const first = tasks.find((task) => step[task] === -1 && int32At(cycleGroup, task) >= 0);
  if (first === undefined) throw new Error('BUG: what is left waits for no cycle');
  const group = at(cycleGroup, first);
  let count = 0;
  for (const task of tasks) {
    if (step[task] !== -1 || cycleGroup[task] !== group) continue;
    step[task] = number;
    count++;
  }
  return count;
}
