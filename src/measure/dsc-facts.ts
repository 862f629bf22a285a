import { valueText, valueWords } from '../parse/field.ts';
import { readStanzas } from '../parse/stanza.ts';

/** What a `.dsc`, or the first stanza of a `debian/control`, tells of a build. */
export interface SourceFacts {
  readonly source?: string;
  readonly version?: string;
  /** Whether it has binaries for all architectures alone. */
  readonly isIndependent: boolean;
}

/** Reads the first stanza with a source in it; what can't be read is left out silently: the build itself will complain. */
export function readSourceFacts(text: string, file: string): SourceFacts {
  const wanted = new Set(['source', 'version', 'architecture']);
  for (const { fields } of readStanzas(text, file, () => undefined, { wanted })) {
    const field = (name: string): string | undefined => {
      const found = fields.get(name);
      return found === undefined ? undefined : valueText(found).trim();
    };
    const [source, version] = [field('source'), field('version')];
    if (source === undefined) continue;
    const architectures = valueWords(fields.get('architecture'));
    return {
      source,
      ...(version === undefined ? {} : { version }),
      isIndependent: architectures.length === 1 && architectures[0] === 'all',
    };
  }
  return { isIndependent: false };
}
