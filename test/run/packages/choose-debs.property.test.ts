import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCsr, EdgeList, row, type Csr } from '../../../src/base/csr.ts';
import { chooseDebs, type BuiltDeb } from '../../../src/run/packages/choose-debs.ts';
import { neededTasks } from '../../../src/run/packages/needed-tasks.ts';

const TASKS = 8;

/** Acyclic: a task needs lower ones only. */
const needsArbitrary = fc
  .array(fc.tuple(fc.nat(TASKS - 1), fc.nat(TASKS - 1)), { maxLength: 14, size: 'max' })
  .map((pairs) => {
    const edges = new EdgeList();
    for (const [a, b] of pairs) if (a !== b) edges.push(Math.max(a, b), Math.min(a, b));
    return buildCsr(TASKS, edges);
  });

const debsArbitrary = fc.array(
  fc.record({
    task: fc.nat(TASKS - 1),
    isFull: fc.boolean(),
    name: fc.constantFrom('a', 'b'),
    architecture: fc.constantFrom('all', 'amd64'),
    version: fc.constantFrom('1.0', '1.10', '1.9'),
  }),
  { maxLength: 10, size: 'max' },
);

/** By recursion, with the task itself. */
function below(needs: Csr, task: number): ReadonlySet<number> {
  return new Set(
    [task, ...row(needs, task)].flatMap((need) => (need === task ? [need] : [...below(needs, need)])),
  );
}

describe('the packages that are handed on', () => {
  it('are of all tasks that are needed, directly or not', () => {
    fc.assert(
      fc.property(needsArbitrary, fc.nat(TASKS - 1), (needs, task) => {
        const wanted = [...below(needs, task)].filter((need) => need !== task).sort((a, b) => a - b);
        expect(neededTasks(needs, task)).toEqual(wanted);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('are one of each name and architecture, never of a task that another one of them needs', () => {
    fc.assert(
      fc.property(needsArbitrary, debsArbitrary, (needs, specs) => {
        const debs = specs.map(({ task, isFull, name, architecture, version }): BuiltDeb => ({
          ...{ task, isFull },
          deb: { package: name, version, architecture, file: `${name}.deb`, text: '' },
        }));
        const chosen = chooseDebs(debs, needs);
        const keyOf = ({ deb }: BuiltDeb): string => `${deb.package}/${deb.architecture}`;
        expect(chosen.map(keyOf)).toEqual([...new Set(debs.map(keyOf))]);
        for (const one of chosen) {
          const rivals = debs.filter((deb) => keyOf(deb) === keyOf(one) && deb.task !== one.task);
          for (const rival of rivals) expect(below(needs, rival.task).has(one.task)).toBe(false);
        }
        // the order in which results are read decides nothing
        const turned = chooseDebs([...debs].reverse(), needs);
        const tasks = new Map(turned.map((deb) => [keyOf(deb), [deb.task, deb.deb.version]]));
        for (const one of chosen) expect(tasks.get(keyOf(one))).toEqual([one.task, one.deb.version]);
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  it('are those of a full build, then newer ones, where nothing else decides', () => {
    const needs = buildCsr(3, new EdgeList());
    const deb = (task: number, isFull: boolean, version: string): BuiltDeb => ({
      ...{ task, isFull },
      deb: { package: 'a', version, architecture: 'all', file: 'a.deb', text: '' },
    });
    expect(chooseDebs([deb(0, false, '3'), deb(1, true, '1.9'), deb(2, true, '1.10')], needs)).toEqual([
      deb(2, true, '1.10'),
    ]);
    expect(chooseDebs([deb(2, true, '1'), deb(1, true, '1')], needs)).toEqual([deb(1, true, '1')]);
  });
});
