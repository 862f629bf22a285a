/**
 * YAML for people to read and for every parser to read alike. The `yaml` package writes no output that YAML 1.1 (GitLab,
 * Kubernetes) and 1.2 (GitHub) take for the same, and lets control characters through that libyaml refuses; so this writes the few
 * forms that it needs: block maps and lists, flow maps and lists, plain, literal and double-quoted scalars.
 */
export type YamlValue = string | number | boolean | YamlMap | YamlList;

export interface YamlMap {
  readonly kind: 'map';
  readonly isFlow: boolean;
  readonly entries: readonly YamlEntry[];
}

export interface YamlList {
  readonly kind: 'list';
  readonly isFlow: boolean;
  readonly items: readonly YamlValue[];
}

export interface YamlEntry {
  readonly key: string;
  readonly value: YamlValue;
  /** Lines of a comment above it, after an empty line; printable ASCII. Empty: the empty line alone. */
  readonly comment?: readonly string[];
}

/** What is undefined is left out. */
type Fields = readonly (readonly [string, YamlValue | undefined])[];

export function block(fields: Fields): YamlMap {
  return { kind: 'map', isFlow: false, entries: entriesOf(fields) };
}

/** A map on one line. */
export function flow(fields: Fields): YamlMap {
  return { kind: 'map', isFlow: true, entries: entriesOf(fields) };
}

export function list(items: readonly YamlValue[]): YamlList {
  return { kind: 'list', isFlow: false, items };
}

/** A list on one line. */
export function row(items: readonly YamlValue[]): YamlList {
  return { kind: 'list', isFlow: true, items };
}

function entriesOf(fields: Fields): readonly YamlEntry[] {
  return fields.flatMap(([key, value]) => (value === undefined ? [] : [{ key, value }]));
}

/** A block map's lines. @param indent blanks before each line */
export function yamlText(entries: readonly YamlEntry[], indent = ''): string {
  return entries.map((entry) => entryText(entry, indent)).join('');
}

/** Lines of a comment, and an empty one after it. */
export function commentText(lines: readonly string[]): string {
  return `${lines.map((line) => `# ${line}`.trimEnd()).join('\n')}\n\n`;
}

function entryText({ key, value, comment }: YamlEntry, indent: string): string {
  const above =
    comment === undefined
      ? ''
      : ['', ...comment.map((line) => `${indent}# ${line}`.trimEnd()), ''].join('\n');
  return `${above}${indent}${scalarText(key, true)}:${valueText(value, indent)}`;
}

/** What follows a colon or dash, with the end of its last line. */
function valueText(value: YamlValue, indent: string): string {
  if (typeof value === 'string' && isLiteral(value)) return ` ${literalText(value, `${indent}  `)}`;
  if (typeof value !== 'object') return ` ${scalarText(value, false)}\n`;
  const isEmpty = (value.kind === 'map' ? value.entries : value.items).length === 0;
  if (value.isFlow || isEmpty) return ` ${flowText(value)}\n`;
  if (value.kind === 'map') return `\n${yamlText(value.entries, `${indent}  `)}`;
  return `\n${value.items.map((item) => itemText(item, `${indent}  `)).join('')}`;
}

function itemText(item: YamlValue, indent: string): string {
  const isBlock = typeof item === 'object' && item.kind === 'map' && !item.isFlow && item.entries.length > 0;
  if (!isBlock) return `${indent}-${valueText(item, indent)}`;
  const text = yamlText(item.entries, `${indent}  `);
  return `${indent}- ${text.slice(indent.length + 2)}`;
}

function flowText(value: YamlValue): string {
  if (typeof value !== 'object') return scalarText(value, true);
  if (value.kind === 'list') return `[${value.items.map(flowText).join(', ')}]`;
  return `{${value.entries.map((entry) => `${scalarText(entry.key, true)}: ${flowText(entry.value)}`).join(', ')}}`;
}

/** @param isTight whether it stands in a flow or as a key, where brackets, commas and colons mean something */
function scalarText(value: string | number | boolean, isTight: boolean): string {
  if (typeof value !== 'string') return String(value);
  const isPlain = (isTight ? TIGHT : PLAIN).test(value) && !WORD.test(value) && !/: | #|[: ]$/.test(value);
  return isPlain ? value : doubleQuoted(value);
}

/** Begins with what begins no number, date, indicator or other thing than a string in any YAML. */
const PLAIN = /^(?:[A-Za-z/]|\.[A-Za-z/])[ -~]*$/;
const TIGHT = /^(?:[A-Za-z/]|\.[A-Za-z/])[A-Za-z0-9_./+=@ -]*$/;
/** Words of YAML 1.1, and what some of its readers take for a number. */
const WORD = /^(?:y|n|yes|no|on|off|true|false|null|\.nan|\.inf|\.?e[-+]?\d+)$/i;

/** JSON's escapes are YAML's too; what is not printable in YAML, or not seen, is escaped as well. */
function doubleQuoted(text: string): string {
  return JSON.stringify(text).replaceAll(UNSEEN, (found) => {
    return `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

const UNSEEN = /[\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff0-\uffff]/g;

/** Several lines that a literal block carries as they are: no blanks at its ends, nothing but ASCII. */
function isLiteral(text: string): boolean {
  return /^[!-~](?:[ -~]*\n)+[ -~]*[!-~]\n?$/.test(text);
}

function literalText(text: string, indent: string): string {
  const isEnded = text.endsWith('\n');
  const lines = (isEnded ? text.slice(0, -1) : text).split('\n');
  const body = lines.map((line) => (line === '' ? '' : indent + line)).join('\n');
  return `${isEnded ? '|' : '|-'}\n${body}\n`;
}
