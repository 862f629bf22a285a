import { UserError, type Report } from './base/diagnostic.ts';
import type { RunDocument, RunObserver } from './journal/run-document.ts';
import { driveHere } from './drive-here.ts';
import { driveOnSlurm } from './drive-on-slurm.ts';
import { JOURNAL_SCHEMA, type EndEvent } from './journal/run-event.ts';
import { AttemptMaker } from './run/attempt-maker.ts';
import type { Attempt, AttemptEnd } from './run/attempt.ts';
import { checkRoom } from './run/check-room.ts';
import { lostLock } from './run/diagnostics.ts';
import type { DriveEnd, DrivePorts } from './run/drive.ts';
import { EventFile } from './run/event-file.ts';
import { FolderLock } from './run/folder-lock.ts';
import { makeRunDocument } from './run/make-run-document.ts';
import { makeWorkFolder, openJournal, readWork, type ReadWork } from './run/open-work.ts';
import { PackagePool } from './run/packages/package-pool.ts';
import { ofWorkFolder, workFolderError } from './run/work-folder-error.ts';
import { RunBook } from './run/run-book.ts';
import { SourceStore } from './run/sources/source-store.ts';
import { onInterrupt, wallClock } from './run/this-runner.ts';
import { tidyAttempt, tidyEnded } from './run/tidy-attempt.ts';

import { recordBuilds } from './record-builds.ts';
import { buildEnvironmentOf, builderSettings } from './run-settings.ts';
import { workRequest, type FolderRun } from './folder-run.ts';
import { writeActual } from './write-actual.ts';

/** How a run talks while it goes on. */
export interface RunTalk {
  readonly report: Report;
  /** Makes those who watch, once it is known what. */
  readonly watch: (run: FolderRun, book: Pick<RunBook, 'runs'>) => RunObserver;
  /** Tells a person who has asked to stop what happens now. @param count how often */
  readonly onStopping: (count: number) => void;
}

/** What came of a run. */
export interface FolderRunEnd {
  readonly document: RunDocument;
  /** Why it could not go on; undefined where it could. */
  readonly error: unknown;
  /** Whether it was to cancel what runs, and nothing did. */
  readonly isIdle: boolean;
}

/** Runs a plan in its work folder, which is locked meanwhile. @throws UserError before anything is begun */
export async function runInFolder(run: FolderRun, talk: RunTalk): Promise<FolderRunEnd> {
  const report: Report = (diagnostic) => {
    talk.report(ofWorkFolder(diagnostic, run.work));
  };
  try {
    const end = await runLocked(run, { ...talk, report });
    return { ...end, error: workFolderError(end.error, run.work) };
  } catch (error) {
    throw workFolderError(error, run.work);
  }
}

async function runLocked(run: FolderRun, talk: RunTalk): Promise<FolderRunEnd> {
  const { work } = run;
  await makeWorkFolder(work);
  let stopForLock: (error: unknown) => void = () => undefined;
  const lock = await FolderLock.take(work.lock, wallClock, () => {
    stopForLock(new UserError([lostLock(work.root)]));
  });
  try {
    const read = await readWork(work, workRequest(run), talk.report);
    // what cancels jobs needs next to none
    if (!run.options.slurm.isCancelling) await checkRoom(work);
    const journal = await openJournal(work, read, {
      planText: run.planFile.text,
      options: run.keptOptions,
    });
    try {
      const book = new RunBook(read.history, journal);
      return await runWithBook(run, talk, read, book, (stop) => (stopForLock = stop));
    } finally {
      await journal.close();
    }
  } finally {
    await lock.release();
  }
}

