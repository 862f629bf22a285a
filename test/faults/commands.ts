import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireBuild, runCli, type CliRun } from '../cli/run-cli.ts';
import { ON_AMD64, SOURCES } from '../cli/sources.ts';
import { makeTree } from '../io/temp-tree.ts';

const LOG = fileURLToPath(new URL('../../fixtures/logs/bookworm.build', import.meta.url));
const RUN = 'run plan.json --builder-command true --builders x86 --emulate --no-ram-disk'.split(' ');
const ADVISE = ['advise', 'plan.json', '--memory', '16GiB', '--cores', '4'];

/** Every command with the least that it needs, in the folder that `makeBase` makes. */
export const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  plan: ['plan', 'S', ...ON_AMD64],
  check: ['check', 'S', '--arch', 'amd64'],
  cycles: ['cycles', 'S', '--arch', 'amd64'],
  graph: ['graph', 'S', '--arch', 'amd64'],
  why: ['why', 'hello', 'greet', 'S', '--arch', 'amd64'],
  'install-set': ['install-set', 'greet', 'S', '--arch', 'amd64'],
  explain: ['explain', 'hello', 'S', ...ON_AMD64],
  accuracy: ['accuracy', '--history', 'h.jsonl'],
  simulate: ['simulate', 'plan.json', '--runs', '2'],
  bench: ['bench', 'plan.json', '--jitter', '0'],
  advise: ADVISE,
  emit: ['emit', 'plan.json', '--format', 'dot'],
  compare: ['compare', 'plan.json', 'plan.json'],
  report: ['report', 'plan.json', '-o', '-'],
  learn: ['learn', 'pear.build', '--history', 'new.jsonl'],
  history: ['history', 'h.jsonl'],
  measure: ['measure', '--', 'true'],
  next: ['next', 'plan.json'],
  run: [...RUN, '--dry-run'],
  completion: ['completion', 'bash'],
};

/** What commands write, with where: `T` is a folder. */
export const WRITERS: Readonly<Record<string, readonly string[]>> = {
  'plan -o': ['plan', 'S', ...ON_AMD64, '-o', 'T/plan.json', '--order', 'T/order.txt'],
  'cycles --write': ['cycles', 'S', '--arch', 'amd64', '--write', 'T/cycles'],
  'accuracy --svg': ['accuracy', '--history', 'h.jsonl', '--svg', 'T/a.svg'],
  'bench --csv': ['bench', 'plan.json', '--jitter', '0', '--csv', 'T/b.csv'],
  'bench --history': ['bench', 'plan.json', '--jitter', '0', '--history', 'T/b.jsonl'],
  'emit -o': ['emit', 'plan.json', '--format', 'all', '-o', 'T/out'],
  'report -o': ['report', 'plan.json', '-o', 'T/r.html'],
  'learn --history': ['learn', 'pear.build', '--history', 'T/l.jsonl'],
  'history -o': ['history', 'h.jsonl', '-o', 'T/h.jsonl'],
  'run --work': [...RUN, '--work', 'T/work'],
};

/** What commands read, each `X` a path that can't be read. */
export const READERS: Readonly<Record<string, readonly string[]>> = {
  plan: ['plan', 'X', ...ON_AMD64, '--json'],
  'plan --packages': ['plan', 'S', '--packages', 'amd64=X', ...ON_AMD64, '--json'],
  'plan --history': ['plan', 'S', '--history', 'X', ...ON_AMD64, '--json'],
  'plan --estimates': ['plan', 'S', '--estimates', 'X', ...ON_AMD64, '--json'],
  'plan --builders': ['plan', 'S', '--arch', 'amd64', '--builders', 'X', '--json'],
  'plan --break-cost': ['plan', 'S', '--break-cost', 'X', ...ON_AMD64, '--json'],
  'plan --order-from': ['plan', 'S', '--order-from', 'X', ...ON_AMD64, '--json'],
  'cycles --lint': ['cycles', 'S', '--lint', 'X', '--arch', 'amd64'],
  check: ['check', 'X', '--arch', 'amd64'],
  why: ['why', 'hello', 'greet', 'X', '--arch', 'amd64'],
  accuracy: ['accuracy', '--history', 'X'],
  simulate: ['simulate', 'X', '--runs', '2'],
  bench: ['bench', 'X'],
  'bench --history': ['bench', 'plan.json', '--jitter', '0', '--history', 'X'],
  advise: ADVISE.with(1, 'X'),
  emit: ['emit', 'X', '--format', 'dot'],
  compare: ['compare', 'plan.json', 'X'],
  'report --bench': ['report', 'plan.json', '--bench', 'X', '-o', '-'],
  learn: ['learn', 'X', '--history', 'new.jsonl'],
  history: ['history', 'X'],
  'next --state': ['next', 'plan.json', '--state', 'X'],
  run: RUN.with(1, 'X'),
};

const files: Record<string, string> = { S: SOURCES, 'pear.build': readFileSync(LOG, 'utf8') };

/** A new folder with all that the commands read; what debplan makes itself is made once. */
export function makeBase(): string {
  if (files['plan.json'] === undefined) {
    const cwd = makeTree(files);
    runCli(['plan', 'S', ...ON_AMD64, '-q'], { cwd });
    runCli(['learn', 'pear.build', '--history', 'h.jsonl', '-q'], { cwd });
    for (const name of ['plan.json', 'h.jsonl']) files[name] = readFileSync(join(cwd, name), 'utf8');
  }
  return makeTree(files);
}

/** Runs the built program under a shell that redirects as it is told: `>/dev/full`, `<&-`, `| true`. */
export async function runRedirected(
  args: readonly string[],
  cwd: string,
  redirection: string,
): Promise<CliRun> {
  const script = `"$0" "$@" ${redirection}`;
  const child = spawn('bash', ['-o', 'pipefail', '-c', script, process.execPath, requireBuild(), ...args], {
    ...{ cwd, stdio: ['ignore', 'pipe', 'pipe'] },
    env: { PATH: process.env['PATH'], LC_ALL: 'C', COLUMNS: '100', NO_COLOR: '1' },
  });
  const told = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk: Buffer) => {
      told[name] += chunk.toString();
    });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, ...told };
}
