import type { Diagnostic } from '../../base/diagnostic.ts';
import type { CycleOrder } from '../../parse/starlingx/cycle-orders.ts';

/** Two sources that entries order in opposite ways. */
export interface Contradiction {
  /** As the earliest entry has it: `first` is built before `then`. */
  readonly first: string;
  readonly then: string;
  /** The entries that say so, in the order of the file. */
  readonly forward: readonly CycleOrder[];
  /** The entries that say the opposite. */
  readonly backward: readonly CycleOrder[];
}

/** What a cycle-order file wishes: one source before another, for each pair of names that an entry puts in order. */
export interface OrderPreferences {
  /** The line of the earliest order that builds `first` before `then`; undefined: there is no such wish, or two opposite ones. */
  readonly lineOf: (first: string, then: string) => number | undefined;
  readonly count: number;
  /** Pairs that entries order in opposite ways: no wish comes of them. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The orders of a file as wishes. Of a name that an order has twice the first place counts. Wishes of different entries
 * may still form a ring of three and more: who follows them has to weigh them. O(entries × names²)
 */
export function orderPreferences(entries: readonly CycleOrder[]): OrderPreferences {
  const pairs = collectPairs(entries);
  const contradictions = findContradictions(entries);
  for (const { first, then } of contradictions) {
    pairs.get(first)?.delete(then);
    pairs.get(then)?.delete(first);
  }
  return {
    lineOf: (first, then) => pairs.get(first)?.get(then)?.[0]?.orderLocation.line,
    count: [...pairs.values()].reduce((sum, thens) => sum + thens.size, 0),
    diagnostics: contradictions.map(oppositeWishes),
  };
}

/** Pairs of sources that entries order in opposite ways; in the order in which the file comes to them. */
export function findContradictions(entries: readonly CycleOrder[]): readonly Contradiction[] {
  const pairs = collectPairs(entries);
  const found: Contradiction[] = [];
  for (const [first, thens] of pairs) {
    for (const [then, forward] of thens) {
      const backward = pairs.get(then)?.get(first);
      const [earliest] = forward;
      const [opposite] = backward ?? [];
      if (backward === undefined || earliest === undefined || opposite === undefined) continue;
      if (entries.indexOf(earliest) < entries.indexOf(opposite))
        found.push({ first, then, forward, backward });
    }
  }
  return found;
}

/** First name → later name → the entries that order them so. */
type Pairs = Map<string, Map<string, CycleOrder[]>>;

function collectPairs(entries: readonly CycleOrder[]): Pairs {
  const pairs: Pairs = new Map();
  for (const entry of entries) {
    const names = [...new Set(entry.order)];
    names.forEach((first, index) => {
      const thens = pairs.get(first) ?? new Map<string, CycleOrder[]>();
      pairs.set(first, thens);
      for (const then of names.slice(index + 1)) thens.set(then, [...(thens.get(then) ?? []), entry]);
    });
  }
  return pairs;
}

function oppositeWishes({ first, then, forward, backward }: Contradiction): Diagnostic {
  const [a] = forward;
  const [b] = backward;
  if (a === undefined || b === undefined) throw new Error('BUG: a contradiction of one side');
  return {
    code: 'cycle-wishes-contradict',
    severity: 'warning',
    message:
      `line ${a.orderLocation.line} builds ${first} before ${then}, line ${b.orderLocation.line} the other way round: ` +
      'neither counts as a wish',
    location: b.orderLocation,
    hint: 'correct one of the orders',
  };
}
