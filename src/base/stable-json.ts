/**
 * JSON whose bytes depend on the value alone: two spaces, keys in the order in which the code lists them (records are
 * built in one place each, so that order is fixed), one final newline. Maps are refused: turn them into sorted arrays.
 * @example
 * stableJson({ slots: 8 }); // → '{\n  "slots": 8\n}\n'
 */
export function stableJson(value: unknown): string {
  refuseMaps([value]);
  return `${JSON.stringify(value, undefined, INDENT)}\n`;
}

/**
 * The same text in pieces, for documents that are longer than a string can be (512 MiB): lists of many entries that lie no
 * deeper than `DEEPEST` come so many at a time, all else is whole.
 */
export function* stableJsonPieces(value: unknown): Generator<string, void, undefined> {
  refuseMaps([value]);
  yield* piecesOf(value, 0);
  yield '\n';
}

const INDENT = 2;
const DEEPEST = 3;
const AT_ONCE = 4096;

function* piecesOf(value: unknown, depth: number): Generator<string, void, undefined> {
  if (Array.isArray(value) && value.length > AT_ONCE) yield* listPieces(value, depth);
  else if (typeof value === 'object' && value !== null && depth < DEEPEST) {
    const isList = Array.isArray(value);
    const entries = Object.entries(value).filter(([, own]) => isList || own !== undefined);
    if (entries.length === 0) {
      yield isList ? '[]' : '{}';
      return;
    }
    let separator = isList ? '[' : '{';
    for (const [key, own] of entries) {
      yield `${separator}\n${blanks(depth + 1)}${isList ? '' : `${JSON.stringify(key)}: `}`;
      yield* piecesOf(own, depth + 1);
      separator = ',';
    }
    yield `\n${blanks(depth)}${isList ? ']' : '}'}`;
  } else yield nested(value, depth);
}

function* listPieces(list: readonly unknown[], depth: number): Generator<string, void, undefined> {
  for (let start = 0; start < list.length; start += AT_ONCE) {
    // without its brackets and the line break before the last of them
    const text = nested(list.slice(start, start + AT_ONCE), depth).slice(1, -2 - blanks(depth).length);
    yield `${start === 0 ? '[' : ','}${text}`;
  }
  yield `\n${blanks(depth)}]`;
}

/** As a value is written so deep in a document: inside as many lists, which are then cut off. */
function nested(value: unknown, depth: number): string {
  let whole = value;
  let before = 0;
  let after = 0;
  for (let level = depth; level > 0; level--) {
    whole = [whole];
    before += '[\n'.length + blanks(level).length;
    after += '\n]'.length + blanks(level - 1).length;
  }
  const text = JSON.stringify(whole, undefined, INDENT);
  return text.slice(before, text.length - after);
}

function blanks(depth: number): string {
  return ' '.repeat(INDENT * depth);
}

/** By itself: a function that `JSON.stringify` calls for each value made it four times as slow. */
function refuseMaps(owner: object): void {
  const values: readonly unknown[] = Array.isArray(owner) ? owner : Object.values(owner);
  for (const own of values) {
    if (typeof own === 'number') {
      if (!Number.isFinite(own)) throw new Error(`BUG: '${nameOf(own, owner)}' is ${String(own)}`);
    } else if (typeof own === 'object' && own !== null) {
      if (own instanceof Map || own instanceof Set)
        throw new Error(`BUG: '${nameOf(own, owner)}' is a Map or Set`);
      refuseMaps(own);
    }
  }
}

function nameOf(value: unknown, owner: object): string {
  return Object.entries(owner).find(([, own]) => Object.is(own, value))?.[0] ?? '';
}
