import { parse } from 'debian-control';
import {
  parsePackages,
  parseRelationField,
  parseSources,
  readStanzas,
  RelationTable,
} from '../../src/internal.ts';
import type { BenchCase, Run, Suite } from './suite.ts';
import type { Workload } from './workload.ts';

const FILE = 'Packages';
const WANTED: ReadonlySet<string> = new Set(['package', 'version', 'depends']);
const ALL_FIELDS = 'Packages: stanzas, all fields';

/** Reading text that is in memory. */
export const parseSuite: Suite = {
  what: 'from the text of an index to records',
  cases: (workload) => {
    const onPackages = (name: string, run: (text: string) => unknown, peer?: string): BenchCase => ({
      name,
      ...(peer === undefined ? {} : { peer }),
      prepare: () => {
        const text = workload.packagesText();
        return () => run(text);
      },
    });
    return [
      onPackages('Packages: its line ends, plain JavaScript', countLineEnds),
      onPackages('Packages: stanzas, three fields', (text) => countFields(text, { wanted: WANTED })),
      onPackages(ALL_FIELDS, (text) => countFields(text)),
      onPackages(ALL_FIELDS, countFieldsOfPeer, 'debian-control'),
      onPackages('Packages: records', (text) => parsePackages(text, FILE, context(), 'amd64').length),
      { name: 'Sources: records', prepare: () => parseAllSources(workload) },
      { name: 'Depends: relations', prepare: () => parseAllDepends(workload) },
    ];
  },
};

function parseAllSources(workload: Workload): Run {
  const text = workload.sourcesText();
  return () => parseSources(text, 'Sources', context()).length;
}

function parseAllDepends(workload: Workload): Run {
  const fields = [...workload.packagesText().matchAll(/^Depends: (.*)$/gm)].map(([, field = '']) => field);
  const location = { file: FILE, line: 1 };
  return () => {
    const own = context();
    let count = 0;
    for (const field of fields) count += parseRelationField('Depends', field, location, own).groups.length;
    return count;
  };
}

/** What no reader of the text can be faster than. */
function countLineEnds(text: string): number {
  let count = 0;
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) count++;
  return count;
}

function countFields(text: string, options?: Parameters<typeof readStanzas>[3]): number {
  let count = 0;
  for (const stanza of readStanzas(text, FILE, refuse, options)) count += stanza.fields.size;
  return count;
}

function countFieldsOfPeer(text: string): number {
  let count = 0;
  for (const paragraph of text.split('\n\n')) count += Object.keys(parse(paragraph)).length;
  return count;
}

function context(): Parameters<typeof parsePackages>[2] {
  return { relations: new RelationTable(), report: refuse };
}

/** Generated text is clean: a diagnostic means that the bench measures something else. */
function refuse(): never {
  throw new Error('BUG: a diagnostic about generated text');
}
