import { analyse } from './analyse.ts';
import type { Analysis, AnalyseOptions } from './analysis.ts';
import { at } from './base/column.ts';
import { compareDiagnostics, UserError, type Diagnostic, type Report } from './base/diagnostic.ts';
import { noProgress, stepOf, type OnProgress } from './base/progress.ts';
import { checkSources, type CheckOptions } from './check.ts';
import { reportUnknownCosts } from './cycles/unknown-costs.ts';
import { findImpossible, type ImpossibleReason } from './dispatch/find-impossible.ts';
import type { Builder, Problem, Schedule } from './dispatch/problem.ts';
import {
  ESTIMATE_OPTIONS,
  type Estimate,
  type EstimateContext,
  type EstimateOptions,
  type EstimateOverride,
} from './estimate/estimate.ts';
import { estimateUnits } from './estimate/estimate-units.ts';
import { plannedSpeed } from './estimate/planned-speed.ts';
import type { BuildRecord } from './history/record.ts';
import type { Inputs } from './io/inputs.ts';
import { assemblePlan } from './plan/assemble-plan.ts';
import { learnedSpeed, tooLong, unknownEstimate } from './plan/diagnostics.ts';
import { makeProblem, type UnitProblem } from './plan/make-problem.ts';
import type { Plan } from './plan/plan.ts';
import { planDiagnostics } from './plan/plan-diagnostics.ts';
import { makeCheckDocument, type CheckDocument } from './resolve/check-document.ts';
import { lowerBound, type LowerBound } from './schedule/bounds/lower-bound.ts';
import { criticalChain } from './schedule/critical-chain.ts';
import { plainSchedule } from './schedule/plain-schedule.ts';
import { scheduleByList, type Scheduled, type Scheduler } from './scheduler.ts';
import { DEFAULT_SEARCH, type SearchSettings } from './options/search-options.ts';
import { settle } from './settle.ts';
import { settleOptions } from './settle-in-rounds.ts';
import { verifySchedule } from './schedule/verify.ts';
import { formatViolation } from './schedule/violation.ts';

export interface PlanOptions extends AnalyseOptions {
  /** At least one for each architecture of the plan; names are unique. `isSpeedGiven: false`: the history may tell their speed. */
  readonly builders: readonly (Builder & { readonly isSpeedGiven?: boolean })[];
  readonly overrides: readonly EstimateOverride[];
  /** What builds took; left out: nothing is known. */
  readonly history?: readonly BuildRecord[];
  /** Left out: `ESTIMATE_OPTIONS`. */
  readonly estimate?: EstimateOptions;
  /** How much was done for the schedule, to be written down; left out: the default. */
  readonly search?: SearchSettings;
}

export interface PlanResult {
  readonly plan: Plan;
  readonly analysis: Analysis;
  readonly diagnostics: readonly Diagnostic[];
}

