import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { z } from 'zod';

const PROGRAM = resolve(import.meta.dirname, '../../dist/bin/debplan.js');
const MAX_REPORT_BYTES = 2 ** 30;
const ALL_CAN_BE_BUILT = 0;
const SOME_CAN_NOT = 1;

const Target = z.object({
  arch: z.string(),
  buildable: z.number(),
  unbuildable: z.array(z.object({ source: z.string(), version: z.string(), kind: z.string() })),
});
const Document = z.object({ schema: z.literal('debplan/check@1'), targets: z.array(Target) });

/** What `debplan check` says of one architecture. */
export interface CheckTarget {
  /** How many sources were checked. */
  readonly checked: number;
  /** `source version`, sorted. */
  readonly unbuildable: readonly string[];
}

/** Runs `debplan check --json`. */
export function runCheck(args: readonly string[]): ReadonlyMap<string, CheckTarget> {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [PROGRAM, 'check', ...args, '--json', '-q'],
    {
      encoding: 'utf8',
      maxBuffer: MAX_REPORT_BYTES,
    },
  );
  if (status !== ALL_CAN_BE_BUILT && status !== SOME_CAN_NOT) {
    throw new Error(`debplan check ended with ${status ?? 'a signal'}: ${stderr}`);
  }
  const { targets } = Document.parse(JSON.parse(stdout));
  return new Map(
    targets.map(({ arch, buildable, unbuildable }) => [
      arch,
      {
        checked: buildable + unbuildable.length,
        unbuildable: unbuildable.map(({ source, version }) => `${source} ${version}`).sort(),
      },
    ]),
  );
}
