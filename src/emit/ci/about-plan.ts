import { formatDuration } from '../../base/quantity.ts';
import type { Plan } from '../../plan/plan.ts';

/** What each file says first: what it is, of what, by whom. */
export function aboutPlan(
  what: string,
  { builders, makespanMs, lowerBoundMs }: Plan,
  builds: number,
): readonly string[] {
  const machines = builders.length === 1 ? '1 builder' : `${String(builders.length)} builders`;
  return [
    `${what}: ${builds === 1 ? '1 build' : `${String(builds)} builds`} on ${machines}, planned to take ${formatDuration(makespanMs)}`,
    `(no plan can take less than ${formatDuration(lowerBoundMs)}). Made by debplan: don't edit it, make it anew.`,
  ];
}
