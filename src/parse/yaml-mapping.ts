import { isMap, isScalar, type YAMLMap } from 'yaml';
import type { Location } from '../base/diagnostic.ts';
import { readPlainMapping, type MappingEntry, type MappingValue } from './plain-mapping.ts';
import { MOST_YAML_CHARACTERS, parseYaml, type YamlDocument } from './yaml-document.ts';

/** A YAML text as a mapping; scalars stay texts: `1.0` is not 1. */
export interface YamlMapping extends Pick<YamlDocument, 'errors' | 'place'> {
  /** Those with a plain key; undefined: the text is no mapping. */
  readonly entries: readonly MappingEntry[] | undefined;
}

/** @param file what the text is called in locations */
export function parseYamlMapping(text: string, file: string): YamlMapping {
  const plain = text.length <= MOST_YAML_CHARACTERS ? readPlainMapping(text) : undefined;
  return plain === undefined
    ? parseWholeYaml(text, file)
    : { entries: plain, errors: [], place: (offset) => placeIn(text, offset, file) };
}

/** The same by a reader of all YAML. */
export function parseWholeYaml(text: string, file: string): YamlMapping {
  const { contents, errors, place } = parseYaml(text, file);
  return { entries: isMap(contents) ? entriesOf(contents) : undefined, errors, place };
}

function entriesOf(map: YAMLMap): readonly MappingEntry[] {
  return map.items.flatMap(({ key, value }) =>
    isScalar(key) && typeof key.value === 'string'
      ? [{ key: key.value, offset: key.range?.[0] ?? 0, value: valueOf(value) }]
      : [],
  );
}

function valueOf(node: unknown): MappingValue {
  if (isMap(node)) return { kind: 'mapping', entries: entriesOf(node) };
  if (!isScalar(node) || typeof node.value !== 'string' || node.value.trim() === '') return undefined;
  return { kind: 'text', text: node.value, offset: node.range?.[0] ?? 0 };
}

function placeIn(text: string, offset: number, file: string): Location {
  const before = text.slice(0, offset).split('\n');
  return { file, line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
