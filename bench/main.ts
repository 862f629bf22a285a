import { writeFileSync } from 'node:fs';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { compareResults } from './results/compare-results.ts';
import { comparisonNotes } from './results/comparison-notes.ts';
import { formatComparison } from './results/format-results.ts';
import { parseFilter } from './results/parse-filter.ts';
import { readResults } from './results/read-results.ts';
import type { BenchResults } from './results/results-schema.ts';
import { runBenches } from './run-benches.ts';

/** `npm run bench`: how long each stage takes, on archives of 400 to 10,000 sources, and what other programs take. */
const options = await yargs(hideBin(process.argv))
  .scriptName('npm run bench --')
  .usage(
    'npm run bench [-- OPTIONS]\n\nTimes every stage on generated archives of 400, 2,000 and 10,000 sources.',
  )
  .option('filter', {
    type: 'string',
    requiresArg: true,
    describe: 'only cases whose SUITE/SIZE/CASE has this TEXT, or matches /REGEX/',
  }) // prettier-ignore
  .option('json', {
    type: 'string',
    requiresArg: true,
    describe: 'write the results to FILE; - is stdout, and what is told goes to stderr',
  }) // prettier-ignore
  .option('compare', {
    type: 'string',
    requiresArg: true,
    describe: 'print the ratio of each case to the results in BASE.json',
  }) // prettier-ignore
  .option('quick', {
    type: 'boolean',
    default: false,
    describe: 'short runs, no 10,000 sources, no other programs',
  }) // prettier-ignore
  .option('sources', {
    type: 'string',
    requiresArg: true,
    implies: 'packages',
    describe: 'a Sources index: programs are asked about it instead of the generated one',
  }) // prettier-ignore
  .option('packages', {
    type: 'string',
    requiresArg: true,
    implies: 'sources',
    describe: 'the Packages index of amd64 beside it',
  }) // prettier-ignore
  .strict()
  .version(false)
  .parseAsync();

const out = options.json === '-' ? process.stderr : process.stdout;
const tell = (line: string): void => void out.write(`${line}\n`);

try {
  const filter = parseFilter(options.filter);
  const base = options.compare === undefined ? undefined : readResults(options.compare);
  const { sources, packages, quick: isQuick } = options;
  const given = sources === undefined || packages === undefined ? {} : { indexes: { sources, packages } };
  const results = await runBenches({ filter, isQuick, tell, ...given });
  if (results.cases.length + results.programs.length === 0)
    throw new Error(`no case has ${options.filter ?? ''}`);
  if (options.json !== undefined) writeResults(options.json, results);
  if (base !== undefined) tellComparison(base, results);
} catch (error) {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}

function writeResults(path: string, results: BenchResults): void {
  const text = `${JSON.stringify(results, undefined, 2)}\n`;
  if (path === '-') process.stdout.write(text);
  else writeFileSync(path, text);
}

function tellComparison(base: BenchResults, now: BenchResults): void {
  const compared = compareResults(base, now);
  tell(`\nnow over ${base.date.slice(0, 10)}: below 1 is faster; ± is what chance can do`);
  for (const own of compared) tell(formatComparison(own));
  for (const note of comparisonNotes(base, now)) tell(`note: ${note}`);
  const count = (verdict: string): number => compared.filter((own) => own.verdict === verdict).length;
  tell(`${count('faster')} faster, ${count('slower')} slower, ${count('same')} the same within chance`);
}
