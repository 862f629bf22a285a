import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Sampler } from '../../../src/measure/sampler.ts';
import type { Attempt } from '../../../src/run/attempt.ts';
import { parseAttemptRecord } from '../../../src/run/here/attempt-record-schema.ts';
import { HereExecutor } from '../../../src/run/here/here-executor.ts';
import type { HereOptions } from '../../../src/run/here/here-options.ts';
import { describeMachine } from '../../../src/run/here/machine.ts';
import { planTask } from '../../emit/small-plan.ts';
import { madeAttempt } from '../made-attempt.ts';
import { madeOptions } from './made-options.ts';

const canMount = (await describeMachine()).mounts === true;
if (!canMount) process.stderr.write('tests of mounts are SKIPPED: only root may mount\n');

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'debplan-bad-'));
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true, force: true });
});

const executor = (command: string, given: Partial<HereOptions> = {}): HereExecutor =>
  new HereExecutor(madeOptions(root, command, given));

/** What an attempt had on the machine that is still there: folders of control groups, its place. */
function leftOf(attempt: Attempt): readonly string[] {
  const record = parseAttemptRecord(readFileSync(join(attempt.folder, 'attempt.json'), 'utf8'));
  const folders = [...(record?.group.rooms ?? []).map(({ folder }) => folder), record?.place.path ?? ''];
  return folders.filter((folder) => existsSync(folder));
}

describe('a build that cannot be started', () => {
  const task = planTask({ id: 'hello_1.0/amd64', source: 'hello', version: 'x'.repeat(200_000) });

  it('has failed where the system refuses its words, and leaves nothing', async () => {
    const attempt = madeAttempt(root, { task });
    const stop = vi.spyOn(Sampler.prototype, 'stop');
    expect(await executor('echo {version}').run(attempt)).toMatchObject({
      outcome: 'failed',
      isTransient: false,
      reason: "it can't be started: its command and environment are too long for this system (E2BIG)",
    });
    expect(leftOf(attempt)).toEqual([]);
    expect(stop, 'else it looks on for ever').toHaveBeenCalled();
  });

  it('fails alone where a word is too long only for what it runs itself', async () => {
    const attempt = madeAttempt(root, { task: { ...task, version: 'x'.repeat(131_000) } });
    const end = await executor('/bin/echo x{version}{version}').run(attempt);
    expect(end).toMatchObject({ outcome: 'failed', exitCode: 126 });
    expect(end.isFatal).toBeUndefined();
  });

  it('leaves nothing whatever goes wrong', async () => {
    const attempt = madeAttempt(root);
    const sourceOf = () => Promise.reject(new Error('no source'));
    await expect(executor('true', { sourceOf }).run(attempt)).rejects.toThrow('no source');
    expect(leftOf(attempt)).toEqual([]);
    const stop = vi.spyOn(Sampler.prototype, 'stop');
    const odd = madeAttempt(root, { task: { ...task, version: 'a\0b' }, slug: 'odd' });
    await expect(executor('echo {version}').run(odd)).rejects.toThrow(/null bytes/);
    expect(leftOf(odd)).toEqual([]);
    expect(stop).toHaveBeenCalled();
  });

  it('is told as a matter of the disk where its folders cannot be made', async () => {
    const attempt = madeAttempt(root);
    mkdirSync(join(attempt.folder, 'attempt.json'), { recursive: true });
    mkdirSync(join(root, 'attempts', 'x'));
    writeFileSync(join(root, 'attempts', 'x', 'out'), '');
    const blocked = { ...attempt, folder: join(root, 'attempts', 'x') };
    await expect(executor('true').run(blocked)).rejects.toMatchObject({
      diagnostics: [{ code: 'cannot-prepare' }],
    });
  });
});

describe('a build that misbehaves', () => {
  const [removed, replaced] = [
    'it removed the folder for its packages',
    'it put something else in the place of the folder for its packages',
  ];

  it.each([
    ['rm -rf "$DEBPLAN_OUT"', removed],
    ['rm -rf "$DEBPLAN_OUT"; ln -s ../work "$DEBPLAN_OUT"', replaced],
    ['rm -rf "$DEBPLAN_OUT"; : >"$DEBPLAN_OUT"', replaced],
    ['cd /; rm -rf "$(dirname "$DEBPLAN_OUT")"', removed],
  ])('has failed for good: %s', async (command, reason) => {
    const attempt = madeAttempt(root);
    expect(await executor(command).run(attempt)).toMatchObject({ outcome: 'failed', reason, exitCode: 0 });
    expect(existsSync(join(attempt.folder, 'work'))).toBe(false);
  });

  it.skipIf(!canMount)(
    'has failed where it mounts on the folder for its packages, and nothing stays mounted',
    async () => {
      for (const place of ['..', '../out', '../work'])
        expect(
          await executor(`cd /; mount -t tmpfs x "$DEBPLAN_OUT/${place}"`).run(
            madeAttempt(root, { slug: `m.${place.slice(3)}` }),
          ),
        ).toMatchObject({ outcome: place === '../out' ? 'failed' : 'built' });
      expect(readFileSync('/proc/self/mountinfo', 'utf8')).not.toContain(root);
    },
  );

  it('has built when only its log is strange', async () => {
    for (const [slug, command] of [
      ['fifo', 'rm -f ../log; mkfifo ../log'],
      ['folder', 'rm -f ../log; mkdir ../log'],
    ] as const)
      expect(await executor(command).run(madeAttempt(root, { slug }))).toMatchObject({ outcome: 'built' });
  });

  it('has built when its packages are among the results already', async () => {
    const attempt = madeAttempt(root);
    const here = executor('touch x.deb');
    expect(await here.run(attempt)).toMatchObject({ outcome: 'built' });
    mkdirSync(join(root, 'results'));
    renameSync(join(attempt.folder, 'out'), join(root, 'results', attempt.slug));
    expect(await here.adopt(attempt)).toMatchObject({ outcome: 'built' });
  });
});
