import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pLimit from 'p-limit';
import { compareText } from '../../base/compare.ts';
import { UserError, type Diagnostic, type Report } from '../../base/diagnostic.ts';
import { isVersion } from '../../debian/version.ts';
import { dscName } from '../../emit/command/sbuild-words.ts';
import { isPackageName } from '../../parse/package-name.ts';
import type { PlanTask } from '../../plan/plan.ts';
import { fetchWithApt, nameOf, sourcesOfApt, type FetchProblem, type SourceVersion } from './apt-sources.ts';
import { brokenSources, missingSources, noSources } from './diagnostics.ts';
import { findDscs, sameDsc, type DscPaths } from './local-sources.ts';
import { sourceProblem } from './verify-source.ts';

/** Where source packages come from. */
export interface SourceRequest {
  /** Folders with .dsc files in and below them. */
  readonly folders: readonly string[];
  /** What downloads those that lie in none of them. */
  readonly fetch: 'apt' | undefined;
  /** Whether the builder command can't do without; false: `{dsc}` is a bare name where no source is known. */
  readonly isNeeded: boolean;
  /** Absolute: where downloads are kept. */
  readonly downloads: string;
  /** All of the plan. */
  readonly tasks: readonly PlanTask[];
  /** From `taskSlugs`. */
  readonly slugs: ReadonlyMap<string, string>;
  readonly report: Report;
  /** What downloads with: proxies, APT_CONFIG. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** How long to wait before each further try at a download, in ms. */
  readonly retryAfterMs?: readonly number[];
  /** What downloads. */
  readonly download?: typeof fetchWithApt;
}

export type FoundSource =
  /** Absolute path of its .dsc. */
  | { readonly kind: 'found'; readonly dsc: string }
  /** The builder command finds it by its name. */
  | { readonly kind: 'not-needed' }
  | ({ readonly kind: 'unavailable' } & FetchProblem);

const RETRY_AFTER_MS: readonly number[] = [5000, 30_000];
const DOWNLOADS_AT_ONCE = 3;
const CHECKS_AT_ONCE = 16;

/** The source packages of a plan: finds those in folders, downloads others ahead of need. */
export class SourceStore {
  readonly #request: SourceRequest;
  readonly #found = new Map<string, string>();
  /** Where each comes to lie when it is downloaded. */
  readonly #folders: ReadonlyMap<string, string>;
  readonly #fetches = new Map<string, Promise<FoundSource>>();
  readonly #limit = pLimit(DOWNLOADS_AT_ONCE);
  readonly #closing = new AbortController();

  constructor(request: SourceRequest) {
    this.#request = request;
    this.#folders = downloadFolders(request);
  }

