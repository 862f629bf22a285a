import type { RunObserver } from '../journal/run-document.ts';
import type { RunEvent } from '../journal/run-event.ts';
import type { TaskRun } from '../journal/run-state.ts';
import { applyEvent, NEVER_RUN, type RunHistory } from '../journal/replay.ts';
import type { Journal } from './journal-file.ts';

/** What has become of each task: in the journal first, then here, then told to those who watch. */
export class RunBook {
  readonly #journal: Journal;
  readonly #observers: RunObserver[] = [];
  readonly #tasks: Map<string, TaskRun>;
  /** Running attempts that an earlier runner began. */
  readonly #adopted: Set<string>;

  constructor(history: RunHistory, journal: Journal) {
    this.#journal = journal;
    this.#tasks = new Map(history.tasks);
    this.#adopted = new Set(
      [...history.tasks].flatMap(([task, { state }]) => (state === 'running' ? [task] : [])),
    );
  }

  /** Tells somebody of all that is recorded from now on. */
  watch(observer: RunObserver): void {
    this.#observers.push(observer);
  }

  /** By task id; what never began is not in it. */
  get runs(): ReadonlyMap<string, TaskRun> {
    return this.#tasks;
  }

  of(task: string): TaskRun {
    return this.#tasks.get(task) ?? NEVER_RUN;
  }

  /** Whether an earlier runner began the task's running attempt. */
  isAdopted(task: string): boolean {
    return this.#adopted.has(task);
  }

  /** @throws UserError when the journal can't be written: then nothing has happened */
  async record(event: RunEvent): Promise<void> {
    await this.#journal.append(event);
    if ('task' in event) {
      const { task } = event;
      this.#tasks.set(task, applyEvent(this.of(task), event, this.#adopted.has(task)));
      if (event.event === 'end') this.#adopted.delete(task);
    }
    for (const { onEvent } of this.#observers) onEvent(event);
  }
}
