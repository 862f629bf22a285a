import { at } from '../base/column.ts';
import type { Location } from '../base/diagnostic.ts';
import type { RelationField } from '../debian/relation.ts';
import { moreProblems, relationDiagnostic } from './relation-diagnostics.ts';
import { placesIn, valueLocation, withoutComments, type Stanza } from './field.ts';
import type { ParseContext } from './parse-context.ts';
import { parseGroups } from './relation-groups.ts';
import { nextGroupText } from './relation-table.ts';
import { trimEnd } from './scan.ts';

/**
 * Parses the value of a relation field. Empty groups and trailing commas pass silently; relations that stand in
 * substitution variables are left out, and so is a version that does. Each relation that dpkg would refuse is reported and
 * left out, the others count; where a comma is missing both sides are used.
 * @param name the field's name in Debian's spelling
 * @param text the value as it stands, comment lines included
 * @param location where the value begins
 * @returns the field; without groups when nothing could be used. O(length); a value seen before costs one look-up
 * @see Debian Policy 7.1; deb-src-control(5)
 * @example
 * const context = { relations: new RelationTable(), report: console.warn };
 * const place = { file: 'control', line: 7 };
 * const { groups } = parseRelationField('Depends', 'libc6 (>= 2.36), a | b', place, context);
 * groups.length; // → 2
 */
export function parseRelationField(
  name: string,
  text: string,
  location: Location,
  context: ParseContext,
): RelationField {
  const { groups, problems } = context.relations.readField(text);
  if (problems.length > 0) {
    const placeOf = placesIn(text, location);
    for (const { problem, offset } of problems.slice(0, MOST_REPORTED))
      context.report(relationDiagnostic(name, problem, placeOf(offset)));
    const more = problems.length - MOST_REPORTED;
    if (more > 0) context.report(moreProblems(name, more, location));
  }
  return { name, groups, text, location };
}

/** Of one field: a megabyte of garbage would have half a million problems. */
const MOST_REPORTED = 100;

/** The relation fields that are read, and their names in lower case. */
const KEYS = {
  'Build-Depends': 'build-depends',
  'Build-Depends-Arch': 'build-depends-arch',
  'Build-Depends-Indep': 'build-depends-indep',
  'Build-Conflicts': 'build-conflicts',
  'Build-Conflicts-Arch': 'build-conflicts-arch',
  'Build-Conflicts-Indep': 'build-conflicts-indep',
  'Pre-Depends': 'pre-depends',
  Depends: 'depends',
  Provides: 'provides',
  Conflicts: 'conflicts',
  Breaks: 'breaks',
} as const;

/** `parseRelationField` on a stanza's field; undefined when the stanza has none of that name. */
export function readRelationField(
  stanza: Stanza,
  name: keyof typeof KEYS,
  file: string,
  context: ParseContext,
): RelationField | undefined {
  const field = stanza.fields.get(KEYS[name]);
  if (field === undefined) return undefined;
  return parseRelationField(name, field.text, valueLocation(field, file), context);
}

/**
 * Where a group of a field begins, recomputed from the field's text: groups carry no positions. The first call on a field
 * parses it again, O(length); later ones are O(1).
 * @param index 0 .. `field.groups.length - 1`
 * @throws a 'BUG: …' error when there is no such group
 */
export function locateGroup(field: RelationField, index: number): Location {
  const known = LOCATIONS.get(field);
  if (known !== undefined) return at(known, index);
  const locations = locateGroups(field);
  LOCATIONS.set(field, locations);
  return at(locations, index);
}

/** Remembered a field: a package that depends on 1,600 others is asked for each of them. */
const LOCATIONS = new WeakMap<RelationField, readonly Location[]>();

function locateGroups({ text, location }: RelationField): readonly Location[] {
  const locations: Location[] = [];
  const placeOf = placesIn(text, location);
  const plain = withoutComments(text);
  for (let start = nextGroupText(plain, 0); start < plain.length;) {
    const comma = plain.indexOf(',', start);
    const end = comma === -1 ? plain.length : comma;
    const { offsets } = parseGroups(plain.slice(start, trimEnd(plain, start, end)));
    for (const offset of offsets) locations.push(placeOf(start + offset));
    start = nextGroupText(plain, end);
  }
  return locations;
}