  /**
   * Looks for the sources of all tasks that are yet to be built, so that what is missing is known before anything is built. To be
   * called once, before all else.
   * @throws UserError with all that is missing, not whole or ambiguous
   */
  async check(tasks: readonly PlanTask[]): Promise<void> {
    const { folders, fetch, isNeeded, report } = this.#request;
    const distinct = new Map(tasks.map((task) => [nameOf(task), task]));
    const wanted = [...distinct.values()].sort((a, b) => compareText(nameOf(a), nameOf(b)));
    if (folders.length === 0 && fetch === undefined) {
      if (isNeeded && wanted.length > 0) throw new UserError([noSources(wanted.length)]);
      return;
    }
    const paths = await findDscs(folders, report);
    const limit = pLimit(CHECKS_AT_ONCE);
    const found = await Promise.all(wanted.map((source) => limit(() => this.#find(source, paths))));
    const ambiguous = found.filter((result) => typeof result === 'object');
    const broken = found.filter((result) => typeof result === 'string');
    const left = wanted.filter((_, place) => found[place] === undefined);
    const missing = await this.#unknownToApt(left.filter((source) => !this.#found.has(nameOf(source))));
    const problems = [
      ...(missing.length === 0 ? [] : [missingSources(missing, wanted.length, this.#places())]),
      ...(broken.length === 0 ? [] : [brokenSources(broken)]),
      ...ambiguous,
    ];
    if (problems.length > 0) throw new UserError(problems);
  }

  /** Downloads what these tasks need, in their order, if it isn't here yet. */
  ahead(tasks: readonly PlanTask[]): void {
    for (const task of tasks) void this.source(task);
  }

  /** The source of a task; waits for its download. One that failed is tried anew when it is asked for again. */
  source(task: SourceVersion): Promise<FoundSource> {
    const name = nameOf(task);
    const dsc = this.#found.get(name);
    if (dsc !== undefined) return Promise.resolve({ kind: 'found', dsc });
    const folder = this.#folders.get(name);
    if (folder === undefined || this.#request.fetch === undefined)
      return Promise.resolve({ kind: 'not-needed' });
    const running = this.#fetches.get(name) ?? this.#limit(() => this.#fetch(task, folder));
    this.#fetches.set(name, running);
    return running;
  }

  /** Gives up downloads that run or wait. */
  close(): void {
    this.#closing.abort();
  }

  async #fetch(task: SourceVersion, folder: string): Promise<FoundSource> {
    const dsc = dscName(task);
    const { download = fetchWithApt, retryAfterMs = RETRY_AFTER_MS, environment } = this.#request;
    const { signal } = this.#closing;
    for (let tries = 0; ; tries++) {
      const isKept = (await this.#kept(task)) !== undefined;
      const problem = isKept ? undefined : await download(task, { folder, dsc, signal, environment });
      const waitMs = retryAfterMs[tries];
      if (problem?.isTransient === true && waitMs !== undefined && !signal.aborted) {
        await setTimeout(waitMs, undefined, { signal }).catch(() => undefined);
        continue;
      }
      this.#fetches.delete(nameOf(task));
      if (problem !== undefined) return { kind: 'unavailable', ...problem };
      this.#found.set(nameOf(task), join(folder, dsc));
      return { kind: 'found', dsc: join(folder, dsc) };
    }
  }

  /** @returns undefined, and `#found` if it was; a text: it is not whole; a diagnostic: which one is not known */
  async #find(source: SourceVersion, paths: DscPaths): Promise<string | Diagnostic | undefined> {
    const [first, ...others] = paths.get(dscName(source)) ?? [];
    if (first !== undefined) {
      const dsc = await sameDsc([first, ...others]);
      if (typeof dsc !== 'string') return dsc;
      const problem = await sourceProblem(dsc, source, false);
      if (problem !== undefined) return `${dsc}: ${problem}`;
      this.#found.set(nameOf(source), dsc);
      return undefined;
    }
    const kept = await this.#kept(source);
    if (kept !== undefined) this.#found.set(nameOf(source), kept);
    return undefined;
  }

  /** What an earlier process has downloaded: it lies there whole or not at all. */
  async #kept(source: SourceVersion): Promise<string | undefined> {
    if (this.#request.fetch === undefined) return undefined;
    const path = join(this.#folders.get(nameOf(source)) ?? '', dscName(source));
    return (await sourceProblem(path, source, false)) === undefined ? path : undefined;
  }

  /** Names of those that apt doesn't have; all, where it isn't asked. */
  async #unknownToApt(sources: readonly SourceVersion[]): Promise<readonly string[]> {
    if (this.#request.fetch === undefined || sources.length === 0) return sources.map(nameOf);
    const known = await sourcesOfApt(this.#request.report);
    return sources.filter((source) => !isAptName(source) || !known.has(nameOf(source))).map(nameOf);
  }

  #places(): Parameters<typeof missingSources>[2] {
    return { folders: this.#request.folders, isFetching: this.#request.fetch !== undefined };
  }
}

/** By name of the source. Called after the first of its tasks, and so by no text of a plan. */
function downloadFolders({ tasks, slugs, downloads }: SourceRequest): ReadonlyMap<string, string> {
  const folders = new Map<string, string>();
  for (const task of [...tasks].sort((a, b) => compareText(a.id, b.id))) {
    const slug = slugs.get(task.id);
    if (slug === undefined) throw new Error(`BUG: ${task.id} has no name as a file`);
    if (!folders.has(nameOf(task))) folders.set(nameOf(task), join(downloads, slug));
  }
  return folders;
}

/** What apt takes for nothing else: names stand in plans as somebody wrote them. */
function isAptName({ source, version }: SourceVersion): boolean {
  return isPackageName(source) && isVersion(version);
}
