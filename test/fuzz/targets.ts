import { historyTargets } from './history-targets.ts';
import { packageTargets } from './package-targets.ts';
import { planTargets } from './plan-targets.ts';
import type { Target } from './target.ts';

/** All that debplan reads. */
export const TARGETS = { ...packageTargets, ...planTargets, ...historyTargets } as const satisfies Record<
  string,
  Target
>;

export type TargetName = keyof typeof TARGETS;

export const TARGET_NAMES: readonly TargetName[] = Object.keys(TARGETS).filter(
  (name): name is TargetName => name in TARGETS,
);
