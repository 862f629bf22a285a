import { at } from '../../src/base/column.ts';
import { isAdmissible, memoryDemand, ramDiskDemand, type Problem } from '../../src/dispatch/problem.ts';
import type { Attempt } from '../../src/simulate/simulate-run.ts';

/** Head-of-line blocking, millisecond by millisecond. */
export function slowHeadOfLine(problem: Problem, attempts: readonly Attempt[]): number {
  const lastMs = attempts.reduce((latest, { endMs }) => Math.max(latest, endMs), 0);
  let lostMs = 0;
  for (let nowMs = 0; nowMs < lastMs; nowMs++) {
    problem.builders.forEach((builder, index) => {
      const here = attempts.filter((attempt) => attempt.builder === index);
      const running = here.filter(({ startMs, endMs }) => startMs <= nowMs && nowMs < endMs);
      const waiting = here.filter(({ readyMs, startMs }) => readyMs <= nowMs && nowMs < startMs);
      const sum = (amount: (attempt: Attempt) => number): number =>
        running.reduce((total, attempt) => total + amount(attempt), 0);
      const ramDiskBytes = sum(({ task, mode }) => ramDiskDemand(problem, task, mode));
      const memoryBytes = sum(({ task, mode }) => memoryDemand(problem, task, mode));
      const cores = sum(({ makeJobs }) => makeJobs);
      const onDisk = running.filter(({ mode }) => mode === 'disk').length;
      const freeChroots = builder.ramDiskChroots.filter((_, chroot) =>
        running.every((attempt) => attempt.chroot !== chroot),
      );
      const fits = ({ task, mode, makeJobs }: Attempt): boolean => {
        const footprintBytes = at(problem.ramDiskBytes, task);
        const hasPlace =
          mode === 'disk'
            ? onDisk < builder.diskSlots
            : builder.ramDiskChroots.length > 0
              ? freeChroots.some((bytes) => bytes >= footprintBytes)
              : ramDiskBytes + footprintBytes <= builder.ramDiskBytes;
        return (
          hasPlace &&
          isAdmissible(problem, task, builder, mode) &&
          memoryBytes + memoryDemand(problem, task, mode) <= builder.memoryBytes &&
          cores + makeJobs <= builder.cores
        );
      };
      lostMs += Math.min(builder.slots - running.length, waiting.filter(fits).length);
    });
  }
  return lostMs;
}

/** The most that ever really lay on the RAM disk of a builder beyond what fits; 0: it always fitted. */
export function slowOverfill(problem: Problem, real: Problem, attempts: readonly Attempt[]): number {
  let worst = 0;
  problem.builders.forEach((builder, index) => {
    const here = attempts.filter((attempt) => attempt.builder === index && attempt.mode === 'ram');
    for (let nowMs = 0; nowMs < Math.max(0, ...here.map(({ endMs }) => endMs)); nowMs++) {
      const running = here.filter(({ startMs, endMs }) => startMs <= nowMs && nowMs < endMs);
      const heldBytes = running.reduce((sum, attempt) => sum + held(problem, real, attempt, nowMs), 0);
      worst = Math.max(worst, heldBytes - builder.ramDiskBytes);
    }
  });
  return worst;
}

/** What a build of a scenario without failures holds at a moment. */
function held(problem: Problem, real: Problem, attempt: Attempt, nowMs: number): number {
  const { task, builder, chroot, startMs } = attempt;
  const realBytes = at(real.ramDiskBytes, task);
  const chroots = at(problem.builders, builder).ramDiskChroots;
  const limitBytes = chroot < 0 ? at(problem.ramDiskBytes, task) : at(chroots, chroot);
  if (realBytes <= limitBytes || chroot >= 0) return Math.min(realBytes, limitBytes);
  const jobs = attempt.makeJobs;
  const parallel = at(real.parallelFraction, task);
  const factor =
    jobs === real.durationJobs
      ? 1
      : (1 - parallel + parallel / jobs) / (1 - parallel + parallel / real.durationJobs);
  const durationMs = Math.max(
    1,
    Math.ceil((at(real.durationMs, task) * factor) / at(problem.builders, builder).speed),
  );
  const outgrowMs = startMs + Math.max(1, Math.ceil((durationMs * limitBytes) / realBytes));
  return nowMs < outgrowMs ? limitBytes : realBytes;
}
