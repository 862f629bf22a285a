import { at } from './column.ts';
import { compareText } from './compare.ts';

/**
 * The known name that somebody may have meant: the one fewest letters away, two at most and less than half of the name;
 * else the one that contains it or shares the longest beginning, three letters at least. Ties: code-unit order.
 * @returns undefined when none is near. O(known names × letters²), for messages only
 */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const sorted = [...new Set(known)].sort(compareText);
  const limit = Math.min(2, Math.floor(name.length / 2));
  const distances = sorted.map((candidate) => editDistance(name, candidate));
  const least = distances.reduce((a, b) => Math.min(a, b), Infinity);
  if (least <= limit) return sorted[distances.indexOf(least)];
  const shared = sorted.map((candidate) =>
    candidate.includes(name) ? name.length : sharedStart(name, candidate),
  );
  const most = shared.reduce((a, b) => Math.max(a, b), 0);
  return most > 2 ? sorted[shared.indexOf(most)] : undefined;
}

/** How many letters have to be inserted, removed or replaced to make the texts equal (Levenshtein). */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let line = 1; line <= a.length; line++) {
    const next = [line];
    for (let column = 1; column <= b.length; column++) {
      const replaced = at(row, column - 1) + Number(a[line - 1] !== b[column - 1]);
      next.push(Math.min(replaced, at(row, column) + 1, at(next, column - 1) + 1));
    }
    row = next;
  }
  return at(row, b.length);
}

function sharedStart(a: string, b: string): number {
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared++;
  return shared;
}
