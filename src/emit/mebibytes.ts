import type { PlanTask } from '../plan/plan.ts';

/** Whole MiB, rounded up: what is reserved has to be enough. */
export function mebibytes(bytes: number): number {
  return Math.ceil(bytes / 2 ** 20);
}

/** What a task reserves of the RAM disk, in whole MiB; 0: it is built on disk. */
export function ramDiskMebibytes({ mode, ramDiskBytes }: Pick<PlanTask, 'mode' | 'ramDiskBytes'>): number {
  return mode === 'ram' ? mebibytes(ramDiskBytes) : 0;
}
