import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What a program took. */
export interface Cost {
  /** User and system time of all its threads. */
  readonly cpuS: number;
  readonly wallS: number;
  /** Largest resident set. */
  readonly peakMib: number;
}

const KIB_PER_MIB = 1024;
const POLL_MS = 10;

/**
 * Runs a program, its output thrown away. Bash counts its CPU time; its peak memory is the kernel's own high-water mark (`VmHWM`),
 * read until the program ends: only what it grows by within the last 10 ms is missed. Needs no package beside bash.
 * @param isGood which exit codes are answers
 * @throws Error with what the program said, when it fails
 */
export async function timeProgram(
  command: readonly string[],
  isGood: (code: unknown) => boolean,
): Promise<Cost> {
  const env = { ...process.env, LC_ALL: 'C.UTF-8', DEB_BUILD_PROFILES: undefined };
  const began = performance.now();
  const child = spawn('bash', ['-c', TIMED, 'bash', ...command], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let pid = '';
  let told = '';
  let peakKib = 0;
  child.stdout.on('data', (text: Buffer) => (pid += text.toString()));
  child.stderr.on('data', (text: Buffer) => (told += text.toString()));
  const timer = setInterval(() => {
    if (pid.endsWith('\n')) peakKib = Math.max(peakKib, readPeakKib(pid.trim()));
  }, POLL_MS);
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  clearInterval(timer);
  const wallS = (performance.now() - began) / 1000;
  const cpuS = parseTimes(told);
  if (!isGood(code) || Number.isNaN(cpuS))
    throw new Error(`${command.join(' ')} ended with ${String(code)}: ${told}`);
  return { cpuS, wallS, peakMib: peakKib / KIB_PER_MIB };
}

/** Prints the id of the process, then on stderr what it said, the user and system time of bash, and below that of the process. */
const TIMED = '(echo "$BASHPID"; exec "$@" >/dev/null); code=$?; times >&2; exit "$code"';

/** Reads the last line of bash's `times`, user and system: `1m2.345s 0m0.678s`. */
function parseTimes(printed: string): number {
  const match = /(\d+)m([\d.]+)s (\d+)m([\d.]+)s\s*$/.exec(printed);
  const [userMin = NaN, userS = NaN, systemMin = NaN, systemS = NaN] = (match ?? []).slice(1).map(Number);
  return (userMin + systemMin) * 60 + userS + systemS;
}

/** 0 when the process has just ended. */
function readPeakKib(pid: string): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0; // the process has just ended
  }
}
