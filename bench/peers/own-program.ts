import { readFileSync } from 'node:fs';
import { compareVersions, parsePackages, readStanzas, RelationTable } from '../../src/internal.ts';

/**
 * What `questions.ts` runs beside other programs: `node own-program.js start|names|relations|versions FILE`. Prints one number, so
 * that nothing can be left undone.
 */
const [task = '', path = ''] = process.argv.slice(2);

const TASKS: Readonly<Record<string, (text: string) => number>> = {
  start: () => 0,
  names: (text) => {
    let length = 0;
    for (const { fields } of readStanzas(text, path, refuse, { wanted: new Set(['package']) }))
      length += fields.get('package')?.text.length ?? 0;
    return length;
  },
  relations: (text) => parsePackages(text, path, { relations: new RelationTable(), report: refuse }).length,
  versions: (text) => {
    let before = 0;
    let previous = '';
    for (const version of text.trimEnd().split('\n')) {
      if (previous !== '' && compareVersions(previous, version) < 0) before++;
      previous = version;
    }
    return before;
  },
};

const answer = TASKS[task];
if (answer === undefined)
  throw new Error(`no such task: ${task}; there are ${Object.keys(TASKS).join(', ')}`);
process.stdout.write(`${answer(task === 'start' ? '' : readFileSync(path, 'latin1'))}\n`);

function refuse(): never {
  throw new Error('BUG: a diagnostic about generated text');
}
