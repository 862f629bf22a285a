import { at } from '../base/column.ts';
import { int32At, uint8At } from '../base/cells.ts';
import { compareNumber, firstDifference } from '../base/compare.ts';
import { EdgeList } from '../base/csr.ts';
import type { PlanBreak } from '../plan/plan.ts';
import type { ComparedBreak, LoneEdge, Pair, SideIndex } from './comparison-document.ts';
import type { Matching } from './match-units.ts';
import { partsOf, unitName, type Side } from './side.ts';
import { NearestUnits } from './nearest-units.ts';
import { findWaits } from './side-waits.ts';

/** By units of both sides, as numbers of pairs. */
export interface EdgeDifferences {
  readonly edges: readonly LoneEdge[];
  readonly breaks: readonly ComparedBreak[];
}

/**
 * What units of both sides wait for on one side only, and what isn't waited for on one side only or for another reason. A wait by way
 * of a build that is no unit of both, or is another part of the same unit, counts as one for the next units of both behind it. What
 * the other side waits for by way of others is waited for on both, though one plan says so and the other leaves it out.
 * O(edges + for each unit the lone builds that it waits for + edges × units of lone edges / 32)
 */
export function compareEdges(sides: Pair<Side>, matching: Matching): EdgeDifferences {
  const { pairs } = matching;
  const name = (number: number): string => unitName(partsOf(at(pairs, number)[0], sides[0].isByArch));
  const breaks: Pair<BreaksOf> = [breaksOf(sides[0], matching, 0), breaksOf(sides[1], matching, 1)];
  return { edges: loneEdges(sides, matching, breaks, name), breaks: compareBreaks(breaks, name) };
}

function loneEdges(
  sides: Pair<Side>,
  { pairs, numberOf }: Matching,
  breaks: Pair<BreaksOf>,
  name: (number: number) => string,
): readonly LoneEdge[] {
  const nearest: Pair<NearestUnits> = [
    new NearestUnits(sides[0], numberOf[0], pairs.length),
    new NearestUnits(sides[1], numberOf[1], pairs.length),
  ];
  const asked: Pair<EdgeList> = [new EdgeList(), new EdgeList()];
  const found: FoundEdge[] = [];
  pairs.forEach((pair, unit) => {
    const needs: Pair<readonly number[]> = [
      nearest[0].find(pair[0].index, unit),
      nearest[1].find(pair[1].index, unit),
    ];
    for (const side of SIDES) {
      const there = other(side);
      for (const need of needs[side]) {
        if (nearest[there].hasFound(need)) continue;
        found.push({ unit, need, side, place: asked[there].size });
        asked[there].push(pair[there].index, need);
      }
    }
  });
  const waits: Pair<Uint8Array> = [
    findWaits(sides[0], numberOf[0], pairs.length, asked[0]),
    findWaits(sides[1], numberOf[1], pairs.length, asked[1]),
  ];
  return found
    .filter(({ side, place }) => uint8At(waits[other(side)], place) === 0)
    .sort((a, b) => firstDifference(a.unit - b.unit, a.need - b.need, a.side - b.side))
    .map(({ unit, need, side }) => {
      const brokenBy = breaks[other(side)].get(unit)?.get(need)?.kind ?? null;
      return { unit: name(unit), needs: name(need), side, brokenBy };
    });
}

/** What one side's plan says a unit waits for, and the other's doesn't. */
interface FoundEdge {
  readonly unit: number;
  readonly need: number;
  readonly side: SideIndex;
  /** Where it is asked whether the other side implies it. */
  readonly place: number;
}

const SIDES: Pair<SideIndex> = [0, 1];

function other(side: SideIndex): SideIndex {
  return side === 0 ? 1 : 0;
}

/** Unit → what it doesn't wait for → why. */
type BreaksOf = ReadonlyMap<number, ReadonlyMap<number, PlanBreak>>;

function breaksOf({ plan, byId, tasks }: Side, { numberOf }: Matching, side: SideIndex): BreaksOf {
  const isOwn = new Uint8Array(byId.size);
  for (const { index } of tasks) isOwn[index] = 1;
  const numbers = numberOf[side];
  const breaks = new Map<number, Map<number, PlanBreak>>();
  for (const entry of plan.breaks) {
    const ends = [byId.get(entry.from), byId.get(entry.to)] as const;
    if (ends[0] === undefined || ends[1] === undefined || isOwn[ends[0].index] !== 1) continue;
    const from = int32At(numbers, ends[0].index);
    const to = int32At(numbers, ends[1].index);
    if (from < 0 || to < 0 || from === to) continue;
    const row = breaks.get(from) ?? new Map<number, PlanBreak>();
    if (!row.has(to)) row.set(to, entry);
    breaks.set(from, row);
  }
  return breaks;
}

function compareBreaks(breaks: Pair<BreaksOf>, name: (number: number) => string): readonly ComparedBreak[] {
  const ascending = (numbers: Iterable<number>): readonly number[] =>
    [...new Set(numbers)].sort(compareNumber);
  return ascending([...breaks[0].keys(), ...breaks[1].keys()]).flatMap((unit) => {
    const left = breaks[0].get(unit);
    const right = breaks[1].get(unit);
    return ascending([...(left?.keys() ?? []), ...(right?.keys() ?? [])]).flatMap((need) => {
      const pair = [left?.get(need), right?.get(need)] as const;
      if (isSameBreak(...pair)) return [];
      return [
        { unit: name(unit), needs: name(need), breaks: [describe(pair[0]), describe(pair[1])] as const },
      ];
    });
  });
}

/** The way that leads from one unit to the other may differ, what is done about it doesn't. */
function isSameBreak(left: PlanBreak | undefined, right: PlanBreak | undefined): boolean {
  return left?.kind === right?.kind && left?.servedBy === right?.servedBy && left?.profile === right?.profile;
}

function describe(entry: PlanBreak | undefined): ComparedBreak['breaks'][number] {
  if (entry === undefined) return null;
  const { kind, reason, servedBy, profile } = entry;
  return {
    kind,
    reason,
    ...(servedBy === undefined ? {} : { servedBy }),
    ...(profile === undefined ? {} : { profile }),
  };
}
