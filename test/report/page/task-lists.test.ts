import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/column.ts';
import { countWaiting, dependentsOf, needsOf, waitingFor } from '../../../src/report/page/dependents.ts';
import { countValues } from '../../../src/report/page/dimensions.ts';
import { countMatches, matchesOf, NO_FILTERS, toggleFilter } from '../../../src/report/page/filters.ts';
import { fullName, nameTasks, viewPlan } from '../../../src/report/page/plan-view.ts';
import { indexTasks, searchTasks } from '../../../src/report/page/search-tasks.ts';
import { sortTasks, TASK_COLUMNS, type TaskColumnName } from '../../../src/report/page/task-columns.ts';
import { smallPlan, smallTasks } from './small-report.ts';

const PLAN = smallPlan(
  [
    { source: 'linux', layer: 'std', durationMs: 9000, ramDiskBytes: 900 },
    { source: 'linux', layer: 'rt', startMs: 10, slot: 1, ramDiskBytes: 800 },
    { source: 'linux-base', arch: 'all', layer: 'std', startMs: 9000 },
    {
      source: 'base-files',
      arch: 'arm64',
      layer: 'std',
      startMs: 9000,
      builder: 1,
      onDisk: true,
      estimator: 'history',
    },
  ],
  [2, 1],
);
const VIEW = viewPlan(PLAN);

describe('filters', () => {
  it('let everything through that no dimension speaks against', () => {
    expect(countMatches(matchesOf(PLAN, NO_FILTERS))).toBe(4);
  });

  it('join values of one dimension by or, dimensions by and', () => {
    const archs = toggleFilter(toggleFilter(NO_FILTERS, 'arch', 'amd64'), 'arch', 'arm64');
    expect([...matchesOf(PLAN, archs)]).toEqual([1, 1, 0, 1]);
    expect([...matchesOf(PLAN, toggleFilter(archs, 'layer', 'rt'))]).toEqual([0, 1, 0, 0]);
    expect([...matchesOf(PLAN, toggleFilter(NO_FILTERS, 'mode', 'on disk'))]).toEqual([0, 0, 0, 1]);
  });

  it('let nothing through that the plan has no kind of', () => {
    expect(countMatches(matchesOf(PLAN, toggleFilter(NO_FILTERS, 'builder', 'elsewhere')))).toBe(0);
  });

  it('are as before when a value is chosen twice', () => {
    expect(toggleFilter(toggleFilter(NO_FILTERS, 'arch', 'all'), 'arch', 'all')).toEqual(NO_FILTERS);
  });

  it('count the builds of each kind', () => {
    expect([...countValues(PLAN, 'layer')]).toEqual([3, 1]);
    expect([...countValues(PLAN, 'mode')]).toEqual([1, 3]);
  });
});

describe('names', () => {
  it('have the layer or version only where it tells builds apart', () => {
    expect(VIEW.names).toEqual(['std/linux', 'rt/linux', 'linux-base', 'base-files']);
    const tasks = smallTasks([
      { source: 'a', version: '1' },
      { source: 'a', version: '2' },
      { source: 'a', stage: 'cross' },
    ]);
    expect(nameTasks(tasks)).toEqual(['a_1', 'a_2', 'a+cross']);
  });

  it('with their architecture are never those of two builds', () => {
    const parts = {
      source: fc.constantFrom('a', 'b'),
      version: fc.constantFrom('1', '2'),
      arch: fc.constantFrom('amd64', 'all'),
    };
    const units = fc.uniqueArray(
      fc.record({ ...parts, layer: fc.constantFrom('x', 'y'), stage: fc.constantFrom('s', 't') }),
      {
        selector: (unit) => JSON.stringify(unit),
        maxLength: 20,
        size: 'max',
      },
    );
    fc.assert(
      fc.property(units, (tasks) => {
        const view = viewPlan(smallPlan(tasks));
        expect(new Set(tasks.map((_, task) => fullName(view, task))).size).toBe(tasks.length);
      }),
      { seed: 1 },
    );
  });
});

describe('search', () => {
  const index = indexTasks(VIEW);

  it('puts the source that is called so first, then those that begin so, then those that have it', () => {
    expect(searchTasks(index, 'linux', 9)).toEqual({ tasks: [0, 1, 2], count: 3 });
    expect(searchTasks(index, 'BASE', 9)).toEqual({ tasks: [3, 2], count: 2 });
  });

  it('takes several words as parts of one id', () => {
    expect(searchTasks(index, 'linux rt/', 9).tasks).toEqual([1]);
    expect(searchTasks(index, '/arm64', 9).tasks).toEqual([3]);
  });

  it('finds nothing for an empty query, and says how many it leaves away', () => {
    expect(searchTasks(index, '  ', 9)).toEqual({ tasks: [], count: 0 });
    expect(searchTasks(index, 'i', 1)).toEqual({ tasks: [0], count: 4 });
  });
});

describe('the table of builds', () => {
  it('is sorted by every column into the same builds, backwards the other way round but for ties', () => {
    const all = new Uint8Array(4).fill(1);
    const names: readonly TaskColumnName[] = [
      'source',
      'arch',
      'layer',
      'builder',
      'mode',
      'start',
      'duration',
      'ramDisk',
    ];
    expect(Object.keys(TASK_COLUMNS)).toEqual(expect.arrayContaining([...names]));
    for (const by of names) {
      const up = sortTasks(VIEW, all, { by, isDescending: false });
      expect([...up].sort()).toEqual([0, 1, 2, 3]);
      const keys = [...up].map((task) => TASK_COLUMNS[by].key(VIEW, task));
      const down = [...sortTasks(VIEW, all, { by, isDescending: true })];
      expect(down.map((task) => TASK_COLUMNS[by].key(VIEW, task))).toEqual(keys.reverse());
    }
  });

  it('sorts numbers as numbers and holds only what matches', () => {
    expect([...sortTasks(VIEW, Uint8Array.of(1, 1, 0, 1), { by: 'ramDisk', isDescending: true })]).toEqual([
      0, 1, 3,
    ]);
  });
});

describe('dependents', () => {
  /** Acyclic by construction: each needs some of those before it. */
  const graphs = fc
    .array(fc.uniqueArray(fc.nat(30), { maxLength: 5 }), { maxLength: 30, size: 'max' })
    .map((rows) =>
      rows.map((row, task) => ({
        source: `s${String(task)}`,
        needs: row.filter((need) => need < task).sort((a, b) => a - b),
      })),
    );

  it('are the needs the other way round', () => {
    fc.assert(
      fc.property(graphs, (tasks) => {
        const columns = smallTasks(tasks);
        const dependents = dependentsOf(columns);
        for (let task = 0; task < columns.count; task++) {
          const slow = tasks.flatMap(({ needs }, other) => (needs.includes(task) ? [other] : []));
          expect([...waitingFor(dependents, task)]).toEqual(slow);
          expect([...needsOf(columns, task)]).toEqual(at(tasks, task).needs);
        }
      }),
      { seed: 2 },
    );
  });

  it('are counted through others, each once', () => {
    fc.assert(
      fc.property(graphs, (tasks) => {
        const dependents = dependentsOf(smallTasks(tasks));
        const reached = tasks.map(() => new Set<number>());
        for (let task = tasks.length - 1; task >= 0; task--) {
          tasks.forEach(({ needs }, other) => {
            if (needs.includes(task))
              for (const one of [other, ...at(reached, other)]) at(reached, task).add(one);
          });
        }
        expect(tasks.map((_, task) => countWaiting(dependents, task))).toEqual(
          reached.map(({ size }) => size),
        );
      }),
      { seed: 3 },
    );
  });
});
