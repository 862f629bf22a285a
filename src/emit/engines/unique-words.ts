import { compareText } from '../../base/compare.ts';

/**
 * A word of letters, digits and `_` for each text, such as variables may be called: `x86-1` → `x86_1`; with more `_` at its
 * end where two would be alike.
 */
export function uniqueWords(texts: Iterable<string>): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  const taken = new Set<string>();
  for (const text of [...new Set(texts)].sort(compareText)) {
    let word = text.replaceAll(/[^A-Za-z0-9]/g, '_');
    while (taken.has(word)) word = `${word}_`;
    taken.add(word);
    words.set(text, word);
  }
  return words;
}
