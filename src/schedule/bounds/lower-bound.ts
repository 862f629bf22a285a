import { compareText } from '../../base/compare.ts';
import type { Problem, Schedule } from '../../dispatch/problem.ts';
import type { Binding, Bound, BoundInput, KnownBounds } from './bound.ts';
import { buildInputs } from './build-input.ts';
import { criticalPathBound } from './critical-path.ts';
import { disjointBound } from './disjoint.ts';
import { dualFeasibleBound } from './dual-feasible.ts';
import { energeticBound } from './energetic-reasoning.ts';
import { energyBound } from './energy.ts';
import { headTailBound } from './head-tail.ts';
import { modeRelaxationBound } from './mode-relaxation.ts';
import { ramBatchesBound } from './ram-batches.ts';

export type BoundName =
  | 'critical-path'
  | 'energy'
  | 'head-tail-energy'
  | 'mode-relaxation'
  | 'ram-batches'
  | 'dual-feasible'
  | 'disjoint-tasks'
  | 'energetic-reasoning';

/** Every bound, the simplest first: each is asked only for more than those before it have proven. */
export const BOUNDS: Readonly<Record<BoundName, Bound>> = {
  'critical-path': criticalPathBound,
  energy: energyBound,
  'head-tail-energy': headTailBound,
  'mode-relaxation': modeRelaxationBound,
  'ram-batches': ramBatchesBound,
  'dual-feasible': dualFeasibleBound,
  'disjoint-tasks': disjointBound,
  'energetic-reasoning': energeticBound,
};

export const BOUND_NAMES: readonly BoundName[] = [
  'critical-path',
  'energy',
  'head-tail-energy',
  'mode-relaxation',
  'ram-batches',
  'dual-feasible',
  'disjoint-tasks',
  'energetic-reasoning',
];

/** Beyond so many tasks, what follows on other architectures is only looked at by the quick bounds. */
const MANY_TASKS = 10_000;
const QUICK_NAMES: readonly BoundName[] = ['critical-path', 'energy'];

export interface NamedBound {
  /** Integer ms that no schedule can beat. */
  readonly lowerBoundMs: number;
  /** The bound that gives it. */
  readonly name: BoundName;
  /** What it comes from. */
  readonly binding: Binding;
}

/** No schedule builds all tasks of `arch` in less; what they need from other architectures counts, what follows there does not. */
export interface ArchBound extends NamedBound {
  readonly arch: string;
}

/** `arch`: whose builders or whose chain decide; empty when there is nothing to build. */
export interface LowerBound extends ArchBound {
  /** By architecture, in code-unit order. */
  readonly perArch: readonly ArchBound[];
}

const NOTHING: NamedBound = { lowerBoundMs: 0, name: 'critical-path', binding: { kind: 'chain', tasks: [] } };

/**
 * How fast the plan could be at best: the largest of all bounds, for the whole plan and until the last task of each architecture.
 * Tasks that no builder can run count as nothing. O(n log n + edges) and what the bounds may spend by count
 * @param schedule some schedule of the problem: where a bound comes up to its end, no other one is asked. It changes no answer
 * @example
 * const plan = readPlan(await readFile('plan.json', 'utf8'), 'plan.json');
 * const { problem, schedule } = problemOfPlan(plan, 'plan.json');
 * lowerBound(problem, schedule).lowerBoundMs <= plan.makespanMs; // → true
 */
export function lowerBound(problem: Problem, schedule?: Schedule): LowerBound {
  const archs = [...new Set(problem.arch)].sort(compareText);
  const perArch: ArchBound[] = [];
  const makespanMs = schedule?.makespanMs ?? Infinity;
  let best: ArchBound = { arch: '', ...NOTHING };
  for (const { arch, own, whole } of buildInputs(problem, archs)) {
    // Another architecture may end last: what is known of the whole says nothing of this one.
    const ownBound = largestBound(own, unbounded(0), BOUND_NAMES, endOf(problem, schedule, arch));
    perArch.push({ arch, ...ownBound });
    if (ownBound.lowerBoundMs > best.lowerBoundMs) best = { arch, ...ownBound };
    if (whole === own) continue;
    const names = problem.taskCount > MANY_TASKS ? QUICK_NAMES : BOUND_NAMES;
    const wholeBound = largestBound(whole, unbounded(best.lowerBoundMs), names, makespanMs);
    if (wholeBound.lowerBoundMs > best.lowerBoundMs) best = { arch, ...wholeBound };
  }
  return { ...best, perArch };
}

/** Bounds that look for an end of their own may find less when they know where to stop. */
function unbounded(lowerMs: number): KnownBounds {
  return { lowerMs, upperMs: Infinity };
}

/** When the last task of an architecture ends. */
function endOf(problem: Problem, schedule: Schedule | undefined, arch: string): number {
  if (schedule === undefined) return Infinity;
  const own = schedule.placements.filter(({ task }) => problem.arch[task] === arch);
  return own.reduce((latest, { endMs }) => Math.max(latest, endMs), 0);
}

/**
 * The largest of all bounds of one input; what is known already gets no name.
 * @param enoughMs nothing above it can be proven: no bound is asked once it is reached
 */
export function largestBound(
  input: BoundInput,
  known: KnownBounds,
  names: readonly BoundName[] = BOUND_NAMES,
  enoughMs = known.upperMs,
): NamedBound {
  let best = NOTHING;
  if (input.tasks.length === 0) return best;
  for (const name of names) {
    const lowerMs = Math.max(known.lowerMs, best.lowerBoundMs);
    if (lowerMs >= enoughMs) break;
    const found = BOUNDS[name](input, { ...known, lowerMs });
    if (found !== undefined && found.lowerBoundMs > lowerMs) best = { name, ...found };
  }
  return best;
}
