import { afterEach, describe, expect, it } from 'vitest';
import type { PlanTask } from '../../../src/plan/plan.ts';
import { emptyPlan, planBuilder, planTask } from '../../emit/small-plan.ts';
import { FakeSlurm } from './fake-slurm.ts';
import { SlurmRoom } from './slurm-room.ts';

const MIB = 2 ** 20;

/** `c` waits for both others, `d` for `c`; `arm` runs on arm64. */
const PLAN = emptyPlan(
  [
    {
      target: { arch: 'amd64', kind: 'any', profiles: [] },
      tasks: [
        task('a', { ramDiskBytes: 100 * MIB, memoryBytes: 50 * MIB, makeJobs: 1, startMs: 0, priority: 9 }),
        task('b', { mode: 'disk', slot: 1, startMs: 0, priority: 8 }),
        task('c', { needs: ['a', 'b'], startMs: 1000, priority: 7 }),
        task('d', { needs: ['c'], startMs: 2000, priority: 6 }),
      ],
    },
    {
      target: { arch: 'arm64', kind: 'any', profiles: [] },
      tasks: [task('arm', { builder: 'two', priority: 5 })],
    },
  ],
  [planBuilder({ name: 'one', diskFactor: 1 }), planBuilder({ name: 'two', arch: 'arm64' })],
);

function task(id: string, given: Partial<PlanTask>): PlanTask {
  return planTask({ id, source: id, version: '1', ...given });
}

let room: SlurmRoom;
let slurm: FakeSlurm;

function open(memory?: number): void {
  slurm = new FakeSlurm(memory);
  room = new SlurmRoom({ ...PLAN, makespanMs: 3000, lowerBoundMs: 3000 }, slurm);
}

afterEach(() => {
  room.remove();
});

