import { basename } from 'node:path';
import { UserError, type Diagnostic } from './base/diagnostic.ts';
import { withoutMark } from './base/read-json.ts';
import { stableJson } from './base/stable-json.ts';
import { withBenchConditions } from './benchmark/check-bench.ts';
import { findBaseline, type Baseline } from './benchmark/baseline.ts';
import { BENCH_METRICS } from './benchmark/bench-metrics.ts';
import { findDifference, formatBenchLine, withBefore } from './benchmark/compare-benches.ts';
import type { BenchDocument } from './benchmark/bench-document.ts';
import { nothingBefore, nothingComparable, refusedBenches, stdinIsPlan } from './benchmark/diagnostics.ts';
import { parseBenchHistory } from './benchmark/parse-bench-history.ts';
import { emitBenchCsv } from './emit/bench/bench-csv.ts';
import { formatBench } from './emit/bench/bench-text.ts';
import type { Style } from './emit/style.ts';
import { appendLines, checkAppendable, checkWritable } from './io/append-lines.ts';
import { noteInput, refuseOverwriting } from './io/read-places.ts';
import { readTextFile, readTextIfThere } from './io/read-text.ts';
import { writeFileAtomically } from './io/write-output.ts';
import { measureBench, type BenchSource, type BenchWorld } from './measure-bench.ts';
import {
  readBenchOptions,
  type RawBenchOptions,
  type ResolvedBenchOptions,
} from './options/bench-options.ts';
import { readPlan } from './plan/read-plan.ts';

/** What is asked of `debplan bench`. */
export interface BenchRequest extends RawBenchOptions {
  /** Everything, instead of what fits a screen. */
  readonly all: boolean;
  /** False: no processor times and no date, so that the answer is always the same. */
  readonly time: boolean;
}

/** A bench that can begin: its options are good, its history was read. */
export interface BenchTask extends ResolvedBenchOptions {
  readonly request: BenchRequest;
  readonly earlier: readonly BenchDocument[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface BenchAnswer {
  readonly text: string;
  /** What `--fail-if` was to guard against and has happened, one message each. */
  readonly failed: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Checks what is asked for and reads the files that it names, before anything takes time. @throws UserError */
export async function readBenchTask(request: BenchRequest): Promise<BenchTask> {
  const options = await readBenchOptions(request);
  if (request.csv !== undefined && request.csv !== '-') await checkWritable(request.csv);
  const diagnostics: Diagnostic[] = [];
  let earlier: readonly BenchDocument[] = [];
  if (options.history !== undefined) {
    await checkAppendable(options.history);
    const file = await readTextIfThere(options.history);
    const text = file?.text ?? '';
    if (text.trim() !== '')
      earlier = parseBenchHistory(text, file?.name ?? '', (found) => diagnostics.push(found));
  }
  return { ...options, request, earlier, diagnostics };
}

/** @throws UserError for a file that is no plan; `-` is always to be one */
export async function readBenchPlan(path: string): Promise<BenchSource> {
  const { name, text } = await readTextFile(path);
  if (path === '-' && !withoutMark(text).trimStart().startsWith('{')) throw new UserError([stdinIsPlan()]);
  return { name, plan: readPlan(text, name), planning: null };
}

/** What inputs are called in a bench: the last parts of their paths, in code-unit order. */
export function nameBenchInputs(paths: readonly string[]): string {
  return [...new Set(paths.map((path) => basename(path) || path))].sort().join(', ') || 'apt';
}

/**
 * The answer of `debplan bench`: measures, compares with the last comparable line of the history, adds its own line to it.
 * @throws UserError for a plan that can't be used, for builders that have no room, and for files that can't be written
 */
export async function answerBench(
  task: BenchTask,
  given: BenchSource,
  world: Omit<BenchWorld, 'report'>,
  style: Style,
): Promise<BenchAnswer> {
  const { request, earlier, limits } = task;
  const source = { ...given, name: request.name ?? given.name };
  if (task.history !== undefined) noteInput(task.history);
  if (request.csv !== undefined) refuseOverwriting('--csv', request.csv);
  const found = [...task.diagnostics];
  const clock = request.time ? world.clock : null;
  const measured = measureBench(task, source, { ...world, clock, report: (one) => found.push(one) });
  const baseline = findBaseline(measured, earlier, task.against);
  const before = baseline?.bench;
  const compared = before === undefined ? measured : withBefore(measured, before, task.against);
  const document = withBenchConditions(compared, limits);
  if (task.history !== undefined) await appendLines(task.history, [formatBenchLine(document)]);
  if (request.csv !== undefined && request.csv !== '-')
    await writeFileAtomically(request.csv, emitBenchCsv(document, request.time));
  return {
    text: formatAnswer(document, request, style),
    failed: [
      ...document.conditions.filter(({ isMet }) => isMet).map(({ message }) => message),
      ...unmeasured(measured, task),
      ...unjudged(measured, task, before),
    ],
    diagnostics: [...found, ...notesOn(measured, task, baseline)],
  };
}

function formatAnswer(document: BenchDocument, { json, csv, all, time }: BenchRequest, style: Style): string {
  if (json) return stableJson(document);
  return csv === '-' ? emitBenchCsv(document, time) : formatBench(document, { all, style });
}

/**
 * Conditions on changes that can't be judged though there are benches of the same plan: with other builders or settings a plan may
 * have become worse, and no guard passes unseen. In the next night there is something to compare with.
 */
function unjudged(
  measured: BenchDocument,
  { earlier, limits }: BenchTask,
  before: BenchDocument | undefined,
): readonly string[] {
  const last = earlier.findLast(({ subject }) => subject.name === measured.subject.name);
  const difference = last && findDifference(measured, last);
  if (before !== undefined || difference === undefined) return [];
  return limits
    .filter(({ limit }) => limit.kind !== 'value')
    .map(
      ({ text }) => `${text}: can't be judged: of the last bench of ${measured.subject.name}, ${difference}`,
    );
}

/** Conditions on what no row of the plan has a figure of: they would never be met. */
function unmeasured({ rows, planning }: BenchDocument, { limits }: BenchTask): readonly string[] {
  const own = rows.filter(({ policy, givenUp }) => policy === 'plan' && givenUp === 0);
  const why = planning === null ? ': the plan was made before; name its inputs instead' : '';
  return limits
    .filter(({ metric }) => own.length > 0 && own.every((row) => BENCH_METRICS[metric].valueOf(row) === null))
    .map(({ text, metric }) => `${text}: ${metric} is not measured${why}`);
}

/** Why nothing is compared, or not with the last bench, if so. */
function notesOn(
  measured: BenchDocument,
  { history = '', earlier, limits }: BenchTask,
  baseline: Baseline | undefined,
): readonly Diagnostic[] {
  if (baseline !== undefined) return baseline.refused === 0 ? [] : [refusedBenches(baseline.refused)];
  const changes = limits.filter(({ limit }) => limit.kind !== 'value').map(({ text }) => text);
  const last = earlier.at(-1);
  const difference = last === undefined ? undefined : findDifference(measured, last);
  return [
    ...(difference === undefined ? [] : [nothingComparable(basename(history), earlier.length, difference)]),
    ...(changes.length === 0 ? [] : [nothingBefore(changes)]),
  ];
}
