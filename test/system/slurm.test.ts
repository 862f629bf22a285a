import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseTemplate } from '../../src/emit/command/parse-template.ts';
import { slurm } from '../../src/emit/engines/slurm.ts';
import { taskSlugs } from '../../src/emit/task-slugs.ts';
import { PAYLOAD, slurmPlan } from './slurm-plan.ts';
import { SlurmCluster, until, whyNoSlurm, type ClusterNode } from './slurm-cluster.ts';
import { SlurmRoom, type Built } from './slurm-room.ts';

const why = whyNoSlurm();
if (why !== undefined) process.stderr.write(`test:system: ${why}: the tests of Slurm are SKIPPED\n`);

const NODES: readonly ClusterNode[] = [
  { name: 'amd1', arch: 'amd64', cpus: 6, mebibytes: 65_536, ramDiskMebibytes: 6144 },
  { name: 'amd2', arch: 'amd64', cpus: 4, mebibytes: 32_768, ramDiskMebibytes: 2048 },
  { name: 'arm1', arch: 'arm64', cpus: 4, mebibytes: 32_768, ramDiskMebibytes: 3072 },
];

describe.skipIf(why !== undefined)('debplan run --on slurm', () => {
  let cluster: SlurmCluster;

  beforeAll(async () => {
    cluster = await SlurmCluster.start(NODES);
  });

  afterAll(async () => {
    await cluster.stop();
  });

  it('builds 200 units once each, within all limits, though a node and twice the submitter are killed', async () => {
    const plan = slurmPlan(200);
    const tasks = plan.targets.flatMap((target) => target.tasks);
    const room = new SlurmRoom(cluster, 'many', plan);
    const submits = (): number => room.events().filter(({ event }) => event === 'submit').length;
    await room.kill(room.start(), 'half of it is submitted', () => submits() >= 90);
    await until('builds go on without debplan', () => room.endedCount() >= 30);
    const second = room.start('--resume');
    // builds that are surely in the middle when the node goes
    await until('both runners have submitted', () => submits() >= 150);
    const onNode = (): readonly Built[] =>
      room.built().filter(({ node, endMs }) => node === 'amd2' && endMs === undefined);
    await until('something runs on amd2', () => onNode().length > 0);
    await cluster.killNode('amd2');
    const killedMs = Date.now();
    await until('Slurm has found out', () => cluster.ended().some(({ state }) => state === 'NODE_FAIL'));
    cluster.startNode('amd2');
    const lostEnds = (): number => room.events().filter(({ outcome }) => outcome === 'lost').length;
    await room.kill(second, 'it has seen what went away', () => lostEnds() > 0 && room.endedCount() > 100);
    const { status, output } = room.run('--resume');
    expect({ status, output }, output).toMatchObject({ status: 0 });

    const built = room.built();
    const ends = room.events().filter(({ event }) => event === 'end');
    const slugs = taskSlugs(plan);
    const attemptsWith = (outcome: string): readonly string[] =>
      ends
        .filter((end) => end['outcome'] === outcome)
        .map(({ task, attempt }) => `${slugs.get(String(task)) ?? ''}.${String(attempt)}`);
    const complete = built.filter(({ name }) => attemptsWith('built').includes(name));
    expect(complete.map(({ slug }) => slug).sort()).toEqual([...slugs.values()].sort());
    const others = built.filter(({ name }) => !attemptsWith('built').includes(name));
    expect(others.filter(({ node }) => node !== 'amd2')).toEqual([]);
    expect(attemptsWith('lost')).toEqual(expect.arrayContaining(others.map(({ name }) => name)));
    expect(edgesBroken(complete, tasks)).toEqual([]);
    expect(overfull(built, killedMs)).toEqual([]);
    const placeOf = ({ ramDiskMib }: Built): string => join(room.folder, ramDiskMib > 0 ? 'ram' : 'disk');
    expect(built.filter((build) => !build.work.startsWith(`${placeOf(build)}/debplan.`))).toEqual([]);
    expect(built.some(({ id }) => id === PAYLOAD)).toBe(true);
    expect(wrongPackages(complete, tasks)).toEqual([]);
    expect(cluster.queue()).toEqual([]);
    // an attempt that was done when its node went counts, whatever Slurm thinks of it
    const jobs = cluster.ended();
    const wellEnded = jobs.filter(({ state, node }) => state === 'COMPLETED' || node === 'amd2');
    expect(wellEnded.map(({ name }) => name)).toEqual(expect.arrayContaining([...attemptsWith('built')]));
    const numbers = new Map(jobs.map(({ name, job }) => [name, job]));
    expect(jobs.filter(({ name, job }) => numbers.get(name) !== job)).toEqual([]);
  });

  it('leaves jobs to Slurm when a person interrupts, cancels them on demand, goes on, and gives up what fails', async () => {
    const plan = slurmPlan(30);
    const slugs = taskSlugs(plan);
    const tasks = plan.targets.flatMap((target) => target.tasks);
    const room = new SlurmRoom(cluster, 'few', plan);
    const [held = '', failing = ''] = tasks
      .filter(({ needs }) => needs.length === 0)
      .map(({ id }) => slugs.get(id) ?? '');
    room.mark('wait', held);
    room.mark('fail', failing);
    const runner = room.start();
    const ended = new Promise((done) => runner.once('exit', done));
    await until('it waits for one build', () => room.built().some(({ slug }) => slug === held));
    runner.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(cluster.queue().length).toBeGreaterThan(0);
    const cancelled = room.run('--cancel');
    expect(cancelled, cancelled.output).toMatchObject({ status: 130 });
    expect(cluster.queue()).toEqual([]);
    room.unmark('wait', held);
    const { status, output } = room.run('--resume');
    expect(status, output).toBe(1);
    const gaveUp = room.events().filter(({ then }) => then === 'given-up');
    expect(gaveUp.map(({ task, outcome }) => [slugs.get(String(task)), outcome])).toEqual([
      [failing, 'failed'],
    ]);
    const failed = tasks.filter(({ id }) => slugs.get(id) === failing).map(({ id }) => id);
    for (let known = 0; known < failed.length;) {
      known = failed.length;
      for (const { id, needs } of tasks)
        if (!failed.includes(id) && needs.some((need) => failed.includes(need))) failed.push(id);
    }
    const complete = room.built().filter(({ endMs }) => endMs !== undefined);
    const left = tasks.filter(({ id }) => !failed.includes(id)).map(({ id }) => slugs.get(id));
    expect(complete.map(({ slug }) => slug).sort()).toEqual(left.sort());
    expect(cluster.queue()).toEqual([]);
  });

  it('runs the script of debplan emit slurm to its end, each build once and after what it needs', async () => {
    const plan = slurmPlan(24);
    const slugs = taskSlugs(plan);
    const folder = join(cluster.folder, "a 'script' $x");
    mkdirSync(folder);
    writeFileSync(join(folder, 'order'), '');
    writeFileSync(join(folder, 'build'), '#!/bin/sh\necho "$1" >>"$(dirname -- "$0")/order"\n', {
      mode: 0o755,
    });
    const builderCommand = parseTemplate('../build {slug}');
    for (const { path, content, isExecutable } of slurm.emit(plan, { builderCommand, suite: 'bookworm' })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content, { mode: isExecutable ? 0o755 : 0o644 });
    }
    const submit = join(folder, 'slurm', 'submit');
    const first = cluster.run(submit);
    expect(first, first.stderr).toMatchObject({ status: 0 });
    expect(first.stdout).toContain('24 submitted');
    await until('the queue is empty', () => cluster.queue().length === 0);
    const order = readFileSync(join(folder, 'order'), 'utf8').split('\n').slice(0, -1);
    expect([...order].sort()).toEqual([...slugs.values()].sort());
    const tasks = plan.targets.flatMap((target) => target.tasks);
    const placeOf = (id: string): number => order.indexOf(slugs.get(id) ?? '');
    expect(tasks.filter(({ id, needs }) => needs.some((need) => placeOf(need) > placeOf(id)))).toEqual([]);
    expect(cluster.run(submit).stdout).toContain('0 submitted, 0 still queued, 24 built already');
  });
});

