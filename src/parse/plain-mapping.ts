/** What a key of a YAML mapping stands for; undefined: nothing, or something else, such as a list. */
export type MappingValue =
  | { readonly kind: 'text'; readonly text: string; readonly offset: number }
  | { readonly kind: 'mapping'; readonly entries: readonly MappingEntry[] }
  | undefined;

/** A key of a YAML mapping. */
export interface MappingEntry {
  readonly key: string;
  /** Where the key begins in the text. */
  readonly offset: number;
  readonly value: MappingValue;
}

/** Blanks alone, or a comment. */
const EMPTY = /^ *(?:#[ -~]*)?$/;
/** `key:` or `key: value` in words that can mean nothing else: no quotes, references, tags, lists, tabs, nor comments behind. */
const ENTRY = /^( *)(\w[\w.~%+/-]{0,99}):(?:( +)([\w$./](?:[!-9;-~]|:(?=[!-~])| +(?=[!"$-~]))*))? *$/;

/** A mapping of which more may come. */
interface Level {
  readonly indent: number;
  readonly entries: MappingEntry[];
  readonly keys: Set<string>;
}

/**
 * Reads a YAML text that is nothing but mappings in mappings, a key and at most one plain value a line: what is written by hand
 * mostly is, and a reader of all YAML takes ten times as long.
 * @returns undefined for all else, be it right or wrong
 */
export function readPlainMapping(text: string): readonly MappingEntry[] | undefined {
  const levels: Level[] = [emptyLevel(0)];
  const top = levels[0];
  for (let offset = text.startsWith('---\n') ? 4 : 0; offset < text.length;) {
    const end = text.indexOf('\n', offset);
    const line = text.slice(offset, end === -1 ? text.length : end);
    const isRead = EMPTY.test(line) || readEntry(line, offset, levels);
    if (!isRead) return undefined;
    offset += line.length + 1;
  }
  return top === undefined || top.entries.length === 0 ? undefined : top.entries;
}

/** @returns false for a line that needs a reader of all YAML */
function readEntry(line: string, offset: number, levels: Level[]): boolean {
  const [, indent = '', key = '', gap = '', text] = ENTRY.exec(line) ?? [];
  const level = key === '' ? undefined : levelAt(indent.length, levels);
  if (level === undefined || level.keys.has(key)) return false;
  level.keys.add(key);
  const valueOffset = offset + indent.length + key.length + 1 + gap.length;
  const value = text === undefined ? undefined : ({ kind: 'text', text, offset: valueOffset } as const);
  level.entries.push({ key, offset: offset + indent.length, value });
  return true;
}

/** The mapping that a line so far to the right belongs to: one that is open, or that of the last key, which has no value yet. */
function levelAt(indent: number, levels: Level[]): Level | undefined {
  while (indent < (levels.at(-1)?.indent ?? 0)) levels.pop();
  const level = levels.at(-1);
  if (level === undefined || indent === level.indent) return level;
  const owner = level.entries.pop();
  if (owner === undefined || owner.value !== undefined) return undefined;
  const nested = emptyLevel(indent);
  level.entries.push({ ...owner, value: { kind: 'mapping', entries: nested.entries } });
  levels.push(nested);
  return nested;
}

function emptyLevel(indent: number): Level {
  return { indent, entries: [], keys: new Set() };
}
