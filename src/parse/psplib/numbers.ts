import type { Report } from '../../base/diagnostic.ts';
import { badInstanceNumber } from './diagnostics.ts';
import type { PsplibInstance } from './instance.ts';

/** An instance with the line on which each job's successors and modes stand. */
export interface ReadInstance {
  readonly instance: PsplibInstance;
  readonly successorLine: readonly number[];
  readonly modeLine: readonly number[];
}

/** Larger numbers would not fit the words that resources are packed into. */
const LARGEST = 2 ** 30 - 1;

/** The whole numbers of one line, or undefined where something else stands. */
export function readNumbers(
  line: string,
  place: { readonly file: string; readonly line: number },
  wanted: string,
  report: Report,
): readonly number[] | undefined {
  const numbers: number[] = [];
  for (const word of line.split(/\s+/)) {
    if (word === '') continue;
    const value = Number(word);
    if (!/^\d+$/.test(word) || value > LARGEST) {
      report(badInstanceNumber(place, word, wanted));
      return undefined;
    }
    numbers.push(value);
  }
  return numbers;
}
