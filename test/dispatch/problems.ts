import fc from 'fast-check';
import { buildCsr, EdgeList } from '../../src/base/csr.ts';
import type { Builder, Problem } from '../../src/dispatch/problem.ts';
import { toDag } from '../../src/graph/dag.ts';

/** A task as a test writes it. */
export interface TaskSpec {
  readonly arch?: string;
  readonly durationMs: number;
  readonly ramDiskBytes?: number;
  readonly memoryBytes?: number;
  /** Tasks that stand in front of this one. */
  readonly needs?: readonly number[];
}

export const BUILDER: Builder = {
  name: 'builder',
  arch: 'amd64',
  slots: 2,
  ramDiskBytes: 10,
  memoryBytes: Infinity,
  makeJobs: 1,
  speed: 1,
};

export function problemOf(
  tasks: readonly TaskSpec[],
  builders: readonly Partial<Builder>[] = [{}],
  diskFactor = 2,
): Problem {
  const edges = new EdgeList();
  tasks.forEach((task, id) => {
    for (const need of task.needs ?? []) edges.push(id, need);
  });
  const dag = toDag(buildCsr(tasks.length, edges));
  if (dag === undefined) throw new Error('BUG: the test made a cycle');
  return {
    taskCount: tasks.length,
    dag,
    builders: builders.map((builder, index) => ({ ...BUILDER, name: `builder${index}`, ...builder })),
    arch: tasks.map((task) => task.arch ?? BUILDER.arch),
    durationMs: Float64Array.from(tasks, (task) => task.durationMs),
    ramDiskBytes: Float64Array.from(tasks, (task) => task.ramDiskBytes ?? 0),
    memoryBytes: Float64Array.from(tasks, (task) => task.memoryBytes ?? 0),
    diskFactor,
  };
}

/** What a random problem is made of; kept apart from the problem so that tests can change it. */
export interface ProblemSpec {
  readonly tasks: readonly TaskSpec[];
  readonly builders: readonly Partial<Builder>[];
  readonly diskFactor: number;
  readonly priorities: readonly number[];
}

export interface SpecOptions {
  readonly maxTasks: number;
  readonly maxNeeds: number;
  readonly archs: readonly string[];
  /** Of each architecture. */
  readonly minBuilders: number;
  readonly maxBuilders: number;
  readonly maxSlots: number;
  readonly speeds: readonly number[];
  readonly diskFactors: readonly number[];
  /** Durations are multiples of it. */
  readonly durationStepMs: number;
}

export const SPEC_OPTIONS: SpecOptions = {
  maxTasks: 40,
  maxNeeds: 3,
  archs: ['amd64', 'arm64'],
  minBuilders: 1,
  maxBuilders: 3,
  maxSlots: 4,
  speeds: [0.5, 1, 1.5, 3],
  diskFactors: [1, 1.35, 2, 10],
  durationStepMs: 1,
};

const MAX_MEMORY_DEMAND = 4;

/**
 * Random problems that can be solved: small numbers, so that ties and exact fits are common. Needs point to lower ids, so there
 * is no cycle; every builder has memory for every task on disk. Without `size: 'max'` fast-check stops at a dozen tasks.
 */
export function problemSpecs(changes: Partial<SpecOptions> = {}): fc.Arbitrary<ProblemSpec> {
  const options = { ...SPEC_OPTIONS, ...changes };
  const task = fc.record({
    arch: fc.constantFrom(...options.archs),
    durationMs: fc.integer({ min: 1, max: 20 }).map((steps) => steps * options.durationStepMs),
    ramDiskBytes: fc.integer({ min: 0, max: 12 }),
    memoryBytes: fc.integer({ min: 0, max: MAX_MEMORY_DEMAND }),
    picks: fc.array(fc.nat({ max: 1000 }), { maxLength: options.maxNeeds }),
    priority: fc.integer({ min: 0, max: 12 }),
  });
  const builder = fc.record({
    slots: fc.integer({ min: 1, max: options.maxSlots }),
    ramDiskBytes: fc.constantFrom(0, 5, 10, 16),
    memoryBytes: fc.oneof(fc.constant(Infinity), fc.integer({ min: MAX_MEMORY_DEMAND, max: 25 })),
    speed: fc.constantFrom(...options.speeds),
  });
  const builders = fc.tuple(
    ...options.archs.map((arch) =>
      fc
        .array(builder, { minLength: options.minBuilders, maxLength: options.maxBuilders })
        .map((some) => some.map((one) => ({ ...one, arch }))),
    ),
  );
  return fc
    .record({
      tasks: fc.array(task, { minLength: 1, maxLength: options.maxTasks, size: 'max' }),
      builders,
      diskFactor: fc.constantFrom(...options.diskFactors),
    })
    .map((drawn) => ({
      tasks: drawn.tasks.map(({ picks, ...rest }, id) => ({
        ...rest,
        needs: id === 0 ? [] : picks.map((pick) => pick % id),
      })),
      builders: drawn.builders.flat(),
      diskFactor: drawn.diskFactor,
      priorities: drawn.tasks.map(({ priority }) => priority),
    }));
}

export function specProblem(spec: ProblemSpec): Problem {
  return problemOf(spec.tasks, spec.builders, spec.diskFactor);
}

/** Nothing is kept off the RAM disk. */
export function allUsers(problem: Problem): Uint8Array {
  return new Uint8Array(problem.taskCount).fill(1);
}
