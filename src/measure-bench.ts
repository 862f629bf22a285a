import { at } from './base/column.ts';
import { UserError, type Report } from './base/diagnostic.ts';
import type { OnProgress } from './base/progress.ts';
import {
  BENCH_SCHEMA,
  type BenchDocument,
  type BenchSetting,
  type BenchStage,
} from './benchmark/bench-document.ts';
import { defaultGrid } from './benchmark/default-grid.ts';
import { buildsTooLarge, nothingToMeasure } from './benchmark/diagnostics.ts';
import { isRandom, measureCandidate, type BenchGrid, type Candidate } from './benchmark/measure-candidate.ts';
import { sortRows } from './benchmark/sort-rows.ts';
import { builderTexts, NATIVE, NO_LIMIT, optionTexts } from './compare/setting-texts.ts';
import type { Builder } from './dispatch/problem.ts';
import { findImpossible } from './dispatch/find-impossible.ts';
import { digestText } from './io/digest-text.ts';
import type { Machine } from './io/this-machine.ts';
import type { ProcessClock } from './io/process-clock.ts';
import type { BuilderSet, ResolvedBenchOptions } from './options/bench-options.ts';
import { resolveBuilders } from './options/builder-options.ts';
import type { Plan } from './plan/plan.ts';
import { problemOfPlan, type PlanProblem } from './plan/problem-of-plan.ts';
import type { PolicyFacts } from './policies/policy-facts.ts';
import { lowerBound } from './schedule/bounds/lower-bound.ts';
import { verifySchedule } from './schedule/verify.ts';
import { schedulerFor } from './schedule-by-policy.ts';
import { factsOfPlan } from './simulate-plan.ts';

/** The plan that is measured. */
export interface BenchSource {
  /** What it, or what it was made of, is called; no path. */
  readonly name: string;
  readonly plan: Plan;
  /** What planning took, if it was planned just now. */
  readonly planning: readonly BenchStage[] | null;
}

/** Where a bench is measured. */
export interface BenchWorld {
  /** Null: no processor times and no date, so that the answer is always the same. */
  readonly clock: ProcessClock | null;
  readonly machine: Machine;
  readonly onProgress: OnProgress;
  readonly report: Report;
}

/** What the search of a plan is called where stages are told. */
const SCHEDULING: readonly string[] = ['scheduling', 'searching'];

/**
 * Measures a plan by all policies, on its own builders and on others, under all noise, in each architecture. Deterministic but for the clock.
 * @throws UserError for a plan that can't be used, and for builders that have no room for some build
 */
export function measureBench(
  options: ResolvedBenchOptions,
  source: BenchSource,
  world: BenchWorld,
): BenchDocument {
  const { name, plan } = source;
  const planProblem = problemOfPlan(plan, name);
  if (planProblem.tasks.length === 0) throw new UserError([nothingToMeasure(name)]);
  const { clock, onProgress } = world;
  const planning = clock === null ? null : source.planning;
  const grid = chooseGrid(options, planProblem);
  const candidates = [
    planCandidate({ ...source, planning }, planProblem),
    ...options.sets.map((set) => planAnew(set, { source, planProblem, world })),
  ];
  const noises = grid.jitters.filter((jitters) => isRandom(grid, jitters)).length;
  const total = candidates.length * (grid.policies.length + noises * grid.runs);
  let done = 0;
  const onStep = (): void => {
    onProgress({ doing: 'measuring', done: ++done, total, noun: 'steps' });
  };
  const watch = { cpuMs: clock?.cpuMs ?? null, onStep };
  const rows = candidates.flatMap((candidate) => measureCandidate(candidate, grid, watch));
  return {
    schema: BENCH_SCHEMA,
    at: clock === null ? null : clock.now(),
    subject: {
      name,
      inputsSha256: digestText(plan.inputs.map((input) => `${input.sha256} ${input.name}\n`).join('')),
      builds: planProblem.tasks.length,
      builders: plan.builders.length,
      architectures: plan.options.architectures,
    },
    settings: settingsOf(plan, grid),
    builderSets: candidates.map(({ builders, planProblem: { problem } }) => ({
      name: builders,
      builders: problem.builders.map(describeBuilder),
    })),
    planning,
    rows: sortRows(rows),
    against: null,
    conditions: [],
  };
}

