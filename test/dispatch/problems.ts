import fc from 'fast-check';
import { buildCsr, EdgeList } from '../../src/base/csr.ts';
import {
  withoutSpread,
  type Builder,
  type DispatchRule,
  type Placement,
  type Problem,
} from '../../src/dispatch/problem.ts';
import { toDag } from '../../src/graph/dag.ts';
import { placeRunning } from './place-running.ts';

/** A task as a test writes it. */
export interface TaskSpec {
  readonly arch?: string;
  readonly durationMs: number;
  readonly ramDiskBytes?: number;
  readonly memoryBytes?: number;
  readonly parallelFraction?: number;
  readonly releaseMs?: number;
  /** Tasks that stand in front of this one. */
  readonly needs?: readonly number[];
}

export const BUILDER: Builder = {
  name: 'builder',
  arch: 'amd64',
  slots: 2,
  ramDiskBytes: 10,
  ramDiskChroots: [],
  memoryBytes: Infinity,
  diskSlots: 2,
  diskFactor: 2,
  cores: Infinity,
  makeJobs: [1],
  speed: 1,
};

/** What a test says of a builder: the sum of its chroots, and as many builds on disk as there are slots, need not be said. */
export type BuilderSpec = Partial<Builder>;

function builderOf(spec: BuilderSpec, index: number, diskFactor: number): Builder {
  const slots = spec.slots ?? BUILDER.slots;
  const ramDisk =
    spec.ramDiskChroots === undefined || spec.ramDiskChroots.length === 0
      ? {}
      : { ramDiskBytes: spec.ramDiskChroots.reduce((sum, size) => sum + size, 0) };
  return { ...BUILDER, name: `builder${index}`, diskFactor, diskSlots: slots, ...spec, ...ramDisk };
}

/** @param diskFactor of the builders that don't say */
export function problemOf(
  tasks: readonly TaskSpec[],
  builders: readonly BuilderSpec[] = [{}],
  diskFactor = 2,
  rest: Partial<Pick<Problem, 'durationJobs' | 'running'>> = {},
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
    builders: builders.map((builder, index) => builderOf(builder, index, diskFactor)),
    arch: tasks.map((task) => task.arch ?? BUILDER.arch),
    durationMs: Float64Array.from(tasks, (task) => task.durationMs),
    durationJobs: 1,
    parallelFraction: Float64Array.from(tasks, (task) => task.parallelFraction ?? 0),
    ramDiskBytes: Float64Array.from(tasks, (task) => task.ramDiskBytes ?? 0),
    memoryBytes: Float64Array.from(tasks, (task) => task.memoryBytes ?? 0),
    releaseMs: Float64Array.from(tasks, (task) => task.releaseMs ?? 0),
    running: [],
    spread: withoutSpread(Float64Array.from(tasks, (task) => task.ramDiskBytes ?? 0)),
    ...rest,
  };
}

/** What a random problem is made of; kept apart from the problem so that tests can change it. */
export interface ProblemSpec {
  readonly tasks: readonly TaskSpec[];
  readonly builders: readonly BuilderSpec[];
  readonly durationJobs: number;
  readonly running: readonly Placement[];
  readonly priorities: readonly number[];
  /** Make jobs that each task should get. */
  readonly wishes: readonly number[];
  /** Whether each task may use the RAM disk. */
  readonly isUser: readonly boolean[];
}

/** What a random problem may have beyond slots, a RAM disk that is one budget, memory, speeds and disk factors. */
export type Feature = 'chroots' | 'disk-slots' | 'cores' | 'make-jobs' | 'releases' | 'running';

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
  readonly features: readonly Feature[];
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
  features: ['chroots', 'disk-slots', 'cores', 'make-jobs', 'releases', 'running'],
};

const MAX_MEMORY_DEMAND = 4;
const CHROOT_SHAPES: readonly (readonly number[])[] = [[5], [10, 5], [8, 8, 3], [12, 4, 4, 4]];
const JOB_CHOICES: readonly (readonly number[])[] = [[1], [4], [1, 2, 4], [2, 8]];

function tasksOf(options: SpecOptions) {
  const has = (feature: Feature): boolean => options.features.includes(feature);
  const task = fc.record({
    arch: fc.constantFrom(...options.archs),
    durationMs: fc.integer({ min: 1, max: 20 }).map((steps) => steps * options.durationStepMs),
    ramDiskBytes: fc.integer({ min: 0, max: 12 }),
    memoryBytes: fc.integer({ min: 0, max: MAX_MEMORY_DEMAND }),
    parallelFraction: has('make-jobs') ? fc.constantFrom(0, 0.5, 0.9, 1) : fc.constant(0),
    releaseMs: has('releases') ? fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 })) : fc.constant(0),
    picks: fc.array(fc.nat({ max: 1000 }), { maxLength: options.maxNeeds }),
    priority: fc.integer({ min: 0, max: 12 }),
    wish: fc.constantFrom(1, 2, 3, 100),
    isUser: fc.integer({ min: 0, max: 4 }).map((value) => value > 0),
  });
  return fc.array(task, { minLength: 1, maxLength: options.maxTasks, size: 'max' });
}

