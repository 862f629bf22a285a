import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fitPrior } from './fit-prior.ts';
import { readFigures } from './observations.ts';
import { errorTable } from './error-table.ts';
import { writeCoefficients } from './write-coefficients.ts';

const USAGE = 'npm run bench:fit-prior -- FOLDER [--write]   FOLDER holds joined.tsv and debian_measured.tsv';

/**
 * `npm run bench:fit-prior -- FOLDER`: fits the prior to the public figures in the folder and prints its errors out of fold;
 * `--write` puts the coefficients into the source. Run in the project's folder.
 */
const { values, positionals } = parseArgs({
  options: { write: { type: 'boolean' } },
  allowPositionals: true,
});
const [folder] = positionals;
if (folder === undefined) {
  process.stderr.write(`${USAGE}\n`);
  process.exitCode = 2;
} else {
  const figures = readFigures(folder, join('bench', 'fit-prior'));
  const fitted = fitPrior(figures);
  process.stdout.write(`${errorTable(fitted.errors).join('\n')}\n`);
  if (values.write === true)
    await writeCoefficients(join('src', 'estimate', 'prior', 'coefficients'), fitted, figures);
}
