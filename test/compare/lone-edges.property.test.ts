import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { comparePlans } from '../../src/compare/compare-plans.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { emptyPlan, planTask } from '../emit/small-plan.ts';
import { reachable } from '../support/needs-graphs.ts';

interface Edge {
  readonly from: number;
  readonly to: number;
}

/** Sources by number, and what they wait for: lower numbers. */
interface Waits {
  readonly units: readonly number[];
  readonly edges: readonly Edge[];
}

const sourceOf = (unit: number): string => `s${String(unit).padStart(2, '0')}`;
const edgeName = (side: number, { from, to }: Edge): string =>
  `${String(side)} ${sourceOf(from)} ${sourceOf(to)}`;

function planOf({ units, edges }: Waits): Plan {
  const idOf = (unit: number): string => `${sourceOf(unit)}_1/amd64`;
  const tasks = units.map((unit) =>
    planTask({
      ...{ id: idOf(unit), source: sourceOf(unit), version: '1', startMs: 1000 * unit },
      needs: edges.filter(({ from }) => from === unit).map(({ to }) => idOf(to)),
    }),
  );
  return emptyPlan([{ target: { arch: 'amd64', kind: 'any', profiles: [] }, tasks }]);
}

function toldOf(left: Waits, right: Waits): readonly string[] {
  const { edges } = comparePlans(
    { label: 'left', plan: planOf(left) },
    { label: 'right', plan: planOf(right) },
  );
  return edges.map(({ side, unit, needs }) => `${String(side)} ${unit} ${needs}`.replaceAll('/amd64', ''));
}

const COUNT = 10;
const waits = fc
  .record({
    isLeft: fc.array(
      fc.nat(2).map((luck) => luck > 0),
      { minLength: COUNT, maxLength: COUNT, size: 'max' },
    ),
    pairs: fc.array(fc.tuple(fc.nat(COUNT - 1), fc.nat(COUNT - 1)), {
      minLength: 10,
      maxLength: 25,
      size: 'max',
    }),
  })
  .map(({ isLeft, pairs }): Waits => {
    const edges = pairs.flatMap(([a, b]): readonly Edge[] =>
      a === b || isLeft[a] === false || isLeft[b] === false
        ? []
        : [{ from: Math.max(a, b), to: Math.min(a, b) }],
    );
    return { units: isLeft.flatMap((is, unit) => (is ? unit : [])), edges };
  });

describe('what units of both plans wait for in one of them', () => {
  it('is seen where it goes by way of a build of that plan alone, whether the plan leaves out what that implies or not', () => {
    const reduced = {
      units: [0, 1, 2],
      edges: [
        { from: 1, to: 0 },
        { from: 2, to: 1 },
      ],
    };
    const whole = { ...reduced, edges: [...reduced.edges, { from: 2, to: 0 }] };
    const right = { units: [0, 2], edges: [] };
    expect(toldOf(reduced, right)).toEqual(['0 s02 s00']);
    expect(toldOf(whole, right)).toEqual(['0 s02 s00']);
    expect(toldOf(reduced, { ...right, edges: [{ from: 2, to: 0 }] })).toEqual([]);
    expect(toldOf(reduced, { ...right, units: [2, 0, 9] })).toEqual(['0 s02 s00']);
  });

  it('is what ways through builds of that plan alone lead to, and no way of the other does', () => {
    let byWay = 0;
    const property = fc.property(waits, waits, (left, right) => {
      const sides = [left, right];
      const common = new Set(left.units.filter((unit) => right.units.includes(unit)));
      const expected = sides.flatMap(({ edges }, side) => {
        const others = reachable(COUNT, at(sides, 1 - side).edges);
        return [...common].flatMap((from) => {
          // from the unit on, only builds of one side lead further
          const open = edges.filter((edge) => edge.from === from || !common.has(edge.from));
          const next = [...at(reachable(COUNT, open), from)].filter(
            (to) => common.has(to) && !at(others, from).has(to),
          );
          byWay += next.filter((to) => !edges.some((edge) => edge.from === from && edge.to === to)).length;
          return next.map((to) => edgeName(side, { from, to }));
        });
      });
      expect([...toldOf(left, right)].sort()).toEqual(expected.sort());
    });
    fc.assert(property, { seed: 3, numRuns: 300 });
    expect(byWay).toBeGreaterThan(100);
  });
});
