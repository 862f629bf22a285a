import { parseBytes } from '../base/quantity.ts';

/** More mounts than any host has: what is above it is a slip of the keyboard. */
const MOST_CHROOTS = 4096;
/** No build fits into less: the unit was forgotten. */
const LEAST_BYTES = 1024 ** 2;

/**
 * Reads the shape of fixed RAM-disk chroots: sizes joined by `+`, each perhaps `*` how many: `20GiB*3+40GiB`, `3*20GiB`.
 * @returns integer bytes, largest first; undefined when the text is none
 */
export function parseChroots(text: string): readonly number[] | undefined {
  const chroots: number[] = [];
  for (const part of text.split('+')) {
    const match = /^\s*(?:(\d+)\s*\*\s*)?([^*]+?)\s*(?:\*\s*(\d+)\s*)?$/.exec(part);
    if (match?.[2] === undefined || (match[1] !== undefined && match[3] !== undefined)) return undefined;
    const size = parseBytes(match[2]);
    const count = Number(match[1] ?? match[3] ?? 1);
    if (size === undefined || size < LEAST_BYTES || count < 1 || chroots.length + count > MOST_CHROOTS)
      return undefined;
    for (let index = 0; index < count; index++) chroots.push(size);
  }
  return chroots.sort((a, b) => b - a);
}
