import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { z } from 'zod';
import { describeMachine } from '../results/describe-machine.ts';
import { formatGrowth, formatHead, formatRow } from './format-growth.ts';
import { growthStages } from './stages.ts';

const CHILD = fileURLToPath(new URL('growth-child.js', import.meta.url));
const NO_FILES = { sources: '', packages: [] };
const STAGES = ['generate', ...growthStages(NO_FILES).map(({ name }) => name)];
/** Heap of each process, MiB: more than Node allows by itself (4 GiB on large machines), and no more than the machine should have. */
const HEAP_MIB = 12_288;
const Taken = z.object({ cpuS: z.number(), peakMib: z.number(), count: z.number() });

/** What one stage took at one size; undefined: it failed. */
type StageCost = z.infer<typeof Taken>;

/** `npm run bench:growth`: CPU time and peak memory of each stage over archives of growing size, and the exponents they grow with. */
const options = await yargs(hideBin(process.argv))
  .scriptName('npm run bench:growth --')
  .usage(
    'npm run bench:growth [-- OPTIONS]\n\nEach stage at each size in a process of its own, on a generated archive; one architecture.',
  )
  .option('sizes', {
    type: 'string',
    default: '1000,3000,10000',
    describe: 'numbers of sources; 1000,10000,100000,300000 takes half an hour',
  }) // prettier-ignore
  .option('stages', { type: 'string', default: STAGES.join(), describe: 'the stages that are measured' })
  .option('json', { type: 'string', requiresArg: true, describe: 'write the figures to FILE too' })
  .strict()
  .version(false)
  .parseAsync();

const sizes = options.sizes.split(',').map(Number);
const stages = options.stages.split(',');
const unknown = stages.filter((stage) => !STAGES.includes(stage));
if (sizes.some((size) => !Number.isInteger(size) || size < 1) || unknown.length > 0) {
  const reason = unknown.length > 0 ? `no such stage: ${unknown.join()}` : `--sizes ${options.sizes}: whole numbers, please`; // prettier-ignore
  process.stderr.write(`error: ${reason}\n`);
  process.exitCode = 2;
} else {
  measureAll();
}

function measureAll(): void {
  const costs = new Map<string, (StageCost | undefined)[]>(stages.map((stage) => [stage, []]));
  process.stdout.write(`${formatHead()}\n`);
  for (const size of sizes) {
    const folder = mkdtempSync(join(tmpdir(), 'debplan-growth-'));
    try {
      const generated = measure('generate', folder, size);
      for (const stage of stages) {
        const cost = stage === 'generate' ? generated : measure(stage, folder, size);
        costs.get(stage)?.push(cost);
        process.stdout.write(`${formatRow(stage, size, cost)}\n`);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  process.stdout.write(`\n${formatGrowth(sizes, costs)}\n`);
  if (options.json === undefined) return;
  const figures = stages.map((stage) => ({ stage, costs: costs.get(stage) }));
  const results = { date: new Date().toISOString(), machine: describeMachine(), sizes, figures };
  writeFileSync(options.json, `${JSON.stringify(results, undefined, 2)}\n`);
}

/** @returns undefined when the process failed; why goes to stderr */
function measure(stage: string, folder: string, size: number): StageCost | undefined {
  const args = [`--max-old-space-size=${HEAP_MIB}`, '--expose-gc', CHILD, stage, folder, String(size)];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status === 0) return Taken.parse(JSON.parse(stdout));
  const [reason = ''] = /^.*(?:Error|FATAL).*$/m.exec(stderr) ?? [];
  process.stderr.write(`${stage} at ${size} sources ended with ${String(status)}: ${reason}\n`);
  return undefined;
}
