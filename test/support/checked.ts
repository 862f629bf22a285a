import { checkSources, type CheckOptions } from '../../src/check.ts';
import { makeCheckDocument, type CheckDocument } from '../../src/resolve/check-document.ts';
import { optionsOf, readTexts, type Texts } from './texts.ts';

/** The check of an archive of texts; left out: as `optionsOf`, each architecture for itself. */
export function makeCheck(texts: Texts, overrides: Partial<CheckOptions> = {}): CheckDocument {
  const archive = readTexts(texts);
  const options = {
    ...optionsOf(),
    allOn: undefined,
    implicit: [],
    available: 'auto',
    ...overrides,
  } as const;
  const verdicts = checkSources(archive, options, () => undefined);
  return makeCheckDocument(verdicts, options.architectures, archive.sources);
}
