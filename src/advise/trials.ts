import type { Problem, Schedule } from '../dispatch/problem.ts';
import { buildInputs } from '../schedule/bounds/build-input.ts';
import { BOUNDS, lowerBound, type BoundName, type NamedBound } from '../schedule/bounds/lower-bound.ts';
import { dispatchRule } from '../schedule/dispatch-rule.ts';
import { listSchedule } from '../schedule/list-schedule.ts';
import { shortestDurations, tails } from '../schedule/tails.ts';
import { verifySchedule } from '../schedule/verify.ts';
import { formatViolation } from '../schedule/violation.ts';
import type { ArchWork } from './arch-work.ts';
import { settingBuilder, type Host, type Setting } from './host.ts';
import type { MemoryLimits } from './memory-limits.ts';

/** Makes a feasible schedule of a problem: how a setting is tried. */
export type Scheduler = (problem: Problem) => Schedule;

/**
 * The dispatcher with critical-path priorities, once. Where the disk holds fewer builds than there are slots, keeping builds off
 * the RAM disk may leave chroots idle: there also with every build allowed on it, and the shorter schedule counts.
 */
export const scheduleOnce: Scheduler = (problem) => {
  const rule = dispatchRule(problem, tails(problem.dag, shortestDurations(problem)));
  const schedule = listSchedule(problem, rule);
  if (problem.builders.every(({ slots, diskSlots }) => diskSlots === slots)) return schedule;
  const mayUseRamDisk = new Uint8Array(problem.taskCount).fill(1);
  const other = listSchedule(problem, { ...rule, mayUseRamDisk });
  return other.makespanMs < schedule.makespanMs ? other : schedule;
};

const QUICK_BOUNDS: readonly BoundName[] = ['critical-path', 'energy', 'mode-relaxation'];

/** Tries settings of one host, each once. */
export class Trials {
  readonly #work: ArchWork;
  readonly #host: Host;
  readonly #limits: MemoryLimits;
  readonly #scheduler: Scheduler;
  readonly #makespans = new Map<string, number>();

  constructor(work: ArchWork, host: Host, limits: MemoryLimits, scheduler: Scheduler) {
    this.#work = work;
    this.#host = host;
    this.#limits = limits;
    this.#scheduler = scheduler;
  }

  /** How many schedules were made. */
  get count(): number {
    return this.#makespans.size;
  }

  /** How long all builds take with a setting; Infinity when some build fits nowhere. */
  makespanMs(setting: Setting): number {
    const key = `${String(setting.slots)} ${String(setting.makeJobs)} ${String(setting.diskSlots)} ${String(setting.ramDiskBytes)} ${setting.ramDiskChroots.join('+')}`;
    let makespanMs = this.#makespans.get(key);
    if (makespanMs === undefined) {
      makespanMs = this.#hasRoomForAll(setting)
        ? this.#scheduler(this.problem(setting)).makespanMs
        : Infinity;
      this.#makespans.set(key, makespanMs);
    }
    return makespanMs;
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

  /** Makes the schedule of a setting that is going to be recommended again, and proves it. */
  verify(setting: Setting): void {
    const problem = this.problem(setting);
    const violations = verifySchedule(problem, this.#scheduler(problem));
    if (violations.length > 0)
      throw new Error(
        `BUG: the advice is not feasible: ${violations.slice(0, 3).map(formatViolation).join('; ')}`,
      );
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
