import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../dist/bin/debplan.js', import.meta.url));

export interface CliRun {
  /** The exit code; null when a signal ended the program. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliRunOptions {
  readonly cwd: string;
  /** What stands on standard input; nothing: an empty one. */
  readonly input?: string;
  /** Variables beside the fixed ones. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the built program as a shell would, with no colour and 100 columns. */
export function runCli(args: readonly string[], { cwd, input = '', env = {} }: CliRunOptions): CliRun {
  const { status, stdout, stderr } = spawnSync(process.execPath, [requireBuild(), ...args], {
    cwd,
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { PATH: process.env['PATH'], LC_ALL: 'C', COLUMNS: '100', NO_COLOR: '1', ...env },
  });
  return { code: status, stdout, stderr };
}

/** Path of the built program. */
export function requireBuild(): string {
  if (!existsSync(PROGRAM)) throw new Error('dist/ is missing: npm run build');
  return PROGRAM;
}
