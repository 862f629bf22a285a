import { distinctNames } from './distinct-names.ts';

const MOST_LETTERS = 60;

/** A name for each text that any file system takes: the text, if it is such a name, else with `_` for what isn't. */
export function safeNames(texts: Iterable<string>): ReadonlyMap<string, string> {
  return distinctNames(texts, plainName);
}

function plainName(text: string): string {
  const plain = text.slice(0, MOST_LETTERS).replaceAll(/[^A-Za-z0-9._+-]/g, '_');
  return /^[A-Za-z0-9]/.test(plain) ? plain : `x${plain}`;
}
