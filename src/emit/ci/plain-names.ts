import { distinctNames } from '../distinct-names.ts';

/**
 * A name for each text that holds nothing but what `isOdd` does not match, runs of which become one `-`; at most `most` letters.
 * @param isOdd with the flag `g`
 */
export function plainNames(
  texts: Iterable<string>,
  isOdd: RegExp,
  most: number,
): ReadonlyMap<string, string> {
  const nameOf = (text: string): string => {
    const name = text
      .replaceAll(isOdd, '-')
      .slice(0, most)
      .replaceAll(/^[-.]+|[-.]+$/g, '');
    return name === '' ? 'x' : name;
  };
  return distinctNames(texts, nameOf, most);
}
