import { isMap, isScalar, type YAMLMap } from 'yaml';
import type { Location, Report } from '../base/diagnostic.ts';
import { editDistance } from '../base/nearest-name.ts';
import { versionProblem } from '../debian/version.ts';
import { badMetaData, badPackageName, badVersion, misspeltKey } from './diagnostics.ts';
import { isPackageName } from './package-name.ts';
import { parseYaml } from './yaml-document.ts';

/** What a StarlingX `meta_data.yaml` tells about its package. */
export interface MetaData {
  /** `debname`; undefined: the package is named after its folder. */
  readonly name: string | undefined;
  /** `debver`, as it is written: `1.0` stays `1.0`. */
  readonly version: string | undefined;
  /** `dist` of the revision: a suffix of the version, or a variable such as `$STX_DIST`. */
  readonly dist: string | undefined;
  /** `serial: true`: the build uses one core. */
  readonly serial: boolean;
  readonly location: Location;
}

const KEYS: readonly string[] = [
  ...['debname', 'debver', 'serial', 'dist', 'revision', 'archive'],
  ...['dl_path', 'dl_files', 'dl_hook', 'src_path', 'src_files'],
];

/** A scalar and where it stands. */
interface Entry {
  readonly text: string;
  readonly location: Location;
}

/**
 * Reads a StarlingX `meta_data.yaml`. Scalars are texts, so versions keep their zeros; the `@` at the end of some versions
 * is dropped. Bad YAML is reported and what could be read is used; so are misspelt keys (`deb_name`).
 */
export function parseMetaData(text: string, file: string, report: Report): MetaData {
  const { contents, errors, place } = parseYaml(text, file);
  for (const { location, message } of errors) report(badMetaData(location, message));
  if (!isMap(contents)) {
    if (errors.length === 0) report(badMetaData({ file, line: 1 }, 'it is no mapping of keys to values'));
    return {
      name: undefined,
      version: undefined,
      dist: undefined,
      serial: false,
      location: { file, line: 1 },
    };
  }
  const entries = readEntries(contents, place, report);
  const revision = contents.get('revision');
  const dist = isMap(revision) ? readEntries(revision, place, () => undefined).get('dist') : undefined;
  return {
    name: readName(entries.get('debname'), report),
    version: readVersion(entries.get('debver'), report),
    dist: (entries.get('dist') ?? dist)?.text,
    serial: /^(?:true|yes|on)$/i.test(entries.get('serial')?.text ?? ''),
    location: { file, line: 1 },
  };
}

/** The scalars of a mapping by key; a misspelt key is reported, and used when the right one is absent. */
function readEntries(
  map: YAMLMap,
  place: (offset: number) => Location,
  report: Report,
): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  const misspelt = new Map<string, Entry>();
  for (const { key, value } of map.items) {
    if (!isScalar(key) || typeof key.value !== 'string') continue;
    const meant = KEYS.includes(key.value) ? key.value : intendedKey(key.value);
    if (meant !== undefined && meant !== key.value) {
      report(misspeltKey(place(key.range?.[0] ?? 0), key.value, meant));
    }
    if (!isScalar(value) || typeof value.value !== 'string' || value.value.trim() === '') continue;
    const entry = { text: value.value.trim(), location: place(value.range?.[0] ?? 0) };
    if (meant === undefined || meant === key.value) entries.set(key.value, entry);
    else misspelt.set(meant, entry);
  }
  for (const [key, entry] of misspelt) if (!entries.has(key)) entries.set(key, entry);
  return entries;
}

function readName(entry: Entry | undefined, report: Report): string | undefined {
  if (entry === undefined || isPackageName(entry.text)) return entry?.text;
  report(badPackageName(entry.location, entry.text));
  return undefined;
}

function readVersion(entry: Entry | undefined, report: Report): string | undefined {
  if (entry === undefined) return undefined;
  const version = entry.text.endsWith('@') ? entry.text.slice(0, -1) : entry.text;
  const reason = versionProblem(version);
  if (reason === undefined) return version;
  report(badVersion(entry.location, entry.text, reason));
  return undefined;
}

/** The known key that a misspelt one stands for: other case, `-` or `_` too many or too few, or one letter wrong. */
function intendedKey(key: string): string | undefined {
  const bare = bareKey(key);
  return KEYS.find((known) => bareKey(known) === bare) ?? KEYS.find((known) => editDistance(known, key) <= 1);
}

function bareKey(key: string): string {
  return key.toLowerCase().replace(/[-_ ]/g, '');
}
