import type { Location } from '../base/diagnostic.ts';
import { parseBytes } from '../base/quantity.ts';
import type { BuildRelations, MultiArch, ProducedBinary } from '../debian/package.ts';
import type { RelationField } from '../debian/relation.ts';
import { versionProblem } from '../debian/version.ts';
import { badFlag, badMultiArch, badPackageName, badSize, badVersion, missingField } from './diagnostics.ts';
import { valueLocation, valueText, type Field, type Stanza } from './field.ts';
import { isPackageName } from './package-name.ts';
import type { ParseContext } from './parse-context.ts';
import { parseRelationField, readRelationField } from './relation-field.ts';

/** The relations of a binary package that matter for installing it, in Debian's spelling. */
export type RunTimeRelations = Pick<
  ProducedBinary,
  'preDepends' | 'depends' | 'provides' | 'conflicts' | 'breaks'
>;

/** A field's value on one line without comments; undefined when it is absent or empty. */
export function readText(stanza: Stanza, key: string): string | undefined {
  const field = stanza.fields.get(key);
  if (field === undefined) return undefined;
  const text = field.text.includes('\n') ? joinLines(valueText(field)) : field.text;
  return text === '' ? undefined : text;
}

/**
 * A field that the stanza must have.
 * @param what the stanza, for the message: `stanza of package 'hello'`
 */
export function requireText(
  stanza: Stanza,
  name: string,
  what: string,
  file: string,
  context: ParseContext,
): string | undefined {
  const text = readText(stanza, name.toLowerCase());
  if (text === undefined) context.report(missingField(file, stanza.line, name, what));
  return text;
}

/** The required name of a package; undefined, and reported, when it is absent or no name. */
export function requirePackageName(
  stanza: Stanza,
  name: string,
  what: string,
  file: string,
  context: ParseContext,
): string | undefined {
  const text = requireText(stanza, name, what, file, context);
  if (text === undefined || isPackageName(text)) return text;
  context.report(badPackageName(fieldLocation(stanza, name.toLowerCase(), file), text));
  return undefined;
}

/** The required version of a package; undefined, and reported, when it is absent or no version. */
export function requireVersion(
  stanza: Stanza,
  what: string,
  file: string,
  context: ParseContext,
): string | undefined {
  const text = requireText(stanza, 'Version', what, file, context);
  const reason = text === undefined ? undefined : versionProblem(text);
  if (text === undefined || reason === undefined) return text;
  context.report(badVersion(fieldLocation(stanza, 'version', file), text, reason));
  return undefined;
}

/** `yes` or `true` in any case; everything else, which is reported, and absence, is no. */
export function readFlag(stanza: Stanza, key: string, file: string, context: ParseContext): boolean {
  const text = readText(stanza, key);
  switch (text?.toLowerCase()) {
    case 'yes':
    case 'true':
      return true;
    case undefined:
    case 'no':
    case 'false':
      return false;
    default:
      context.report(
        badFlag(fieldLocation(stanza, key, file), stanza.fields.get(key)?.name ?? key, text ?? ''),
      );
      return false;
  }
}

/** The Multi-Arch field; absent or unknown (reported): `no`. */
export function readMultiArch(stanza: Stanza, file: string, context: ParseContext): MultiArch {
  const text = readText(stanza, 'multi-arch');
  switch (text) {
    case undefined:
    case 'no':
      return 'no';
    case 'same':
    case 'foreign':
    case 'allowed':
      return text;
    default:
      context.report(badMultiArch(fieldLocation(stanza, 'multi-arch', file), text));
      return 'no';
  }
}

/** `Build-Depends` or `Build-Conflicts` and its `-Arch` and `-Indep`. */
export function readBuildRelations(
  stanza: Stanza,
  name: 'Build-Depends' | 'Build-Conflicts',
  file: string,
  context: ParseContext,
): BuildRelations {
  return {
    always: readRelationField(stanza, name, file, context),
    arch: readRelationField(stanza, `${name}-Arch`, file, context),
    indep: readRelationField(stanza, `${name}-Indep`, file, context),
  };
}

/** The run-time relations of a binary stanza. */
export function readRunTimeRelations(stanza: Stanza, file: string, context: ParseContext): RunTimeRelations {
  return {
    preDepends: readRelationField(stanza, 'Pre-Depends', file, context),
    depends: readRelationField(stanza, 'Depends', file, context),
    provides: readRelationField(stanza, 'Provides', file, context),
    conflicts: readConflicts(stanza, 'Conflicts', file, context),
    breaks: readConflicts(stanza, 'Breaks', file, context),
  };
}

/**
 * A control's conflict with `(<< ${source:Version})` would, without its version, keep out every version: it is left out.
 * Blanks stand in for it, so that the others keep their places.
 */
function readConflicts(
  stanza: Stanza,
  name: 'Conflicts' | 'Breaks',
  file: string,
  context: ParseContext,
): RelationField | undefined {
  const field = stanza.fields.get(name.toLowerCase());
  if (field?.text.includes('${') !== true) return readRelationField(stanza, name, file, context);
  const known = field.text.replaceAll(/[^,]*\$\{[^,]*/g, (relation) => relation.replaceAll(/[^\n]/g, ' '));
  return parseRelationField(name, known, valueLocation(field, file), context);
}

/** StarlingX's size of a build; the first of its spellings that is present. */
export function readBuildSize(stanza: Stanza, file: string, context: ParseContext): number | undefined {
  for (const key of ['build-size', 'xs-build-size', 'x-build-size']) {
    const field = stanza.fields.get(key);
    if (field !== undefined) return readBytes(field, file, context);
  }
  return undefined;
}

/** Where a field's value begins; the stanza's first line when it is absent. */
export function fieldLocation(stanza: Stanza, key: string, file: string): Location {
  const field = stanza.fields.get(key);
  return field === undefined ? { file, line: stanza.line } : valueLocation(field, file);
}

function joinLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');
}

function readBytes(field: Field, file: string, context: ParseContext): number | undefined {
  const text = valueText(field).trim();
  const bytes = parseBytes(text);
  if (bytes === undefined) context.report(badSize(valueLocation(field, file), field.name, text));
  return bytes;
}