/** The first builder of each architecture has a disk for everything. */
function buildersOf(options: SpecOptions) {
  const has = (feature: Feature): boolean => options.features.includes(feature);
  const builder = fc.record({
    slots: fc.integer({ min: 1, max: options.maxSlots }),
    ramDiskBytes: fc.constantFrom(0, 5, 10, 16),
    ramDiskChroots: has('chroots')
      ? fc.constantFrom([], [], ...CHROOT_SHAPES)
      : fc.constant<readonly number[]>([]),
    memoryBytes: fc.oneof(fc.constant(Infinity), fc.integer({ min: MAX_MEMORY_DEMAND, max: 25 })),
    diskSlots: has('disk-slots') ? fc.constantFrom(0, 1, 2, 99) : fc.constant(99),
    diskFactor: fc.constantFrom(...options.diskFactors),
    cores: has('cores') ? fc.constantFrom(Infinity, 1, 2, 3, 4, 8) : fc.constant(Infinity),
    makeJobs: has('make-jobs') ? fc.constantFrom(...JOB_CHOICES) : fc.constant<readonly number[]>([1]),
    speed: fc.constantFrom(...options.speeds),
  });
  const ofArch = (arch: string): fc.Arbitrary<readonly BuilderSpec[]> =>
    fc.array(builder, { minLength: options.minBuilders, maxLength: options.maxBuilders }).map((some) =>
      some.map((one, index) => {
        const makeJobs = one.makeJobs.filter((jobs) => jobs <= one.cores);
        return {
          ...one,
          arch,
          diskSlots: Math.max(index === 0 ? 1 : 0, Math.min(one.diskSlots, one.slots)),
          makeJobs: makeJobs.length === 0 ? [1] : makeJobs,
        };
      }),
    );
  return fc.tuple(...options.archs.map(ofArch)).map((some) => some.flat());
}

/**
 * Random problems that can be solved: small numbers, so that ties and exact fits are common. Needs point to lower ids, so there
 * is no cycle; every builder has memory for every task on disk, and one of each architecture a disk. Without `size: 'max'`
 * fast-check stops at a dozen tasks.
 */
export function problemSpecs(changes: Partial<SpecOptions> = {}): fc.Arbitrary<ProblemSpec> {
  const options = { ...SPEC_OPTIONS, ...changes };
  const has = (feature: Feature): boolean => options.features.includes(feature);
  return fc
    .record({
      tasks: tasksOf(options),
      builders: buildersOf(options),
      durationJobs: has('make-jobs') ? fc.constantFrom(1, 4) : fc.constant(1),
      runningPicks: fc.array(fc.nat(), { maxLength: has('running') ? 4 : 0 }),
    })
    .map((drawn) => {
      const tasks = drawn.tasks.map(({ arch, durationMs, ramDiskBytes, memoryBytes, ...rest }, id) => ({
        arch,
        durationMs,
        ramDiskBytes,
        memoryBytes,
        parallelFraction: rest.parallelFraction,
        releaseMs: rest.releaseMs,
        needs: id === 0 ? [] : rest.picks.map((pick) => pick % id),
      }));
      const spec = {
        tasks,
        builders: drawn.builders,
        durationJobs: drawn.durationJobs,
        running: [],
        priorities: drawn.tasks.map(({ priority }) => priority),
        wishes: drawn.tasks.map(({ wish }) => wish),
        isUser: drawn.tasks.map(({ isUser }) => isUser),
      };
      return { ...spec, running: placeRunning(specProblem(spec), drawn.runningPicks) };
    });
}

export function specProblem({ tasks, builders, durationJobs, running }: ProblemSpec): Problem {
  return problemOf(tasks, builders, BUILDER.diskFactor, { durationJobs, running });
}

/** The rule of the spec: some tasks are kept off the RAM disk or get few make jobs. */
export function specRule(spec: ProblemSpec): DispatchRule {
  return {
    priority: Float64Array.from(spec.priorities),
    mayUseRamDisk: Uint8Array.from(spec.isUser, (isUser) => (isUser ? 1 : 0)),
    makeJobs: Int32Array.from(spec.wishes),
  };
}

/** Goes by these priorities (all alike without); nothing is kept off the RAM disk, every build gets the most make jobs. */
export function ruleOf(problem: Problem, priorities?: Iterable<number>): DispatchRule {
  const { taskCount } = problem;
  return {
    priority: priorities === undefined ? new Float64Array(taskCount) : Float64Array.from(priorities),
    mayUseRamDisk: new Uint8Array(taskCount).fill(1),
    makeJobs: new Int32Array(taskCount).fill(2 ** 31 - 1),
  };
}
