import type { Project } from '../project.ts';

/** How a search spends its schedules. */
export interface SearchSettings {
  /** Members of each of the two populations. */
  readonly populationSize: number;
  /** The part of the schedules that the populations get; the rest is iterated local search. */
  readonly populationPart: number;
  /** The window of the crossover is at most this part of the makespan. */
  readonly longestWindow: number;
  /** How often the local search goes on from a schedule that is a little worse. */
  readonly worseRate: number;
}

/** Projects up to the one size are small, from the other on large; between them settings are mixed. */
const SMALL = 30;
const LARGE = 60;

/**
 * Small projects have few good schedules, all much alike: larger populations, longer windows and a local search that may walk
 * downhill find them (j30, 5,000 schedules: 0.05 → 0.03 % above the best known). Large ones need the schedules for descent: the
 * same settings cost j60 0.06 % above the critical path.
 * With several modes a task a project is never small in this sense: mm-j20 lost by it at 1,000 schedules.
 * @param schedules to spend
 */
export function chooseSettings({ taskCount, duration }: Project, schedules: number): SearchSettings {
  const isSingleMode = duration.length === taskCount;
  const small = isSingleMode ? Math.min(1, Math.max(0, (LARGE - taskCount) / (LARGE - SMALL))) : 0;
  const size = small * 0.2 * schedules ** 0.73 + (1 - small) * 0.95 * Math.sqrt(schedules);
  return {
    populationSize: Math.max(2, Math.round(size)),
    populationPart: 0.7 - 0.2 * small,
    longestWindow: 0.4 + 0.1 * small,
    worseRate: 0.3 * small,
  };
}
