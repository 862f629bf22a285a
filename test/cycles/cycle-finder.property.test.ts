import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { seededRandom } from '../../src/base/random.ts';
import { row } from '../../src/base/csr.ts';
import { CycleFinder } from '../../src/cycles/solve/cycle-finder.ts';
import { findPairs } from '../../src/cycles/solve/find-pairs.ts';
import { findForced, splitProblem, type Piece } from '../../src/cycles/solve/piece.ts';
import { findStuck } from '../../src/cycles/solve-breaks.ts';
import type { BreakProblem } from '../../src/cycles/break-problem.ts';
import { breakProblem, isCyclic, piecesOf } from '../support/break-problems.ts';

const PROBLEMS = breakProblem({
  nodes: { min: 3, max: 12 },
  density: 2,
  costs: [1, 1, 2, Infinity],
  groups: 4,
});

/** None where nothing opens the problem. */
function solvablePieces(problem: BreakProblem): readonly Piece[] {
  return findStuck(problem).length > 0 ? [] : piecesOf(problem);
}

/** The piece as a problem in which only the graph counts. */
function graphOf(piece: Piece): BreakProblem {
  const cost = new Float64Array(piece.owner.length).fill(1);
  const groups = { offset: new Int32Array(1), target: new Int32Array() };
  return { ...piece, targets: piece.rows, cost, groups, groupCost: new Float64Array() };
}

function waits(piece: Piece, item: number, node: number): boolean {
  return node !== piece.owner[item] && row(piece.rows, at(piece.row, item)).includes(node);
}

/** Whether items make a closed walk, each leading to the owner of the one before it, the first to that of the last. */
function isClosed(piece: Piece, items: readonly number[]): boolean {
  const owners = items.map((item) => at(piece.owner, item));
  if (new Set(owners).size !== items.length) return false;
  return items.every((_, index) => {
    const after = at(items, (index + 1) % items.length);
    return waits(piece, after, at(owners, index));
  });
}

describe('CycleFinder', () => {
  it.each([
    ['through all nodes', 500],
    ['through what breaks an order', 0],
  ])('finds closed walks that nothing given up opens, just where there are some, %s', (_, mostThroughAll) => {
    const counts = { cyclic: 0, open: 0, forced: 0 };
    const cases = fc.tuple(PROBLEMS, fc.infiniteStream(fc.nat(3)), fc.nat());
    fc.assert(
      fc.property(cases, ([problem, dice, seed]) => {
        for (const piece of solvablePieces(problem)) {
          const finder = new CycleFinder(piece, mostThroughAll);
          const given = new Set<number>();
          const isKept = (item: number): boolean =>
            !row(piece.itemElements, item).some((element) => given.has(element));
          // what is found before has to leave no trace
          for (let round = 0; round < 3; round++) {
            for (const element of piece.cost.keys()) {
              if (dice.next().value === 0) continue;
              if (given.delete(element)) finder.putBack(element);
              else {
                finder.giveUp(element);
                given.add(element);
              }
            }
            const found: (readonly number[])[] = [];
            const result = finder.findCycles(seededRandom(seed), (elements, items) => {
              expect(items.every(isKept)).toBe(true);
              expect(isClosed(piece, items)).toBe(true);
              const all = new Set(items.flatMap((item) => [...row(piece.itemElements, item)]));
              expect([...elements]).toEqual([...all].sort((a, b) => a - b));
              found.push(items);
              counts.forced += Number(items.some((item) => row(piece.itemElements, item).length === 0));
            });
            expect(result).toBe(isCyclic(graphOf(piece), isKept));
            expect(found.length > 0).toBe(result);
            counts[result ? 'cyclic' : 'open']++;
          }
        }
      }),
      { seed: 41, numRuns: 800 },
    );
    expect(Math.min(counts.cyclic, counts.open, counts.forced)).toBeGreaterThan(100);
  });

  it('finds a cycle whose last wait shares its row with the first', () => {
    const problem: BreakProblem = {
      size: 3,
      owner: Int32Array.of(0, 1, 2),
      row: Int32Array.of(0, 1, 0),
      targets: { offset: Int32Array.of(0, 2, 3), target: Int32Array.of(0, 1, 2) },
      cost: Float64Array.of(1, 1, 1),
      groups: { offset: Int32Array.of(0), target: new Int32Array() },
      groupCost: new Float64Array(),
    };
    expect(findForced(problem)).toEqual(Uint8Array.of(0, 0, 0));
    for (let seed = 0; seed < 5; seed++) {
      for (const piece of splitProblem(problem, Uint8Array.of(1, 1, 1))) {
        const found: string[] = [];
        new CycleFinder(piece).findCycles(seededRandom(seed), (elements) => found.push(elements.join()));
        expect(new Set(found)).toEqual(new Set(['1,2', '0,1,2']));
      }
    }
  });

  it('lists all cycles of two nodes', () => {
    let listed = 0;
    fc.assert(
      fc.property(PROBLEMS, (problem) => {
        for (const piece of solvablePieces(problem)) {
          const expected = new Set<string>();
          piece.owner.forEach((one, item) => {
            piece.owner.forEach((other, back) => {
              if (other >= one || !waits(piece, item, other) || !waits(piece, back, one)) return;
              expected.add([back, item].join());
            });
          });
          const found = new Set<string>();
          findPairs(piece, Infinity, (item, back) => {
            found.add([back, item].join());
          });
          expect(found).toEqual(expected);
          listed += found.size;
        }
      }),
      { seed: 42, numRuns: 200 },
    );
    expect(listed).toBeGreaterThan(200);
  });
});
