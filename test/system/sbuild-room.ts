import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';

const FOLDER = resolve(process.env['DEBPLAN_SYSTEM_DIR'] ?? '/nonexistent');
export const CHROOT = join(FOLDER, 'chroot', 'bookworm.tar');
const PROGRAM = resolve(
  process.env['DEBPLAN_PROGRAM'] ?? join(import.meta.dirname, '../../dist/bin/debplan.js'),
);
export const USER = 'builder';
const MAX_LOG_BYTES = 2 ** 28;

/** Why sbuild can't be run here; undefined: it can. */
export function whyNoSbuild(): string | undefined {
  if (process.getuid?.() !== 0) return 'only root mounts RAM disks';
  if (spawnSync('sh', ['-c', 'command -v sbuild']).status !== 0) return 'sbuild is not installed';
  if (!existsSync(CHROOT)) return `${CHROOT} was not made`;
  if (spawnSync('id', [USER]).status !== 0) return `there is no user ${USER}`;
  const tried = spawnSync('runuser', ['-u', USER, '--', 'unshare', '--user', '--mount', 'true'], {
    encoding: 'utf8',
  });
  return tried.status === 0 ? undefined : `no user namespaces: ${tried.stderr.trim()}`;
}

/** A source package whose build writes what it is told to. */
export interface GeneratedSource {
  readonly name: string;
  /** A native one; without it 1.0. */
  readonly version?: string;
  /** Without it `any`. */
  readonly architecture?: 'any' | 'all';
  /** Beside debhelper. */
  readonly buildDepends?: readonly string[];
  /** Shell commands of the build, in the unpacked source. */
  readonly build: readonly string[];
  /** What the build makes that gets into the package: `FILE FOLDER`, as dh_install takes it. */
  readonly install?: readonly string[];
}

/** How a command ended, and what it said. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder for sources, logs and histories, and RAM disks below it; `close` takes all of it away. */
export class SbuildRoom {
  readonly folder: string;
  readonly #mounts: string[] = [];

  constructor() {
    mkdirSync(FOLDER, { recursive: true });
    this.folder = mkdtempSync(join(FOLDER, 'sbuild-'));
    chmodSync(this.folder, 0o777);
  }

  close(): void {
    // lazily: what still runs in it keeps it until it ends
    for (const mount of this.#mounts) spawnSync('umount', ['--lazy', mount]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Mounts a RAM disk. @returns its folder */
  ramDisk(name: string, mebibytes: number): string {
    const folder = join(this.folder, name);
    mkdirSync(folder);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}M,mode=1777`, 'debplan-test', folder]);
    this.#mounts.push(folder);
    return folder;
  }

  /** Makes a source package. @returns the path of its .dsc */
  source(given: GeneratedSource): string {
    const { name, version = '1.0', build, install = [] } = given;
    const tree = join(this.folder, `${name}-${version}`);
    mkdirSync(join(tree, 'debian', 'source'), { recursive: true });
    const put = (file: string, text: string): void => {
      writeFileSync(join(tree, 'debian', file), text, { mode: file === 'rules' ? 0o755 : 0o644 });
    };
    const person = 'Nobody <nobody@localhost>';
    put('control', controlOf(given, person));
    put(
      'changelog',
      `${name} (${version}) bookworm; urgency=low\n\n  * Test.\n\n -- ${person}  Mon, 23 Nov 2026 00:00:00 +0000\n`,
    );
    put(
      'rules',
      `#!/usr/bin/make -f\n%:\n\tdh $@\noverride_dh_auto_build:\n${build.map((line) => `\t${line}\n`).join('')}`,
    );
    put('source/format', '3.0 (native)\n');
    if (install.length > 0) put('install', `${install.join('\n')}\n`);
    execFileSync('dpkg-source', ['-b', tree], { cwd: this.folder, stdio: 'ignore' });
    return join(this.folder, `${name}_${version}.dsc`);
  }

  /** Builds a .dsc with sbuild on a RAM disk, under `debplan measure`. @param output where sbuild leaves its log */
  measureBuild(dsc: string, { ram, output, history }: Record<'ram' | 'output' | 'history', string>): Ran {
    mkdirSync(output);
    chmodSync(output, 0o777);
    const config = join(output, 'sbuildrc');
    const lines = [
      `$chroot_mode = 'unshare';`,
      `$unshare_tmpdir_template = '${ram}/sbuild.XXXXXXXXXX';`,
      `$run_lintian = 0;`,
      `1;`,
    ];
    writeFileSync(config, `${lines.join('\n')}\n`);
    const usage = 'df -k /';
    const sbuild = [
      ...['sbuild', '-c', CHROOT, '-d', 'bookworm', '--arch=amd64', '--no-clean-source'],
      ...['--no-apt-update', '--no-apt-upgrade', '--no-apt-distupgrade'],
      ...[
        `--chroot-setup-commands=${usage}`,
        `--starting-build-commands=${usage}`,
        `--finished-build-commands=${usage}`,
      ],
      dsc,
    ];
    const measure = ['measure', '--ram', ram, '--history', history, '--builder', 'test', '--'];
    return runDebplan([...measure, 'runuser', '-u', USER, '--', ...sbuild], output, {
      SBUILD_CONFIG: config,
    });
  }
}

/** Starts the built program, and kills it with signal 9 as soon as `isTime` says so, if it has not ended before. */
export async function runUntil(args: readonly string[], cwd: string, isTime: () => boolean): Promise<Ran> {
  const child = spawn(process.execPath, [PROGRAM, ...args], { cwd, env: environment() });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
  // not `close`: builds that go on may hold what they inherited
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const watch = setInterval(() => {
    if (isTime()) child.kill('SIGKILL');
  }, LOOK_MS);
  const code = await ended;
  clearInterval(watch);
  return { code, ...said };
}

const LOOK_MS = 100;

function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', HOME: '/nonexistent', NO_COLOR: '1' };
}

/** Runs the built program. */
export function runDebplan(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: MAX_LOG_BYTES,
    env: { ...environment(), ...env },
  });
  return { code: status, stdout, stderr };
}

/** The log that sbuild left in a folder: the file, not the link to it. */
export function logIn(folder: string): { readonly path: string; readonly text: string } {
  const [name] = readdirSync(folder).filter((file) => /-\d{4}-\d\d-\d\dT.*\.build$/.test(file));
  const path = join(folder, name ?? 'no log of sbuild');
  return { path, text: readFileSync(path, 'utf8') };
}

function controlOf(
  { name, architecture = 'any', buildDepends = [] }: GeneratedSource,
  person: string,
): string {
  return [
    `Source: ${name}`,
    ...['Section: misc', 'Priority: optional', `Maintainer: ${person}`, 'Standards-Version: 4.6.2'],
    `Build-Depends: ${['debhelper-compat (= 13)', ...buildDepends].join(', ')}`,
    ...['Rules-Requires-Root: no', '', `Package: ${name}`],
    ...[`Architecture: ${architecture}`, 'Description: test of debplan', ' Nothing.', ''],
  ].join('\n');
}
