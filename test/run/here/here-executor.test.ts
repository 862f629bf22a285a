import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Attempt } from '../../../src/run/attempt.ts';
import { HereExecutor } from '../../../src/run/here/here-executor.ts';
import type { HereOptions } from '../../../src/run/here/here-options.ts';
import { readClaim, shimCommand, takeClaim } from '../../../src/run/shim.ts';
import { thisBoot } from '../../../src/run/this-boot.ts';
import { madeAttempt } from '../made-attempt.ts';
import { CLINGS, madeOptions, runs } from './made-options.ts';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'debplan-here-'));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const executor = (command: string, given: Partial<HereOptions> = {}): HereExecutor =>
  new HereExecutor(madeOptions(root, command, given));

const logOf = ({ folder }: Attempt): string => readFileSync(join(folder, 'log'), 'utf8');

/** Resolves when the build says that it is so far, by making a file in its `out`. */
async function untilThere(path: string): Promise<void> {
  while (!existsSync(path)) await new Promise((resolve) => setImmediate(resolve));
}

describe('HereExecutor', () => {
  it('runs a command in its own folders, with what it needs to know', async () => {
    const attempt = madeAttempt(root);
    const command =
      'cd "$DEBPLAN_WORK" && touch x && cp x "$DEBPLAN_OUT/x.deb" && echo {source} $DEBPLAN_TASK';
    const end = await executor(command).run(attempt);
    expect(end).toMatchObject({ outcome: 'built', exitCode: 0, reason: undefined, builtIn: 'disk' });
    expect(end.endedMs).toBeGreaterThanOrEqual(end.startedMs);
    expect(logOf(attempt)).toBe('hello hello_1.0/amd64\n');
    expect(readdirSync(attempt.folder).sort()).toEqual(['attempt.json', 'claim', 'exit', 'log', 'out']);
    expect(readdirSync(join(attempt.folder, 'out'))).toEqual(['x.deb']);
  });

  it('measures what a build on disk holds', async () => {
    const command = 'dd if=/dev/urandom of="$DEBPLAN_WORK/x" bs=1M count=3; sync "$DEBPLAN_WORK/x"; false';
    const end = await executor(command).run(madeAttempt(root));
    expect(end).toMatchObject({ outcome: 'failed', exitCode: 1 });
    expect(end.measured?.place?.kind).toBe('folder');
    expect(end.measured?.endBytes).toBeGreaterThanOrEqual(3 * 2 ** 20);
  });

  it('leaves no process of a build that ended, whatever it did to stay', async () => {
    const attempt = madeAttempt(root);
    expect(await executor(CLINGS).run(attempt)).toMatchObject({ outcome: 'built' });
    for (const name of ['session', 'twice']) expect(runs(join(attempt.folder, 'out', name))).toBe(false);
  });

  it('stops a build with all of its processes', async () => {
    const attempt = madeAttempt(root);
    const here = executor(`${CLINGS}\nsleep 1000`);
    const ended = here.run(attempt);
    await untilThere(join(attempt.folder, 'out', 'ready'));
    here.stop(attempt, { outcome: 'interrupted', reason: 'stopped by a person' });
    here.stop(attempt, { outcome: 'timed-out', reason: 'too late to matter' });
    expect(await ended).toMatchObject({ outcome: 'interrupted', reason: 'stopped by a person' });
    for (const name of ['session', 'twice']) expect(runs(join(attempt.folder, 'out', name))).toBe(false);
    expect(existsSync(join(attempt.folder, 'work'))).toBe(false);
  });

  it('does not begin what is stopped at once', async () => {
    const attempt = madeAttempt(root);
    const here = executor('touch "$DEBPLAN_OUT/began"');
    const ended = here.run(attempt);
    here.stop(attempt, { outcome: 'interrupted', reason: 'no' });
    expect(await ended).toMatchObject({ outcome: 'interrupted', exitCode: undefined });
    expect(readdirSync(join(attempt.folder, 'out'))).toEqual([]);
    expect(await here.adopt(attempt)).toMatchObject({ outcome: 'lost', reason: 'it never began' });
  });

  it.each([
    [{ timeoutMs: 1 }, 'timed-out'],
    [{ idleTimeoutMs: 1 }, 'timed-out'],
  ])('ends a build that is beyond a limit: %j', async (limit, outcome) => {
    const limits = { timeoutMs: undefined, idleTimeoutMs: undefined, maxLogBytes: 1000, ...limit };
    expect(await executor('sleep 1000', { limits }).run(madeAttempt(root))).toMatchObject({ outcome });
  });

  it('ends a build that says too much, and keeps the begin and the end of what it said', async () => {
    const limits = { timeoutMs: undefined, idleTimeoutMs: undefined, maxLogBytes: 1000 };
    const attempt = madeAttempt(root);
    const command = 'echo begin; head -c 5000000 /dev/zero | tr "\\0" x; echo; echo end; sleep 1000';
    expect(await executor(command, { limits }).run(attempt)).toMatchObject({
      ...{ outcome: 'failed', reason: 'its log grew beyond 1000 B (--max-log)', isTransient: false },
    });
    const log = logOf(attempt);
    expect(log.length).toBeLessThan(1100);
    expect(log).toMatch(/^begin\nx+\ndebplan: \d+ bytes of the log are left out here\nx+/);
  });

  it('stops all others when there is no builder', async () => {
    expect(await executor('no-such-builder {dsc}').run(madeAttempt(root))).toMatchObject({
      ...{ outcome: 'failed', isFatal: true, exitCode: 127 },
    });
  });

  it('keeps what was built on disk where it is asked to', async () => {
    const attempt = madeAttempt(root);
    await executor('touch "$DEBPLAN_WORK/x"; false', { keepsFolders: true }).run(attempt);
    await executor('true').sweep();
    expect(readdirSync(join(attempt.folder, 'work'))).toEqual(['x']);
  });
});

