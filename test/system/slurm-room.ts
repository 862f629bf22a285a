import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plan } from '../../src/plan/plan.ts';
import { until, type SlurmCluster } from './slurm-cluster.ts';

const PROGRAM = resolve(
  process.env['DEBPLAN_PROGRAM'] ?? join(import.meta.dirname, '../../dist/bin/debplan.js'),
);

/**
 * Writes down who it is, where and when it begins and ends, and what it was given to build with. Builds whose source ends in 0 make a
 * package; those named in `fail` fail; those named in `wait` wait until they are named no more.
 */
const BUILDER = `#!/bin/sh
room=$(dirname -- "$0")
slug=$1
record=$room/records/$slug.$DEBPLAN_ATTEMPT
printf '%s' "$2" >"$record.id"
ls "$DEBPLAN_EXTRA_PACKAGES" 2>/dev/null >"$record.packages"
[ -d "$DEBPLAN_WORK" ] && [ -w "$DEBPLAN_OUT" ] || exit 9
: >"$DEBPLAN_WORK/tree"
echo "$(date +%s%3N) $SLURMD_NODENAME $3 $DEBPLAN_WORK" >"$record.new"
mv "$record.new" "$record.start"
while [ -e "$room/wait/$slug" ]; do sleep 0.1; done
sleep 0.05
[ ! -e "$room/fail/$slug" ] || exit 1
case $4 in
*0)
  mkdir -p "$DEBPLAN_WORK/deb/DEBIAN"
  printf 'Package: %s\\nVersion: 1\\nArchitecture: all\\nMaintainer: x <x@x>\\nDescription: x\\n' "$4" >"$DEBPLAN_WORK/deb/DEBIAN/control"
  dpkg-deb -Znone --build "$DEBPLAN_WORK/deb" "$DEBPLAN_OUT/$4_1_all.deb" || exit 8
  ;;
esac
date +%s%3N >"$record.end"
`;

/** What a build wrote down. */
export interface Built {
  /** `SLUG.ATTEMPT` */
  readonly name: string;
  readonly slug: string;
  readonly id: string;
  readonly node: string;
  readonly ramDiskMib: number;
  readonly startMs: number;
  /** Undefined: it never came to its end. */
  readonly endMs: number | undefined;
  /** Names of the files that it was given to build with. */
  readonly packages: readonly string[];
  readonly work: string;
}

/** A plan, its work folder and the fake builder, on a cluster. */
export class SlurmRoom {
  readonly folder: string;
  readonly work: string;
  readonly #cluster: SlurmCluster;

  constructor(cluster: SlurmCluster, name: string, plan: Plan) {
    this.#cluster = cluster;
    this.folder = join(cluster.folder, name);
    this.work = join(this.folder, 'work');
    for (const folder of ['records', 'fail', 'wait', 'ram', 'disk'])
      mkdirSync(join(this.folder, folder), { recursive: true });
    writeFileSync(join(this.folder, 'plan.json'), JSON.stringify(plan));
    writeFileSync(join(this.folder, 'builder'), BUILDER, { mode: 0o755 });
  }

  mark(what: 'fail' | 'wait', slug: string): void {
    writeFileSync(join(this.folder, what, slug), '');
  }

  unmark(what: 'fail' | 'wait', slug: string): void {
    rmSync(join(this.folder, what, slug));
  }

  /** Starts `debplan run` in the background. */
  start(...args: readonly string[]): ChildProcess {
    return spawn(process.execPath, this.#words(args), {
      cwd: this.folder,
      env: this.#env(),
      stdio: ['ignore', 'ignore', 'ignore'],
    });
  }

  /** Runs it to its end. */
  run(...args: readonly string[]): { readonly status: number | null; readonly output: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, this.#words(args), {
      ...{ cwd: this.folder, env: this.#env(), encoding: 'utf8', timeout: 120_000 },
    });
    return { status, output: `${stdout}${stderr}` };
  }

  /** Lines of the journal so far, but one that is cut short. */
  events(): readonly Readonly<Record<string, unknown>>[] {
    const path = join(this.work, 'journal.jsonl');
    if (!existsSync(path)) return [];
    const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
    return lines.map((line): Readonly<Record<string, unknown>> => ({ ...parseLine(line) }));
  }

  /** Kills a runner as soon as something holds. */
  async kill(runner: ChildProcess, what: string, when: () => boolean): Promise<void> {
    const ended = new Promise((done) => runner.once('exit', done));
    await until(what, () => when() || runner.exitCode !== null);
    if (runner.exitCode !== null) throw new Error(`it ended with ${String(runner.exitCode)} before ${what}`);
    runner.kill('SIGKILL');
    await ended;
  }

  /** All builds that have begun. */
  built(): readonly Built[] {
    const read = (name: string): string =>
      existsSync(join(this.folder, 'records', name))
        ? readFileSync(join(this.folder, 'records', name), 'utf8')
        : '';
    return readdirSync(join(this.folder, 'records'))
      .filter((file) => file.endsWith('.start'))
      .map((file) => file.replace(/\.start$/, ''))
      .map((name) => {
        const [startMs, node = '', ramDiskMib, work = ''] = read(`${name}.start`).trim().split(' ');
        const end = read(`${name}.end`);
        return {
          ...{ name, slug: name.replace(/\.\d+$/, ''), id: read(`${name}.id`), node, work },
          ...{ startMs: Number(startMs), ramDiskMib: Number(ramDiskMib) },
          endMs: end === '' ? undefined : Number(end),
          packages: read(`${name}.packages`).split('\n').slice(0, -1),
        };
      });
  }

  endedCount(): number {
    return readdirSync(join(this.folder, 'records')).filter((file) => file.endsWith('.end')).length;
  }

  #words(args: readonly string[]): string[] {
    const builder = `'${join(this.folder, 'builder')}' {slug} {id} {ram-disk-mib} {source}`;
    return [
      ...[PROGRAM, 'run', 'plan.json', '--on', 'slurm', '--work', this.work, '--builder-command', builder],
      ...['--slurm-poll', '300ms', '--slurm-ram-dir', join(this.folder, 'ram')],
      ...['--slurm-disk-dir', join(this.folder, 'disk'), '--retries', '2', ...args],
    ];
  }

  #env(): NodeJS.ProcessEnv {
    return { ...this.#cluster.env, HOME: '/nonexistent', NO_COLOR: '1', CI: '1', DO_NOT_HAND_ON: 'x' };
  }
}

function parseLine(line: string): object {
  const value: unknown = JSON.parse(line);
  return typeof value === 'object' && value !== null ? value : {};
}
