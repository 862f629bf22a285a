import { compareText } from '../base/compare.ts';
import type { Plan } from '../plan/plan.ts';
import { problemOfPlan } from '../plan/problem-of-plan.ts';
import { ADVICE_SCHEMA, type Advice } from './advice.ts';
import { adviseArch, WITHIN_PERCENT } from './advise-arch.ts';
import { archWork } from './arch-work.ts';
import { notInPlan, nothingToBuild } from './diagnostics.ts';
import type { GridWishes } from './grid.ts';
import type { Host } from './host.ts';
import { scheduleTrial, type TrialScheduler } from './trials.ts';

export interface AdviseOptions extends GridWishes {
  readonly memoryBytes: number;
  readonly cores: number;
  readonly memoryPerJobBytes: number;
  /** Undefined: that of the plan's builders. */
  readonly diskFactor: number | undefined;
  /** Undefined: each of the plan that has builds. */
  readonly architectures: readonly string[] | undefined;
}

/**
 * How a host should be set up for a plan: slots, make jobs and RAM disk, tried by scheduling the plan's builds anew.
 * @param file what to call the plan in messages
 * @param scheduler makes the schedules; the better it is, the better the advice
 * @throws UserError for a plan that contradicts itself, an architecture that it doesn't build, a host that is too small
 */
export function advise(
  plan: Plan,
  file: string,
  options: AdviseOptions,
  scheduler: TrialScheduler = scheduleTrial,
): Advice {
  const { problem, tasks } = problemOfPlan(plan, file);
  const built = [...new Set(problem.arch)].sort(compareText);
  const architectures = chooseArchitectures(built, options.architectures, file);
  const { memoryBytes, cores, memoryPerJobBytes } = options;
  return {
    schema: ADVICE_SCHEMA,
    host: { memoryBytes, cores, memoryPerJobBytes },
    withinPercent: WITHIN_PERCENT,
    architectures: architectures.map((arch) => {
      const work = archWork(problem, tasks, arch);
      return adviseArch(work, hostFor(plan, arch, options), options, scheduler);
    }),
  };
}

function chooseArchitectures(
  built: readonly string[],
  wanted: readonly string[] | undefined,
  file: string,
): readonly string[] {
  if (built.length === 0) throw nothingToBuild(file);
  for (const arch of wanted ?? []) if (!built.includes(arch)) throw notInPlan(arch, built, file);
  return [...new Set(wanted ?? built)].sort(compareText);
}

/** Disk and speed are those of the plan's first builder of the architecture, by name. */
function hostFor(plan: Plan, arch: string, options: AdviseOptions): Host {
  const builder = plan.builders.find((candidate) => candidate.arch === arch);
  const { memoryBytes, cores, memoryPerJobBytes } = options;
  const diskFactor = options.diskFactor ?? builder?.diskFactor ?? 1;
  return { memoryBytes, cores, memoryPerJobBytes, diskFactor, speed: builder?.speed ?? 1 };
}
