import { distinctNames } from '../distinct-names.ts';

/** A word of letters, digits and `_` for each text, such as variables may be called: `x86-1` → `x86_1`. */
export function uniqueWords(texts: Iterable<string>): ReadonlyMap<string, string> {
  return distinctNames(texts, (text) => text.replaceAll(/[^A-Za-z0-9]/g, '_'), Infinity, '_');
}
