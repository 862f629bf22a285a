import { at } from '../base/column.ts';
import { quantile } from '../base/quantile.ts';
import { shareOf, sixDecimals } from '../base/ratio.ts';
import type { Placement, Problem } from '../dispatch/problem.ts';
import type { PlanProblem } from '../plan/problem-of-plan.ts';
import { POLICY_NAMES } from '../policies/policies.ts';
import type { PolicyFacts } from '../policies/policy-facts.ts';
import { playThrough } from '../schedule/play-through.ts';
import { contestantOf } from '../simulate/contestants.ts';
import type { Jitter } from '../simulate/scenario.ts';
import { playPolicies, type Contestant } from '../simulate/simulate-policies.ts';
import { meanOf } from '../simulate/statistics.ts';
import type { BenchFigures, BenchRow } from './bench-document.ts';
import { quickBounds } from './run-bounds.ts';
import { measureScope, scopesOf, type Scope, type ScopeFigures } from './scope-figures.ts';

/** A plan on some builders. */
export interface Candidate {
  /** What the builders are called: `plan` for its own. */
  readonly builders: string;
  readonly planProblem: PlanProblem;
  readonly facts: PolicyFacts;
  /** No schedule is shorter; null: of all of the plan. A missing architecture has no bound. */
  readonly lowerBoundMs: ReadonlyMap<string | null, number>;
  /** Processor time that this schedule took; null: not known. */
  readonly planningMs: number | null;
}

export interface BenchGrid {
  /** Of `CONTESTANTS`, `plan` among them, without doubles. */
  readonly policies: readonly string[];
  readonly jitters: readonly { readonly jitter: Jitter; readonly sizeJitter: Jitter }[];
  /** ≥ 1: where something is left to chance. */
  readonly runs: number;
  readonly failRate: number;
  readonly retries: number;
  readonly seed: number;
}

/** Who looks on. */
export interface BenchWatch {
  /** Processor time of this process in ms; null: nobody wants to know. */
  readonly cpuMs: (() => number) | null;
  /** Called after each schedule, and after each run of all policies. */
  readonly onStep: () => void;
}

/** A policy with the schedule that it makes where everything takes what is estimated. */
interface Entry extends Contestant {
  readonly placements: readonly Placement[];
  readonly planningMs: number | null;
}

/** One run, or schedule, of one policy in one scope. */
interface Sample extends ScopeFigures {
  readonly lowerBoundMs: number;
  readonly givenUp: number;
}

/**
 * Measures one candidate by every policy under every noise.
 * @returns in the order of jitters, scopes, policies; without what they were before
 */
export function measureCandidate(
  candidate: Candidate,
  grid: BenchGrid,
  watch: BenchWatch,
): readonly BenchRow[] {
  const { problem } = candidate.planProblem;
  const scopes = scopesOf(problem);
  const entries = grid.policies.map((policy) => {
    const entry = enter(candidate, policy, grid.seed, watch.cpuMs);
    watch.onStep();
    return entry;
  });
  return grid.jitters.flatMap((jitters) => {
    const samples = isRandom(grid, jitters)
      ? sampleRuns(problem, entries, scopes, { ...grid, ...jitters }, watch.onStep)
      : sampleSchedules(candidate, entries, scopes);
    return scopes.flatMap(({ arch }, scope) =>
      entries.map(({ name: policy, planningMs }, index) => {
        const own = at(at(samples, index), scope);
        const key = { builders: candidate.builders, ...jitters, arch, policy, runs: own.length };
        return { ...key, ...sumUp(own), planningMs, before: null };
      }),
    );
  });
}

/** Whether anything is left to chance: there are runs then. */
export function isRandom(
  { failRate }: Pick<BenchGrid, 'failRate'>,
  { jitter, sizeJitter }: BenchGrid['jitters'][number],
): boolean {
  return jitter !== 0 || sizeJitter !== 0 || failRate !== 0;
}

/** The plan itself is as it was planned; what carries it out takes no planning of its own. */
function enter(
  { planProblem, facts, planningMs }: Candidate,
  policy: string,
  seed: number,
  cpuMs: BenchWatch['cpuMs'],
): Entry {
  if (policy === 'plan') {
    const placements = planProblem.schedule.placements;
    return { ...contestantOf(planProblem, facts, policy, seed), placements, planningMs };
  }
  const sinceMs = cpuMs?.() ?? 0;
  const contestant = contestantOf(planProblem, facts, policy, seed);
  const { placements } = playThrough(planProblem.problem, contestant.start());
  const isPlanned = cpuMs !== null && POLICY_NAMES.some((known) => known === policy);
  return { ...contestant, placements, planningMs: isPlanned ? Math.round(cpuMs() - sinceMs) : null };
}

/** @returns by policy, then scope; one sample each */
function sampleSchedules(
  { planProblem: { problem }, lowerBoundMs }: Candidate,
  entries: readonly Entry[],
  scopes: readonly Scope[],
): readonly (readonly (readonly Sample[])[])[] {
  return entries.map(({ placements }) =>
    scopes.map((scope) => [
      {
        ...measureScope(problem, placements, scope),
        lowerBoundMs: lowerBoundMs.get(scope.arch) ?? 0,
        givenUp: 0,
      },
    ]),
  );
}

/** @returns by policy, then scope, then run */
function sampleRuns(
  problem: Problem,
  entries: readonly Entry[],
  scopes: readonly Scope[],
  { runs, retries, ...noise }: Omit<BenchGrid, 'jitters'> & { jitter: Jitter; sizeJitter: Jitter },
  onStep: () => void,
): readonly (readonly (readonly Sample[])[])[] {
  const samples = entries.map(() => scopes.map((): Sample[] => []));
  const archs = scopes.map(({ arch }) => arch);
  playPolicies(problem, entries, { runs, noise, retries }, ({ real }, played) => {
    const boundsMs = quickBounds({ ...problem, durationMs: real.durationMs }, archs);
    played.forEach(({ attempts, failed, blocked }, policy) => {
      scopes.forEach((scope, index) => {
        const isOwn = (task: number): boolean => scope.arch === null || problem.arch[task] === scope.arch;
        at(at(samples, policy), index).push({
          ...measureScope(problem, attempts, scope),
          lowerBoundMs: at(boundsMs, index),
          givenUp: failed.filter(isOwn).length + blocked.filter(isOwn).length,
        });
      });
    });
    onStep();
  });
  return samples;
}

function sumUp(samples: readonly Sample[]): Omit<BenchFigures, 'planningMs'> {
  const mean = (cell: (sample: Sample) => number): number => meanOf(samples.map(cell));
  const makespanMs = mean((sample) => sample.makespanMs);
  const lowerBoundMs = mean((sample) => sample.lowerBoundMs);
  const isWhole = samples.every(({ givenUp }) => givenUp === 0);
  const gap = sixDecimals(shareOf(makespanMs - lowerBoundMs, lowerBoundMs));
  return {
    makespanMs: Math.round(makespanMs),
    p95Ms: Math.round(
      quantile(
        samples.map((sample) => sample.makespanMs),
        0.95,
      ),
    ),
    lowerBoundMs: isWhole ? Math.round(lowerBoundMs) : null,
    gap: isWhole ? gap : null,
    slotUse: sixDecimals(mean((sample) => sample.slotUse)),
    ramUse: sixDecimals(mean((sample) => sample.ramUse)),
    givenUp: sixDecimals(mean((sample) => sample.givenUp)),
  };
}
