import { parseArgs } from 'node:util';
import { archiveInstances, readArchive, subsetInstances } from './debian.ts';
import { printGaps } from './measure.ts';
import { starlingxInstances } from './starlingx.ts';

const USAGE =
  'npm run bench:gap -- [--starlingx FOLDER] [--sources FILE --packages FILE [--only subsets|archive]]';

/** `npm run bench:gap`: how far above the lower bound plans end, at effort 0 and 1. */
const { values } = parseArgs({
  options: {
    starlingx: { type: 'string' },
    sources: { type: 'string' },
    packages: { type: 'string' },
    only: { type: 'string' },
  },
});
if (values.starlingx === undefined && values.sources === undefined) {
  process.stderr.write(`nothing to measure: ${USAGE}\n`);
  process.exitCode = 2;
}
if (values.starlingx !== undefined) {
  const known = starlingxInstances(values.starlingx, 'unknown-times');
  await printGaps('StarlingX: known times, two minutes for the rest', 2, known);
  const sized = starlingxInstances(values.starlingx, 'unknown-sizes');
  await printGaps('StarlingX: known times, else by size, two minutes for the rest', 2, sized);
}
if (values.sources !== undefined && values.packages !== undefined) {
  const inputs = await readArchive(values.sources, values.packages);
  if (values.only !== 'archive')
    await printGaps('Debian subsets', 1, subsetInstances(inputs, values.sources));
  if (values.only !== 'subsets') await printGaps('Debian', 3, archiveInstances(inputs));
}
