import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ciUnits } from '../../../src/emit/ci/ci-units.ts';
import { gatherNeeds } from '../../../src/emit/ci/gather-needs.ts';
import { handedOn } from '../../../src/emit/ci/handed-on.ts';
import { plainNames } from '../../../src/emit/ci/plain-names.ts';
import { emptyPlan, planTask } from '../small-plan.ts';
import { PAYLOADS } from '../payloads.ts';
import { RECORDED } from './recorded-argv.ts';

describe('the units of a CI system', () => {
  it('stand after all that they need, also where builds take no time', () => {
    const ids = ['d', 'c', 'b', 'a'];
    const tasks = ids.map((id, place) =>
      planTask({ id, source: id, version: '1', durationMs: 0, needs: ids.slice(0, place) }),
    );
    const plan = emptyPlan([{ target: { arch: 'amd64', kind: 'any', profiles: [] }, tasks }]);
    expect(ciUnits(plan, RECORDED).map(({ task, needs, level }) => [task.id, needs, level])).toEqual([
      ['d', [], 0],
      ['c', [0], 1],
      ['b', [1], 2],
      ['a', [2], 3],
    ]);
  });

  it('are handed the packages of all that they wait for, directly or not', () => {
    const waits: Readonly<Record<string, readonly string[]>> = {
      a: [],
      b: ['a'],
      c: [],
      d: ['b', 'c'],
      e: ['d'],
    };
    const tasks = Object.entries(waits).map(([id, needs], startMs) =>
      planTask({ id, source: id, version: '1', startMs, needs }),
    );
    const plan = emptyPlan([{ target: { arch: 'amd64', kind: 'any', profiles: [] }, tasks }]);
    expect(handedOn(ciUnits(plan, RECORDED))).toEqual([[], [0], [], [0, 1, 2], [0, 1, 2, 3]]);
  });

  it('hang when they take three times what is likely, and ten minutes', () => {
    const task = {
      id: 'a',
      source: 'a',
      version: '1',
      durationMs: 3_600_000,
      workMs: 1000,
      workUpperMs: 1500,
    };
    const plan = emptyPlan([
      { target: { arch: 'amd64', kind: 'any', profiles: [] }, tasks: [planTask(task)] },
    ]);
    expect(ciUnits(plan, RECORDED)[0]?.timeoutMinutes).toBe(280);
  });
});

describe('gathered needs', () => {
  it('are the same, by lists that are short enough, and shared where they begin alike', () => {
    const lists = [[1, 2, 3, 4, 5], [1, 2, 3], [1, 2], []];
    const { groups, groupsOf } = gatherNeeds(lists, 2);
    expect(groupsOf).toEqual([[0, 1, 2], [0, 3], [], []]);
    expect(groups).toEqual([[1, 2], [3, 4], [5], [3]]);
  });
});

describe('plain names', () => {
  const odd = /[^a-z0-9]+/g;

  it('are plain, short, and as many as the texts', () => {
    const text = fc.oneof(
      fc.constantFrom(...PAYLOADS),
      fc.string({ maxLength: 12 }),
      fc.constantFrom('a', 'a-2', 'a b', 'a_b'),
    );
    fc.assert(
      fc.property(fc.uniqueArray(text, { size: 'max', maxLength: 60 }), (texts) => {
        const names = plainNames(texts, odd, 8);
        expect([...names.keys()].sort()).toEqual([...texts].sort());
        expect(new Set(names.values()).size).toBe(texts.length);
        for (const name of names.values()) expect(name).toMatch(/^[a-z0-9][a-z0-9-]{0,7}$/);
      }),
      { seed: 1 },
    );
  });

  it('are the texts themselves where those are plain', () => {
    expect([...plainNames(['x y', 'x-y', 'x'], /[^a-z-]+/g, 60)]).toEqual([
      ['x', 'x'],
      ['x-y', 'x-y'],
      ['x y', 'x-y-2'],
    ]);
  });
});
