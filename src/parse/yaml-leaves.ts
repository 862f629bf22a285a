import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Location, Report } from '../base/diagnostic.ts';

/** A scalar of nested YAML mappings: the keys that lead to it, and its text. */
export interface YamlLeaf {
  readonly path: readonly string[];
  /** Where each key of the path stands. */
  readonly places: readonly Location[];
  readonly text: string;
  readonly location: Location;
}

/**
 * Reads nested YAML mappings as their scalars, in the order of the file. Scalars stay texts: `1.0` is not 1.
 * @param hint what such a file looks like
 * @returns the scalars; what is neither a mapping nor a scalar is reported and left out
 */
export function parseYamlLeaves(
  text: string,
  file: string,
  hint: string,
  report: Report,
): readonly YamlLeaf[] {
  const lines = new LineCounter();
  const place = (offset: number): Location => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const bad = (location: Location, problem: string): void => {
    report({ code: 'bad-yaml', severity: 'error', message: `${file}: ${problem}`, location, hint });
  };
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines, logLevel: 'silent' });
  for (const error of document.errors) bad(place(error.pos[0]), error.message.split('\n')[0] ?? 'bad YAML');
  const leaves: YamlLeaf[] = [];
  const collect = (node: unknown, path: readonly string[], places: readonly Location[]): void => {
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        if (isScalar(key))
          collect(value, [...path, String(key.value)], [...places, place(key.range?.[0] ?? 0)]);
        else bad({ file, line: 1 }, 'a key is no plain text');
      }
    } else if (isScalar(node)) {
      leaves.push({ path, places, text: String(node.value), location: place(node.range?.[0] ?? 0) });
    } else if (node !== null && node !== undefined) {
      bad({ file, line: 1 }, `${path.join('.') || 'the file'} is neither a mapping nor a value`);
    }
  };
  if (document.errors.length === 0) collect(document.contents, [], []);
  return leaves;
}
