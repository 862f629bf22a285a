import { isVersion } from '../../debian/version.ts';
import { isPackageName } from '../../parse/package-name.ts';

/** One package of an index. */
export interface DebStanza {
  readonly package: string;
  readonly version: string;
  readonly architecture: string;
  /** Base name, in the folder of its index. */
  readonly file: string;
  /** Lines without the last line feed; `Filename: FILE` is one of them. */
  readonly text: string;
}

/** What is known of a package's file itself. */
export interface DebFile {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * The stanza of a package for an index: its control fields with its file's name, size and checksum. Fields of those names in the
 * control file are the package's own words about itself, and left out.
 * @param control what `dpkg-deb --field` tells
 * @returns undefined for what is no single stanza with a name, version and architecture: it would break the index
 */
export function makeDebStanza(control: string, { file, bytes, sha256 }: DebFile): DebStanza | undefined {
  const fields = splitFields(control);
  if (fields === undefined) return undefined;
  const value = (name: string): string => {
    const [field = '', ...others] = fields.filter((text) => nameOf(text) === name);
    return others.length > 0 ? '' : field.slice(name.length + 1).trim();
  };
  const [name, version, architecture] = [value('package'), value('version'), value('architecture')];
  if (!isPackageName(name) || !isVersion(version) || !isPackageName(architecture)) return undefined;
  const kept = fields.filter((text) => !OF_THE_FILE.has(nameOf(text)));
  const own = [`Filename: ${file}`, `Size: ${String(bytes)}`, `SHA256: ${sha256}`];
  return { package: name, version, architecture, file, text: [...kept, ...own].join('\n') };
}

/** The stanzas of an index that `formatIndex` has made. O(length) */
export function parseIndex(text: string): readonly DebStanza[] {
  return text.split('\n\n').flatMap((part) => {
    const stanza = part.trim();
    const value = (name: string): string =>
      new RegExp(`^${name}: *(.*)$`, 'mi').exec(stanza)?.[1]?.trim() ?? '';
    const file = value('Filename');
    if (!isDebName(file)) return [];
    const [name, version, architecture] = [value('Package'), value('Version'), value('Architecture')];
    return [{ package: name, version, architecture, file, text: stanza }];
  });
}

/** An index of packages, in the order given. */
export function formatIndex(stanzas: readonly Pick<DebStanza, 'text'>[]): string {
  return stanzas.map(({ text }) => `${text}\n\n`).join('');
}

/** The stanza of the same package when its file lies elsewhere. @param path relative to the index's folder */
export function filedAs({ text }: DebStanza, path: string): Pick<DebStanza, 'text'> {
  return { text: text.replace(/^Filename: .*$/m, () => `Filename: ${path}`) };
}

/** Whether a file's name is a plain one of a package: names come from builds, and could be anything. */
export function isDebName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9.+~_%:-]*\.deb$/.test(name);
}

/** `libfoo_1.0-1_amd64.deb`: what dpkg calls its file. No two packages of different name or architecture share one. */
export function plainDebName({ package: name, version, architecture }: DebStanza): string {
  const withoutEpoch = version.replace(/^\d+:/, '').replaceAll(':', '%3a');
  return `${name}_${withoutEpoch}_${architecture}.deb`;
}

/** Each field with its continuation lines; undefined: there is something else among them. */
function splitFields(control: string): readonly string[] | undefined {
  const fields: string[] = [];
  for (const line of control.replace(/\n+$/, '').split('\n')) {
    const last = fields.at(-1);
    if (/^[ \t]/.test(line) && last !== undefined) fields[fields.length - 1] = `${last}\n${line}`;
    else if (/^[A-Za-z0-9][!-9;-~]*:/.test(line)) fields.push(line);
    else return undefined;
  }
  return /[\0\r]/.test(control) || /\n[ \t]+(?:\n|$)/.test(control) ? undefined : fields;
}

function nameOf(field: string): string {
  return field.slice(0, field.indexOf(':')).toLowerCase();
}

const OF_THE_FILE: ReadonlySet<string> = new Set([
  ...['filename', 'size', 'md5sum', 'sha1', 'sha256', 'sha512'],
]);
