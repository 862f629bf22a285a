import { at } from './base/column.ts';
import { modeDuration } from './dispatch/problem.ts';
import { formatRunEvent, type EventContext } from './emit/run/run-event-text.ts';
import { formatRunTable } from './emit/run/run-table.ts';
import type { Style } from './emit/style.ts';
import { dependentsOf } from './graph/dependents-of.ts';
import type { RunObserver } from './journal/run-document.ts';
import type { RunEvent, StartEvent } from './journal/run-event.ts';
import { makeRunView } from './next/run-view.ts';
import type { RunBook } from './run/run-book.ts';
import { wallClock } from './run/this-runner.ts';
import type { FolderRun } from './folder-run.ts';

/** Where a run is shown. */
export interface RunScreen {
  /** Whether there is a table that changes, or lines alone. */
  readonly isLive: boolean;
  /** Of a terminal, in letters. */
  readonly size: () => { readonly columns: number; readonly rows: number };
  /** Writes a line that stays. */
  readonly line: (text: string) => void;
  /** Shows a table instead of the one before, below all lines. */
  readonly table: (text: string) => void;
  /** A moment (ms since 1970) as time of day. */
  readonly clock: (ms: number) => string;
}

/** Shows how far a run is: a line an event, or a table and lines of what went wrong. */
export function watchRun(
  run: FolderRun,
  book: Pick<RunBook, 'runs'>,
  screen: RunScreen,
  style: Style,
): RunObserver {
  const watcher = new RunWatcher(run, book, screen, style);
  return { onEvent: watcher.onEvent, onTick: watcher.onTick };
}

class RunWatcher {
  readonly #run: FolderRun;
  readonly #book: Pick<RunBook, 'runs'>;
  readonly #screen: RunScreen;
  readonly #style: Style;
  readonly #taskOf: ReadonlyMap<string, number>;
  readonly #skipped: ReadonlySet<string>;
  #beganMs: number | undefined;

  constructor(run: FolderRun, book: Pick<RunBook, 'runs'>, screen: RunScreen, style: Style) {
    this.#run = run;
    this.#book = book;
    this.#screen = screen;
    this.#style = style;
    const { tasks } = run.planProblem;
    this.#taskOf = new Map(tasks.map(({ id }, task) => [id, task]));
    this.#skipped = new Set([...run.selection.skipped.keys()].map((task) => at(tasks, task).id));
  }

  readonly onEvent = (event: RunEvent): void => {
    if (event.event === 'begin') this.#beganMs ??= event.atMs;
    const isNews = event.event === 'end' ? event.then !== 'done' : event.event !== 'start';
    if (isNews || !this.#screen.isLive)
      this.#screen.line(formatRunEvent(event, this.#context(event), this.#style));
    if (event.event !== 'stop') this.onTick();
  };

  readonly onTick = (): void => {
    if (!this.#screen.isLive) return;
    const nowMs = wallClock();
    const { columns, rows } = this.#screen.size();
    const { planProblem, selection } = this.#run;
    const view = makeRunView(
      { ...planProblem, problem: selection.problem },
      {
        ...{ nowMs, beganMs: this.#beganMs ?? nowMs },
        ...{ runs: this.#book.runs, skipped: this.#skipped },
      },
    );
    this.#screen.table(formatRunTable(view, this.#style, columns, rows - 1));
  };

  #context(event: RunEvent): EventContext {
    const runs = [...this.#book.runs.values()];
    const total = this.#run.planProblem.tasks.length;
    const built = runs.filter(({ state }) => state === 'built').length;
    const common = { clock: this.#screen.clock, built, total };
    if (!('task' in event)) return { ...common, expectedMs: undefined, blocks: 0 };
    const { task } = event;
    const isLost = event.event === 'end' && event.then === 'given-up';
    const start = event.event === 'start' ? event : this.#book.runs.get(task)?.start;
    return { ...common, expectedMs: this.#expectedMs(start), blocks: isLost ? this.#blocks(task) : 0 };
  }

  #expectedMs(start: StartEvent | undefined): number | undefined {
    const { problem } = this.#run.planProblem;
    const task = this.#taskOf.get(start?.task ?? '');
    const builder = problem.builders.find(({ name }) => name === start?.builder);
    if (task === undefined || start === undefined || builder === undefined) return undefined;
    return modeDuration(problem, task, builder, start.mode, start.makeJobs);
  }

  #blocks(id: string): number {
    const task = this.#taskOf.get(id);
    return task === undefined ? 0 : dependentsOf(this.#run.planProblem.problem.dag, task).size;
  }
}
