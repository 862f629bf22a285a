import { compareText } from '../base/compare.ts';

const MOST_LETTERS = 60;

/**
 * A name for each text that any file system takes, different also where case doesn't count: the text, if it is such a name,
 * else with `_` for what isn't, and a number where that makes two alike.
 */
export function safeNames(texts: Iterable<string>): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const text of [...new Set(texts)].sort(compareText)) {
    const plain = plainName(text);
    let name = plain;
    for (let round = 2; taken.has(name.toLowerCase()); round++) name = `${plain}-${String(round)}`;
    taken.add(name.toLowerCase());
    names.set(text, name);
  }
  return names;
}

function plainName(text: string): string {
  const plain = text.slice(0, MOST_LETTERS).replaceAll(/[^A-Za-z0-9._+-]/g, '_');
  return /^[A-Za-z0-9]/.test(plain) ? plain : `x${plain}`;
}
