import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { compareText } from '../../src/base/compare.ts';

/** Paths from the repository's root, where tests and the script are run. */
const FIXTURES = 'fixtures';

/** The fixtures of which the path fits, in the order of their names; large ones are left out, since each is mutated often. */
export function seedFiles(pattern: RegExp): readonly Uint8Array[] {
  const found = allFixtures()
    .filter((path) => pattern.test(path) && statSync(path).size <= MOST_BYTES)
    .map((path) => readFileSync(path));
  if (found.length === 0) throw new Error(`no fixture fits ${String(pattern)}`);
  return found;
}

const MOST_BYTES = 24_000;

let known: readonly string[] | undefined;

function allFixtures(): readonly string[] {
  known ??= readdirSync(FIXTURES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort(compareText);
  return known;
}

/** Texts as files. */
export function seedTexts(...texts: readonly string[]): readonly Uint8Array[] {
  return texts.map((text) => Buffer.from(text));
}
