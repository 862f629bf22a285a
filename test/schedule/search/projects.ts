import fc from 'fast-check';
import { at } from '../../../src/base/column.ts';
import { toDag } from '../../../src/graph/dag.ts';
import type { Project } from '../../../src/schedule/project.ts';
import { csrOf } from '../../support/needs-graphs.ts';

export interface ProjectShape {
  readonly tasks: { readonly min: number; readonly max: number };
  readonly modes: number;
  readonly resources: number;
  readonly capacity: { readonly min: number; readonly max: number };
  readonly budgets: number;
  readonly longest: number;
  readonly lastRelease: number;
}

/** Small enough for brute force. */
export const TINY: ProjectShape = {
  tasks: { min: 1, max: 5 },
  modes: 1,
  resources: 2,
  capacity: { min: 1, max: 4 },
  budgets: 0,
  longest: 4,
  lastRelease: 0,
};

/** Any project of a shape. Each task has a mode that fits, and the first modes of all keep the budgets. */
export function projects(shape: ProjectShape): fc.Arbitrary<Project> {
  const capacity = fc.integer(shape.capacity);
  const mode = fc.record({
    duration: fc.nat(shape.longest),
    demand: fc.array(fc.nat(shape.capacity.max), { minLength: shape.resources, maxLength: shape.resources }),
    consumption: fc.array(fc.nat(5), { minLength: shape.budgets, maxLength: shape.budgets }),
  });
  const task = fc.record({
    modes: fc.array(mode, { minLength: 1, maxLength: shape.modes, size: 'max' }),
    needs: fc.array(fc.nat(1000), { maxLength: 2, size: 'max' }),
    release: fc.nat(shape.lastRelease),
  });
  const drawn = fc.record({
    tasks: fc.array(task, { minLength: shape.tasks.min, maxLength: shape.tasks.max, size: 'max' }),
    capacities: fc.array(capacity, { minLength: shape.resources, maxLength: shape.resources }),
    spare: fc.array(fc.nat(4), { minLength: shape.budgets, maxLength: shape.budgets }),
  });
  return fc.noBias(drawn).map(({ tasks, capacities, spare }) => projectOf(tasks, capacities, spare));
}

export interface TaskSpec {
  readonly modes: readonly {
    readonly duration: number;
    readonly demand: readonly number[];
    readonly consumption: readonly number[];
  }[];
  /** Any numbers: taken modulo the number of tasks before this one. */
  readonly needs: readonly number[];
  readonly release: number;
}

/** Demands of first modes are cut to the capacities; the budgets are what the first modes take, and some to spare. */
export function projectOf(
  tasks: readonly TaskSpec[],
  capacities: readonly number[],
  spare: readonly number[],
): Project {
  const edges = tasks.flatMap(({ needs }, task) =>
    task === 0 ? [] : needs.map((need) => ({ from: task, to: need % task })),
  );
  const dag = toDag(csrOf(tasks.length, edges));
  if (dag === undefined) throw new Error('BUG: tasks need earlier ones only');
  const modes = tasks.flatMap((task) => task.modes);
  const modeOffset = [0];
  for (const task of tasks) modeOffset.push(at(modeOffset, modeOffset.length - 1) + task.modes.length);
  return {
    taskCount: tasks.length,
    dag,
    capacities: Int32Array.from(capacities),
    budgets: Int32Array.from(spare, (more, budget) =>
      tasks.reduce((sum, task) => sum + at(at(task.modes, 0).consumption, budget), more),
    ),
    modeOffset: Int32Array.from(modeOffset),
    duration: Int32Array.from(modes, ({ duration }) => duration),
    demand: Int32Array.from(
      modes.flatMap(({ demand }, mode) =>
        demand.map((taken, resource) =>
          modeOffset.includes(mode) ? Math.min(taken, at(capacities, resource)) : taken,
        ),
      ),
    ),
    consumption: Int32Array.from(modes.flatMap(({ consumption }) => [...consumption])),
    release: Int32Array.from(tasks, ({ release }) => release),
  };
}
