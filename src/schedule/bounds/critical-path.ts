import { at } from '../../base/column.ts';
import { float64At, int32At } from '../../base/cells.ts';
import { edgesFrom, edgesTo } from '../../base/csr.ts';
import type { BoundInput, BoundValue, KnownBounds } from './bound.ts';

/** The longest chain of needs, each task in its fastest mode. O(tasks + edges of the chain) */
export function criticalPathBound(input: BoundInput, known: KnownBounds): BoundValue | undefined {
  const { tasks, headMs, durationMs, afterMs } = input;
  let longestMs = known.lowerMs;
  let through = -1;
  for (const task of tasks) {
    const lengthMs = float64At(headMs, task) + float64At(durationMs, task) + float64At(afterMs, task);
    if (lengthMs > longestMs || (through < 0 && lengthMs === longestMs)) {
      longestMs = lengthMs;
      through = task;
    }
  }
  if (through < 0) return undefined;
  const chain = [...chainBefore(input, through).reverse(), through, ...chainAfter(input, through)];
  return { lowerBoundMs: longestMs, binding: { kind: 'chain', tasks: chain } };
}

/** What makes a task start no earlier than its head: the needs in front of it, the nearest first. */
function chainBefore({ dag: { needs }, headMs, durationMs, isStarted }: BoundInput, last: number): number[] {
  const chain: number[] = [];
  for (let task = last; ;) {
    let before = -1;
    for (let edge = edgesFrom(needs, task); edge < edgesTo(needs, task) && before < 0; edge++) {
      const need = int32At(needs.target, edge);
      if (float64At(headMs, need) + float64At(durationMs, need) === float64At(headMs, task)) before = need;
    }
    if (before < 0 || at(isStarted, task) === 1) return chain;
    chain.push(before);
    task = before;
  }
}

function chainAfter(
  { dag: { dependents }, durationMs, afterMs, isStarted }: BoundInput,
  first: number,
): number[] {
  const chain: number[] = [];
  for (let task = first; ;) {
    let next = -1;
    for (let edge = edgesFrom(dependents, task); edge < edgesTo(dependents, task) && next < 0; edge++) {
      const dependent = int32At(dependents.target, edge);
      const restMs = float64At(durationMs, dependent) + float64At(afterMs, dependent);
      if (at(isStarted, dependent) === 0 && restMs === float64At(afterMs, task)) next = dependent;
    }
    if (next < 0) return chain;
    chain.push(next);
    task = next;
  }
}
