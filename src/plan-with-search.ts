import type { Diagnostic } from './base/diagnostic.ts';
import { noProgress, stepOf, type OnProgress } from './base/progress.ts';
import type { DispatchRule, Schedule } from './dispatch/problem.ts';
import { searchProgress } from './emit/search-progress.ts';
import type { Inputs } from './io/inputs.ts';
import { finishPlan, posePlan, type PlanOptions, type PlanResult, type PosedPlan } from './pipeline.ts';
import type { Scheduled, Scheduler } from './scheduler.ts';
import type { SearchSettings } from './options/search-options.ts';
import { chooseRule } from './simulate/choose-rule.ts';
import { startOrderRule } from './simulate/start-order-rule.ts';
import { searchInWorkers } from './workers/search-in-workers.ts';

/** Who looks on while a plan is searched, and may end it. */
export interface PlanWatch {
  /** Ends the search with the best so far. */
  readonly signal?: AbortSignal | undefined;
  /** Told when the search begins and when it is over: what is done before and after, `signal` does not end. */
  readonly onSearching?: ((isSearching: boolean) => void) | undefined;
  /** Called at each step, and every few schedules. */
  readonly onProgress?: OnProgress | undefined;
  /** Threads; the plan does not depend on it. Left out: as many as there are processors. */
  readonly workers?: number | undefined;
}

/**
 * `planBuild`, and from effort 2 on a search in threads that begins with what the scheduler found. The same inputs and settings
 * give the same plan on any machine, unless the search is interrupted. What the dispatcher goes by stays as it was, unless the
 * searched order is better when durations are not as estimated.
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
 * const search = resolveSearch({ effort: '1' });
 * const scheduler = schedulerFor({ policy: undefined, search }, options);
 * const planOptions = { ...options, builders: [builder], overrides: [] };
 * const { plan } = await planWithSearch(inputs, planOptions, scheduler, search);
 * plan.options.search.effort; // → 1
 */
export async function planWithSearch(
  inputs: Inputs,
  options: PlanOptions,
  scheduler: Scheduler,
  { schedules, seed }: SearchSettings,
  watch: PlanWatch = {},
): Promise<PlanResult> {
  const { onProgress = noProgress } = watch;
  const posed = posePlan(inputs, options, onProgress);
  const { problem, units } = posed.unitProblem;
  const { lowerBoundMs } = posed.bound;
  onProgress(stepOf('scheduling'));
  const first = scheduler(problem, posed.bound, units);
  const finish = (all: PosedPlan, scheduled: Scheduled): PlanResult => {
    onProgress(stepOf('checking the plan'));
    return finishPlan(all, scheduled);
  };
  if (schedules === 0) return finish(posed, first);
  watch.onSearching?.(true);
  const search = searchInWorkers(problem, {
    schedules,
    seed,
    initial: [first.schedule],
    lowerBoundMs,
    ...(watch.workers === undefined ? {} : { workers: watch.workers }),
    ...(watch.signal === undefined ? {} : { signal: watch.signal }),
    onProgress: (progress) => {
      onProgress(searchProgress({ ...progress, schedules, lowerBoundMs }));
    },
  });
  const found = await search.finally(() => watch.onSearching?.(false));
  const isBetter = found.schedule.makespanMs < first.schedule.makespanMs;
  const { rule } = chooseRule(problem, first.rule, searchedRules(first.rule, found.schedule));
  const diagnostics = found.isInterrupted
    ? [...posed.diagnostics, interrupted(found.schedulesUsed, schedules)]
    : posed.diagnostics;
  return finish(
    { ...posed, diagnostics },
    isBetter ? { rule, schedule: found.schedule, foundBy: 'search' } : { ...first, rule },
  );
}

/** What a searched schedule may teach the dispatcher: its order, and its order with its choice of who builds in RAM. */
function searchedRules(rule: DispatchRule, schedule: Schedule): readonly DispatchRule[] {
  const byStart = startOrderRule(rule, schedule);
  const mayUseRamDisk = new Uint8Array(rule.mayUseRamDisk.length);
  for (const { task, mode } of schedule.placements) mayUseRamDisk[task] = mode === 'ram' ? 1 : 0;
  return [byStart, { ...byStart, mayUseRamDisk }];
}

function interrupted(used: number, schedules: number): Diagnostic {
  return {
    code: 'interrupted-search',
    severity: 'warning',
    message: `the search was interrupted after ${used} of ${schedules} schedules: the plan is the best so far, and can't be made again`,
    hint: `for a plan that can: --schedules ${Math.max(1, used)}`,
  };
}