/** Begins an attempt as a run does that is killed right afterwards. */
async function begin(command: string, attempt: Attempt): Promise<ReturnType<typeof spawn>> {
  const out = join(attempt.folder, 'out');
  mkdirSync(out, { recursive: true });
  mkdirSync(join(attempt.folder, 'work'));
  const { bootId } = await thisBoot();
  const place = { kind: 'disk', path: join(attempt.folder, 'work') };
  const record = { startedMs: Date.now() - 5000, bootId, place, group: { rooms: [] } };
  writeFileSync(join(attempt.folder, 'attempt.json'), JSON.stringify(record));
  const { file, args } = shimCommand(attempt.folder, { file: '/bin/sh', args: ['-c', command] });
  const env = { PATH: process.env['PATH'], DEBPLAN_OUT: out };
  const shim = spawn(file, args, { cwd: out, env, detached: true, stdio: 'ignore' });
  await untilThere(join(out, 'ready'));
  return shim;
}

describe('HereExecutor.adopt', () => {
  it('waits for a build that still runs, and leaves nothing of it', async () => {
    const attempt = madeAttempt(root);
    const until = join(root, 'go');
    await begin(`${CLINGS}\nuntil [ -e '${until}' ]; do sleep 0.01; done; echo done; exit 3`, attempt);
    const here = executor('touch "$DEBPLAN_OUT/again"');
    await here.sweep();
    expect(existsSync(join(attempt.folder, 'work'))).toBe(true);
    const ended = here.adopt(attempt);
    writeFileSync(until, '');
    const end = await ended;
    expect(end).toMatchObject({ outcome: 'failed', reason: 'done', exitCode: 3 });
    expect(end.endedMs - end.startedMs).toBeGreaterThanOrEqual(5000);
    expect(end.measured?.peakBytes).toBeUndefined();
    for (const name of ['session', 'twice']) expect(runs(join(attempt.folder, 'out', name))).toBe(false);
    expect(readdirSync(attempt.folder).sort()).toEqual(['attempt.json', 'claim', 'exit', 'log', 'out']);
  });

  it('tells how a build has ended meanwhile, however often it is asked', async () => {
    const attempt = madeAttempt(root);
    const shim = await begin(': >"$DEBPLAN_OUT/ready"', attempt);
    await once(shim, 'close');
    const here = executor('touch "$DEBPLAN_OUT/again"');
    await here.sweep();
    for (const time of ['once', 'twice'])
      expect(await here.adopt(attempt), time).toMatchObject({ outcome: 'built', exitCode: 0 });
    expect(readdirSync(join(attempt.folder, 'out'))).toEqual(['ready']);
  });

  it('tells that a build is lost whose shim was killed, and ends what is left of it', async () => {
    const attempt = madeAttempt(root);
    const shim = await begin(`${CLINGS}\nsleep 1000`, attempt);
    shim.kill('SIGKILL');
    await once(shim, 'close');
    expect(await executor('true').adopt(attempt)).toMatchObject({ outcome: 'lost', exitCode: undefined });
    for (const name of ['session', 'twice']) expect(runs(join(attempt.folder, 'out', name))).toBe(false);
  });

  it('makes sure that a build never begins of which nobody knows whether it was to', async () => {
    const attempt = madeAttempt(root);
    expect(await executor('true').adopt(attempt)).toMatchObject({
      outcome: 'lost',
      reason: 'it never began',
    });
    const { file, args } = shimCommand(attempt.folder, { file: 'touch', args: [join(root, 'began')] });
    await once(spawn(file, args, { stdio: 'ignore' }), 'close');
    expect(existsSync(join(root, 'began'))).toBe(false);
  });

  it('stops a build that an earlier run began', async () => {
    const attempt = madeAttempt(root);
    await begin(`${CLINGS}\nsleep 1000`, attempt);
    const here = executor('true');
    const ended = here.adopt(attempt);
    here.stop(attempt, { outcome: 'interrupted', reason: 'stopped' });
    expect(await ended).toMatchObject({ outcome: 'interrupted', reason: 'stopped' });
    for (const name of ['session', 'twice']) expect(runs(join(attempt.folder, 'out', name))).toBe(false);
  });

  it('refuses what was begun on another machine', async () => {
    const attempt = madeAttempt(root);
    mkdirSync(attempt.folder, { recursive: true });
    writeFileSync(join(attempt.folder, 'claim'), '7 7 other-boot other-host shim\n');
    await expect(executor('true').adopt(attempt)).rejects.toThrow(/was begun on the machine other-host/);
  });
});

describe('HereExecutor.sweep', () => {
  it('keeps what never began from beginning, and removes where it would have been', async () => {
    const attempt = madeAttempt(root);
    await begin(': >"$DEBPLAN_OUT/ready"; sleep 1000', attempt).then((shim) => shim.kill('SIGKILL'));
    rmSync(join(attempt.folder, 'claim'));
    await executor('true').sweep();
    expect((await readClaim(attempt.folder))?.by).toBe('runner');
    expect(existsSync(join(attempt.folder, 'work'))).toBe(false);
    expect(await takeClaim(attempt.folder)).toBe(true);
  });

  it('removes nothing by the paths of a work folder that was copied from elsewhere', async () => {
    const other = join(root, 'other');
    mkdirSync(other);
    const attempt = madeAttempt(root);
    mkdirSync(attempt.folder, { recursive: true });
    for (const kind of ['disk', 'shared', 'mount']) {
      const record = { startedMs: 1, bootId: 'x', place: { kind, path: other }, group: { rooms: [] } };
      writeFileSync(join(attempt.folder, 'attempt.json'), JSON.stringify(record));
      await executor('true').sweep();
    }
    expect(existsSync(other)).toBe(true);
  });
});
