import { at } from '../../src/base/column.ts';
import type { Mutator, Pick } from './mutators.ts';
import { NASTY_NUMBERS, NASTY_TEXTS } from './nasty-texts.ts';

/** A place in a JSON value, and how to put another value there. */
interface Slot {
  readonly value: unknown;
  readonly put: (value: unknown) => void;
  readonly drop: () => void;
}

/** Mutators of JSON and JSON Lines: what they make is JSON again, with another value. */
export const jsonMutators = {
  jsonWrongType: (text, pick) =>
    changeSlot(text, pick, ({ put }) => {
      put(wrongType(pick));
    }),
  jsonDrop: (text, pick) =>
    changeSlot(text, pick, ({ drop }) => {
      drop();
    }),
  jsonNumber: (text, pick) =>
    changeSlot(text, pick, ({ put }) => {
      put(Number(at(NASTY_NUMBERS, pick(NASTY_NUMBERS.length))));
    }),
  jsonScale: (text, pick) =>
    changeSlot(text, pick, ({ value, put }) => {
      if (typeof value === 'number') put(value * at(SCALES, pick(SCALES.length)));
    }),
  jsonText: (text, pick) =>
    changeSlot(text, pick, ({ put }) => {
      put(at(NASTY_TEXTS, pick(NASTY_TEXTS.length)));
    }),
  /** Another value of the same document, which is more often right than a foreign one. */
  jsonSwap: (text, pick) =>
    changeJson(text, pick, (slots) => {
      at(slots, pick(slots.length)).put(structuredClone(at(slots, pick(slots.length)).value));
    }),
  /** Everywhere at once, as a name that stands in several places would be. */
  jsonRename: (text, pick) => {
    const names = text.match(/"[^"\\]{1,80}"/g);
    if (names === null) return text;
    const name = at(names, pick(names.length));
    const other = JSON.stringify(at(NASTY_TEXTS, pick(NASTY_TEXTS.length)));
    const isHuge = names.length * other.length > MOST_ADDED;
    return isHuge ? text.replace(name, () => other) : text.replaceAll(name, () => other);
  },
  jsonDeep: (text, pick) =>
    changeSlot(text, pick, ({ put }) => {
      put(deepValue(1 + pick(500)));
    }),
} as const satisfies Record<string, Mutator>;

/** Characters, if a name stood for all. */
const MOST_ADDED = 2_000_000;
const SCALES = [2, 0.5, 1e9, 1e-9, -1, 1e300];

const WRONG_TYPES = [
  'null',
  'true',
  '[]',
  '{}',
  '""',
  '0',
  '[[]]',
  '{"__proto__":1}',
  '{"constructor":{"name":1}}',
];

function wrongType(pick: Pick): unknown {
  return JSON.parse(at(WRONG_TYPES, pick(WRONG_TYPES.length)));
}

function deepValue(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

function changeSlot(text: string, pick: Pick, change: (slot: Slot) => void): string {
  return changeJson(text, pick, (slots) => {
    change(at(slots, pick(slots.length)));
  });
}

/** Changes the document, or one of the lines where each is a document. */
function changeJson(text: string, pick: Pick, change: (slots: readonly Slot[]) => void): string {
  const whole = changeDocument(text, change);
  if (whole !== undefined) return whole;
  const lines = text.split('\n');
  const index = pick(lines.length);
  lines[index] = changeDocument(at(lines, index), change) ?? at(lines, index);
  return lines.join('\n');
}

function changeDocument(text: string, change: (slots: readonly Slot[]) => void): string | undefined {
  const root: { value: unknown } = { value: undefined };
  try {
    root.value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const slots: Slot[] = [];
  gatherSlots(root, slots);
  if (slots.length === 0) return text;
  change(slots);
  return root.value === undefined ? '' : JSON.stringify(root.value);
}

/** All places below a holder, without recursion. */
function gatherSlots(root: object, slots: Slot[]): void {
  const holders: object[] = [root];
  for (let holder = holders.pop(); holder !== undefined; holder = holders.pop()) {
    const current = holder;
    for (const key of Object.keys(current)) {
      const value: unknown = Reflect.get(current, key);
      slots.push({
        value,
        put: (other) => Reflect.set(current, key, other),
        drop: () => Reflect.deleteProperty(current, key),
      });
      if (typeof value === 'object' && value !== null) holders.push(value);
    }
  }
}