describe('a run on Slurm', () => {
  it('submits all at once, each after the jobs of what it needs, and takes over what they build', async () => {
    open();
    expect(await room.drive()).toEqual({ reason: 'done', error: undefined });
    expect(room.tasks('built')).toEqual(['a', 'arm', 'b', 'c', 'd']);
    expect(room.events.filter(({ event }) => event === 'submit')).toHaveLength(5);
    const [first, second, third, fourth, fifth] = slurm.submissions;
    expect(first).toEqual([
      ...['--parsable', '--job-name=a.1', '--comment=debplan:r1:a.1'],
      ...[`--chdir=${room.folder}/attempts/a.1/out`, `--output=${room.folder}/attempts/a.1/slurm.log`],
      ...[
        `--export-file=${room.folder}/attempts/a.1/environment`,
        '--no-requeue',
        '--kill-on-invalid-dep=yes',
      ],
      ...['--nodes=1', '--ntasks=1', '--cpus-per-task=1', '--mem=662M', '--nice=0', '--constraint=amd64'],
      ...['--gres=ramdisk:100', `${room.folder}/slurm/job`],
      ...['--ram', '/dev/shm', `${room.folder}/attempts/a.1`, 'build'],
    ]);
    expect(second).toContain('/var/tmp');
    expect(third).toContain('--dependency=afterok:1:2');
    expect(fourth).toContain('--dependency=afterok:3');
    expect(fifth).toContain('--constraint=arm64');
  });

  it('leaves out what depends on a failure, and nothing else', async () => {
    open();
    slurm.fateOf = (name) => (name === 'b.1' ? 1 : 0);
    expect(await room.drive()).toEqual({ reason: 'done', error: undefined });
    expect(room.tasks('built')).toEqual(['a', 'arm']);
    expect(room.tasks('failed')).toEqual(['b']);
    expect(room.ends()).toContain('c 1: interrupted, again');
    expect(slurm.built.sort()).toEqual(['a.1', 'arm.1', 'b.1']);
  });

  it('builds again what went away with its node, then what waited for it', async () => {
    open();
    slurm.fateOf = (name) => (name === 'b.1' ? 'NODE_FAIL' : 0);
    expect(await room.drive()).toEqual({ reason: 'done', error: undefined });
    expect(room.tasks('built')).toEqual(['a', 'arm', 'b', 'c', 'd']);
    expect(slurm.built.sort()).toEqual(['a.1', 'arm.1', 'b.2', 'c.2', 'd.2']);
    expect(room.ends()).toContain('b 1: lost, again');
  });

  it.each([
    ['TIMEOUT', 'timed-out'],
    ['OUT_OF_MEMORY', 'killed'],
    ['CANCELLED', 'killed'],
  ] as const)('gives up what Slurm ended: %s is %s', async (fate, outcome) => {
    open();
    slurm.fateOf = (name) => (name === 'd.1' ? fate : 0);
    expect(await room.drive()).toEqual({ reason: 'done', error: undefined });
    expect(room.ends()).toContain(`d 1: ${outcome}, given-up`);
  });

  it.each(['no exit', 'never begins'] as const)(
    'tries again what ends without a word, not for ever: %s',
    async (fate) => {
      open();
      slurm.fateOf = (name) => (name.startsWith('d.') ? fate : 0);
      expect(await room.drive({ retries: 1 })).toEqual({ reason: 'done', error: undefined });
      expect(room.ends().filter((end) => end.startsWith('d'))).toEqual([
        'd 1: lost, again',
        'd 2: lost, given-up',
      ]);
    },
  );

  it('builds on disk what no node has the RAM disk for, and gives up what none has room for at all', async () => {
    open();
    slurm.refuse = (args) =>
      args.includes('--gres=ramdisk:100') || args.includes('--job-name=b.1')
        ? { kind: 'never', words: 'Requested node configuration is not available' }
        : undefined;
    await room.drive();
    expect(room.ends()).toContain('a 1: failed, again-on-disk');
    expect(room.ends()).toContain('b 1: failed, given-up');
    expect(room.tasks('built')).toEqual(['a', 'arm']);
    expect(room.events.find((event) => event.event === 'end' && event.task === 'b')).toMatchObject({
      reason: "Slurm can't run it: Requested node configuration is not available",
    });
  });

  it('keeps to its window, and waits where Slurm has no room, with the same attempts', async () => {
    open();
    let refusals = 3;
    slurm.refuse = () =>
      refusals-- > 0 ? { kind: 'later', words: 'Slurm temporarily unable to accept job' } : undefined;
    expect(await room.drive({ options: { slurmWindow: '2' } })).toMatchObject({ reason: 'done' });
    expect(slurm.most).toBe(2);
    expect(slurm.built.sort()).toEqual(['a.1', 'arm.1', 'b.1', 'c.1', 'd.1']);
    expect(room.reported.map(({ code }) => code)).toEqual(['slow-slurm']);
  });

  it('takes up a job that Slurm had taken though sbatch could not tell', async () => {
    open();
    slurm.refuse = (args) =>
      args.includes('--job-name=b.1') ? { kind: 'unknown', words: 'timed out' } : undefined;
    await room.drive();
    expect(slurm.built.sort()).toEqual(['a.1', 'arm.1', 'b.1', 'c.1', 'd.1']);
    expect(slurm.jobsSeen).toHaveLength(5);
  });

  it('stops when builds are refused as such, and tells why', async () => {
    open();
    slurm.refuse = () => ({ kind: 'wrong', words: 'Invalid account' });
    const { reason, error } = await room.drive();
    expect(reason).toBe('error');
    expect(error).toMatchObject({ diagnostics: [{ code: 'refused-builds' }] });
  });

  it('leaves jobs alone when a person interrupts, and takes up later what they built, also what Slurm has forgotten', async () => {
    open(2);
    const isInterrupted = ({ event }: { readonly event: string }): boolean => event === 'submit';
    expect(await room.drive({ isInterrupted })).toMatchObject({ reason: 'interrupted' });
    expect(room.reported.map(({ code }) => code)).toEqual(['jobs-go-on']);
    for (let look = 0; look < 9; look++) slurm.goOn();
    expect(await room.drive()).toMatchObject({ reason: 'done' });
    expect(slurm.built.sort()).toEqual(['a.1', 'arm.1', 'b.1', 'c.1', 'd.1']);
  });

  it('cancels its own jobs that nobody waits for any more, and not those of other runs', async () => {
    open();
    const forgotten = { folder: '', after: ['forgotten'], state: 'PENDING', age: 0 } as const;
    slurm.jobsSeen.push({ ...forgotten, job: 'forgotten', name: 'a.9', comment: 'debplan:r1:a.9' });
    slurm.jobsSeen.push({
      ...forgotten,
      after: ['other'],
      job: 'other',
      name: 'a.9',
      comment: 'debplan:r2:a.9',
    });
    expect(await room.drive()).toMatchObject({ reason: 'done' });
    expect(slurm.jobsSeen.slice(0, 2).map(({ state }) => state)).toEqual(['CANCELLED', 'PENDING']);
  });

  it('cancels on demand, and can go on after that', async () => {
    open();
    const isInterrupted = ({ event }: { readonly event: string }): boolean => event === 'end';
    await room.drive({ isInterrupted });
    expect(await room.drive({ options: { cancel: true } })).toMatchObject({ reason: 'interrupted' });
    expect(slurm.jobsSeen.filter(({ state }) => state === 'PENDING' || state === 'RUNNING')).toEqual([]);
    expect(room.tasks('running')).toEqual([]);
    expect(await room.drive()).toMatchObject({ reason: 'done' });
    expect(room.tasks('built')).toEqual(['a', 'arm', 'b', 'c', 'd']);
    expect(new Set(slurm.built.map((name) => name.replace(/\..*/, ''))).size).toBe(slurm.built.length);
  });

  it('decides nothing while the controller is away, and says so once', async () => {
    open(2);
    slurm.awayAt = (look) => look > 0 && look < 9;
    expect(await room.drive()).toMatchObject({ reason: 'done' });
    expect(room.ends().every((end) => end.endsWith('1: built, done'))).toBe(true);
    expect(room.reported.map(({ code }) => code)).toEqual(['slow-slurm']);
  });
});

describe('a runner that is killed', () => {
  it.each(Array.from({ length: 16 }, (_, killedAt) => killedAt))(
    'before its event %i leaves nothing to be built twice, and loses nothing',
    async (killedAt) => {
      open(2);
      expect(await room.drive({ killedAt })).toMatchObject({ reason: killedAt < 15 ? 'error' : 'done' });
      for (let look = 0; look < killedAt; look++) slurm.goOn();
      expect(await room.drive()).toEqual({ reason: 'done', error: undefined });
      expect(room.tasks('built')).toEqual(['a', 'arm', 'b', 'c', 'd']);
      expect(slurm.built.map((name) => name.replace(/\..*/, '')).sort()).toEqual(['a', 'arm', 'b', 'c', 'd']);
    },
  );
});
