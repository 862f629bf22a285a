import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { cook, recipes, type Recipe } from './fuzzed-file.ts';
import { judge } from './oracle.ts';
import { TARGET_NAMES, TARGETS, type TargetName } from './targets.ts';

/**
 * Feeds mutated files to all that reads files: `npm run fuzz -- --runs 100000 --seed 7 --target plan`; with `--trace` each is
 * named before it is fed, for those that never end. Each failure is shrunk and
 * printed with what makes it again. Exit code 1: something failed.
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    target: { type: 'string', multiple: true },
    trace: { type: 'boolean', default: false },
  },
});
const runs = Number(values.runs);
const seed = Number(values.seed);
const asked = values.target ?? TARGET_NAMES;
const unknown = asked.find((name) => !TARGET_NAMES.some((known) => known === name));
if (unknown !== undefined || !Number.isSafeInteger(runs) || runs < 1 || !Number.isSafeInteger(seed)) {
  process.stderr.write(`--runs N, --seed N, --target NAME: one of ${TARGET_NAMES.join(', ')}\n`);
  process.exit(2);
}
const names = TARGET_NAMES.filter((name) => asked.includes(name));
const each = Math.ceil(runs / names.length);
let failures = 0;
let total = 0;
for (const name of names) {
  const { done, failed, cpuMs, worst } = await fuzz(name, each);
  total += done;
  failures += Number(failed);
  process.stdout.write(
    `${name.padEnd(13)} ${String(done).padStart(7)} inputs ${(cpuMs / 1000).toFixed(1).padStart(7)} s CPU, slowest ${worst.toFixed(0)} ms${failed ? ', FAILED' : ''}\n`,
  );
}
const peak = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(
  `${String(total)} inputs for ${String(names.length)} targets, seed ${String(seed)}: ${String(failures)} failed; peak memory ${String(peak)} MiB\n`,
);
process.exitCode = Number(failures > 0);

interface Fuzzed {
  readonly done: number;
  readonly failed: boolean;
  readonly cpuMs: number;
  /** The most processor time that one input took, in ms. */
  readonly worst: number;
}

async function fuzz(name: TargetName, numRuns: number): Promise<Fuzzed> {
  const target = TARGETS[name];
  let done = 0;
  let worst = 0;
  const began = process.cpuUsage();
  const property = fc.asyncProperty(recipes(target), async (recipe) => {
    if (values.trace) process.stderr.write(`${name} ${JSON.stringify(recipe)}\n`);
    const bytes = cook(target, recipe);
    const before = process.cpuUsage();
    const { failure } = await judge(target, bytes, true);
    const { user } = process.cpuUsage(before);
    worst = Math.max(worst, user / 1000);
    if (++done % 1000 === 0) process.stderr.write(`\r${name} ${String(done)} of ${String(numRuns)} `);
    if (failure !== undefined) throw new Error(failure);
  });
  const details = await fc.check(property, { numRuns, seed });
  process.stderr.write('\r\u001b[K');
  if (details.failed) await explain(name, details.counterexample?.[0]);
  const { user, system } = process.cpuUsage(began);
  return { done, failed: details.failed, cpuMs: (user + system) / 1000, worst };
}

/** Prints the smallest recipe that was found to fail, and how. */
async function explain(name: TargetName, recipe: Recipe | undefined): Promise<void> {
  if (recipe === undefined) return;
  const target = TARGETS[name];
  const bytes = cook(target, recipe);
  const { failure } = await judge(target, bytes, true);
  process.stdout.write(
    `\n${name} fails: ${failure ?? 'only once'}\n  ${JSON.stringify(recipe)}\n  ${String(bytes.length)} bytes, first 300: ${JSON.stringify(Buffer.from(bytes).toString('latin1').slice(0, 300))}\n\n`,
  );
}
