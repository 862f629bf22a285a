import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Report } from '../base/diagnostic.ts';
import { systemCode } from '../io/system-error.ts';
import type { EndEvent } from '../journal/run-event.ts';
import type { TaskRun } from '../journal/run-state.ts';
import type { Attempt } from './attempt.ts';
import { removeFolder } from './remove-folder.ts';
import { attemptFolder, type WorkFolder } from './work-folder.ts';

/** Whose folders stay: nobody's, those of builds that failed, everybody's. */
export type KeepFolders = 'none' | 'failed' | 'all';

const LOG = 'log';
/** What tells of an attempt later. */
const TELLING: ReadonlySet<string> = new Set([LOG, 'claim', 'exit']);

/**
 * Removes what no later attempt needs of one whose end is in the journal: all of it when it was built, since its packages and log are
 * among the results, or when it never began; else all but its log.
 */
export async function tidyAttempt(
  { folder }: Pick<Attempt, 'folder'>,
  { then }: Pick<EndEvent, 'then'>,
  keep: KeepFolders,
  report: Report,
): Promise<void> {
  const isBuilt = then === 'done';
  if (keep === 'all' || (keep === 'failed' && !isBuilt)) return;
  const names = await namesIn(folder);
  if (isBuilt || !names.includes(LOG)) {
    await removeFolder(folder, report);
    return;
  }
  for (const name of names) if (!TELLING.has(name)) await removeFolder(join(folder, name), report);
}

/** The same for attempts whose runner died before it could: the last ones of each task. */
export async function tidyEnded(
  runs: ReadonlyMap<string, TaskRun>,
  { work, slugs }: { readonly work: WorkFolder; readonly slugs: ReadonlyMap<string, string> },
  keep: KeepFolders,
  report: Report,
): Promise<void> {
  const there = new Set(await namesIn(work.attempts));
  for (const [id, { state, attempts, end }] of runs) {
    const folder = attemptFolder(work, slugs.get(id) ?? '', attempts);
    if (state === 'running' || end === undefined || !there.has(basename(folder))) continue;
    await tidyAttempt({ folder }, end, keep, report);
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}
