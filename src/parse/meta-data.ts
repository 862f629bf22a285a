import type { Location, Report } from '../base/diagnostic.ts';
import { editDistance } from '../base/nearest-name.ts';
import { versionProblem } from '../debian/version.ts';
import { badMetaData, badPackageName, badVersion, misspeltKey } from './diagnostics.ts';
import { isPackageName } from './package-name.ts';
import type { MappingEntry } from './plain-mapping.ts';
import { parseYamlMapping } from './yaml-mapping.ts';

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

const BARE_KEYS: ReadonlyMap<string, string> = new Map(KEYS.map((known) => [bareKey(known), known]));

/** A scalar and where it stands. */
interface Entry {
  readonly text: string;
  readonly locate: () => Location;
}

/**
 * Reads a StarlingX `meta_data.yaml`. Scalars are texts, so versions keep their zeros; the `@` at the end of some versions
 * is dropped. Bad YAML is reported and what could be read is used; so are misspelt keys (`deb_name`).
 */
export function parseMetaData(text: string, file: string, report: Report): MetaData {
  const { entries: found, errors, place } = parseYamlMapping(text, file);
  for (const { location, message } of errors) report(badMetaData(location, message));
  if (found === undefined) {
    if (errors.length === 0) report(badMetaData({ file, line: 1 }, 'it is no mapping of keys to values'));
    return {
      name: undefined,
      version: undefined,
      dist: undefined,
      serial: false,
      location: { file, line: 1 },
    };
  }
  const entries = readEntries(found, place, report);
  const revision = found.find(({ key }) => key === 'revision')?.value;
  const dist =
    revision?.kind === 'mapping'
      ? readEntries(revision.entries, place, () => undefined).get('dist')
      : undefined;
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
  found: readonly MappingEntry[],
  place: (offset: number) => Location,
  report: Report,
): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  const misspelt = new Map<string, Entry>();
  for (const { key, offset, value } of found) {
    const meant = KEYS.includes(key) ? key : intendedKey(key);
    if (meant !== undefined && meant !== key) report(misspeltKey(place(offset), key, meant));
    if (value?.kind !== 'text') continue;
    const entry = { text: value.text.trim(), locate: () => place(value.offset) };
    if (meant === undefined || meant === key) entries.set(key, entry);
    else misspelt.set(meant, entry);
  }
  for (const [key, entry] of misspelt) if (!entries.has(key)) entries.set(key, entry);
  return entries;
}

function readName(entry: Entry | undefined, report: Report): string | undefined {
  if (entry === undefined || isPackageName(entry.text)) return entry?.text;
  report(badPackageName(entry.locate(), entry.text));
  return undefined;
}

function readVersion(entry: Entry | undefined, report: Report): string | undefined {
  if (entry === undefined) return undefined;
  const version = entry.text.endsWith('@') ? entry.text.slice(0, -1) : entry.text;
  const reason = versionProblem(version);
  if (reason === undefined) return version;
  report(badVersion(entry.locate(), entry.text, reason));
  return undefined;
}

/** The known key that a misspelt one stands for: other case, `-` or `_` too many or too few, or one letter wrong. */
function intendedKey(key: string): string | undefined {
  const isNear = (known: string): boolean =>
    Math.abs(known.length - key.length) <= 1 && editDistance(known, key) <= 1;
  return BARE_KEYS.get(bareKey(key)) ?? KEYS.find(isNear);
}

function bareKey(key: string): string {
  return key.toLowerCase().replace(/[-_ ]/g, '');
}