async function runWithBook(
  run: FolderRun,
  talk: RunTalk,
  { history }: ReadWork,
  book: RunBook,
  onTrouble: DrivePorts['onTrouble'],
): Promise<FolderRunEnd> {
  const { planFile, options, builders } = run;
  const events = options.events === undefined ? undefined : new EventFile(options.events, talk.report);
  if (events !== undefined) book.watch(events);
  book.watch(talk.watch(run, book));
  const sources = await findSources(run, book, talk.report);
  await tidyEnded(history.tasks, run, options.keep, talk.report);
  const atMs = wallClock();
  const beganMs = history.begin?.atMs ?? atMs;
  await book.record({
    event: 'begin',
    schema: JOURNAL_SCHEMA,
    atMs,
    plan: planFile.name,
    sha256: planFile.sha256,
    on: options.place,
    builders,
  });
  const { reason, error } = await drive(run, talk, book, sources, beganMs, onTrouble).finally(() => {
    sources.close();
  });
  const endedMs = wallClock();
  if (error === undefined) await book.record({ event: 'stop', atMs: endedMs, reason });
  events?.close();
  const workedMs = (await writeActual(run.plan, run.work, talk.report)) ?? endedMs - beganMs;
  const document = makeRunDocument({
    ...run,
    plan: { name: planFile.name, sha256: planFile.sha256, builds: run.planProblem.tasks.length },
    ...{ on: options.place, reason, endedMs, beganMs, workedMs },
    plannedMs: run.plan.makespanMs,
    dag: run.planProblem.problem.dag,
    tasks: run.planProblem.tasks,
    skipped: run.selection.skipped,
    runOf: (id) => book.of(id),
  });
  const wasRunning = [...history.tasks.values()].some(({ state }) => state === 'running');
  return { document, error, isIdle: options.slurm.isCancelling && !wasRunning };
}

async function drive(
  run: FolderRun,
  talk: RunTalk,
  book: RunBook,
  sources: SourceStore,
  beganMs: number,
  onTrouble: DrivePorts['onTrouble'],
): Promise<DriveEnd> {
  const { plan, work, planProblem, slugs, options, selection } = run;
  const { report } = talk;
  const pool = new PackagePool({ work, planProblem, slugs, report });
  const settings = builderSettings(plan, options);
  const histories = [work.history, ...(options.history === undefined ? [] : [options.history])];
  const record = recordBuilds(settings, histories, report);
  const request = {
    ...{ plan, work, planProblem, selection, options, sources },
    attempts: new AttemptMaker({ ...run, tasks: planProblem.tasks, problem: selection.problem }),
    ...{ retries: options.retries, retriesFailed: options.retriesFailed },
    settings,
    environment: buildEnvironmentOf(run.env, options),
  };
  const ports = {
    book,
    gather: async (attempt: Omit<Attempt, 'extraPackages'>) => {
      await checkRoom(work);
      return pool.gather(attempt, attempt.folder);
    },
    take: (attempt: Attempt) => pool.take(attempt),
    tidy: async (attempt: Attempt, event: EndEvent, end: AttemptEnd) => {
      await record(attempt, end);
      await tidyAttempt(attempt, event, options.keep, report);
    },
    checkRoom: () => checkRoom(work),
    clock: wallClock,
    onInterrupt: tellingInterrupts(talk, sources),
    onTrouble,
  };
  const { transient, timeoutMs } = options;
  const end = await (options.place === 'here'
    ? driveHere(request, ports, report)
    : driveOnSlurm(
        { ...request, options: options.slurm, transient, timeoutMs, beganMs },
        // a person who interrupts leaves the jobs to Slurm, and is told so
        { ...ports, onInterrupt, report },
      ));
  if (end.error === undefined) await pool.writeRepository();
  return end;
}

/** What is downloaded is not waited for when a person wants to stop at once. */
function tellingInterrupts(talk: RunTalk, sources: SourceStore): DrivePorts['onInterrupt'] {
  return (listener) => {
    let count = 0;
    return onInterrupt(() => {
      talk.onStopping(++count);
      if (count > 1) sources.close();
      listener();
    });
  };
}

/** The sources of what is yet to be built, looked for before anything is begun. @throws UserError */
async function findSources(run: FolderRun, book: RunBook, report: Report): Promise<SourceStore> {
  const { planProblem, selection, options, work, slugs } = run;
  const { tasks } = planProblem;
  const sources = new SourceStore({
    ...{ folders: options.sources, fetch: options.isFetching ? 'apt' : undefined },
    isNeeded: options.backend.name === 'sbuild',
    ...{ downloads: work.sources, tasks, slugs, report, environment: run.env },
  });
  const left = tasks.filter(({ id }, task) => !selection.skipped.has(task) && book.of(id).state !== 'built');
  await sources.check(left);
  // in the order in which they will be wanted
  if (options.isFetching) sources.ahead([...left].sort((a, b) => b.priority - a.priority));
  return sources;
}
