import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { UserError, type Report } from '../base/diagnostic.ts';
import { unwritablePath } from '../io/diagnostics.ts';
import { makeFolder } from '../io/make-folder.ts';
import { systemCode, systemReason } from '../io/system-error.ts';
import { writeFileAtomically } from '../io/write-output.ts';
import { parseJournal } from '../journal/parse-journal.ts';
import { replay, type RunHistory } from '../journal/replay.ts';
import type { RunPlace } from '../journal/run-event.ts';
import { nothingToResume, otherPlace, otherPlan, usedWorkFolder } from './diagnostics.ts';
import { JournalFile } from './journal-file.ts';
import type { WorkFolder } from './work-folder.ts';

/** What is about to run in a work folder. */
export interface WorkRequest {
  readonly isResumed: boolean;
  /** What to call the plan in messages: a path that can be typed. */
  readonly planPath: string;
  readonly planText: string;
  readonly builds: number;
  readonly place: RunPlace;
  /** Names of the builders that will be run. */
  readonly builders: readonly string[];
}

/** Of the plan's text in UTF-8: two plans are the same when it is. */
export function sha256Of(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** Makes the folder, and those in it. @throws UserError */
export async function makeWorkFolder(work: WorkFolder): Promise<void> {
  try {
    for (const folder of [work.root, work.attempts, work.results, work.ramDisks]) await makeFolder(folder);
  } catch (error) {
    throw new UserError([unwritablePath(work.root, systemReason(error))]);
  }
}

/** What the journal of a work folder tells; nothing if it is missing. */
export interface ReadWork {
  readonly history: RunHistory;
  /** Bytes of the journal's whole lines. */
  readonly keptBytes: number;
}

/** @throws UserError for a journal that is damaged, another plan's, or not to be gone on with */
export async function readWork(work: WorkFolder, request: WorkRequest, report: Report): Promise<ReadWork> {
  const text = await textIfThere(work.journal);
  const { events, diagnostics, keptBytes } = parseJournal(text ?? '', work.journal);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new UserError(errors);
  for (const diagnostic of diagnostics) report(diagnostic);
  const history = replay(events);
  // where no build has begun nothing is gone on with: a run that was refused leaves no trace
  if (history.begin !== undefined && history.tasks.size === 0) return { history: replay([]), keptBytes: 0 };
  refuse(work, request, history);
  return { history, keptBytes };
}

function refuse(work: WorkFolder, request: WorkRequest, { begin, tasks }: RunHistory): void {
  const { isResumed, planPath, planText, builds, place, builders } = request;
  if (begin === undefined) {
    if (isResumed) throw new UserError([nothingToResume(work.root)]);
    return;
  }
  const runs = [...tasks.values()];
  const built = runs.filter(({ state }) => state === 'built').length;
  if (begin.sha256 !== sha256Of(planText)) throw new UserError([otherPlan(work.root, planPath)]);
  if (!isResumed) throw new UserError([usedWorkFolder(work.root, built, builds)]);
  const running = runs.filter(({ state }) => state === 'running');
  if (running.length > 0 && begin.on !== place)
    throw new UserError([otherPlace(work.root, `--on ${begin.on}`, `--on ${place}`)]);
  const needed = [...new Set(running.flatMap(({ start }) => start?.builder ?? []))].sort();
  if (needed.some((name) => !builders.includes(name)))
    throw new UserError([
      otherPlace(work.root, `--builders ${needed.join(',')}`, `--builders ${builders.join(',')}`),
    ]);
}

/**
 * Opens the journal for writing; what it is about lies beside it first: the plan, and how it is run. @throws UserError
 * @param options the file that keeps them
 */
export async function openJournal(
  work: WorkFolder,
  { history, keptBytes }: ReadWork,
  { planText, options }: { readonly planText: string; readonly options: string },
): Promise<JournalFile> {
  if (history.begin === undefined) await writeFileAtomically(work.plan, planText);
  if ((await textIfThere(work.options)) !== options) await writeFileAtomically(work.options, options);
  return JournalFile.open(work.journal, keptBytes);
}

/** What keeps a run's options; undefined: there is none. @throws UserError */
export async function readOptionsFile({ options }: WorkFolder): Promise<string | undefined> {
  return textIfThere(options);
}

async function textIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw new UserError([unwritablePath(path, systemReason(error))]);
  }
}
