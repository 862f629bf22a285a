import { at } from '../../base/column.ts';
import type { EngineUnit } from '../../emit/engines/engine-units.ts';
import type { StartEvent } from '../../journal/run-event.ts';
import type { TaskRun } from '../../journal/run-state.ts';
import type { Attempt } from '../attempt.ts';
import type { AttemptMaker } from '../attempt-maker.ts';
import type { RunBook } from '../run-book.ts';

/** A job that has begun and not ended, as far as the journal knows. */
export interface LiveJob {
  /** Place of its unit. */
  readonly unit: number;
  readonly attempt: Attempt;
  /** Slurm's number; undefined: it is not known whether Slurm has it. */
  readonly job: string | undefined;
  /** Whether Slurm may have been told to wait for others. */
  readonly hasDependency: boolean;
  /** How often it was seen to be over, without telling how it ended. */
  readonly looks: number;
}

/** What a board is about. */
export interface BoardRequest {
  /** From `engineUnits`: each after what it needs. Units are known by their places here. */
  readonly units: readonly EngineUnit[];
  /** Index of each unit's task, as the attempts know it. */
  readonly tasks: readonly number[];
  readonly attempts: AttemptMaker;
  readonly book: RunBook;
  /** Places of units that are not tried. */
  readonly skipped: ReadonlySet<number>;
  /** Whether units that an earlier run gave up are tried again, once. */
  readonly retriesFailed: boolean;
}

/** A unit that another one needs, with the attempt that has built it, or is to. */
export interface NeededUnit {
  readonly slug: string;
  readonly attempt: number;
}

/** What has become of each build, and what may be submitted. */
export class JobBoard {
  readonly #request: BoardRequest;
  readonly #live = new Map<number, LiveJob>();
  /** Units that an earlier run gave up, and this one has not tried yet. */
  readonly #forgiven: Set<number>;

  constructor(request: BoardRequest) {
    this.#request = request;
    const { units, retriesFailed } = request;
    this.#forgiven = new Set(
      units.flatMap((_, unit) => (retriesFailed && this.run(unit).state === 'failed' ? [unit] : [])),
    );
    for (const unit of units.keys()) {
      const { state, start, job } = this.run(unit);
      if (state !== 'running' || start === undefined) continue;
      const attempt = request.attempts.ofStart(at(request.tasks, unit), start);
      this.#live.set(unit, { unit, attempt, job, hasDependency: true, looks: 0 });
    }
  }

  /** What has begun and not ended, in the order of the units. */
  get live(): readonly LiveJob[] {
    return [...this.#live.values()].sort((a, b) => a.unit - b.unit);
  }

  run(unit: number): TaskRun {
    return this.#request.book.of(at(this.#request.units, unit).task.id);
  }

  /**
   * What may be submitted, the most urgent first: not begun, or to be tried again, and all that it needs is built or known to
   * Slurm. What is begun while they are read counts. O(units + needs)
   */
  *free(): Generator<number> {
    const { units, skipped } = this.#request;
    for (const [unit, { needs }] of units.entries()) {
      const isWaiting = this.run(unit).state === 'waiting' || this.#forgiven.has(unit);
      if (!isWaiting || skipped.has(unit)) continue;
      if (needs.every((need) => this.#isBuilt(need) || this.#live.get(need)?.job !== undefined)) yield unit;
    }
  }

  /** The start of a unit's next attempt, as it would be made now. Builder and slot are the plan's: on Slurm nothing depends on them. */
  nextStart(unit: number, atMs: number): StartEvent {
    const { task } = at(this.#request.units, unit);
    const { attempts, isForDisk } = this.run(unit);
    const mode = isForDisk ? 'disk' : task.mode;
    return {
      event: 'start',
      atMs,
      task: task.id,
      attempt: attempts + 1,
      ...{ builder: task.builder, slot: task.slot, mode, makeJobs: task.makeJobs },
      ramDiskBytes: mode === 'ram' ? task.ramDiskBytes : 0,
    };
  }

  /** An attempt begins. */
  async begin(unit: number, start: StartEvent): Promise<LiveJob> {
    const { attempts, tasks, book, units } = this.#request;
    const hasDependency = at(units, unit).needs.some((need) => !this.#isBuilt(need));
    await book.record(start);
    this.#forgiven.delete(unit);
    const attempt = attempts.ofStart(at(tasks, unit), start);
    const live: LiveJob = { unit, attempt, job: undefined, hasDependency, looks: 0 };
    this.#live.set(unit, live);
    return live;
  }

  /** Slurm has it. */
  async submitted(live: LiveJob, job: string, atMs: number): Promise<void> {
    const { task, number } = live.attempt;
    await this.#request.book.record({ event: 'submit', atMs, task: task.id, attempt: number, job });
    this.#live.set(live.unit, { ...live, job });
  }

  /** Its end is written down. */
  ended({ unit }: LiveJob): void {
    this.#live.delete(unit);
  }

  /** It is over, and doesn't tell how it ended. */
  lookedAt(live: LiveJob): void {
    this.#live.set(live.unit, { ...live, looks: live.looks + 1 });
  }

  /** Numbers of the jobs that a unit has to wait for. */
  after(unit: number): readonly string[] {
    return at(this.#request.units, unit).needs.flatMap((need) => {
      const job = this.#live.get(need)?.job;
      return job === undefined ? [] : [job];
    });
  }

  /** All that a unit needs, directly or not; who has the last word about packages last. O(what it needs) */
  needsOf(unit: number): readonly NeededUnit[] {
    const { units } = this.#request;
    const seen = new Set<number>();
    const open = [unit];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const need of at(units, next).needs) {
        if (seen.has(need)) continue;
        seen.add(need);
        open.push(need);
      }
    }
    const rank = (place: number): number => (isFull(at(units, place)) ? units.length : 0) + place;
    return [...seen]
      .sort((a, b) => rank(a) - rank(b))
      .map((place) => ({ slug: at(units, place).slug, attempt: this.run(place).attempts }));
  }

  #isBuilt(unit: number): boolean {
    return this.run(unit).state === 'built';
  }
}

/** Where two tasks build the same package and neither needs the other, the full build has the last word. */
function isFull({ task: { stage } }: EngineUnit): boolean {
  return stage === '' || stage === 'rebuild';
}