/** What was asked for; else what suits the plan. */
function chooseGrid({ simulation, isDefault }: ResolvedBenchOptions, { problem }: PlanProblem): BenchGrid {
  const suited = defaultGrid(problem);
  return {
    ...simulation,
    policies: [...new Set(['plan', ...(isDefault.policies ? suited.policies : simulation.policies)])],
    jitters: isDefault.jitters ? suited.jitters : withoutDoubles(simulation.jitters),
    runs: isDefault.runs ? suited.runs : simulation.runs,
  };
}

function withoutDoubles(jitters: BenchGrid['jitters']): BenchGrid['jitters'] {
  const key = ({ jitter, sizeJitter }: BenchGrid['jitters'][number]): string =>
    `${String(jitter)} ${String(sizeJitter)}`;
  return [...new Map(jitters.map((entry) => [key(entry), entry])).values()];
}

/** The plan as it is. */
function planCandidate({ plan, planning }: BenchSource, planProblem: PlanProblem): Candidate {
  const scheduling = planning?.filter(({ stage }) => SCHEDULING.includes(stage));
  return {
    builders: 'plan',
    planProblem,
    facts: factsOfPlan(plan, planProblem),
    lowerBoundMs: new Map<string | null, number>([
      [null, plan.lowerBoundMs],
      ...plan.architectures.map(({ arch, lowerBoundMs }) => [arch, lowerBoundMs] as const),
    ]),
    planningMs: scheduling?.reduce((sum, { cpuMs }) => sum + cpuMs, 0) ?? null,
  };
}

interface Given {
  readonly source: BenchSource;
  readonly planProblem: PlanProblem;
  readonly world: BenchWorld;
}

/** The builds of the plan, planned for other builders with the same effort, but without a search in threads. */
function planAnew(set: BuilderSet, { source: { plan }, planProblem, world }: Given): Candidate {
  const { architectures, search } = plan.options;
  const builders = resolveBuilders(set.builders, architectures, world.machine, world.report);
  const problem = { ...planProblem.problem, builders };
  const tooLarge = findImpossible(problem).map(({ task }) => at(planProblem.tasks, task).id);
  if (tooLarge.length > 0) throw new UserError([buildsTooLarge(set.name, tooLarge)]);
  const bound = lowerBound(problem);
  const sinceMs = world.clock?.cpuMs() ?? 0;
  const effort = Math.min(1, search.effort);
  const scheduler = schedulerFor({ policy: undefined, search: { ...search, effort } }, plan.options);
  const { schedule, rule } = scheduler(problem, bound, []);
  const planningMs = world.clock === null ? null : Math.round(world.clock.cpuMs() - sinceMs);
  if (verifySchedule(problem, schedule).length > 0) throw new Error('BUG: the schedule is not feasible');
  const anew = { ...planProblem, problem, schedule, rule };
  const facts: PolicyFacts = factsOfPlan(plan, anew);
  const boundsMs = bound.perArch.map(({ arch, lowerBoundMs }) => [arch, lowerBoundMs] as const);
  return {
    builders: set.name,
    planProblem: anew,
    facts,
    lowerBoundMs: new Map<string | null, number>([[null, bound.lowerBoundMs], ...boundsMs]),
    planningMs,
  };
}

function settingsOf(plan: Plan, { failRate, retries, seed }: BenchGrid): readonly BenchSetting[] {
  return [
    ...[...optionTexts(plan)].map(([name, { exact }]) => ({ name, value: exact })),
    { name: 'fail-rate', value: String(failRate) },
    { name: 'retries', value: String(retries) },
    { name: 'seed of noise', value: String(seed) },
  ];
}

/** As `--builder` takes it, sizes exactly. */
function describeBuilder(builder: Builder): string {
  const { memoryBytes, cores } = builder;
  const texts = builderTexts({ ...builder, memoryBytes: finite(memoryBytes), cores: finite(cores) });
  const told = [...texts].filter(([, { shown }]) => shown !== NO_LIMIT && shown !== NATIVE);
  return [`name=${builder.name}`, ...told.map(([name, { exact }]) => `${name}=${exact}`)].join(',');
}

/** As plans have it. */
function finite(limit: number): number | null {
  return limit === Infinity ? null : limit;
}
