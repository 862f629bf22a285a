import type { Report } from '../../base/diagnostic.ts';
import { repeatedPackageFolder } from './diagnostics.ts';

/** What the name of a package list says. */
export interface ListName {
  /** Undefined in the old names `debian_pkg_dirs` and `debian_pkg_dirs_rt`. */
  readonly codename: string | undefined;
  readonly buildType: string;
}

/** A line of a package list. */
export interface ListEntry {
  /** Relative to the list's folder, without empty parts and `.`. */
  readonly folder: string;
  readonly line: number;
}

/** The build type of `debian_pkg_dirs`. */
const STANDARD_BUILD_TYPE = 'std';

/** Reads `debian_<codename>_pkg_dirs_<type>`, `debian_pkg_dirs_<type>` or `debian_pkg_dirs`; undefined for other names. */
export function parseListName(name: string): ListName | undefined {
  const match = /^debian_(?:([a-z0-9][a-z0-9.+-]*)_)?pkg_dirs(?:_([a-z0-9][a-z0-9.+-]*))?$/.exec(name);
  return match === null ? undefined : { codename: match[1], buildType: match[2] ?? STANDARD_BUILD_TYPE };
}

/** Reads a list: a folder a line; blank lines and `#` comments don't count, a repeated folder is reported and kept once. */
export function parsePackageList(text: string, file: string, report: Report): readonly ListEntry[] {
  const entries = new Map<string, ListEntry>();
  text.split(/\r?\n/).forEach((content, index) => {
    const folder = normalize(content.replace(/#.*/, '').trim());
    if (folder === '') return;
    const line = index + 1;
    const earlier = entries.get(folder);
    if (earlier === undefined) entries.set(folder, { folder, line });
    else report(repeatedPackageFolder(folder, earlier.line, { file, line }));
  });
  return [...entries.values()];
}

/** Reads debian_build_layer.cfg: its first line that is no comment; undefined when there is none. */
export function parseBuildLayer(text: string): string | undefined {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/#.*/, '').trim())
    .find((line) => line !== '');
}

function normalize(folder: string): string {
  return folder
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}
