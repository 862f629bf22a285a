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
const Taken = z.object({ stage: z.string(), cpuS: z.number(), peakMib: z.number(), count: z.number() });

/** What one stage took at one size. */
type StageCost = z.infer<typeof Taken>;

/** `npm run bench:growth`: CPU time and peak memory of each stage over archives of growing size, and the exponents they grow with. */
const options = await yargs(hideBin(process.argv))
  .scriptName('npm run bench:growth --')
  .usage(
    'npm run bench:growth [-- OPTIONS]\n\nEach size in a process of its own, on a generated archive; one architecture; peaks are each stage’s own.',
  )
  .option('sizes', {
    type: 'string',
    default: '1000,3000,10000',
    describe: 'numbers of sources; 1000,10000,100000,300000 takes half an hour',
  }) // prettier-ignore
  .option('json', { type: 'string', requiresArg: true, describe: 'write the figures to FILE too' })
  .strict()
  .version(false)
  .parseAsync();

const sizes = options.sizes.split(',').map(Number);
if (sizes.some((size) => !Number.isInteger(size) || size < 1)) {
  process.stderr.write(`error: --sizes ${options.sizes}: whole numbers, please\n`);
  process.exitCode = 2;
} else {
  measureAll();
}

function measureAll(): void {
  const costs = new Map<string, (StageCost | undefined)[]>(STAGES.map((stage) => [stage, []]));
  process.stdout.write(`${formatHead()}\n`);
  for (const size of sizes) {
    const folder = mkdtempSync(join(tmpdir(), 'debplan-growth-'));
    try {
      const found = [...measure('generate', folder, size), ...measure('stages', folder, size)];
      for (const stage of STAGES) {
        const cost = found.find((own) => own.stage === stage);
        costs.get(stage)?.push(cost);
        process.stdout.write(`${formatRow(stage, size, cost)}\n`);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  if (sizes.length > 1) process.stdout.write(`\n${formatGrowth(sizes, costs)}\n`);
  if (options.json === undefined) return;
  const figures = STAGES.map((stage) => ({ stage, costs: costs.get(stage) }));
  const results = { date: new Date().toISOString(), machine: describeMachine(), sizes, figures };
  writeFileSync(options.json, `${JSON.stringify(results, undefined, 2)}\n`);
}

/** @returns the stages that ended; why the next one failed goes to stderr */
function measure(task: string, folder: string, size: number): readonly StageCost[] {
  const args = [`--max-old-space-size=${HEAP_MIB}`, '--expose-gc', CHILD, folder, String(size), task];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) {
    const [reason = ''] = /^.*(?:Error|FATAL).*$/m.exec(stderr) ?? [];
    process.stderr.write(`${task} at ${size} sources ended with ${String(status)}: ${reason}\n`);
  }
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => Taken.parse(JSON.parse(line)));
}