/** Builds that began before what they need had ended. */
function edgesBroken(
  built: readonly Built[],
  tasks: readonly { readonly id: string; readonly needs: readonly string[] }[],
): readonly string[] {
  const ends = new Map(built.map(({ id, endMs }) => [id, endMs ?? Infinity]));
  const starts = new Map(built.map(({ id, startMs }) => [id, startMs]));
  return tasks.flatMap(({ id, needs }) =>
    needs
      .filter((need) => (starts.get(id) ?? -1) < (ends.get(need) ?? Infinity))
      .map((need) => `${id} → ${need}`),
  );
}

/** Moments at which builds on a node reserved more of its RAM disk than it has. Those of the killed node ended with it. */
function overfull(built: readonly Built[], killedMs: number): readonly string[] {
  return NODES.flatMap(({ name, ramDiskMebibytes }) => {
    const own = built.filter(({ node }) => node === name);
    return own.flatMap(({ startMs }) => {
      const running = own.filter((other) => other.startMs <= startMs && startMs < (other.endMs ?? killedMs));
      const used = running.reduce((sum, { ramDiskMib }) => sum + ramDiskMib, 0);
      return used > ramDiskMebibytes ? [`${name} at ${String(startMs)}: ${String(used)} MiB`] : [];
    });
  });
}

/** Builds that were not given the packages of all that they need, directly or not, and of nothing else. */
function wrongPackages(
  built: readonly Built[],
  tasks: readonly { readonly id: string; readonly source: string; readonly needs: readonly string[] }[],
): readonly string[] {
  const taskOf = new Map(tasks.map((task) => [task.id, task]));
  const sourcesBelow = (id: string, seen: Set<string>): ReadonlySet<string> => {
    for (const need of taskOf.get(id)?.needs ?? []) {
      if (seen.has(need)) continue;
      seen.add(need);
      sourcesBelow(need, seen);
    }
    return seen;
  };
  return built.flatMap(({ id, packages }) => {
    const expected = [...sourcesBelow(id, new Set())]
      .map((need) => taskOf.get(need)?.source ?? '')
      .filter((source) => source.endsWith('0'))
      .map((source) => `${source}_1_all.deb`)
      .sort();
    const given = packages.filter((name) => name.endsWith('.deb')).sort();
    return JSON.stringify(given) === JSON.stringify(expected) ? [] : [`${id}: ${given.join(' ')}`];
  });
}
