import { compareText } from '../base/compare.ts';

/**
 * A name for each text, different also where case doesn't count. Texts that are names already keep them; of others that would
 * be alike, later ones (in code-unit order) end in a separator and a number.
 * @param nameOf makes a name of any text, never an empty one
 * @param most how many letters a name may have, with its number; `nameOf` keeps to it
 * @param separator what stands before the number; may be in a name
 */
export function distinctNames(
  texts: Iterable<string>,
  nameOf: (text: string) => string,
  most = Infinity,
  separator = '-',
): ReadonlyMap<string, string> {
  const rows = [...new Set(texts)].sort(compareText).map((text) => ({ text, name: nameOf(text) }));
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const give = (text: string, name: string): void => {
    names.set(text, name);
    taken.add(name.toLowerCase());
  };
  for (const { text, name } of rows) if (text === name && !taken.has(name.toLowerCase())) give(text, name);
  // where many names are alike, each search goes on where the last one ended
  const rounds = new Map<string, number>();
  for (const { text, name } of rows) {
    if (names.has(text)) continue;
    const key = name.toLowerCase();
    let round = rounds.get(key) ?? 1;
    let free = name;
    while (taken.has(free.toLowerCase())) {
      const end = `${separator}${String(++round)}`;
      free = `${name.slice(0, most - end.length)}${end}`;
    }
    rounds.set(key, round);
    give(text, free);
  }
  return names;
}
