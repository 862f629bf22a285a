import { withoutSpread, type Problem, type Schedule } from '../dispatch/problem.ts';
import { schedulePortfolio } from '../policies/portfolio.ts';
import { buildInputs } from '../schedule/bounds/build-input.ts';
import { BOUNDS, lowerBound, type BoundName, type NamedBound } from '../schedule/bounds/lower-bound.ts';
import { verifySchedule } from '../schedule/verify.ts';
import { formatViolation } from '../schedule/violation.ts';
import type { ArchWork } from './arch-work.ts';
import { settingBuilder, type Host, type Setting } from './host.ts';
import type { MemoryLimits } from './memory-limits.ts';

/**
 * Makes a feasible schedule of a problem: how a setting is tried.
 * @param effort 0: once, to compare many settings; 1: as well as a plan is made
 * @param boundMs no schedule is shorter
 */
export type TrialScheduler = (problem: Problem, effort: 0 | 1, boundMs: number) => Schedule;

/** What `debplan plan` does with the same effort. */
export const scheduleTrial: TrialScheduler = (problem, effort, boundMs) =>
  schedulePortfolio(problem, { effort, boundMs, seed: SEED }).schedule;

/** The default of `debplan plan`. */
const SEED = 1;
/** With more builds, effort 1 makes hardly more than one schedule: effort 0 has to do. */
const MOST_REFINED_TASKS = 6000;

const QUICK_BOUNDS: readonly BoundName[] = ['critical-path', 'energy', 'mode-relaxation'];

/** Tries settings of one host, each once. */
export class Trials {
  readonly #work: ArchWork;
  readonly #host: Host;
  readonly #limits: MemoryLimits;
  readonly #scheduler: TrialScheduler;
  readonly #makespans = new Map<string, number>();
  readonly #refined = new Map<string, number>();

  constructor(work: ArchWork, host: Host, limits: MemoryLimits, scheduler: TrialScheduler) {
    this.#work = work;
    this.#host = host;
    this.#limits = limits;
    this.#scheduler = scheduler;
  }

  /** Whether `refinedMs` does more than `makespanMs`: with very many builds a single schedule has to do. */
  get isRefined(): boolean {
    return this.#work.taskCount <= MOST_REFINED_TASKS;
  }

  /** How many settings were tried. */
  get count(): number {
    return this.#makespans.size;
  }

  /** How long all builds take with a setting, scheduled once; Infinity when some build fits nowhere. */
  makespanMs(setting: Setting): number {
    return remember(this.#makespans, setting, () =>
      this.#hasRoomForAll(setting) ? this.#scheduler(this.problem(setting), 0, 0).makespanMs : Infinity,
    );
  }

  /** The same, scheduled as well as a plan is made, and proven: for settings that are going to be named. Never longer. */
  refinedMs(setting: Setting): number {
    return remember(this.#refined, setting, () => {
      if (!this.#hasRoomForAll(setting)) return Infinity;
      const problem = this.problem(setting);
      const boundMs = this.isRefined ? this.quickBoundMs(setting) : 0;
      const schedule = this.#scheduler(problem, this.isRefined ? 1 : 0, boundMs);
      prove(problem, schedule);
      return schedule.makespanMs;
    });
  }

  /**
   * No schedule of this setting is shorter, nor of one with fewer slots, make jobs or RAM disk. Memory is left out of account:
   * fewer make jobs take less of it.
   */
  bound(setting: Setting): NamedBound {
    return lowerBound(this.#problemWithoutMemory(setting));
  }

  /** The same, weaker and in a fraction of the time. */
  quickBoundMs(setting: Setting): number {
    const [input] = buildInputs(this.#problemWithoutMemory(setting), [this.#work.arch]);
    if (input === undefined) return 0;
    let boundMs = 0;
    for (const name of QUICK_BOUNDS) {
      const known = { lowerMs: boundMs, upperMs: Infinity };
      boundMs = Math.max(boundMs, BOUNDS[name](input.own, known)?.lowerBoundMs ?? 0);
    }
    return boundMs;
  }

  problem(setting: Setting): Problem {
    const { taskCount, arch, dag, durationMs, durationJobs, parallelFraction, ramDiskBytes } = this.#work;
    return {
      taskCount,
      dag,
      builders: [settingBuilder(this.#host, arch, setting)],
      arch: Array.from<string>({ length: taskCount }).fill(arch),
      durationMs,
      durationJobs,
      parallelFraction,
      ramDiskBytes,
      memoryBytes: this.#limits.processBytes(setting.makeJobs),
      releaseMs: new Float64Array(taskCount),
      running: [],
      spread: withoutSpread(ramDiskBytes),
    };
  }

  #problemWithoutMemory(setting: Setting): Problem {
    const problem = this.problem(setting);
    return {
      ...problem,
      builders: problem.builders.map((builder) => ({ ...builder, memoryBytes: Infinity })),
      memoryBytes: new Float64Array(problem.taskCount),
    };
  }

  #hasRoomForAll({ diskSlots, ramDiskBytes, ramDiskChroots }: Setting): boolean {
    if (diskSlots > 0) return true;
    const largestBytes = this.#work.ramDiskBytes.reduce((most, bytes) => Math.max(most, bytes), 0);
    return largestBytes <= (ramDiskChroots[0] ?? ramDiskBytes);
  }
}

function remember(known: Map<string, number>, setting: Setting, find: () => number): number {
  const { slots, makeJobs, diskSlots, ramDiskBytes, ramDiskChroots } = setting;
  const key = `${String(slots)} ${String(makeJobs)} ${String(diskSlots)} ${String(ramDiskBytes)} ${ramDiskChroots.join('+')}`;
  const value = known.get(key) ?? find();
  known.set(key, value);
  return value;
}

function prove(problem: Problem, schedule: Schedule): void {
  const violations = verifySchedule(problem, schedule);
  if (violations.length === 0) return;
  const some = violations.slice(0, 3).map(formatViolation).join('; ');
  throw new Error(`BUG: the advice is not feasible: ${some}`);
}
