import type { SourcePackage } from '../debian/package.ts';
import type { ParseContext } from './parse-context.ts';
import { readSourceStanza, SOURCE_FIELDS } from './source-stanza.ts';
import { readStanzas } from './stanza.ts';

/**
 * Reads a `Sources` index or a `.dsc`: one source package a stanza, in the order of the file. Stanzas without a good name
 * and version are reported and left out. O(length)
 */
export function parseSources(text: string, file: string, context: ParseContext): readonly SourcePackage[] {
  const sources: SourcePackage[] = [];
  for (const stanza of readStanzas(text, file, context.report, { wanted: SOURCE_FIELDS })) {
    const source = readSourceStanza(stanza, file, context);
    if (source !== undefined) sources.push(source);
  }
  return sources;
}
