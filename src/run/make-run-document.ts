import { relative } from 'node:path';
import { at } from '../base/column.ts';
import { compareNumber, compareText, firstDifference } from '../base/compare.ts';
import type { Dag } from '../graph/dag.ts';
import {
  RUN_SCHEMA,
  type RunBlocked,
  type RunBuilt,
  type RunDocument,
  type RunFailed,
  type RunSkipped,
} from '../journal/run-document.ts';
import type { StopEvent } from '../journal/run-event.ts';
import type { TaskRun } from '../journal/run-state.ts';
import type { PlanTask } from '../plan/plan.ts';
import { dependentsOf } from '../graph/dependents-of.ts';
import { attemptFolder, resultFolder, type WorkFolder } from './work-folder.ts';

/** What a run's document is made of. */
export interface RunFacts {
  readonly plan: RunDocument['plan'];
  readonly on: RunDocument['on'];
  readonly builders: readonly string[];
  readonly reason: StopEvent['reason'];
  readonly beganMs: number;
  readonly endedMs: number;
  readonly workedMs: number;
  readonly plannedMs: number;
  readonly dag: Dag;
  /** By task. */
  readonly tasks: readonly PlanTask[];
  readonly skipped: ReadonlyMap<number, string>;
  readonly runOf: (id: string) => TaskRun;
  readonly work: WorkFolder;
  readonly slugs: ReadonlyMap<string, string>;
}

/** Says how a run ended. O(tasks + failed × edges) */
export function makeRunDocument(facts: RunFacts): RunDocument {
  const { plan, on, builders, reason, beganMs, endedMs, workedMs, plannedMs } = facts;
  const culprits = culpritsOf(facts);
  const counts = new Map<number, number>();
  for (const by of culprits.values()) for (const task of by) counts.set(task, (counts.get(task) ?? 0) + 1);
  return {
    schema: RUN_SCHEMA,
    plan,
    on,
    builders,
    reason,
    beganMs,
    endedMs,
    workedMs,
    plannedMs,
    built: rows(facts, (run, task) => builtRow(facts, run, task)),
    failed: failedRows(facts, counts),
    blocked: rows(facts, (_, task) => blockedRow(facts, culprits, task)),
    skipped: rows(facts, (run, task) => skippedRow(facts, run, task)),
    left: rows(facts, ({ state }, task) => {
      const isOver = state === 'built' || state === 'failed' || facts.skipped.has(task) || culprits.has(task);
      return isOver ? undefined : idOf(facts, task);
    }),
  };
}

/** One row a task that has one, by id: tasks are numbered so. */
function rows<Row>(
  { tasks, runOf }: RunFacts,
  rowOf: (run: TaskRun, task: number) => Row | undefined,
): readonly Row[] {
  return tasks.flatMap(({ id }, task) => rowOf(runOf(id), task) ?? []);
}

function idOf({ tasks }: RunFacts, task: number): string {
  return at(tasks, task).id;
}

function builtRow(
  facts: RunFacts,
  { state, start, end, attempts }: TaskRun,
  task: number,
): RunBuilt | undefined {
  if (state !== 'built' || start === undefined || end === undefined) return undefined;
  const { peakBytes, startedMs, endedMs } = end;
  const id = idOf(facts, task);
  const results = relative(facts.work.root, resultFolder(facts.work, facts.slugs.get(id) ?? ''));
  const { builder, mode } = start;
  const peak = peakBytes === undefined ? {} : { peakBytes };
  return { task: id, attempts, builder, mode, startedMs, endedMs, ...peak, results };
}

function failedRows(facts: RunFacts, blocks: ReadonlyMap<number, number>): readonly RunFailed[] {
  const { work, slugs } = facts;
  const failed = rows(facts, ({ state, attempts, end }, task): RunFailed | undefined => {
    if (state !== 'failed' || end === undefined) return undefined;
    const id = idOf(facts, task);
    const { outcome, reason = '' } = end;
    const log = relative(work.root, `${attemptFolder(work, slugs.get(id) ?? '', attempts)}/log`);
    return { task: id, attempts, outcome, reason, log, blocks: blocks.get(task) ?? 0 };
  });
  return [...failed].sort((a, b) =>
    firstDifference(compareNumber(b.blocks, a.blocks), compareText(a.task, b.task)),
  );
}

function blockedRow(
  facts: RunFacts,
  culprits: ReadonlyMap<number, readonly number[]>,
  task: number,
): RunBlocked | undefined {
  const by = culprits.get(task);
  if (by === undefined) return undefined;
  return { task: idOf(facts, task), by: by.map((culprit) => idOf(facts, culprit)) };
}

function skippedRow(facts: RunFacts, { state }: TaskRun, task: number): RunSkipped | undefined {
  const reason = facts.skipped.get(task);
  if (reason === undefined || state === 'built' || state === 'failed') return undefined;
  return { task: idOf(facts, task), reason };
}

/** Of each task that is not tried: the failed and skipped ones that it needs, directly or not, ascending. */
function culpritsOf(facts: RunFacts): ReadonlyMap<number, readonly number[]> {
  const { dag, tasks, skipped, runOf } = facts;
  const culprits = new Map<number, number[]>();
  for (let task = 0; task < tasks.length; task++) {
    const { state } = runOf(idOf(facts, task));
    if (state === 'built' || !(state === 'failed' || skipped.has(task))) continue;
    for (const dependent of dependentsOf(dag, task)) {
      if (skipped.has(dependent) || runOf(idOf(facts, dependent)).state !== 'waiting') continue;
      const known = culprits.get(dependent);
      if (known === undefined) culprits.set(dependent, [task]);
      else known.push(task);
    }
  }
  return culprits;
}
