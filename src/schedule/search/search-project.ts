import { seededRandom } from '../../base/random.ts';
import type { Project, ProjectSchedule } from '../project.ts';
import { int32At } from '../../base/cells.ts';
import { Evaluation } from './evaluation.ts';
import { improveByKicks } from './local-search.ts';
import { Population } from './population.ts';
import { reduceModes, reduceSchedule } from './reduce-modes.ts';
import { chooseSettings } from './settings.ts';

export interface SearchOptions {
  /** Passes of a schedule generation scheme to spend at most, those of justification too. */
  readonly schedules: number;
  readonly seed: number;
  /** No schedule is shorter; 0 when nothing is known. The search ends when it reaches the bound. */
  readonly lowerBound: number;
  /** Schedules to start from, besides sampled ones. */
  readonly initial?: readonly ProjectSchedule[];
  /** Told of each better schedule. */
  readonly onProgress?: (makespan: number, schedulesUsed: number) => void;
  /** Asked every 64 schedules. */
  readonly shouldStop?: () => boolean;
}

export interface SearchResult {
  /** The best schedule; undefined when none was found that keeps the budgets of the non-renewable resources. */
  readonly schedule: ProjectSchedule | undefined;
  readonly schedulesUsed: number;
  /** Whether the schedule reaches the lower bound. */
  readonly isOptimal: boolean;
}

/**
 * Searches a project for a short schedule: two populations, then iterated local search. The same options give the same schedule.
 * @param project each task must have a mode that fits the capacities
 */
export function searchProject(project: Project, options: SearchOptions): SearchResult {
  if (project.duration.length === project.taskCount) return searchReduced(project, options);
  const reduced = reduceModes(project);
  const initial = options.initial?.map((schedule) => reduceSchedule(project, reduced, schedule)) ?? [];
  const { schedule, ...result } = searchReduced(reduced.project, { ...options, initial });
  if (schedule === undefined) return { schedule, ...result };
  const mode = schedule.mode.map((kept) => int32At(reduced.originalMode, kept));
  return { schedule: { ...schedule, mode }, ...result };
}

function searchReduced(project: Project, options: SearchOptions): SearchResult {
  const random = seededRandom(options.seed);
  const evaluation = new Evaluation(
    project,
    {
      schedules: options.schedules,
      lowerBound: options.lowerBound,
      shouldStop: options.shouldStop ?? (() => false),
      onProgress: options.onProgress ?? (() => undefined),
    },
    random,
  );
  const settings = chooseSettings(project, options.schedules);
  const population = new Population(project, evaluation, settings);
  population.seed(options.initial ?? []);
  const populationEnd = settings.populationPart * options.schedules;
  while (!evaluation.isDone() && evaluation.used < populationEnd) population.breed();
  if (!evaluation.isDone()) {
    const { member, direction } = population.best();
    improveByKicks(project, evaluation, { member, direction, worseRate: settings.worseRate });
  }
  const isFound = evaluation.best < Infinity;
  return {
    schedule: isFound ? evaluation.bestSchedule : undefined,
    schedulesUsed: evaluation.used,
    isOptimal: isFound && evaluation.best <= options.lowerBound,
  };
}
