import { describe, expect, it } from 'vitest';
import type { ProjectSchedule } from '../../src/schedule/project.ts';
import { verifyProjectSchedule } from '../../src/schedule/verify-project.ts';
import { projectOf } from './search/projects.ts';

const mode = (
  duration: number,
  taken: number,
  used: number,
): { duration: number; demand: number[]; consumption: number[] } => ({
  duration,
  demand: [taken],
  consumption: [used],
});

/** Task 1 needs task 0; task 2 stands alone, is released at 1, and has a second mode that takes more of the budget of 3. */
const project = projectOf(
  [
    { modes: [mode(2, 1, 1)], needs: [], release: 0 },
    { modes: [mode(3, 2, 1)], needs: [0], release: 0 },
    { modes: [mode(2, 1, 1), mode(1, 2, 2)], needs: [], release: 1 },
  ],
  [2],
  [0],
);

function schedule(start: readonly number[], last: number, makespan: number): ProjectSchedule {
  return { start: Int32Array.from(start), mode: Int32Array.from([0, 1, last]), makespan };
}

describe('verifyProjectSchedule', () => {
  it('finds nothing wrong in a valid schedule', () => {
    expect(verifyProjectSchedule(project, schedule([0, 3, 1], 2, 6))).toEqual([]);
  });

  it.each([
    ['a start before the release', schedule([0, 2, 0], 2, 5), ['task 2 starts before its release']],
    [
      'a start before a need has ended',
      schedule([0, 1, 4], 2, 6),
      ['task 1 starts before task 0 ends', 'resource 0 has 2 at 1, but 3 is taken'],
    ],
    ['too much of a resource', schedule([0, 2, 1], 2, 5), ['resource 0 has 2 at 2, but 3 is taken']],
    ['too much of a budget', schedule([0, 2, 5], 3, 6), ['budget 0 has 3, but 4 is taken']],
    ['a wrong makespan', schedule([0, 3, 1], 2, 7), ['makespan 7 instead of 6']],
    ['a mode of another task', schedule([0, 3, 1], 1, 6), ['task 2 has no mode 1']],
  ])('finds %s', (_, wrong, expected) => {
    expect(verifyProjectSchedule(project, wrong)).toEqual(expected);
  });

  it('finds that tasks are missing', () => {
    const short = { start: new Int32Array(2), mode: new Int32Array(2), makespan: 0 };
    expect(verifyProjectSchedule(project, short)).toEqual([
      'starts 2 tasks in 2 modes, but the project has 3',
    ]);
  });
});
