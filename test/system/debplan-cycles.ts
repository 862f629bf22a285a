import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { z } from 'zod';

const PROGRAM = resolve(import.meta.dirname, '../../dist/bin/debplan.js');
const MAX_REPORT_BYTES = 2 ** 30;

const Document = z.object({
  schema: z.literal('debplan/cycles@1'),
  components: z.array(
    z.object({ lowerBound: z.number(), breaks: z.array(z.object({ cost: z.number(), unit: z.string() })) }),
  ),
});

/** What `debplan cycles` says, and what it costs. */
export interface CyclesRun {
  /** Breaks of all components that have a cost. */
  readonly dearBreaks: number;
  /** Sum over the components. */
  readonly lowerBound: number;
  /** User and system time of the whole process, reading included. */
  readonly cpuSeconds: number;
}

/** Bash counts the CPU time of the process: `times` prints its own, and below that its children's. */
const TIMED = '"$@"; code=$?; times >&2; exit "$code"';

/** Runs `debplan cycles --json`. */
export function runCycles(args: readonly string[]): CyclesRun {
  const command = [process.execPath, PROGRAM, 'cycles', ...args, '--json', '-q'];
  const ran = spawnSync('bash', ['-c', TIMED, 'bash', ...command], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
    maxBuffer: MAX_REPORT_BYTES,
  });
  if (ran.status !== 0)
    throw new Error(`debplan cycles ended with ${ran.status ?? 'a signal'}: ${ran.stderr}`);
  const { components } = Document.parse(JSON.parse(ran.stdout));
  return {
    dearBreaks: components.flatMap(({ breaks }) => breaks.filter(({ cost }) => cost > 0)).length,
    lowerBound: components.reduce((sum, { lowerBound }) => sum + lowerBound, 0),
    cpuSeconds: parseTimes(ran.stderr),
  };
}

/** Reads the last line of `times`: `1m2.345s 0m0.678s`. */
function parseTimes(printed: string): number {
  const [, userMin, userS, systemMin, systemS] = (
    /(\d+)m([\d.]+)s (\d+)m([\d.]+)s\s*$/.exec(printed) ?? []
  ).map(Number);
  return z.number().parse(((userMin ?? NaN) + (systemMin ?? NaN)) * 60 + (userS ?? NaN) + (systemS ?? NaN));
}
