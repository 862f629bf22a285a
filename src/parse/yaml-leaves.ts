import { isMap, isScalar } from 'yaml';
import type { Location, Report } from '../base/diagnostic.ts';
import { parseYaml } from './yaml-document.ts';

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
  const { contents, errors, place } = parseYaml(text, file);
  const bad = (location: Location, problem: string): void => {
    report({ code: 'bad-yaml', severity: 'error', message: `${file}: ${problem}`, location, hint });
  };
  for (const { location, message } of errors) bad(location, message);
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
  if (errors.length === 0) collect(contents, [], []);
  return leaves;
}
