import { valueWords, type Field, type Stanza } from '../field.ts';
import { readStanzas } from '../stanza.ts';
import { parseBuildOptions } from './build-options.ts';
import { parseLogTime } from './log-times.ts';
import type { LoggedBuild, LogReading } from './logged-build.ts';
import { parsePackageLine } from './package-line.ts';

/** What `.changes` and `.buildinfo` files begin with, and other control files don't have. */
export type UploadKind = 'buildinfo' | 'changes';

const WANTED: ReadonlySet<string> = new Set([
  ...['format', 'source', 'version', 'architecture', 'distribution', 'date', 'changes', 'files'],
  ...['checksums-sha256', 'checksums-sha1', 'checksums-md5', 'build-architecture', 'build-date'],
  ...['installed-build-depends', 'environment'],
]);
const CHECKSUMS: readonly string[] = ['files', 'checksums-sha256', 'checksums-sha1', 'checksums-md5'];

/** Tells the two from everything else; undefined: neither. Looks at the first stanza. */
export function readUpload(text: string): { readonly kind: UploadKind; readonly stanza: Stanza } | undefined {
  const [stanza] = readStanzas(text, '', () => undefined, { wanted: WANTED });
  if (stanza?.fields.has('source') !== true) return undefined;
  if (stanza.fields.has('installed-build-depends')) return { kind: 'buildinfo', stanza };
  return stanza.fields.has('changes') ? { kind: 'changes', stanza } : undefined;
}

/**
 * Reads a `.buildinfo` (when the build ended, on which architecture, with how many packages and which options) or a `.changes`
 * (the sizes of the packages; its Date is the changelog's).
 * @see deb-buildinfo(5), deb-changes(5)
 */
export function parseUpload(kind: UploadKind, { line, fields }: Stanza): LogReading {
  const source = /^[^\s(]+/.exec(textOf(fields.get('source')))?.[0] ?? '';
  const named = /\(([^)\s]+)\)/.exec(textOf(fields.get('source')))?.[1];
  const version = named ?? textOf(fields.get('version')).replace(/\+b\d+$/, '');
  const built = valueWords(fields.get('architecture')).filter((arch) => arch !== 'source');
  const [arch = 'all'] = built.filter((name) => name !== 'all');
  if (source === '' || version === '') return { kind: 'skipped', line, reason: 'no-version' };
  if (built.length === 0) return { kind: 'skipped', line, reason: 'source-only' };
  const options = /^[ \t]*DEB_BUILD_OPTIONS="?([^"\n]*)/m.exec(textOf(fields.get('environment')))?.[1];
  const environment = options === undefined ? undefined : parseBuildOptions(options);
  const build: LoggedBuild = {
    tool: kind,
    source,
    version,
    arch,
    buildArch: fields.has('build-architecture') ? textOf(fields.get('build-architecture')) : undefined,
    suite: fields.has('distribution') ? textOf(fields.get('distribution')) : undefined,
    endedMs: fields.has('build-date') ? parseLogTime(textOf(fields.get('build-date'))) : undefined,
    profiles: environment?.profiles,
    makeJobs: environment?.makeJobs,
    installedPackages: countPackages(fields.get('installed-build-depends')),
    packageBytes: packageBytes(CHECKSUMS.map((name) => fields.get(name))),
    outcome: 'built',
  };
  return { kind: 'build', line, build, problems: [] };
}

function packageBytes(lists: readonly (Field | undefined)[]): number | undefined {
  const sizes = new Map<string, number>();
  for (const list of lists) {
    for (const line of textOf(list).split(/\r?\n/)) {
      const packed = parsePackageLine(line);
      if (packed !== undefined) sizes.set(packed.file, packed.bytes);
    }
  }
  return sizes.size === 0 ? undefined : [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
}

function countPackages(field: Field | undefined): number | undefined {
  const count = textOf(field)
    .split(',')
    .filter((relation) => relation.trim() !== '').length;
  return count === 0 ? undefined : count;
}

function textOf(field: Field | undefined): string {
  return field === undefined ? '' : field.text.trim();
}
