import type { ProducedBinary, SourcePackage } from '../debian/package.ts';
import { readArchitectures } from './architecture-field.ts';
import { badPackageName } from './diagnostics.ts';
import { placesIn, valueLocation, valueText, type Stanza } from './field.ts';
import {
  readBuildRelations,
  readBuildSize,
  readFlag,
  readText,
  requirePackageName,
  requireVersion,
} from './package-fields.ts';
import { namedBinary, parsePackageList } from './package-list.ts';
import { isPackageName } from './package-name.ts';
import type { ParseContext } from './parse-context.ts';
import { readSourceFiles, type SourceSizes } from './source-files.ts';

/** The fields of a source stanza that are read, in lower case: for `StanzaOptions.wanted`. */
export const SOURCE_FIELDS: ReadonlySet<string> = new Set([
  ...[
    'package',
    'source',
    'version',
    'architecture',
    'binary',
    'package-list',
    'format',
    'extra-source-only',
  ],
  ...['build-depends', 'build-depends-arch', 'build-depends-indep'],
  ...['build-conflicts', 'build-conflicts-arch', 'build-conflicts-indep'],
  ...['build-size', 'xs-build-size', 'x-build-size', 'files', 'checksums-sha256'],
  ...['x-stx-layer', 'x-stx-build-type', 'x-stx-serial', 'x-stx-control'],
]);

/**
 * Reads a stanza of a `Sources` index (`Package:`) or of a `.dsc` (`Source:`).
 * @returns undefined, and reported, without a good name and version. Without `Architecture` the source counts as `any`
 * @see Debian Policy 5.4; deb-src-control(5), dsc(5)
 */
export function readSourceStanza(
  stanza: Stanza,
  file: string,
  context: ParseContext,
): SourcePackage | undefined {
  const nameField = stanza.fields.has('source') && !stanza.fields.has('package') ? 'Source' : 'Package';
  const name = requirePackageName(stanza, nameField, 'a source stanza', file, context);
  if (name === undefined) return undefined;
  const version = requireVersion(stanza, `the stanza of source '${name}'`, file, context);
  if (version === undefined) return undefined;
  const architectures = readArchitectures(stanza, file, context);
  const knowsBinaries =
    (stanza.fields.has('binary') || stanza.fields.has('package-list')) &&
    readText(stanza, 'x-stx-control') !== 'unknown';
  return {
    name,
    version,
    architectures: architectures.length === 0 ? ['any'] : architectures,
    binaries: readBinaries(stanza, file, context),
    knowsBinaries,
    origin: nameField === 'Source' ? 'dsc' : 'index',
    tellsRelations: false,
    buildDepends: readBuildRelations(stanza, 'Build-Depends', file, context),
    buildConflicts: readBuildRelations(stanza, 'Build-Conflicts', file, context),
    extraSourceOnly: readFlag(stanza, 'extra-source-only', file, context),
    buildSizeBytes: readBuildSize(stanza, file, context),
    ...readSizes(stanza, file, context),
    serial: readFlag(stanza, 'x-stx-serial', file, context),
    layer: readText(stanza, 'x-stx-layer'),
    buildType: readText(stanza, 'x-stx-build-type'),
    location: { file, line: stanza.line },
  };
}

/** `Package-List` tells most; `Binary` the names alone. */
function readBinaries(stanza: Stanza, file: string, context: ParseContext): readonly ProducedBinary[] {
  const list = stanza.fields.get('package-list');
  if (list !== undefined) return parsePackageList(list, file, context);
  const field = stanza.fields.get('binary');
  if (field === undefined) return [];
  const binaries: ProducedBinary[] = [];
  const placeOf = placesIn(field.text, valueLocation(field, file));
  for (const { 0: name, index } of valueText(field).matchAll(/[^\s,]+/g)) {
    if (isPackageName(name)) binaries.push(namedBinary(name, file, field.line));
    else context.report(badPackageName(placeOf(index), name));
  }
  return binaries;
}

/** From `Checksums-Sha256`, else `Files`. */
function readSizes(stanza: Stanza, file: string, context: ParseContext): SourceSizes {
  const field = stanza.fields.get('checksums-sha256') ?? stanza.fields.get('files');
  return field === undefined
    ? { sourceBytes: undefined, tarballs: undefined }
    : readSourceFiles(field, file, context);
}
