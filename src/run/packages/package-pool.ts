import { copyFile, link, lstat, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { constants } from 'node:fs';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { at } from '../../base/column.ts';
import { compareText } from '../../base/compare.ts';
import { UserError, type Report } from '../../base/diagnostic.ts';
import { writeFileAtomically } from '../../io/write-output.ts';
import { systemCode, systemReason } from '../../io/system-error.ts';
import type { PlanTarget, PlanTask } from '../../plan/plan.ts';
import type { PlanProblem } from '../../plan/problem-of-plan.ts';
import type { Attempt } from '../attempt.ts';
import { resultFolder, type WorkFolder } from '../work-folder.ts';
import { chooseDebs, type BuiltDeb } from './choose-debs.ts';
import { filedAs, formatIndex, parseIndex, plainDebName, type DebStanza } from './deb-stanza.ts';
import { missingResults, moreStrangePackages, noPackages, strangePackage } from './diagnostics.ts';
import { indexDebs } from './index-debs.ts';
import { neededTasks } from './needed-tasks.ts';
import { replaceFile, syncFolder } from './replace-file.ts';

/** What a pool of packages is for. */
export interface PackagePoolRequest {
  readonly work: WorkFolder;
  readonly planProblem: Pick<PlanProblem, 'problem' | 'tasks'>;
  /** From `taskSlugs`. */
  readonly slugs: ReadonlyMap<string, string>;
  readonly report: Report;
}

/** A task, and what it is built for. */
export interface TargetTask {
  readonly task: PlanTask;
  readonly target: Pick<PlanTarget['target'], 'arch'>;
}

/** The index of packages in a folder of results, of handed-on packages, and of all results. */
export const INDEX = 'Packages';
const FILES_AT_ONCE = 16;
/** How many strange files of a build are named. */
const EXAMPLES = 3;
/** No other build would do better. */
const OF_THE_DISK: ReadonlySet<string> = new Set([
  ...['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EMFILE', 'ENFILE', 'ENOMEM'],
]);

/**
 * The packages that a run has built: takes them from attempts, hands them to builds that need them. Knows nothing that isn't on
 * the disk, so that it goes on where a killed process stopped, and takes no memory for what was built.
 */
export class PackagePool {
  readonly #request: PackagePoolRequest;
  readonly #taskOf: ReadonlyMap<string, number>;

  constructor(request: PackagePoolRequest) {
    this.#request = request;
    this.#taskOf = new Map(request.planProblem.tasks.map(({ id }, task) => [id, task]));
  }

  /**
   * Takes what an attempt has built: its `out`, indexed and with its log, becomes the task's folder of results in one step, and is
   * on the disk then. May be repeated after it was cut short at any point, or done. Results of an earlier attempt, of which
   * nobody knew, make way.
   * @returns why there is nothing to take, or it can't be taken, by what the build itself did, in one line: it has failed; undefined:
   * it is taken
   * @throws UserError when there is no dpkg-deb; an error of the system when the disk is to blame
   */
  async take(attempt: Pick<Attempt, 'slug' | 'folder'>): Promise<string | undefined> {
    const { work } = this.#request;
    await mkdir(work.results, { recursive: true });
    try {
      if (!(await isFolder(join(attempt.folder, 'out')))) {
        const isTaken = await isFolder(resultFolder(work, attempt.slug));
        return isTaken ? undefined : 'the folder for its packages is gone';
      }
      await this.#move(attempt);
    } catch (error) {
      const code = systemCode(error);
      if (code === undefined || code.startsWith('ERR_') || OF_THE_DISK.has(code)) throw error;
      return `its packages can't be taken: ${systemReason(error)}`;
    }
    await syncFolder(work.results, false);
    return undefined;
  }

  async #move({ slug, folder }: Pick<Attempt, 'slug' | 'folder'>): Promise<void> {
    const { work, report } = this.#request;
    const out = join(folder, 'out');
    const result = resultFolder(work, slug);
    const { stanzas, strange } = await indexDebs(out);
    for (const { file, reason } of strange.slice(0, EXAMPLES)) report(strangePackage(slug, file, reason));
    if (strange.length > EXAMPLES) report(moreStrangePackages(slug, strange.length - EXAMPLES));
    await replaceFile(out, INDEX, formatIndex(stanzas));
    await linkLog(folder, out);
    await syncFolder(out);
    if (await isFolder(result)) {
      const replaced = join(folder, 'replaced');
      await rm(replaced, { recursive: true, force: true });
      await rename(result, replaced);
    }
    await rename(out, result);
  }

  /**
   * Makes a folder with all packages of the tasks that a task needs, directly or not, and their index: one file of each package
   * and architecture, as `chooseDebs` says; none with debug symbols, for installers, or of architectures that the build doesn't
   * see. They are links to the results where the file system can make them.
   * @param folder the attempt's own
   * @returns the new folder; undefined: there are no packages. O(what it needs)
   * @throws UserError when results of what it needs are gone
   */
  async gather(wanted: TargetTask, folder: string): Promise<string | undefined> {
    const debs = await this.#neededDebs(wanted);
    const packages = join(folder, 'packages');
    await rm(packages, { recursive: true, force: true });
    if (debs.length === 0) return undefined;
    await mkdir(packages, { recursive: true });
    const limit = pLimit(FILES_AT_ONCE);
    await Promise.all(debs.map((built) => limit(() => this.#handOn(built, packages))));
    const stanzas = debs.map(({ deb }) => filedAs(deb, plainDebName(deb)));
    await replaceFile(packages, INDEX, formatIndex(stanzas));
    return packages;
  }

  /**
   * Makes the folder of results a repository of all packages that were built: `deb [trusted=yes] file:RESULTS ./`. Debug symbols
   * are in it too. Says how many builds that others need have left no packages.
   */
  async writeRepository(): Promise<void> {
    const { work, planProblem } = this.#request;
    const tasks = planProblem.tasks.map((_, task) => task);
    await this.#tellEmpty(tasks);
    const debs = chooseDebs(await this.#debsOf(tasks, false), planProblem.problem.dag.needs);
    const stanzas = debs.map(({ task, deb }) => filedAs(deb, `${this.#slugOf(task)}/${deb.file}`));
    await writeFileAtomically(join(work.results, INDEX), formatIndex(stanzas));
  }

  async #tellEmpty(tasks: readonly number[]): Promise<void> {
    const { report, planProblem } = this.#request;
    const needed = new Set(planProblem.problem.dag.needs.target);
    const limit = pLimit(FILES_AT_ONCE);
    const areEmpty = await Promise.all(
      tasks.map((task) =>
        limit(async () => needed.has(task) && (await readIndex(this.#resultOf(task)))?.length === 0),
      ),
    );
    const empty = tasks.filter((_, index) => areEmpty[index]);
    if (empty.length > 0) report(noPackages(empty.map((task) => this.#slugOf(task))));
  }

  async #handOn({ task, deb }: BuiltDeb, packages: string): Promise<void> {
    try {
      await linkOrCopy(join(this.#resultOf(task), deb.file), join(packages, plainDebName(deb)));
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw error;
      throw new UserError([missingResults(this.#slugOf(task), join(this.#resultOf(task), deb.file))]);
    }
  }

  /** By name and architecture. */
  async #neededDebs({ task, target }: TargetTask): Promise<readonly BuiltDeb[]> {
    const { needs } = this.#request.planProblem.problem.dag;
    const index = this.#taskOf.get(task.id);
    if (index === undefined) throw new Error(`BUG: ${task.id} is not in the plan`);
    const seen: readonly (string | undefined)[] = ['all', target.arch, task.buildArch];
    const debs = (await this.#debsOf(neededTasks(needs, index), true)).filter(
      ({ deb }) => seen.includes(deb.architecture) && !deb.package.endsWith('-dbgsym'),
    );
    return [...chooseDebs(debs, needs)].sort((a, b) => compareText(plainDebName(a.deb), plainDebName(b.deb)));
  }

  /** @param areBuilt whether each must have results */
  async #debsOf(tasks: readonly number[], areBuilt: boolean): Promise<readonly BuiltDeb[]> {
    const limit = pLimit(FILES_AT_ONCE);
    const read = tasks.map((task) =>
      limit(async (): Promise<readonly BuiltDeb[]> => {
        const index = await readIndex(this.#resultOf(task));
        if (index === undefined && areBuilt)
          throw new UserError([missingResults(this.#slugOf(task), this.#resultOf(task))]);
        const { stage } = at(this.#request.planProblem.tasks, task);
        const isFull = stage === '' || stage === 'rebuild';
        return (index ?? []).map((deb) => ({ task, isFull, deb }));
      }),
    );
    return (await Promise.all(read)).flat();
  }

  #resultOf(task: number): string {
    return resultFolder(this.#request.work, this.#slugOf(task));
  }

  #slugOf(task: number): string {
    const { id } = at(this.#request.planProblem.tasks, task);
    const slug = this.#request.slugs.get(id);
    if (slug === undefined) throw new Error(`BUG: ${id} has no name as a file`);
    return slug;
  }
}

async function readIndex(result: string): Promise<readonly DebStanza[] | undefined> {
  try {
    return parseIndex(await readFile(join(result, INDEX), 'utf8'));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Not through a link: a build could lay one where its packages are to lie. */
async function isFolder(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory();
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/** The log stays where it was, too: after a crash it is read there once more. */
async function linkLog(folder: string, out: string): Promise<void> {
  const [log, linked] = [join(folder, 'log'), join(out, 'log')];
  if (!(await isPlainFile(log))) return;
  await rm(linked, { recursive: true, force: true });
  await linkOrCopy(log, linked);
}

async function isPlainFile(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isFile();
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Another file system, one without links, one whose links are used up: there a copy does. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (!NO_LINK.has(systemCode(error) ?? '')) throw error;
    await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  }
}

const NO_LINK: ReadonlySet<string> = new Set(['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP', 'ENOSYS', 'EACCES']);
