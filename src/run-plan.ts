import { resolve } from 'node:path';
import { UserError, type Diagnostic, type Report } from './base/diagnostic.ts';
import { stableJson } from './base/stable-json.ts';
import { dryRun } from './dry-run.ts';
import { formatDryRun } from './emit/run/dry-run-text.ts';
import { formatRunSummary } from './emit/run/run-summary.ts';
import type { Style } from './emit/style.ts';
import { taskSlugs } from './emit/task-slugs.ts';
import { checkAppendable } from './io/append-lines.ts';
import { readTextFile } from './io/read-text.ts';
import { thisMachine } from './io/this-machine.ts';
import type { RunDocument } from './journal/run-document.ts';
import { formatKeptOptions, parseKeptOptions } from './options/kept-options-schema.ts';
import {
  changedOptions as changedNames,
  mergeKept,
  optionsToKeep,
  type KeptOptions,
} from './options/kept-options.ts';
import {
  DEFAULT_WORK,
  resolveRunOptions,
  type RawRunOptions,
  type RunOptions,
} from './options/run-options.ts';
import { usage } from './options/usage-error.ts';
import type { PlanBuilder } from './plan/plan.ts';
import { problemOfPlan } from './plan/problem-of-plan.ts';
import { readPlan } from './plan/read-plan.ts';
import { chooseBuilders } from './run/choose-builders.ts';
import { changedOptions, tooLittleMemory } from './run/diagnostics.ts';
import { checkEmulation } from './run/emulation/check-emulation.ts';
import { readOptionsFile, sha256Of } from './run/open-work.ts';
import { runInFolder, type RunTalk } from './run-in-folder.ts';
import { selectTasks } from './run/select-tasks.ts';
import { workFolder, type WorkFolder } from './run/work-folder.ts';

/** What is asked of `debplan run`. */
export interface RunRequest extends RawRunOptions {
  /** One plan file, or none: then that of the work folder is gone on with. */
  readonly paths: readonly string[];
  readonly json: boolean;
  /** Only say what would be done. */
  readonly dryRun: boolean;
  readonly isRoot: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface RunAnswer {
  /** 0: all is built; 1: something is not; 2: the run could not go on; 130: a person stopped it. */
  readonly exitCode: number;
  /** For stdout. */
  readonly text: string;
  /** Why the run could not go on. */
  readonly error: unknown;
}

/** Runs a plan to its end: the answer of `debplan run`. @throws UserError before anything is begun */
export async function answerRun(request: RunRequest, style: Style, talk: RunTalk): Promise<RunAnswer> {
  const { paths, json, env, isRoot } = request;
  if (json && request.dryRun) throw usage("--json and --dry-run can't go together", 'leave one out');
  const work = workFolder(request.work ?? DEFAULT_WORK);
  const kept = await optionsOf(request, work, talk.report);
  const options = resolveRunOptions({ ...callOf(request), ...kept }, env, isRoot);
  if (options.history !== undefined) await checkAppendable(options.history);
  const path = planPath(paths, options);
  const { name, text } = await readTextFile(path);
  const plan = readPlan(text, name);
  const planProblem = problemOfPlan(plan, name);
  const machine = thisMachine();
  const builders = chooseBuilders(plan.builders, options, machine.arch);
  if (options.place === 'here') {
    const here = plan.builders.filter(({ name }) => builders.includes(name));
    reportOrThrow(await checkEmulation(here, machine.arch), talk.report);
    reportOrThrow(checkMemory(here, machine.memoryBytes), talk.report);
  }
  const run = {
    plan,
    planProblem,
    planFile: { name, path, text, sha256: sha256Of(text) },
    slugs: taskSlugs(plan),
    selection: selectTasks(planProblem.problem, builders, options.usesRamDisks),
    builders,
    work,
    options,
    // who called sudo may be another one, or nobody, when it goes on
    keptOptions: formatKeptOptions(options.user === undefined ? kept : { ...kept, user: options.user }),
    env,
  };
  if (request.dryRun)
    return { exitCode: 0, text: formatDryRun(await dryRun(run, talk.report), style), error: undefined };
  const { document, error, isIdle } = await runInFolder(run, talk);
  const context = { plan: path, work: options.work };
  const answer = json ? stableJson(document) : formatRunSummary(document, style, context);
  return { exitCode: isIdle && error === undefined ? 0 : exitCodeOf(document), text: answer, error };
}

/** What was typed, and when a run goes on, what was typed when it began. @throws UserError */
async function optionsOf(request: RunRequest, work: WorkFolder, report: Report): Promise<KeptOptions> {
  const typed = optionsToKeep(request, (path) => resolve(path));
  const text = request.resume || request.cancel === true ? await readOptionsFile(work) : undefined;
  if (text === undefined) return typed;
  const kept = parseKeptOptions(text, work.options);
  const changed = changedNames(typed, kept);
  if (changed.length > 0) report(changedOptions(work.root, changed));
  return mergeKept(typed, kept);
}

/** The options of this call alone. */
function callOf({ work, resume, retryFailed, cancel }: RunRequest): RawRunOptions {
  return { work, resume, retryFailed, cancel };
}

/** The planned machine may be another one than this. */
function checkMemory(builders: readonly PlanBuilder[], thereBytes: number): readonly Diagnostic[] {
  return builders.flatMap(({ name, memoryBytes, ramDiskBytes }) => {
    const wantedBytes = Math.max(memoryBytes ?? 0, ramDiskBytes);
    return wantedBytes > thereBytes ? [tooLittleMemory(name, wantedBytes, thereBytes)] : [];
  });
}

function reportOrThrow(diagnostics: readonly Diagnostic[], report: Report): void {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new UserError(errors);
  for (const diagnostic of diagnostics) report(diagnostic);
}

function planPath(paths: readonly string[], { work, isResumed }: RunOptions): string {
  const [path, more] = paths;
  if (more !== undefined) throw usage(`one plan at a time: ${paths.join(' and ')}`, 'leave one out');
  if (path !== undefined) return path;
  if (!isResumed) throw usage('no plan is named', 'debplan run plan.json');
  return workFolder(work).plan;
}

/** What is not meant to be built here is no failure. */
function exitCodeOf({ reason, failed }: RunDocument): number {
  if (reason === 'error') return 2;
  if (reason === 'interrupted') return 130;
  return failed.length === 0 ? 0 : 1;
}
