import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError, type Diagnostic } from '../../../src/base/diagnostic.ts';
import { taskSlugs } from '../../../src/emit/task-slugs.ts';
import { replay } from '../../../src/journal/replay.ts';
import { JOURNAL_SCHEMA, type RunEvent } from '../../../src/journal/run-event.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { problemOfPlan } from '../../../src/plan/problem-of-plan.ts';
import type { Attempt, AttemptEnd } from '../../../src/run/attempt.ts';
import { AttemptMaker } from '../../../src/run/attempt-maker.ts';
import type { DriveEnd } from '../../../src/run/drive.ts';
import { RunBook } from '../../../src/run/run-book.ts';
import { driveSlurm } from '../../../src/run/slurm/drive-slurm.ts';
import type { Slurm } from '../../../src/run/slurm/slurm-client.ts';
import { resolveSlurmOptions, type RawSlurmOptions } from '../../../src/options/slurm-options.ts';
import { workFolder } from '../../../src/run/work-folder.ts';

/** A run of a plan that can be killed and resumed: its journal outlives its runners. */
export class SlurmRoom {
  readonly events: RunEvent[] = [];
  readonly reported: Diagnostic[] = [];
  readonly folder = mkdtempSync(join(tmpdir(), 'debplan-drive-slurm-'));
  readonly #plan: Plan;
  readonly #slurm: Slurm;
  #now = 0;

  constructor(plan: Plan, slurm: Slurm) {
    this.#plan = plan;
    this.#slurm = slurm;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  /**
   * A runner begins, or goes on.
   * @param killedAt how many events it writes down before it is killed: the next one is not written
   */
  async drive(
    given: {
      readonly killedAt?: number;
      readonly options?: RawSlurmOptions;
      readonly retries?: number;
      readonly retriesFailed?: boolean;
      /** Called at each event; true: a person interrupts. */
      readonly isInterrupted?: (event: RunEvent) => boolean;
    } = {},
  ): Promise<DriveEnd> {
    const planProblem = problemOfPlan(this.#plan, 'plan');
    const slugs = taskSlugs(this.#plan);
    const work = workFolder(this.folder);
    const { tasks, problem } = planProblem;
    let left = given.killedAt ?? Infinity;
    let interrupt = (): void => undefined;
    const history = replay(this.events);
    this.events.push(this.#begin());
    const append = (event: RunEvent): Promise<void> => {
      if (left-- <= 0) return Promise.reject(new UserError([]));
      this.events.push(event);
      if (given.isInterrupted?.(event) === true) interrupt();
      return Promise.resolve();
    };
    const attempts = new AttemptMaker({ plan: this.#plan, tasks, problem, slugs, work });
    const request = {
      ...{ planProblem, plan: this.#plan, work, attempts, runId: 'r1', timeoutMs: undefined },
      ...{ selection: { problem, skipped: new Map<number, string>() }, retries: given.retries ?? 2 },
      retriesFailed: given.retriesFailed ?? false,
      options: { ...resolveSlurmOptions(given.options ?? {}), pollMs: 0 },
    };
    return driveSlurm(request, {
      book: new RunBook(history, { append }),
      slurm: this.#slurm,
      take: (attempt) => {
        this.#keep(attempt);
        return Promise.resolve(undefined);
      },
      tidy: () => Promise.resolve(),
      checkRoom: () => Promise.resolve(),
      clock: () => this.#now++,
      onInterrupt: (listener) => {
        interrupt = listener;
        return () => undefined;
      },
      onTrouble: () => undefined,
      commandOf: ({ folder }) =>
        Promise.resolve({ file: 'build', args: [], env: {}, cwd: join(folder, 'out') }),
      classify: (_, exit, node) => Promise.resolve(classify(exit.status, node)),
      report: (diagnostic) => {
        this.reported.push(diagnostic);
      },
    });
  }

  /** Ids of the tasks in a state. */
  tasks(state: 'built' | 'failed' | 'waiting' | 'running'): readonly string[] {
    return [...replay(this.events).tasks].flatMap(([id, run]) => (run.state === state ? [id] : [])).sort();
  }

  /** Outcomes of all ends, with what became of each. */
  ends(): readonly string[] {
    return this.events.flatMap((event) =>
      event.event === 'end' ? [`${event.task} ${event.attempt}: ${event.outcome}, ${event.then}`] : [],
    );
  }

  /** What a pool does with the files. */
  #keep({ folder, slug }: Attempt): void {
    const result = join(this.folder, 'results', slug);
    mkdirSync(join(this.folder, 'results'), { recursive: true });
    if (existsSync(join(folder, 'out'))) renameSync(join(folder, 'out'), result);
  }

  #begin(): RunEvent {
    return {
      event: 'begin',
      schema: JOURNAL_SCHEMA,
      ...{ atMs: this.#now, plan: 'plan.json', sha256: '0'.repeat(64), on: 'slurm', builders: [] },
    };
  }
}

function classify(status: number, node: string | undefined): AttemptEnd {
  const common = { startedMs: 0, endedMs: 1000, exitCode: status, measured: undefined, node };
  return status === 0
    ? { ...common, outcome: 'built', isTransient: false, reason: undefined }
    : { ...common, outcome: 'failed', isTransient: status === 2, reason: `exit code ${status}` };
}
