import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom, type Random } from '../../src/base/random.ts';
import { stableJson } from '../../src/base/stable-json.ts';
import { parseJournal } from '../../src/journal/parse-journal.ts';
import { replay } from '../../src/journal/replay.ts';
import { makeKillPlan } from './kill-plan.ts';

const PROGRAM = resolve(
  process.env['DEBPLAN_PROGRAM'] ?? join(import.meta.dirname, '../../dist/bin/debplan.js'),
);
const UNITS = 40;
const KILLS = 200;
/** Work folders at once. */
const WORKERS = 3;
/** Longest time that a runner has once it has begun. */
const MOST_MS = 700;
const MOST_START_MS = 500;
/** More lives than a plan of so many units can take. */
const MOST_LIVES = 60;

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'debplan-kill-'));
  // what a build does last is what counts it
  const build = '#!/bin/sh\nsleep "0.1$2"\necho "$1" >>"$3"\n';
  writeFileSync(join(folder, 'build'), build, { mode: 0o755 });
});

afterAll(() => {
  // of a run that did not get to its end
  for (const mount of mountsBelow(folder)) spawnSync('umount', ['--lazy', mount]);
  rmSync(folder, { recursive: true, force: true });
});

/** One plan in one work folder, from its first runner to the end. */
class Place {
  readonly work: string;
  readonly log: string;
  readonly #plan: string;

  constructor(index: number) {
    this.work = join(folder, `work-${String(index)}`);
    this.log = join(folder, `log-${String(index)}`);
    this.#plan = join(folder, `plan-${String(index)}.json`);
    writeFileSync(this.#plan, stableJson(makeKillPlan(UNITS, index)));
    writeFileSync(this.log, '');
  }

  /**
   * Starts a runner, and kills it some time after it has begun, or before.
   * @returns whether it was still there to be killed
   */
  async live(random: Random): Promise<boolean> {
    const hasBegun = (): boolean => readIfThere(join(this.work, 'journal.jsonl')).includes('"start"');
    const isEarly = random() < 0.2;
    const [resume, waitMs] = [hasBegun(), random() * (isEarly ? MOST_START_MS : MOST_MS)];
    const runner = spawn(process.execPath, this.#args(resume || this.#hasJournal()), {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: process.env['PATH'], NO_COLOR: '1' },
    });
    let talk = '';
    const begun = new Promise<void>((done) => {
      runner.stderr.on('data', (chunk: Buffer) => {
        talk += chunk.toString();
        if (talk.includes('begin')) done();
      });
    });
    const ended = new Promise<number | null>((done) => runner.once('exit', done));
    if (!isEarly) await Promise.race([begun, ended]);
    await Promise.race([delay(waitMs), ended]);
    const wasThere = runner.exitCode === null && runner.kill('SIGKILL');
    const code = await ended;
    // it never ends by itself but when all is done
    expect(wasThere || code === 0, talk).toBe(true);
    return wasThere;
  }

  /** Lets a last runner do what is left. */
  finish(): void {
    const { status, stderr } = spawnSync(process.execPath, this.#args(this.#hasJournal()), {
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
  }

  check(): void {
    const built = readFileSync(this.log, 'utf8').split('\n').filter(Boolean);
    expect(built.sort()).toEqual(Array.from({ length: UNITS }, (_, unit) => `unit-${pad(unit)}_1/amd64`));
    const { events, diagnostics } = parseJournal(readIfThere(join(this.work, 'journal.jsonl')), 'journal');
    expect(diagnostics).toEqual([]);
    expect([...replay(events).tasks.values()].map(({ state }) => state)).toEqual(
      built.map(() => 'built' as const),
    );
    expect(readdirSync(join(this.work, 'results')).filter((name) => name.startsWith('unit'))).toHaveLength(
      UNITS,
    );
    expect(mountsBelow(this.work)).toEqual([]);
    expect(readdirSync(join(this.work, 'ram'))).toEqual([]);
    expect(readdirSync(join(this.work, 'attempts'))).toEqual([]);
    expect(processesNaming(this.work)).toEqual([]);
    expect(spawnSync('flock', ['--nonblock', join(this.work, 'lock'), 'true']).status).toBe(0);
  }

  #hasJournal(): boolean {
    return readIfThere(join(this.work, 'journal.jsonl')).includes('\n');
  }

  #args(isResumed: boolean): readonly string[] {
    const build = `${join(folder, 'build')} {id} {slot} ${this.log}`;
    return [
      ...[PROGRAM, 'run', this.#plan, '--work', this.work, '--builder-command', build],
      ...(isResumed ? ['--resume'] : []),
    ];
  }
}

function pad(unit: number): string {
  return String(unit).padStart(2, '0');
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function mountsBelow(path: string): readonly string[] {
  const lines = readIfThere('/proc/self/mountinfo').split('\n');
  return lines.flatMap((line) => line.split(' ')[4] ?? []).filter((mount) => mount.startsWith(`${path}/`));
}

function processesNaming(text: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => readIfThere(`/proc/${pid}/cmdline`).replaceAll('\0', ' '))
    .filter((line) => line.includes(text));
}

describe('a run whose runner is killed', () => {
  it(`at ${String(KILLS)} points builds every unit exactly once, and leaves nothing behind`, async () => {
    let kills = 0;
    let places = 0;
    const work = async (random: Random): Promise<void> => {
      while (kills < KILLS) {
        const place = new Place(places++);
        for (let life = 0; life < MOST_LIVES && kills < KILLS; life++) {
          if (!(await place.live(random))) break;
          kills++;
        }
        place.finish();
        place.check();
      }
    };
    await Promise.all(Array.from({ length: WORKERS }, (_, index) => work(seededRandom(index))));
    expect(kills).toBeGreaterThanOrEqual(KILLS);
    process.stderr.write(`killed ${String(kills)} runners in ${String(places)} work folders\n`);
  }, 300_000);
});
