import { isMap, isScalar, isSeq } from 'yaml';
import type { Location, Report } from '../base/diagnostic.ts';
import { parseYaml } from './yaml-document.ts';

/** A flat mapping of a YAML list: its keys and scalars as texts, and where it begins. */
export interface YamlRecord {
  readonly fields: ReadonlyMap<string, string>;
  readonly location: Location;
}

/**
 * Reads a YAML list of flat mappings, at the top or under one key. Scalars stay texts: `1.0` is not 1.
 * @param key where the list may stand instead of at the top
 * @returns the records; what is no such mapping is reported and left out
 */
export function parseYamlRecords(
  text: string,
  file: string,
  key: string,
  report: Report,
): readonly YamlRecord[] {
  const { contents, errors, place } = parseYaml(text, file);
  const bad = (location: Location, problem: string): void => {
    report({
      code: 'bad-yaml',
      severity: 'error',
      message: `${file}: ${problem}`,
      location,
      hint: `the file is a YAML list, at the top or under '${key}:', of entries such as '- {name: x86-1, arch: amd64}'`,
    });
  };
  for (const { location, message } of errors) bad(location, message);
  const list = isMap(contents) ? contents.get(key, true) : contents;
  if (!isSeq(list)) {
    if (errors.length === 0) bad({ file, line: 1 }, 'a list is expected');
    return [];
  }
  const records: YamlRecord[] = [];
  for (const item of list.items) {
    if (!isMap(item)) {
      bad({ file, line: 1 }, 'an entry is no mapping of keys to values');
      continue;
    }
    const fields = new Map<string, string>();
    for (const pair of item.items) {
      if (isScalar(pair.key) && isScalar(pair.value))
        fields.set(String(pair.key.value), String(pair.value.value));
    }
    records.push({ fields, location: place(item.range[0]) });
  }
  return records;
}
