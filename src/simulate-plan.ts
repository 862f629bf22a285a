import { stableJson } from './base/stable-json.ts';
import { emitSimulationCsv } from './emit/simulation-csv.ts';
import { formatSimulation } from './emit/simulation-text.ts';
import type { Style } from './emit/style.ts';
import { readTextFile, type TextFile } from './io/read-text.ts';
import type { Plan } from './plan/plan.ts';
import { problemOfPlan, type PlanProblem } from './plan/problem-of-plan.ts';
import { readPlan } from './plan/read-plan.ts';
import { makeFacts, type PolicyFacts } from './policies/policy-facts.ts';
import {
  resolveSimulationOptions,
  type RawSimulationOptions,
  type ResolvedSimulationOptions,
} from './options/simulate-options.ts';
import { comparePolicies } from './simulate/compare-policies.ts';
import { contestantOf } from './simulate/contestants.ts';
import { SIMULATION_SCHEMA, type SimulationDocument } from './simulate/simulation-document.ts';
import { usage } from './options/usage-error.ts';

/** What is asked of a simulation; at most one of `json` and `csv`. */
export interface SimulationRequest extends RawSimulationOptions {
  /** Exactly one plan file; `-` is standard input. */
  readonly paths: readonly string[];
  readonly json: boolean;
  readonly csv: boolean;
}

/** Told how many of all runs are done. */
export type Progress = (done: number, total: number) => void;

/** The answer of `debplan simulate`. @throws UserError for requests that can't be met, and files that can't be used */
export async function answerSimulation(
  { paths, json, csv, ...raw }: SimulationRequest,
  style: Style,
  progress: Progress,
): Promise<string> {
  const options = resolveSimulationOptions(raw);
  if (json && csv) throw usage("--json and --csv can't go together", 'ask for one of them');
  const [path, more] = paths;
  if (path === undefined) throw usage('no plan is named', 'debplan simulate plan.json');
  if (more !== undefined) throw usage(`one plan at a time: ${paths.join(' and ')}`, 'leave one out');
  const document = simulatePlan(await readTextFile(path), options, progress);
  if (json) return stableJson(document);
  return csv ? emitSimulationCsv(document) : formatSimulation(document, style);
}

/** Simulates a plan file. Pure but for `progress`. @throws UserError when it is no plan */
export function simulatePlan(
  { name, sha256, text }: TextFile,
  { policies, jitters, runs, seed, failRate, retries }: ResolvedSimulationOptions,
  progress: Progress,
): SimulationDocument {
  const plan = readPlan(text, name);
  const planProblem = problemOfPlan(plan, name);
  const facts = factsOfPlan(plan, planProblem);
  const contestants = policies.map((policy) => contestantOf(planProblem, facts, policy, seed));
  let done = 0;
  const onRun = (): void => {
    progress(++done, runs * jitters.length);
  };
  return {
    schema: SIMULATION_SCHEMA,
    plan: {
      name,
      sha256,
      builds: planProblem.problem.taskCount,
      builders: plan.builders.length,
      makespanMs: plan.makespanMs,
      lowerBoundMs: plan.lowerBoundMs,
    },
    seed,
    failRate,
    retries,
    results: jitters.map(({ jitter, sizeJitter }) => {
      const noise = { jitter, sizeJitter, failRate, seed };
      return comparePolicies(planProblem.problem, contestants, { runs, noise, retries }, onRun);
    }),
  };
}

/** What other systems would go by; a plan does not tell which cycles' orders are fixed by hand. */
export function factsOfPlan({ options }: Plan, { tasks }: PlanProblem): PolicyFacts {
  const origins = tasks.map(({ id, source, layer, buildType }) => ({ name: id, source, layer, buildType }));
  return makeFacts(origins, { layers: options.layers, cycleGroups: [], exclusive: [] });
}
