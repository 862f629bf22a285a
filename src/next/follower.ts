import { UserError, type Diagnostic } from '../base/diagnostic.ts';
import type { PlanProblem } from '../plan/problem-of-plan.ts';
import { badEvent } from './diagnostics.ts';
import { unitFinder, type FindUnit } from './find-unit.ts';
import type { FollowEvent, UnitEvent } from './follow-event.ts';
import { followSchema } from './follow-schema.ts';
import { nextOf } from './next-builds.ts';
import { NEXT_SCHEMA, type NextAnswer, type NextError, type NextStart } from './next-document.ts';
import { runningBuild } from './resolve-state.ts';
import type { RunningBuild, Standing } from './standing.ts';

/** A build that runs, and since when. */
interface Running {
  readonly build: RunningBuild;
  readonly sinceMs: number;
}

/**
 * What has become of a plan's builds, told event by event. Each answer says what may start in that moment: without `mustConfirm`
 * its builds count as started then and are not named again, until they are told to have ended or to be built again; with it,
 * they count once `started` is told, and are named until then. Time never goes back: an event that is earlier than the one
 * before counts as if it were of that moment.
 */
export class Follower {
  readonly #planProblem: PlanProblem;
  readonly #find: FindUnit;
  readonly #mustConfirm: boolean;
  readonly #indexOf: ReadonlyMap<string, number>;
  readonly #taskOf: ReadonlyMap<string, number>;
  readonly #finished: Set<number>;
  readonly #failed: Set<number>;
  readonly #forDisk: Set<number>;
  readonly #running = new Map<number, Running>();
  /** What was answered last and is not confirmed yet. */
  #offered: ReadonlyMap<number, RunningBuild> = new Map();
  #nowMs: number;

  /** @param nowMs ms since 1970, or whatever events count in */
  constructor(planProblem: PlanProblem, standing: Standing, nowMs: number, mustConfirm: boolean) {
    this.#planProblem = planProblem;
    this.#find = unitFinder(planProblem.tasks);
    this.#mustConfirm = mustConfirm;
    this.#indexOf = new Map(planProblem.problem.builders.map(({ name }, index) => [name, index]));
    this.#taskOf = new Map(planProblem.tasks.map(({ id }, task) => [id, task]));
    this.#finished = new Set(standing.finished);
    this.#failed = new Set(standing.failed);
    this.#forDisk = new Set(standing.forDisk);
    for (const build of standing.running)
      this.#running.set(build.task, { build, sinceMs: nowMs - build.runningMs });
    this.#nowMs = nowMs;
  }

  /**
   * Answers one line. One that can't be used changes nothing. About 3 ms for 500 builds.
   * @param clockMs now, where the line does not say
   */
  tell(line: string, clockMs: number): NextAnswer | NextError {
    try {
      const event = readEvent(line);
      const nowMs = Math.max(this.#nowMs, event.atMs ?? clockMs);
      if (event.event !== 'tick') this.#apply(event, nowMs);
      this.#nowMs = nowMs;
      return this.#answer();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const hint = error.diagnostics[0]?.hint;
      return { schema: NEXT_SCHEMA, error: error.message, ...(hint === undefined ? {} : { hint }) };
    }
  }

  #apply(event: UnitEvent, nowMs: number): void {
    const task = known(this.#find(event.id));
    const build = known(runningBuild(this.#planProblem, task, event, nowMs));
    const before = this.#running.get(task);
    this.#running.delete(task);
    this.#finished.delete(task);
    this.#failed.delete(task);
    switch (event.event) {
      case 'started':
        this.#running.set(task, {
          build: inheritPlace(build, before?.build ?? this.#offered.get(task)),
          sinceMs: nowMs,
        });
        break;
      case 'finished':
        this.#finished.add(task);
        break;
      case 'failed':
        this.#failed.add(task);
        break;
      case 'retry':
        if (event.mode === 'disk') this.#forDisk.add(task);
        if (event.mode === 'ram') this.#forDisk.delete(task);
        break;
    }
  }

  #answer(): NextAnswer {
    const answer = nextOf(this.#planProblem, this.#standing());
    const offered = answer.start.map((start) => this.#placed(start));
    if (this.#mustConfirm) this.#offered = new Map(offered.map((build) => [build.task, build]));
    else for (const build of offered) this.#running.set(build.task, { build, sinceMs: this.#nowMs });
    return answer;
  }

  #placed({ id, builder, slot, mode, chroot, makeJobs }: NextStart): RunningBuild {
    const task = this.#taskOf.get(id);
    if (task === undefined) throw new Error(`BUG: ${id} is not in the plan`);
    return { task, runningMs: 0, builder: this.#indexOf.get(builder), slot, mode, chroot, makeJobs };
  }

  #standing(): Standing {
    const running = [...this.#running.values()].map(({ build, sinceMs }) => ({
      ...build,
      runningMs: this.#nowMs - sinceMs,
    }));
    const isOver = (task: number): boolean => this.#finished.has(task) || this.#failed.has(task);
    return {
      finished: [...this.#finished],
      failed: [...this.#failed],
      forDisk: [...this.#forDisk].filter((task) => !isOver(task)),
      running,
    };
  }
}

/** What a loop tells of a start, and where it tells nothing what it was answered. */
function inheritPlace(told: RunningBuild, answered: RunningBuild | undefined): RunningBuild {
  const isElsewhere = told.builder !== undefined && told.builder !== answered?.builder;
  const before = isElsewhere ? undefined : answered;
  return {
    task: told.task,
    runningMs: 0,
    builder: told.builder ?? before?.builder,
    slot: told.slot ?? before?.slot,
    mode: told.mode ?? before?.mode,
    chroot: told.chroot ?? (told.mode === 'disk' ? undefined : before?.chroot),
    makeJobs: told.makeJobs ?? before?.makeJobs,
  };
}

/** @throws UserError for what is no event */
function readEvent(line: string): FollowEvent {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new UserError([badEvent(error instanceof Error ? error.message : String(error))]);
  }
  const result = followSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path.map(String).join('.') ?? '';
  throw new UserError([badEvent(`${path === '' ? '' : `${path}: `}${issue?.message ?? 'unknown'}`)]);
}

/** @throws UserError for a diagnostic */
function known<T extends number | RunningBuild>(found: T | Diagnostic): T {
  if (typeof found === 'object' && 'severity' in found) throw new UserError([found]);
  return found;
}
