import { at } from './column.ts';
import { compareText } from './compare.ts';

/**
 * The known name that somebody may have meant: the one fewest letters away, two at most and less than half of the name;
 * else the one that contains it or shares the longest beginning, three letters at least. Ties: code-unit order.
 * @returns undefined when none is near. O(known names × letters²), for messages only
 */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  let near: string | undefined;
  let least = Math.min(2, Math.floor(name.length / 2)) + 1;
  let alike: string | undefined;
  let most = 2;
  for (const candidate of known) {
    // a length that differs by more is a distance that does; it spares nearly all of the work for long names
    if (Math.abs(candidate.length - name.length) <= least) {
      const distance = editDistance(name, candidate);
      if (
        distance < least ||
        (distance === least && near !== undefined && compareText(candidate, near) < 0)
      ) {
        near = candidate;
        least = distance;
      }
    }
    const shared = candidate.includes(name) ? name.length : sharedStart(name, candidate);
    if (shared > most || (shared === most && alike !== undefined && compareText(candidate, alike) < 0)) {
      alike = candidate;
      most = shared;
    }
  }
  return near ?? alike;
}

/** How many letters have to be inserted, removed or replaced to make the texts equal (Levenshtein). */
export function editDistance(a: string, b: string): number {
  const row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let line = 1; line <= a.length; line++) {
    let diagonal = line - 1;
    let left = line;
    row[0] = line;
    for (let column = 1; column <= b.length; column++) {
      const above = at(row, column);
      const replaced = diagonal + (a.charCodeAt(line - 1) === b.charCodeAt(column - 1) ? 0 : 1);
      left = Math.min(replaced, above + 1, left + 1);
      row[column] = left;
      diagonal = above;
    }
  }
  return at(row, b.length);
}

function sharedStart(a: string, b: string): number {
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared++;
  return shared;
}
