import { readFileSync, writeFileSync } from 'node:fs';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { readResults } from '../results/read-results.ts';
import { benchTable, putTable, TABLE_BEGIN, TABLE_END } from './bench-table.ts';

/** `npm run bench:table`: the README's table of benches, from the results of `npm run bench -- --json FILE`. */
const { results, write } = await yargs(hideBin(process.argv))
  .scriptName('npm run bench:table --')
  .usage('npm run bench:table -- --results FILE [--write README.md]')
  .option('results', {
    type: 'string',
    demandOption: true,
    requiresArg: true,
    describe: 'what npm run bench -- --json wrote',
  }) // prettier-ignore
  .option('write', {
    type: 'string',
    requiresArg: true,
    describe: `put the table into this file, between ${TABLE_BEGIN} and ${TABLE_END}; left out: print it`,
  }) // prettier-ignore
  .strict()
  .version(false)
  .parseAsync();

try {
  const table = benchTable(readResults(results));
  if (write === undefined) process.stdout.write(`${table}\n`);
  else writeFileSync(write, putTable(readFileSync(write, 'utf8'), table));
} catch (error) {
  process.stderr.write(
    `error: ${write ?? results}: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 2;
}
