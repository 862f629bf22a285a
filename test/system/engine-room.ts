import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseTemplate } from '../../src/emit/command/parse-template.ts';
import { EMITTERS } from '../../src/emit/emitters.ts';
import type { Plan } from '../../src/plan/plan.ts';

/** How an engine is started in its folder. */
export const ENGINES = {
  make: ['make'],
  ninja: ['./run'],
  snakemake: ['./run', '--quiet'],
} as const;

export type EngineName = keyof typeof ENGINES;

export function isInstalled(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}

/** What the builder wrote when a unit began or ended, in this order. */
export interface BuildEvent {
  readonly kind: 'start' | 'end';
  readonly slug: string;
  readonly builder: string;
  readonly mode: string;
  readonly ramDiskMib: number;
}

/**
 * A builder that writes down what it is called with. Units named in `fail` fail; those named in `gate` wait for each other,
 * and fail if they are never all there at once; those named in `leave` leave a process behind.
 */
const BUILDER = `#!/bin/sh
cd "$(dirname -- "$0")" || exit
echo "start $*" >>events
if [ -e "gate/$1" ]; then
  : >"there/$1"
  round=0
  while [ "$(ls there | wc -l)" -lt "$(ls gate | wc -l)" ]; do
    round=$((round + 1))
    [ "$round" -lt 400 ] || exit 9
    sleep 0.05
  done
fi
if [ -e "leave/$1" ]; then
  setsid sh -c 'sleep 30; echo "$1" >>outlasted' sh "$1" &
  echo "$!" >>left
fi
sleep 0.06
echo "end $*" >>events
echo "a line of output of $1"
[ ! -e "fail/$1" ]
`;

const RECORDER = `#!/bin/sh
printf '%s\\0' "$@" >"$(dirname -- "$0")/argv/$1"
`;

/** A folder with an engine's files, a fake builder and what that one wrote. */
export class EngineRoom {
  readonly folder: string;
  readonly #engine: EngineName;

  constructor(engine: EngineName, plan: Plan, command = 'build {slug} {builder} {mode} {ram-disk-mib}') {
    this.#engine = engine;
    // blanks and signs in the folder's own name must not matter
    this.folder = join(mkdtempSync(join(tmpdir(), 'debplan-engine-')), "a 'room' $x");
    for (const name of ['gate', 'there', 'fail', 'leave', 'argv'])
      mkdirSync(join(this.folder, name), { recursive: true });
    writeFileSync(join(this.folder, 'events'), '');
    writeFileSync(join(this.folder, 'build'), BUILDER, { mode: 0o755 });
    writeFileSync(join(this.folder, 'record'), RECORDER, { mode: 0o755 });
    const builderCommand = parseTemplate(`../${command}`);
    for (const { path, content, isExecutable } of EMITTERS[engine].emit(plan, {
      builderCommand,
      suite: 'bookworm',
    })) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), content, { mode: isExecutable ? 0o755 : 0o644 });
    }
  }

  /** Runs the engine to its end. */
  run(...args: readonly string[]): { readonly status: number | null; readonly output: string } {
    const [program, ...first] = ENGINES[this.#engine];
    const { status, stdout, stderr } = spawnSync(program, [...first, ...args], {
      cwd: join(this.folder, this.#engine),
      encoding: 'utf8',
      env: { ...process.env, HOME: this.folder, XDG_CACHE_HOME: join(this.folder, 'cache') },
    });
    return { status, output: `${stdout}${stderr}` };
  }

  /** Starts the engine and kills it, with all that it started, when so many units have begun or ended. */
  async kill(events: number): Promise<void> {
    const [program, ...first] = ENGINES[this.#engine];
    const isThere = new Promise<void>((resolve) => {
      const watcher = watch(join(this.folder, 'events'), () => {
        if (this.events().length < events) return;
        watcher.close();
        resolve();
      });
    });
    const engine = spawn(program, first, {
      cwd: join(this.folder, this.#engine),
      detached: true,
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => engine.once('exit', resolve));
    await isThere;
    if (engine.pid === undefined) throw new Error(`${program} did not start`);
    process.kill(-engine.pid, 'SIGKILL');
    await ended;
  }

  /** Marks units: `fail`, `gate`, `leave`. */
  mark(what: 'fail' | 'gate' | 'leave', ...slugs: readonly string[]): void {
    for (const slug of slugs) writeFileSync(join(this.folder, what, slug), '');
  }

  unmark(what: 'fail' | 'gate', ...slugs: readonly string[]): void {
    for (const slug of slugs) rmSync(join(this.folder, what, slug));
  }

  /** Ends the processes that units left behind. @returns the units whose processes ended before, after half a minute */
  endLeft(): readonly string[] {
    const read = (name: string): readonly string[] =>
      existsSync(join(this.folder, name))
        ? readFileSync(join(this.folder, name), 'utf8').split('\n').slice(0, -1)
        : [];
    const outlasted = read('outlasted');
    for (const pid of read('left').map(Number)) {
      try {
        process.kill(-pid, 'SIGKILL');
      } catch {
        // it has ended
      }
    }
    return outlasted;
  }

  events(): readonly BuildEvent[] {
    return readFileSync(join(this.folder, 'events'), 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line): BuildEvent => {
        const [kind, slug = '', builder = '', mode = '', ramDiskMib] = line.split(' ');
        return { kind: kind === 'start' ? kind : 'end', slug, builder, mode, ramDiskMib: Number(ramDiskMib) };
      });
  }

  forgetEvents(): void {
    writeFileSync(join(this.folder, 'events'), '');
  }

  done(): readonly string[] {
    const folder = join(this.folder, this.#engine, 'done');
    return existsSync(folder) ? readdirSync(folder).sort() : [];
  }

  forget(slug: string): void {
    rmSync(join(this.folder, this.#engine, 'done', slug));
  }

  log(slug: string): string {
    return readFileSync(join(this.folder, this.#engine, 'log', `${slug}.log`), 'utf8');
  }

  /** What `record` was called with for a unit, but for its slug, which comes first. */
  argv(slug: string): readonly string[] {
    return readFileSync(join(this.folder, 'argv', slug), 'utf8')
      .split('\0')
      .slice(1, -1);
  }

  remove(): void {
    rmSync(dirname(this.folder), { recursive: true });
  }
}
