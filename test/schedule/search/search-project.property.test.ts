import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Project } from '../../../src/schedule/project.ts';
import { reduceModes } from '../../../src/schedule/search/reduce-modes.ts';
import {
  type SearchOptions,
  type SearchResult,
  searchProject,
} from '../../../src/schedule/search/search-project.ts';
import { verifyProjectSchedule } from '../../../src/schedule/verify-project.ts';
import { projects, TINY, type ProjectShape } from './projects.ts';
import { bruteOptimum } from './slow-project.ts';

const MULTI_MODE: ProjectShape = { ...TINY, tasks: { min: 1, max: 4 }, modes: 3, budgets: 2 };
const CROWDED: ProjectShape = { ...TINY, tasks: { min: 20, max: 30 }, longest: 9, lastRelease: 10 };

function search(project: Project, options: Partial<SearchOptions> = {}): SearchResult {
  const found = searchProject(project, { schedules: 300, seed: 1, lowerBound: 0, ...options });
  if (found.schedule !== undefined) expect(verifyProjectSchedule(project, found.schedule)).toEqual([]);
  return found;
}

describe('searchProject', () => {
  it.each([
    ['one mode', TINY],
    ['releases', { ...TINY, lastRelease: 6 }],
    ['several modes', { ...MULTI_MODE, budgets: 0 }],
    ['several modes and budgets', MULTI_MODE],
  ])('finds the optimum of a handful of tasks: %s', (_, shape) => {
    const property = fc.property(projects(shape), (project) => {
      expect(search(project).schedule?.makespan).toBe(bruteOptimum(project));
    });
    fc.assert(property, { seed: 1, numRuns: 150 });
  });

  it('gives the same schedule for the same seed and never spends more schedules than it may', () => {
    const property = fc.property(
      projects(CROWDED),
      fc.integer({ min: 1, max: 200 }),
      (project, schedules) => {
        const found = search(project, { schedules });
        expect(found.schedulesUsed).toBe(schedules);
        expect(search(project, { schedules })).toEqual(found);
      },
    );
    fc.assert(property, { seed: 2, numRuns: 40 });
  });

  it('ends as soon as it reaches the lower bound', () => {
    const property = fc.property(projects(CROWDED), (project) => {
      const { schedule } = search(project);
      const again = search(project, { lowerBound: schedule?.makespan ?? 0 });
      expect(again.isOptimal).toBe(true);
      expect(again.schedulesUsed).toBeLessThanOrEqual(300);
      expect(again.schedule?.makespan).toBe(schedule?.makespan);
    });
    fc.assert(property, { seed: 3, numRuns: 40 });
  });

  it('is no worse than a schedule that it starts from, whatever it may spend', () => {
    const property = fc.property(
      projects({ ...CROWDED, modes: 3, lastRelease: 0 }),
      fc.integer({ min: 1, max: 30 }),
      (project, schedules) => {
        const { schedule } = search(project);
        if (schedule === undefined) throw new Error('BUG: without budgets there is a schedule');
        const again = search(project, { schedules, seed: 2, initial: [schedule] });
        expect(again.schedule?.makespan).toBeLessThanOrEqual(schedule.makespan);
      },
    );
    fc.assert(property, { seed: 4, numRuns: 40 });
  });

  it('stops when it is asked to, with the best so far', () => {
    const [project] = fc.sample(projects(CROWDED), { seed: 5, numRuns: 1 });
    if (project === undefined) throw new Error('BUG: one was asked for');
    const makespans: number[] = [];
    const found = search(project, {
      schedules: 100_000,
      shouldStop: () => true,
      onProgress: (makespan) => makespans.push(makespan),
    });
    expect(found.schedulesUsed).toBe(64);
    expect(found.schedule?.makespan).toBe(Math.min(...makespans));
    expect(makespans).toEqual([...makespans].sort((a, b) => b - a));
  });

  it('says so when no choice of modes keeps the budgets', () => {
    const [project] = fc.sample(projects({ ...MULTI_MODE, modes: 1 }), { seed: 6, numRuns: 1 });
    if (project === undefined) throw new Error('BUG: one was asked for');
    const hungry = {
      ...project,
      consumption: project.consumption.map(() => 2),
      budgets: project.budgets.map(() => 1),
    };
    expect(search(hungry).schedule).toBeUndefined();
  });
});

describe('reduceModes', () => {
  it('leaves the optimum as it is', () => {
    const property = fc.property(projects(MULTI_MODE), (project) => {
      expect(bruteOptimum(reduceModes(project).project)).toBe(bruteOptimum(project));
    });
    fc.assert(property, { seed: 7, numRuns: 200 });
  });
});
