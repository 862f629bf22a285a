import { expect } from 'vitest';
import { at } from '../../src/base/column.ts';
import { UserError } from '../../src/base/diagnostic.ts';
import { seededRandom } from '../../src/base/random.ts';
import type { DispatchRule, Problem } from '../../src/dispatch/problem.ts';
import { formatEvent } from '../../src/journal/format-event.ts';
import { parseJournal } from '../../src/journal/parse-journal.ts';
import { replay, type RunHistory } from '../../src/journal/replay.ts';
import { JOURNAL_SCHEMA, type RunEvent, type RunOutcome } from '../../src/journal/run-event.ts';
import { AttemptMaker } from '../../src/run/attempt-maker.ts';
import type { Attempt, AttemptEnd, StopRequest } from '../../src/run/attempt.ts';
import { fullJournal } from '../../src/run/diagnostics.ts';
import { driveRun, type DriveEnd, type DrivePorts } from '../../src/run/drive.ts';
import { RunBook } from '../../src/run/run-book.ts';
import { selectTasks } from '../../src/run/select-tasks.ts';
import { workFolder } from '../../src/run/work-folder.ts';
import { isWithinLimits, roomBeside } from '../dispatch/room.ts';
import { emptyPlan, planTask } from '../emit/small-plan.ts';

/** How one life of a runner goes. */
export interface LifePlan {
  /** Dies at this operation of the world; Infinity: not at all. */
  readonly diesAt: number;
  /** Whether the whole machine goes down: builds vanish, and what was not yet safe on the disk is cut somewhere. */
  readonly isPowerCut: boolean;
  /** Operations at which a person asks to stop. */
  readonly interrupts: readonly number[];
  /** Lines that the journal takes; more find the disk full. */
  readonly journalLines: number;
}

/** A build that has begun. */
interface Build {
  readonly attempt: Attempt;
  readonly task: number;
  readonly endMs: number;
  readonly end: AttemptEnd;
  state: 'running' | 'over' | 'vanished';
  onOver: () => void;
}

type Way = Pick<AttemptEnd, 'outcome' | 'isTransient'>;

/** A life that nothing disturbs. */
export const WHOLE_LIFE: LifePlan = {
  ...{ diesAt: Infinity, isPowerCut: false, interrupts: [], journalLines: Infinity },
};

const SHA256 = '0'.repeat(64);

/**
 * Everything around a run, in memory: a clock, builds that go on when their runner dies, a journal that can be cut short. It counts
 * for itself what may run at once.
 */
export class DriveWorld {
  /** The journal's text. */
  journal = '';
  /** In the order in which they began. */
  readonly builds: Build[] = [];
  readonly kept = new Map<string, number>();
  /** The last operation before the first build ended: all that could begin has begun then. */
  operationsBeforeEnds: number | undefined;
  readonly #problem: Problem;
  readonly #rule: DispatchRule;
  readonly #seed: number;
  readonly #retries: number;
  readonly #ids: readonly string[];
  readonly #plan: ReturnType<typeof emptyPlan>;
  readonly #barred = new Set<string>();
  #nowMs = 1_000_000;

