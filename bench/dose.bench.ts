import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeIndexLists } from '../test/system/index-lists.ts';

const SUITE = 'bookworm';
const ARCHITECTURES = ['amd64', 'arm64'];
const DEBPLAN = [process.execPath, 'dist/bin/debplan.js', 'check'];
const DOSE = 'dose-builddebcheck';
const ALL_CAN_BE_BUILT = 0;
const SOME_CAN_NOT = 1;
const KIB_PER_MIB = 1024;
const POLL_MS = 20;

/** What a program took. */
interface Cost {
  /** User and system time of all its threads. */
  readonly cpuS: number;
  /** Largest resident set. */
  readonly peakKib: number;
}

/**
 * Compares `debplan check` with dose-builddebcheck on all of bookworm's main, one architecture after the other, in the order
 * debplan, dose, debplan, so that a slow hour of the machine hurts both; debplan's cheaper run counts. Takes minutes.
 */
export async function doseBench(): Promise<void> {
  const missing = findMissing();
  if (missing !== undefined) {
    process.stdout.write(`dose: ${missing}\n`);
    return;
  }
  const { sources, packages } = makeIndexLists(SUITE, ARCHITECTURES);
  const check = (archs: readonly string[]): Promise<Cost> => {
    const lists = archs.flatMap((arch) => ['--packages', `${arch}=${packages.get(arch) ?? ''}`]);
    return measure([...DEBPLAN, sources, ...lists, '--arch', archs.join(), '--json', '-q']);
  };
  process.stdout.write(`\ndose, on ${SUITE} main\n`);
  printRow(['', 'CPU s', 'peak MiB', 'CPU ratio', 'peak ratio']);
  for (const [arch, path] of packages) {
    const first = await check([arch]);
    const dose = await measure([DOSE, '--explain', '--failures', `--deb-native-arch=${arch}`, path, sources]);
    const second = await check([arch]);
    const own = first.cpuS <= second.cpuS ? first : second;
    printRow([`debplan check, ${arch}`, ...describe(own), '1.0', '1.0']);
    printRow([
      `${DOSE}, ${arch}`,
      ...describe(dose),
      ratio(dose.cpuS, own.cpuS),
      ratio(dose.peakKib, own.peakKib),
    ]);
  }
  printRow([
    `debplan check, ${ARCHITECTURES.join(' and ')}`,
    ...describe(await check(ARCHITECTURES)),
    '',
    '',
  ]);
}

function printRow([name = '', ...cells]: readonly string[]): void {
  const line = [name.padEnd(32), ...cells.map((cell) => cell.padStart(10))].join('  ');
  process.stdout.write(`  ${line.trimEnd()}\n`);
}

/** What is not here, and how to get it. */
function findMissing(): string | undefined {
  if (spawnSync('sh', ['-c', `command -v ${DOSE}`]).status !== 0)
    return `${DOSE} is not installed; apt-get install ${DOSE}`;
  const folder = process.env['DEBPLAN_SYSTEM_DIR'];
  if (folder !== undefined && existsSync(join(folder, SUITE, 'apt.conf'))) return undefined;
  return `no lists of ${SUITE}; bash test/system/apt-root DIR ${SUITE}, then DEBPLAN_SYSTEM_DIR=DIR npm run bench -- dose`;
}

/**
 * Runs a program, its output thrown away. Bash counts its CPU time; its peak memory is the kernel's own high-water mark (`VmHWM`),
 * read until the program ends: only what it grows by within the last 20 ms is missed. Needs no package beside bash.
 */
async function measure(command: readonly string[]): Promise<Cost> {
  const env = { ...process.env, LC_ALL: 'C', DEB_BUILD_PROFILES: undefined };
  const child = spawn('bash', ['-c', TIMED, 'bash', ...command], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let pid = '';
  let times = '';
  let peakKib = 0;
  child.stdout.on('data', (text: Buffer) => (pid += text.toString()));
  child.stderr.on('data', (text: Buffer) => (times += text.toString()));
  const timer = setInterval(() => {
    if (pid.endsWith('\n')) peakKib = Math.max(peakKib, readPeakKib(pid.trim()));
  }, POLL_MS);
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  clearInterval(timer);
  const cpuS = parseTimes(times);
  if ((code !== ALL_CAN_BE_BUILT && code !== SOME_CAN_NOT) || Number.isNaN(cpuS))
    throw new Error(`${command.join(' ')} ended with ${String(code)}: ${times}`);
  return { cpuS, peakKib };
}

/** Prints the id of the process, then on stderr the user and system time of bash, and below that of the process. */
const TIMED = '(echo "$BASHPID"; exec "$@" >/dev/null 2>&1); code=$?; times >&2; exit "$code"';

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

function describe({ cpuS, peakKib }: Cost): readonly string[] {
  return [cpuS.toFixed(1), (peakKib / KIB_PER_MIB).toFixed(0)];
}

function ratio(theirs: number, own: number): string {
  return (theirs / own).toFixed(1);
}
