import { compareText } from '../base/compare.ts';
import type { ProducedBinary, SourcePackage } from '../debian/package.ts';
import { readArchitectures } from './architecture-field.ts';
import { checkFieldNames } from './control-fields.ts';
import { badProfiles, noBinaries } from './diagnostics.ts';
import type { Stanza } from './field.ts';
import {
  fieldLocation,
  readBuildRelations,
  readBuildSize,
  readFlag,
  readMultiArch,
  readRunTimeRelations,
  readText,
  requirePackageName,
  requireText,
} from './package-fields.ts';
import type { ParseContext } from './parse-context.ts';
import { readStanzas } from './stanza.ts';

/** What the control file itself does not tell. */
export interface ControlOptions {
  /** From the changelog or meta_data.yaml. */
  readonly version?: string | undefined;
  /** StarlingX layer. */
  readonly layer?: string | undefined;
  /** StarlingX build type. */
  readonly buildType?: string | undefined;
  /** Default: false. */
  readonly serial?: boolean | undefined;
  /** Placeholder as it stands in the text, `@KERNEL_TYPE@` → its value, without line ends. Default: none. */
  readonly substitute?: ReadonlyMap<string, string> | undefined;
}

/**
 * Reads `debian/control`: the source with its build relations, and its binaries with their run-time relations; udebs are
 * left out. A binary stanza without a good name or an architecture is reported and left out.
 * @returns undefined, and reported, when there is no source stanza with a good name. `architectures` is the sorted union
 * over the binaries. O(length)
 * @see Debian Policy 5.2
 */
export function parseControl(
  text: string,
  file: string,
  context: ParseContext,
  options: ControlOptions = {},
): SourcePackage | undefined {
  const stanzas = readStanzas(substituted(text, options.substitute), file, context.report);
  const first = stanzas.next();
  const head: Stanza = first.done === true ? { line: 1, fields: new Map() } : first.value;
  const name = requirePackageName(
    head,
    'Source',
    "the first stanza of a control file, the source's,",
    file,
    context,
  );
  if (name === undefined) return undefined;
  checkFieldNames(head, 'source', file, context.report);
  const binaries = readBinaries(stanzas, head, name, file, context);
  return {
    name,
    version: options.version,
    architectures: [...new Set(binaries.flatMap((binary) => binary.architectures ?? []))].sort(compareText),
    binaries,
    knowsBinaries: true,
    origin: 'tree',
    tellsRelations: true,
    buildDepends: readBuildRelations(head, 'Build-Depends', file, context),
    buildConflicts: readBuildRelations(head, 'Build-Conflicts', file, context),
    extraSourceOnly: false,
    buildSizeBytes: readBuildSize(head, file, context),
    sourceBytes: undefined,
    tarballs: undefined,
    serial: options.serial ?? false,
    layer: options.layer,
    buildType: options.buildType,
    location: { file, line: head.line },
  };
}

function substituted(text: string, substitute: ReadonlyMap<string, string> | undefined): string {
  let result = text;
  for (const [placeholder, value] of substitute ?? []) result = result.replaceAll(placeholder, () => value);
  return result;
}

function readBinaries(
  stanzas: Iterable<Stanza>,
  head: Stanza,
  source: string,
  file: string,
  context: ParseContext,
): readonly ProducedBinary[] {
  const binaries: ProducedBinary[] = [];
  let stanzaCount = 0;
  let udebCount = 0;
  for (const stanza of stanzas) {
    stanzaCount++;
    checkFieldNames(stanza, 'binary', file, context.report);
    if (isUdeb(stanza)) {
      udebCount++;
      continue;
    }
    const binary = readBinary(stanza, file, context);
    if (binary !== undefined) binaries.push(binary);
  }
  // Stanzas that can't be used are reported one by one.
  if (udebCount === stanzaCount) context.report(noBinaries({ file, line: head.line }, source, udebCount > 0));
  return binaries;
}

function isUdeb(stanza: Stanza): boolean {
  return (readText(stanza, 'package-type') ?? readText(stanza, 'xc-package-type')) === 'udeb';
}

function readBinary(stanza: Stanza, file: string, context: ParseContext): ProducedBinary | undefined {
  const name = requirePackageName(stanza, 'Package', 'a binary stanza', file, context);
  if (name === undefined) return undefined;
  const architecture = requireText(stanza, 'Architecture', `the stanza of binary '${name}'`, file, context);
  if (architecture === undefined) return undefined;
  return {
    name,
    architectures: readArchitectures(stanza, file, context),
    profiles: readBuildProfiles(stanza, file, context),
    essential: readFlag(stanza, 'essential', file, context),
    multiArch: readMultiArch(stanza, file, context),
    ...readRunTimeRelations(stanza, file, context),
    location: { file, line: stanza.line },
  };
}

/** `Build-Profiles: <!nocheck cross> <stage1>`; reported and empty when it can't be read. */
function readBuildProfiles(stanza: Stanza, file: string, context: ParseContext): ProducedBinary['profiles'] {
  const text = readText(stanza, 'build-profiles');
  if (text === undefined) return [];
  if (/^\s*(?:<\s*[^\s<>][^<>]*>\s*)+$/.test(text)) {
    return [...text.matchAll(/<([^<>]*)>/g)].map((match) =>
      (match[1] ?? '').split(/\s+/).filter((term) => term !== ''),
    );
  }
  context.report(badProfiles(fieldLocation(stanza, 'build-profiles', file), 'Build-Profiles', text));
  return [];
}