  constructor(problem: Problem, rule: DispatchRule, seed: number, retries: number) {
    this.#problem = problem;
    this.#rule = rule;
    this.#seed = seed;
    this.#retries = retries;
    this.#ids = Array.from(
      { length: problem.taskCount },
      (_, task) => `unit-${String(task).padStart(3, '0')}`,
    );
    const tasks = this.#ids.map((id, task) =>
      planTask({ id, source: id, version: '1', ramDiskBytes: at(problem.ramDiskBytes, task) }),
    );
    this.#plan = emptyPlan([{ target: { arch: 'amd64', kind: 'any', profiles: [] }, tasks }]);
  }

  get history(): RunHistory {
    const { events, diagnostics } = parseJournal(this.journal, 'journal.jsonl');
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    return replay(events);
  }

  id(task: number): string {
    return at(this.#ids, task);
  }

  /** A runner's life, from reading the journal on. */
  async live(plan: LifePlan): Promise<DriveEnd | 'killed'> {
    const { keptBytes } = parseJournal(this.journal, 'journal.jsonl');
    this.journal = this.journal.slice(0, keptBytes);
    const life = new Life(plan);
    const book = new RunBook(this.history, { append: (event) => this.#append(life, event) });
    const begin = { event: 'begin', schema: JOURNAL_SCHEMA, atMs: this.#nowMs, plan: 'plan.json' } as const;
    const driven = book
      .record({ ...begin, sha256: SHA256, on: 'here', builders: [] })
      .then(() => driveRun(this.#request(), this.#ports(life, book)));
    let end: DriveEnd | undefined;
    let trouble: Error | undefined;
    driven.then(
      (value) => (end = value),
      (error: unknown) => (trouble = error instanceof Error ? error : new Error(String(error))),
    );
    for (;;) {
      // all that can go on by itself has done so then: nothing here waits for more than promises
      await new Promise((resolve) => setImmediate(resolve));
      if (trouble !== undefined) throw trouble;
      if (end !== undefined) return end;
      if (life.isDead) break;
      this.operationsBeforeEnds ??= life.operations;
      this.#advance();
    }
    if (plan.isPowerCut) this.#cutPower();
    return 'killed';
  }

  #request(): Parameters<typeof driveRun>[0] {
    const [target] = this.#plan.targets;
    const tasks = target?.tasks ?? [];
    const selection = selectTasks(
      this.#problem,
      this.#problem.builders.map(({ name }) => name),
      true,
    );
    const slugs = new Map(this.#ids.map((id) => [id, id]));
    const attempts = new AttemptMaker({
      ...{ plan: this.#plan, tasks, problem: this.#problem, slugs, work: workFolder('/work') },
    });
    return {
      ...{ planProblem: { rule: this.#rule, tasks }, selection, attempts },
      ...{ retries: this.#retries, retriesFailed: false },
    };
  }

  #ports(life: Life, book: RunBook): DrivePorts {
    return {
      book,
      executor: {
        run: async (attempt) => {
          await life.gate();
          const request = life.requests.get(attempt.folder);
          if (request !== undefined) return { ...this.#lost(), ...request };
          const build = this.#begin(attempt);
          await this.#over(build);
          await life.gate();
          return build.end;
        },
        adopt: async (attempt) => {
          await life.gate();
          const build = this.builds.find((one) => one.attempt.folder === attempt.folder);
          if (build === undefined) this.#barred.add(attempt.folder);
          else await this.#over(build);
          await life.gate();
          return build === undefined || build.state === 'vanished' ? this.#lost() : build.end;
        },
        stop: (attempt, request) => {
          const { outcome, reason } = request;
          life.requests.set(attempt.folder, request);
          const build = this.builds.find((one) => one.attempt.folder === attempt.folder);
          if (build?.state !== 'running') return;
          Object.assign(build, { end: { ...build.end, outcome, reason }, endMs: this.#nowMs });
        },
      },
      gather: async (attempt) => {
        await life.gate();
        const task = this.#ids.indexOf(attempt.task.id);
        for (const need of this.#needs(task)) expect(this.kept.get(this.id(need))).toBe(1);
        return undefined;
      },
      prepare: async () => {
        await life.gate();
        return undefined;
      },
      take: async (attempt) => {
        await life.gate();
        this.kept.set(attempt.task.id, 1);
        await life.gate();
        return undefined;
      },
      tidy: () => life.gate(),
      checkRoom: () => life.gate(),
      clock: () => this.#nowMs,
      onInterrupt: (listener) => {
        life.onInterrupt = listener;
        return () => (life.onInterrupt = () => undefined);
      },
      onTrouble: () => undefined,
    };
  }

  async #append(life: Life, event: RunEvent): Promise<void> {
    await life.gate();
    if (life.lines++ >= life.plan.journalLines)
      throw new UserError([fullJournal('journal', 'no space left')]);
    this.journal += formatEvent(event);
    life.unsafe = formatEvent(event).length;
    await life.gate();
    life.unsafe = 0;
    this.#cut = () => {
      this.journal = this.journal.slice(0, this.journal.length - Math.ceil(life.unsafe * this.#chance(7)));
    };
  }

  #cut = (): void => undefined;

  #cutPower(): void {
    this.#cut();
    for (const build of this.builds) if (build.state === 'running') build.state = 'vanished';
  }

  #begin(attempt: Attempt): Build {
    const { folder, number, mode } = attempt;
    expect(this.#barred.has(folder)).toBe(false);
    expect(this.builds.some((build) => build.attempt.folder === folder)).toBe(false);
    expect(this.journal).toContain(`"task":"${attempt.task.id}","attempt":${String(number)},"builder"`);
    const task = this.#ids.indexOf(attempt.task.id);
    const random = seededRandom(this.#seed + 1000 * task + number);
    random();
    const durationMs = Math.ceil(at(this.#problem.durationMs, task) * (0.3 + 3 * random()));
    const way = wayOf(random(), mode);
    const reason = way.outcome === 'built' ? undefined : 'as drawn';
    const endMs = this.#nowMs + durationMs;
    const end = { ...way, reason, startedMs: this.#nowMs, endedMs: endMs, exitCode: 0 };
    const build: Build = {
      ...{ attempt, task, endMs, state: 'running', onOver: () => undefined },
      end: { ...end, measured: undefined, node: undefined },
    };
    this.builds.push(build);
    this.#checkLimits();
    return build;
  }

  /** What runs now is counted by who knows nothing of the dispatcher. */
  #checkLimits(): void {
    const running = this.builds.filter(({ state }) => state === 'running');
    const { builders } = this.#problem;
    const uses = running.map(({ attempt, task }) => ({
      ...{ task, mode: attempt.mode, makeJobs: attempt.makeJobs, chroot: attempt.chroot, slot: attempt.slot },
      builder: builders.findIndex(({ name }) => name === attempt.builder),
    }));
    for (const builder of builders.keys())
      expect(isWithinLimits(roomBeside(this.#problem, builder, uses))).toBe(true);
    expect(new Set(uses.map(({ builder, slot }) => `${builder}/${slot}`)).size).toBe(uses.length);
    const inChroots = uses.filter(({ chroot }) => chroot >= 0);
    expect(new Set(inChroots.map(({ builder, chroot }) => `${builder}/${chroot}`)).size).toBe(
      inChroots.length,
    );
  }

  #over(build: Build): Promise<void> {
    if (build.state !== 'running') return Promise.resolve();
    return new Promise((resolve) => (build.onOver = resolve));
  }

  /** Goes on to the next end of a build. */
  #advance(): void {
    const running = this.builds.filter(({ state }) => state === 'running');
    if (running.length === 0) throw new Error('BUG: nothing runs, and the runner waits');
    this.#nowMs = Math.min(...running.map(({ endMs }) => endMs));
    for (const build of running) {
      if (build.endMs > this.#nowMs) continue;
      build.state = 'over';
      build.onOver();
    }
  }

  #lost(): AttemptEnd {
    const times = { startedMs: this.#nowMs, endedMs: this.#nowMs, exitCode: undefined };
    const rest = { measured: undefined, node: undefined };
    return { outcome: 'lost', isTransient: true, reason: 'it is gone', ...times, ...rest };
  }

  #needs(task: number): readonly number[] {
    const { target, offset } = this.#problem.dag.needs;
    return [...target.slice(offset[task], offset[task + 1])];
  }

  #chance(salt: number): number {
    return seededRandom(this.#seed + salt)();
  }
}

/** Dies, or is interrupted, at an operation. */
class Life {
  readonly plan: LifePlan;
  operations = 0;
  readonly requests = new Map<string, StopRequest>();
  /** That the journal was given. */
  lines = 0;
  isDead = false;
  /** Letters at the journal's end that are not yet safe. */
  unsafe = 0;
  onInterrupt: () => void = () => undefined;

  constructor(plan: LifePlan) {
    this.plan = plan;
  }

  /** Every operation goes through here, before and after it is done. A dead runner gets no answer. */
  gate(): Promise<void> {
    this.operations++;
    if (this.operations >= this.plan.diesAt) this.isDead = true;
    if (this.isDead) return new Promise(() => undefined);
    if (this.plan.interrupts.includes(this.operations)) this.onInterrupt();
    return Promise.resolve();
  }
}

/** Most are built. */
function wayOf(chance: number, mode: Attempt['mode']): Way {
  const permanent = (outcome: RunOutcome): Way => ({ outcome, isTransient: false });
  if (chance < 0.04) return permanent('failed');
  if (chance < 0.06) return permanent('timed-out');
  if (chance < 0.12) return { outcome: 'given-back', isTransient: true };
  if (chance < 0.15) return { outcome: 'killed', isTransient: true };
  if (chance < 0.25 && mode === 'ram') return permanent('no-space');
  return permanent('built');
}
