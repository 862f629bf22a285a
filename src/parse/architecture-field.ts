import type { Location } from '../base/diagnostic.ts';
import { meansArchitecture, nearestArchitecture } from '../debian/architecture.ts';
import { unknownArchitecture } from './diagnostics.ts';
import { placesIn, valueLocation, valueText, valueWords, type Stanza } from './field.ts';
import type { ParseContext } from './parse-context.ts';

/** What most Architecture fields say, each list as one object. */
export const COMMON_ARCHITECTURES: ReadonlyMap<string, readonly string[]> = new Map(
  ['any', 'all', 'linux-any', 'any all'].map((text) => [text, text.split(' ')]),
);

/** Where more is wrong it is no list of architectures, and the hints would take longer than all else. */
const MOST_REPORTED = 20;

/**
 * The words of the Architecture field: names, wildcards and `all`. What dpkg doesn't know is reported, each word once, and stays: it
 * means itself alone.
 */
export function readArchitectures(stanza: Stanza, file: string, context: ParseContext): readonly string[] {
  const field = stanza.fields.get('architecture');
  if (field === undefined) return [];
  const common = COMMON_ARCHITECTURES.get(field.text);
  if (common !== undefined) return common;
  const words = valueWords(field);
  if (!words.every(isKnown)) {
    const placeOf = placesIn(field.text, valueLocation(field, file));
    const seen = new Set<string>();
    for (const { 0: word, index } of valueText(field).matchAll(/\S+/g)) {
      if (isKnown(word) || seen.has(word)) continue;
      checkArchitecture(word, () => placeOf(index), field.name, context);
      if (seen.add(word).size === MOST_REPORTED) break;
    }
  }
  return words;
}

/** Reports an architecture that dpkg doesn't know. */
export function checkArchitecture(
  name: string,
  locate: () => Location,
  field: string,
  context: ParseContext,
): void {
  if (!isKnown(name)) context.report(unknownArchitecture(locate(), field, name, nearestArchitecture(name)));
}

function isKnown(name: string): boolean {
  return name === 'all' || meansArchitecture(name);
}
