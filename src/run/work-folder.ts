import { join, resolve } from 'node:path';

/**
 * Where a run keeps what it makes. All names below it are made here, of slugs and numbers alone: no text of a plan becomes a
 * path.
 */
export interface WorkFolder {
  /** Absolute. */
  readonly root: string;
  /** What was done: see `RunEvent`. */
  readonly journal: string;
  /** Held by the one run that works here. */
  readonly lock: string;
  /** The plan as it was when the run began: what is resumed, and what the actual plan is compared with. */
  readonly plan: string;
  /** How it is run: what `--resume` goes on with. */
  readonly options: string;
  /** What took place, as a plan: for `debplan report` and `debplan compare`. */
  readonly actual: string;
  /** What each build took, a record a line. */
  readonly history: string;
  /** Sources that were fetched. */
  readonly sources: string;
  /** A folder an attempt. */
  readonly attempts: string;
  /** A folder a task that is built: its packages, `.changes`, `log`, and `Packages`, its part of the index. */
  readonly results: string;
  /** A mount point an attempt. */
  readonly ramDisks: string;
}

export function workFolder(path: string): WorkFolder {
  const root = resolve(path);
  return {
    root,
    journal: join(root, 'journal.jsonl'),
    lock: join(root, 'lock'),
    plan: join(root, 'plan.json'),
    options: join(root, 'options.json'),
    actual: join(root, 'actual.json'),
    history: join(root, 'history.jsonl'),
    sources: join(root, 'sources'),
    attempts: join(root, 'attempts'),
    results: join(root, 'results'),
    ramDisks: join(root, 'ram'),
  };
}

/** @param slug from `taskSlugs` */
export function attemptFolder({ attempts }: WorkFolder, slug: string, attempt: number): string {
  return join(attempts, `${slug}.${String(attempt)}`);
}

export function resultFolder({ results }: WorkFolder, slug: string): string {
  return join(results, slug);
}
