import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { requireBuild } from '../cli/run-cli.ts';
import { ON_AMD64 } from '../cli/sources.ts';
import { makeTree } from '../io/temp-tree.ts';

/** Sources that need each other by threes: what is to be opened takes seconds in one go. */
function manySources(count: number): string {
  return Array.from({ length: count }, (_, index) => {
    const needs = [1, 2, 3].map((step) => `s${String((index * 7 + step * 131) % count)}`);
    return `Package: s${String(index)}\nVersion: 1\nArchitecture: any\nBinary: s${String(index)}\nBuild-Depends: ${needs.join(', ')}\n`;
  }).join('\n');
}

/** Both are in the midst of it by then. */
const LONG_TICKS = 150;

/** Processor time in hundredths of a second. */
function cpuTicks({ pid }: ChildProcess): number {
  const [, fields = ''] = readFileSync(`/proc/${String(pid)}/stat`, 'utf8').split(') ');
  return Number(fields.split(' ')[11]);
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
  readonly files: readonly string[];
}

/** Plans, sends Ctrl-C when that has taken a while of processor time, and tells how it ended. */
async function interrupt(cwd: string, more: readonly string[]): Promise<Ended> {
  const args = [requireBuild(), 'plan', 'S', ...ON_AMD64, '-q', '--partial', ...more];
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<Pick<Ended, 'code' | 'signal'>>((resolve) => {
    child.on('close', (code, signal) => {
      resolve({ code, signal });
    });
  });
  await until(() => child.exitCode !== null || cpuTicks(child) > LONG_TICKS);
  child.kill('SIGINT');
  return { ...(await ended), stderr, files: readdirSync(cwd).sort() };
}

describe.runIf(process.platform === 'linux')('Ctrl-C', () => {
  it('ends a plan that is made in one go, and leaves no part of it', async () => {
    const cwd = makeTree({ S: manySources(40_000) });
    const ended = await interrupt(cwd, []);
    expect(ended).toEqual({ code: null, signal: 'SIGINT', stderr: '', files: ['S'] });
  });

  it('ends a search with the best plan so far', async () => {
    const cwd = makeTree({ S: manySources(40) });
    const ended = await interrupt(cwd, ['--schedules', '1000000000']);
    expect(ended).toMatchObject({ code: 0, signal: null, files: ['S', 'order.txt', 'plan.json'] });
  });
});
