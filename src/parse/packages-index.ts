import { compareText } from '../base/compare.ts';
import type { BinaryPackage } from '../debian/package.ts';
import { versionProblem } from '../debian/version.ts';
import { checkArchitecture } from './architecture-field.ts';
import { badPackageName, badSize, badVersion } from './diagnostics.ts';
import type { Stanza } from './field.ts';
import {
  fieldLocation,
  readFlag,
  readMultiArch,
  readRunTimeRelations,
  readText,
  requirePackageName,
  requireText,
  requireVersion,
} from './package-fields.ts';
import { isPackageName } from './package-name.ts';
import type { ParseContext } from './parse-context.ts';
import { readStanzas } from './stanza.ts';

const PACKAGES_FIELDS: ReadonlySet<string> = new Set([
  ...[
    'package',
    'version',
    'architecture',
    'source',
    'essential',
    'multi-arch',
    'installed-size',
    'size',
    'priority',
  ],
  ...['pre-depends', 'depends', 'provides', 'conflicts', 'breaks'],
]);
const KIB = 1024;

/**
 * Reads a `Packages` index: one binary package a stanza, in the order of the file. Stanzas without a good name, version
 * and architecture are reported and left out. O(length)
 * @param arch the architecture whose index this is. Without it a package belongs to its own architecture, and an
 * `Architecture: all` package to all that occur in the file; `all` stands for every architecture when none does
 * @example
 * const context = { relations: new RelationTable(), report: console.warn };
 * const text = 'Package: hello\nVersion: 2.10-3\nArchitecture: amd64\n';
 * const [hello] = parsePackages(text, 'Packages', context, 'amd64');
 * hello.version; // → '2.10-3'
 */
export function parsePackages(
  text: string,
  file: string,
  context: ParseContext,
  arch?: string,
): readonly BinaryPackage[] {
  const packages: BinaryPackage[] = [];
  const members = new Map<string, readonly string[]>();
  /** Shared by all arch:all packages; filled when the whole file has been seen. */
  const everywhere: string[] = arch === undefined ? [] : [arch];
  for (const stanza of readStanzas(text, file, context.report, { wanted: PACKAGES_FIELDS })) {
    const binary = readBinaryStanza(stanza, file, context, (architecture) => {
      if (arch !== undefined || architecture === 'all') return everywhere;
      const known = members.get(architecture);
      if (known !== undefined) return known;
      const own = [architecture];
      members.set(architecture, own);
      return own;
    });
    if (binary !== undefined) packages.push(binary);
  }
  if (arch === undefined) everywhere.push(...[...members.keys()].sort(compareText));
  if (everywhere.length === 0) everywhere.push('all');
  return packages;
}

function readBinaryStanza(
  stanza: Stanza,
  file: string,
  context: ParseContext,
  indexArchitectures: (architecture: string) => readonly string[],
): BinaryPackage | undefined {
  const name = requirePackageName(stanza, 'Package', 'a binary stanza', file, context);
  if (name === undefined) return undefined;
  const what = `the stanza of package '${name}'`;
  const version = requireVersion(stanza, what, file, context);
  if (version === undefined) return undefined;
  const architecture = requireText(stanza, 'Architecture', what, file, context);
  if (architecture === undefined) return undefined;
  checkArchitecture(architecture, () => fieldLocation(stanza, 'architecture', file), 'Architecture', context);
  const origin = readSource(stanza, name, version, file, context);
  const relations = readRunTimeRelations(stanza, file, context);
  const installedKib = readInteger(stanza, 'installed-size', file, context);
  return {
    name,
    version,
    architecture,
    indexArchitectures: indexArchitectures(architecture),
    source: origin.source,
    sourceVersion: origin.sourceVersion,
    essential: readFlag(stanza, 'essential', file, context),
    multiArch: readMultiArch(stanza, file, context),
    priority: readPriority(stanza),
    preDepends: relations.preDepends,
    depends: relations.depends,
    provides: relations.provides,
    conflicts: relations.conflicts,
    breaks: relations.breaks,
    installedBytes: installedKib === undefined ? undefined : installedKib * KIB,
    downloadBytes: readInteger(stanza, 'size', file, context),
    location: { file, line: stanza.line },
  };
}

/** One object for each priority of Policy: an index says each of them thousands of times. */
function readPriority(stanza: Stanza): string {
  const text = readText(stanza, 'priority') ?? '';
  return PRIORITIES.get(text) ?? text;
}

const PRIORITIES: ReadonlyMap<string, string> = new Map(
  ['required', 'important', 'standard', 'optional', 'extra'].map((priority) => [priority, priority]),
);

/** `Source: name (version)`: absent parts are those of the binary. */
function readSource(
  stanza: Stanza,
  name: string,
  version: string,
  file: string,
  context: ParseContext,
): Pick<BinaryPackage, 'source' | 'sourceVersion'> {
  const own = { source: name, sourceVersion: version };
  const text = readText(stanza, 'source');
  if (text === undefined) return own;
  const open = text.indexOf('(');
  const source = (open === -1 ? text : text.slice(0, open)).trim();
  const location = fieldLocation(stanza, 'source', file);
  if (!isPackageName(source)) {
    context.report(badPackageName(location, source));
    return own;
  }
  if (open === -1) return { source, sourceVersion: version };
  const sourceVersion = text.slice(open + 1, text.endsWith(')') ? -1 : undefined).trim();
  const reason = text.endsWith(')') ? versionProblem(sourceVersion) : 'its parenthesis is not closed';
  if (reason === undefined) return { source, sourceVersion };
  context.report(badVersion(location, sourceVersion, reason));
  return { source, sourceVersion: version };
}

function readInteger(stanza: Stanza, key: string, file: string, context: ParseContext): number | undefined {
  const text = readText(stanza, key);
  if (text === undefined) return undefined;
  if (/^\d{1,12}$/.test(text)) return Number(text);
  context.report(badSize(fieldLocation(stanza, key, file), key, text));
  return undefined;
}