/** All that is known before anything is scheduled. */
export interface PosedPlan {
  readonly inputs: Inputs;
  readonly options: PlanOptions;
  readonly analysis: Analysis;
  readonly unitProblem: UnitProblem;
  readonly impossible: ReadonlyMap<number, ImpossibleReason>;
  readonly estimates: readonly Estimate[];
  readonly bound: LowerBound;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The whole of debplan as one function: from what was read to a verified plan.
 * Pure: no disk, clock, environment or randomness.
 * @throws UserError when no plan can be made of the input
 * @example
 * const packages = [{ path: 'amd64.Packages', arch: 'amd64' }];
 * const request = { paths: ['tree'], packages, apt: false, architectures: ['amd64'], suite: undefined };
 * const inputs = await readInputs(request);
 * const machine = { arch: 'amd64', cpus: 8, memoryBytes: 64 * 2 ** 30 };
 * const options = resolveAnalyseOptions({ layers: ['base', 'runtime', 'apps'] }, machine);
 * const GIB = 2 ** 30;
 * const room = { ramDiskBytes: 64 * GIB, ramDiskChroots: [], memoryBytes: Infinity, diskSlots: 8, cores: Infinity };
 * const builder = { ...room, name: 'x86', arch: 'amd64', slots: 8, diskFactor: 1.35, makeJobs: [4], speed: 1 };
 * const { plan } = planBuild(inputs, { ...options, builders: [builder], overrides: [] });
 * plan.makespanMs >= plan.lowerBoundMs; // → true
 */
export function planBuild(
  inputs: Inputs,
  options: PlanOptions,
  scheduler: Scheduler = scheduleByList,
): PlanResult {
  const posed = posePlan(inputs, options);
  return finishPlan(posed, scheduler(posed.unitProblem.problem, posed.bound, posed.unitProblem.units));
}

/** Up to the scheduling problem, and how fast it could be solved at best. @throws UserError when no plan can be made of the input */
export function posePlan(inputs: Inputs, asked: PlanOptions, onProgress: OnProgress = noProgress): PosedPlan {
  const diagnostics: Diagnostic[] = [...inputs.diagnostics];
  const report = (diagnostic: Diagnostic): number => diagnostics.push(diagnostic);

  reportUnknownCosts(inputs.sources, asked.breakCosts, report);
  onProgress(stepOf('resolving dependencies and opening cycles'));
  const found = analyse(inputs, asked, report); // archive, resolve, graph, cycles
  onProgress(stepOf('estimating times and sizes'));
  const { estimates, speeds, diagnostics: doubts } = estimateUnits(estimateContext(found, asked));
  diagnostics.push(...doubts);
  const options = { ...asked, builders: withLearnedSpeeds(asked.builders, speeds, report) };
  reportUnknownEstimates(found, options.overrides, report);

  const { analysis, unitProblem, impossible } = leaveOutImpossible(found, estimates, options);
  refuseEndless(unitProblem.problem);
  onProgress(stepOf('bounding what is possible'));
  const bound = lowerBound(unitProblem.problem, plainSchedule(unitProblem.problem).schedule);
  return { inputs, options, analysis, unitProblem, impossible, estimates, bound, diagnostics };
}

/** What the units of an analysis are estimated from. */
export function estimateContext(
  found: Pick<Analysis, 'universe' | 'planned'>,
  options: PlanOptions,
): EstimateContext {
  const { universe, planned } = found;
  const { overrides, builders, history = [], estimate = ESTIMATE_OPTIONS } = options;
  return {
    universe,
    installability: planned.installability,
    overrides,
    history,
    builders,
    options: estimate,
  };
}

/** The builders at the speeds that their builds tell, where nobody gave one. */
function withLearnedSpeeds(
  builders: PlanOptions['builders'],
  speeds: ReadonlyMap<string, number>,
  report: Report,
): PlanOptions['builders'] {
  return builders.map((builder) => {
    const speed = plannedSpeed(builder, speeds);
    if (builder.isSpeedGiven !== false || speed === builder.speed) return builder;
    report(learnedSpeed(builder.name, speed));
    return { ...builder, speed };
  });
}

/** Checks the schedule and writes the plan down. */
export function finishPlan(posed: PosedPlan, scheduled: Scheduled): PlanResult {
  const { analysis, unitProblem } = posed;
  const { schedule } = scheduled;
  verify(unitProblem.problem, schedule);
  const chain = criticalChain(unitProblem.problem, schedule);
  const search = { ...(posed.options.search ?? DEFAULT_SEARCH), foundBy: scheduled.foundBy };
  const options = { ...posed.options, ...(posed.options.estimate ?? ESTIMATE_OPTIONS), search };
  const plan = assemblePlan({ ...posed, ...scheduled, options, inputs: posed.inputs.files, chain });
  const found = planDiagnostics(plan, analysis.planned, analysis.hardCycles);
  const diagnostics = [...posed.diagnostics, ...found].sort(compareDiagnostics);
  return { plan, analysis, diagnostics };
}

/**
 * The first half alone: the graph and its cycles, for `graph` and `why`.
 * @example
 * const packages = [{ path: 'amd64.Packages', arch: 'amd64' }];
 * const request = { paths: ['tree'], packages, apt: false, architectures: ['amd64'], suite: undefined };
 * const inputs = await readInputs(request);
 * const machine = { arch: 'amd64', cpus: 8, memoryBytes: 64 * 2 ** 30 };
 * const options = resolveAnalyseOptions({ layers: ['base', 'runtime', 'apps'] }, machine);
 * const { analysis } = analyseInputs(inputs, options);
 * analysis.hardCycles.length; // → 1
 */
export function analyseInputs(
  inputs: Inputs,
  options: AnalyseOptions,
): { readonly analysis: Analysis; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [...inputs.diagnostics];
  const report = (diagnostic: Diagnostic): number => diagnostics.push(diagnostic);
  reportUnknownCosts(inputs.sources, options.breakCosts, report);
  const analysis = analyse(inputs, options, report);
  return { analysis, diagnostics: diagnostics.sort(compareDiagnostics) };
}

/**
 * Which sources can be built, without a graph: for `check`.
 * @example
 * const packages = [{ path: 'amd64.Packages', arch: 'amd64' }];
 * const request = { paths: ['tree'], packages, apt: false, architectures: ['amd64'], suite: undefined };
 * const inputs = await readInputs(request);
 * const machine = { arch: 'amd64', cpus: 8, memoryBytes: 64 * 2 ** 30 };
 * const { options } = resolveCheckOptions({ layers: ['base', 'runtime', 'apps'] }, machine);
 * const { check } = checkInputs(inputs, options);
 * check.targets.map(({ arch }) => arch); // → ['amd64']
 */
export function checkInputs(
  inputs: Inputs,
  options: CheckOptions,
): { readonly check: CheckDocument; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [...inputs.diagnostics];
  const verdicts = checkSources(inputs, options, (diagnostic) => diagnostics.push(diagnostic));
  const check = makeCheckDocument(verdicts, options.architectures, inputs.sources);
  return { check, diagnostics: diagnostics.sort(compareDiagnostics) };
}

function verify(problem: Problem, schedule: Schedule): void {
  const violations = verifySchedule(problem, schedule);
  if (violations.length === 0) return;
  throw new Error(
    `BUG: the schedule is not feasible: ${violations.slice(0, 3).map(formatViolation).join('; ')}`,
  );
}

/** Units that no builder can run are left out, with all that needs them; the rest is settled anew. */
function leaveOutImpossible(
  found: Analysis,
  estimates: readonly Estimate[],
  options: PlanOptions,
): {
  readonly analysis: Analysis;
  readonly unitProblem: UnitProblem;
  readonly impossible: ReadonlyMap<number, ImpossibleReason>;
} {
  const pose = ({ planned, cut }: Analysis): UnitProblem =>
    makeProblem(planned, cut.isKept, estimates, options.builders);
  const first = pose(found);
  const impossible = new Map<number, ImpossibleReason>();
  for (const { task, reason } of findImpossible(first.problem))
    impossible.set(at(first.units, task).id, reason);
  if (impossible.size === 0) return { analysis: found, unitProblem: first, impossible };
  const analysis = { ...found, ...settle(found.universe, settleOptions(options, false), impossible.keys()) };
  return { analysis, unitProblem: pose(analysis), impossible };
}

/** Times are exact integers: a plan whose durations could not be added up is refused. */
function refuseEndless(problem: Problem): void {
  const slowness = Math.max(1, ...problem.builders.map(({ speed, diskFactor }) => diskFactor / speed));
  const longestMs = problem.durationMs.reduce((sum, durationMs) => sum + durationMs, 0);
  if (longestMs * slowness * problem.durationJobs > Number.MAX_SAFE_INTEGER / 2)
    throw new UserError([tooLong()]);
}

function reportUnknownEstimates(
  analysis: Analysis,
  overrides: readonly EstimateOverride[],
  report: (diagnostic: Diagnostic) => void,
): void {
  if (overrides.length === 0) return;
  const known = new Set(analysis.universe.units.map((unit) => unit.source.name));
  for (const { source } of analysis.notForArch) known.add(source.name);
  for (const { source } of overrides) if (!known.has(source)) report(unknownEstimate(source));
}
