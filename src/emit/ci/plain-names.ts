import { compareText } from '../../base/compare.ts';

/**
 * A name for each text that holds nothing but what `isOdd` does not match, runs of which become one `-`; at most `most`
 * letters, different also where case doesn't count. Texts that are plain already keep their names; of others that would be
 * alike, later ones (in code-unit order) end in a number.
 * @param isOdd with the flag `g`
 */
export function plainNames(
  texts: Iterable<string>,
  isOdd: RegExp,
  most: number,
): ReadonlyMap<string, string> {
  const rows = [...new Set(texts)].sort(compareText).map((text) => {
    const name = text
      .replaceAll(isOdd, '-')
      .slice(0, most)
      .replaceAll(/^[-.]+|[-.]+$/g, '');
    return { text, name: name === '' ? 'x' : name };
  });
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
    while (taken.has(free.toLowerCase())) free = numbered(name, ++round, most);
    rounds.set(key, round);
    give(text, free);
  }
  return names;
}

function numbered(name: string, round: number, most: number): string {
  const end = `-${String(round)}`;
  return `${name.slice(0, most - end.length)}${end}`;
}
