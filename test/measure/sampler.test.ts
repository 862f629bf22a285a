import { describe, expect, it } from 'vitest';
import type { CommandGroup } from '../../src/measure/command-group.ts';
import { MOST_SHARE } from '../../src/measure/pace.ts';
import { Sampler } from '../../src/measure/sampler.ts';
import { FakeWorld } from './fake-world.ts';

const RAM = { kind: 'ram', path: '/RAM' } as const;
const FOLDER = { kind: 'folder', path: '/build' } as const;
const INTERVAL = { intervalMs: 50 };

describe('the sampler', () => {
  it('keeps what the RAM disk held at first, at most and at last', async () => {
    const world = new FakeWorld();
    world.ram = 100;
    const sampler = await Sampler.start({ place: RAM, ...INTERVAL }, world);
    for (const bytes of [300, 900, 600, 500]) {
      world.ram = bytes;
      await world.pass(50);
    }
    expect(await sampler.stop()).toEqual({
      wallMs: 200,
      samples: 6,
      longestGapMs: 50,
      place: RAM,
      beginBytes: 100,
      peakBytes: 900,
      endBytes: 500,
      isCleanedUp: false,
      capacityBytes: 1000,
    });
    expect(world.timerCount).toBe(0);
  });

  it('sees what was written since the last look when it is stopped', async () => {
    const world = new FakeWorld();
    world.ram = 0;
    const sampler = await Sampler.start({ place: RAM, ...INTERVAL }, world);
    world.ram = 700;
    expect(await sampler.stop()).toMatchObject({ peakBytes: 700, endBytes: 700 });
  });

  it('keeps the peak of a RAM disk that the command unmounts', async () => {
    const world = new FakeWorld();
    world.ram = 0;
    const sampler = await Sampler.start({ place: RAM, ...INTERVAL }, world);
    world.ram = 800;
    await world.pass(50);
    world.ram = undefined;
    await world.pass(50);
    expect(await sampler.stop()).toMatchObject({ peakBytes: 800, endBytes: 800 });
  });

  it('walks through a folder so seldom that it takes its share of a core and no more', async () => {
    const world = new FakeWorld();
    world.walkMs = 300;
    const sampler = await Sampler.start({ place: FOLDER, ...INTERVAL }, world);
    await world.pass(60_000);
    const busyMs = (world.walks.length - 1) * world.walkMs;
    expect(world.walks.length).toBeGreaterThan(3);
    expect(busyMs / 60_000).toBeLessThanOrEqual(MOST_SHARE);
    expect((await sampler.stop()).longestGapMs).toBeGreaterThan(300 / MOST_SHARE - 301);
  });

  it('looks as often as it was told when looking costs nothing', async () => {
    const world = new FakeWorld();
    const sampler = await Sampler.start({ place: FOLDER, ...INTERVAL }, world);
    await world.pass(1000);
    await sampler.stop();
    expect(world.walks.length).toBe(1 + 20 + 1);
  });

  it.each([1, 2] as const)(
    'takes memory without RAM disk pages from a group of version %d',
    async (version) => {
      const world = new FakeWorld();
      const stat = (anon: number, shmem: number): string =>
        version === 1
          ? `rss 1\ntotal_cache 99\ntotal_rss ${anon}\ntotal_shmem ${shmem}\n`
          : `anon ${anon}\nfile 99\nshmem ${shmem}\n`;
      const sampler = await Sampler.start({ group: groupOf(version), ...INTERVAL }, world);
      for (const [anon, shmem] of [
        [10, 500],
        [40, 100],
        [20, 900],
      ] as const) {
        world.files.set('/g/memory.stat', stat(anon, shmem));
        await world.pass(50);
      }
      world.files.set('/g/peak', '1234\n');
      world.files.set('/g/cpu', version === 1 ? '2500000000\n' : 'usage_usec 2500000\nuser_usec 1\n');
      expect(await sampler.stop()).toMatchObject({
        memoryBytes: 40,
        memoryBy: `cgroup-v${version}`,
        shmemBytes: 900,
        chargedBytes: 1234,
        cpuMs: 2500,
        cpuBy: 'cgroup',
      });
    },
  );

  it('takes the most that was charged at any look from a kernel that keeps no peak', async () => {
    const world = new FakeWorld();
    const sampler = await Sampler.start({ group: groupOf(2), ...INTERVAL }, world);
    for (const charged of [100, 700, 300]) {
      world.files.set('/g/memory.stat', 'anon 5\nshmem 0\n');
      world.files.set('/g/current', `${charged}\n`);
      await world.pass(50);
    }
    expect(await sampler.stop()).toMatchObject({ chargedBytes: 700 });
  });

  it('sums over the processes below the command where there is no group', async () => {
    const world = new FakeWorld();
    const sampler = await Sampler.start(INTERVAL, world);
    world.pids = [1, 10, 11, 99];
    putProcess(world, { pid: 1, parent: 0, kib: 7777, ticks: 7777 });
    putProcess(world, { pid: 10, parent: 1, kib: 100, ticks: 50 });
    putProcess(world, { pid: 11, parent: 10, kib: 300, ticks: 150 });
    putProcess(world, { pid: 99, parent: 1, kib: 8888, ticks: 8888 });
    sampler.follow(10);
    await world.pass(50);
    world.pids = [1, 99];
    await world.pass(50);
    expect(await sampler.stop()).toMatchObject({
      memoryBytes: 400 * 1024,
      memoryBy: 'processes',
      cpuMs: 2000,
      cpuBy: 'processes',
    });
  });

  it('asks the processes for what the group does not tell', async () => {
    const world = new FakeWorld();
    const { memory } = groupOf(2);
    const group: CommandGroup = memory === undefined ? {} : { memory };
    const sampler = await Sampler.start({ group, ...INTERVAL }, world);
    world.files.set('/g/memory.stat', 'anon 5\nshmem 0\n');
    world.pids = [10];
    putProcess(world, { pid: 10, parent: 1, kib: 100, ticks: 50 });
    sampler.follow(10);
    await world.pass(50);
    expect(await sampler.stop()).toMatchObject({ memoryBy: 'cgroup-v2', memoryBytes: 5, cpuMs: 500 });
  });

  it('answers the same when it is stopped twice', async () => {
    const world = new FakeWorld();
    world.ram = 5;
    const sampler = await Sampler.start({ place: RAM, ...INTERVAL }, world);
    const first = await sampler.stop();
    world.ram = 50;
    expect(await sampler.stop()).toEqual(first);
  });
});

function groupOf(version: 1 | 2): CommandGroup {
  return {
    memory: { version, statFile: '/g/memory.stat', peakFile: '/g/peak', currentFile: '/g/current' },
    cpu: { usageFile: '/g/cpu' },
  };
}

interface FakeProcess {
  readonly pid: number;
  readonly parent: number;
  readonly kib: number;
  readonly ticks: number;
}

function putProcess({ files }: FakeWorld, { pid, parent, kib, ticks }: FakeProcess): void {
  const stat = `${pid} (a (b) c) S ${parent} 1 1 0 -1 0 0 0 0 0 ${ticks} 0 0 0 20 0 1 0 4242 0 0`;
  files.set(`/proc/${pid}/stat`, stat);
  files.set(`/proc/${pid}/status`, `Name:\ta (b) c\nVmRSS:\t99 kB\nRssAnon:\t     ${kib} kB\n`);
}
