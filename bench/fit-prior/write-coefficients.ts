import { format, resolveConfig } from 'prettier';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Models } from '../../src/internal.ts';
import { errorTable } from './error-table.ts';
import type { FittedPrior } from './fit-prior.ts';
import type { Figures } from './observations.ts';

const MADE = '// Made by `npm run bench:fit-prior -- FOLDER --write`; not for editing.';

/** Writes the files of `src/estimate/prior/coefficients`. */
export async function writeCoefficients(
  folder: string,
  { models, errors }: FittedPrior,
  { files }: Figures,
): Promise<void> {
  const config = await resolveConfig(join(folder, 'tree.ts'));
  const write = async (name: string, text: string): Promise<void> => {
    const file = join(folder, `${name}.ts`);
    writeFileSync(file, await format(`${MADE}\n${text}`, { ...config, filepath: file }));
  };
  await write('tree', modelsText('TREE_MODELS', 'Medians in 10^6 bytes.', models.tree));
  await write('work', modelsText('WORK_MODELS', 'Medians in seconds of processor time.', models.work));
  await write('memory', modelsText('MEMORY_MODELS', 'Medians in 10^6 bytes.', models.memory));
  await write(
    'provenance',
    `/** What the models were fitted to, and how far they are from figures of sources that they never saw. */
export const PROVENANCE = ${JSON.stringify({ files, errors: errorTable(errors) })};\n`,
  );
}

function modelsText(name: string, comment: string, models: Models): string {
  return `import type { Models } from '../model.ts';

/** ${comment} */
export const ${name}: Models = ${JSON.stringify(models)};\n`;
}
