import { afterEach, describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { seededRandom } from '../../src/base/random.ts';
import { dscName } from '../../src/emit/command/sbuild-words.ts';
import { taskSlugs } from '../../src/emit/task-slugs.ts';
import type { Plan, PlanTask } from '../../src/plan/plan.ts';
import { PAYLOAD_PLAN } from '../emit/payload-plan.ts';
import { emptyPlan, planBuilder, planTask } from '../emit/small-plan.ts';
import { ENGINES, EngineRoom, isInstalled, type BuildEvent, type EngineName } from './engine-room.ts';

const GIB = 2 ** 30;

/** 36 builds on two builders, with giants, builds on disk, and on one of them less room on disk than slots. */
const PLAN: Plan = makePlan();

function makePlan(): Plan {
  const random = seededRandom(5);
  const tasks = Array.from({ length: 36 }, (_, index): PlanTask => {
    const builder = index % 3 === 0 ? 'arm+1' : 'x86';
    const isDisk = index % 7 === 6;
    const ramDiskBytes = Math.ceil((index % 11 === 4 ? 6 : 0.5 + random() * 1.5) * GIB);
    const needs = Array.from({ length: 2 }, () => Math.floor(random() * index)).filter(
      (need) => index > 19 && random() < 0.9 && need < index,
    );
    return planTask({
      id: nameOf(index),
      source: `pkg${String(index)}`,
      version: '1:2~3',
      builder,
      mode: isDisk ? 'disk' : 'ram',
      ramDiskBytes: builder === 'x86' ? ramDiskBytes : Math.min(ramDiskBytes, 3 * GIB),
      durationMs: 1000 + Math.floor(random() * 9000),
      priority: 36 - index,
      needs: [...new Set(needs)].map(nameOf).sort(),
    });
  });
  const builders = [
    planBuilder({ name: 'arm+1', arch: 'arm64', slots: 3, ramDiskBytes: 4 * GIB, diskSlots: 1 }),
    planBuilder({ name: 'x86', slots: 4, ramDiskBytes: 9 * GIB, diskSlots: 2 }),
  ];
  return emptyPlan(
    builders.map(({ arch, name }) => ({
      target: { arch, kind: 'any', profiles: [] },
      tasks: tasks.filter(({ builder }) => builder === name),
    })),
    builders,
  );
}

function nameOf(index: number): string {
  return `pkg${String(index)}_1:2~3/x`;
}

const SLUGS = taskSlugs(PLAN);

function slugOf(index: number): string {
  return SLUGS.get(nameOf(index)) ?? '';
}

const TASKS = PLAN.targets.flatMap(({ tasks }) => tasks);

/** What waits for a unit, through others too, and itself. */
function dependentsOf(id: string): ReadonlySet<string> {
  const found = new Set([id]);
  for (let size = 0; size < found.size;) {
    size = found.size;
    for (const task of TASKS) if (task.needs.some((need) => found.has(need))) found.add(task.id);
  }
  return found;
}

/** A build that others wait for, which others wait for in turn. */
const CAUSE = TASKS.findIndex((_, index) => dependentsOf(nameOf(index)).size > 3);

/** All that went wrong in a run; and how many ran at once at most. */
function judge(events: readonly BuildEvent[]): { readonly wrong: readonly string[]; readonly most: number } {
  const wrong: string[] = [];
  const ended = new Set<string>();
  const running = new Map<string, BuildEvent>();
  let most = 0;
  for (const event of events) {
    if (event.kind === 'end') {
      running.delete(event.slug);
      ended.add(event.slug);
      continue;
    }
    running.set(event.slug, event);
    most = Math.max(most, running.size);
    const needs = TASKS.find(({ id }) => SLUGS.get(id) === event.slug)?.needs ?? [];
    for (const need of needs)
      if (!ended.has(SLUGS.get(need) ?? '')) wrong.push(`${event.slug} began before ${need} ended`);
    for (const { name, slots, ramDiskBytes, diskSlots } of PLAN.builders) {
      const own = [...running.values()].filter(({ builder }) => builder === name);
      const ram = own.reduce((sum, { ramDiskMib }) => sum + ramDiskMib, 0);
      if (own.length > slots) wrong.push(`${String(own.length)} at once on ${name}`);
      // each is rounded up to whole MiB
      if (ram > ramDiskBytes / 2 ** 20 + own.length) wrong.push(`${String(ram)} MiB on ${name}`);
      if (own.filter(({ mode }) => mode === 'disk').length > diskSlots) wrong.push(`disk of ${name}`);
    }
  }
  return { wrong, most };
}

const names = (['make', 'ninja', 'snakemake'] as const).filter((name) => {
  if (isInstalled(name)) return true;
  process.stderr.write(`test:system: ${name} is not installed: its tests are SKIPPED\n`);
  return false;
});

describe.each(names)('%s', (name: EngineName) => {
  let room: EngineRoom;

  function open(...args: readonly [Plan, string?]): EngineRoom {
    room = new EngineRoom(name, ...args);
    return room;
  }

  afterEach(() => {
    room.remove();
  });

  it('builds all, each after what it needs, within all limits, several at once, and then nothing more', () => {
    open(PLAN).mark('gate', slugOf(1), slugOf(2));
    const first = room.run();
    expect(first, first.output).toMatchObject({ status: 0 });
    const events = room.events();
    expect(events.filter(({ kind }) => kind === 'end')).toHaveLength(TASKS.length);
    expect(new Set(events.map(({ slug }) => slug))).toEqual(new Set(SLUGS.values()));
    const { wrong, most } = judge(events);
    expect(wrong).toEqual([]);
    expect(most).toBeGreaterThan(1);
    expect(room.log(slugOf(1))).toBe(`a line of output of ${slugOf(1)}\n`);
    const again = room.run();
    expect(again, again.output).toMatchObject({ status: 0 });
    expect(room.events()).toEqual(events);
  });

  it('goes on without what depends on a failure, later from there, and builds again what was forgotten', () => {
    open(PLAN).mark('fail', slugOf(CAUSE));
    const failed = room.run();
    expect(failed.status).not.toBe(0);
    expect(failed.output).toContain(`a line of output of ${slugOf(CAUSE)}`);
    const blocked = dependentsOf(nameOf(CAUSE));
    expect(blocked.size).toBeGreaterThan(1);
    const built = TASKS.filter(({ id }) => !blocked.has(id)).map(({ id }) => SLUGS.get(id));
    expect(room.done()).toEqual(built.toSorted());
    room.unmark('fail', slugOf(CAUSE));
    const last = TASKS.find(({ id, needs }) => blocked.has(id) && needs.includes(nameOf(CAUSE)))?.id ?? '';
    for (const rebuilt of [blocked, dependentsOf(last)]) {
      room.forgetEvents();
      expect(room.run()).toMatchObject({ status: 0 });
      expect(new Set(room.events().map(({ slug }) => slug))).toEqual(
        new Set([...rebuilt].map((id) => SLUGS.get(id))),
      );
      expect(room.done()).toEqual([...SLUGS.values()].sort());
      room.forget(SLUGS.get(last) ?? '');
    }
  });

  it('goes on after it was killed, and takes nothing half built for done', async () => {
    open(PLAN).mark('gate', slugOf(1), 'nobody');
    await room.kill(4);
    expect(room.done()).not.toContain(slugOf(1));
    room.unmark('gate', slugOf(1), 'nobody');
    room.forgetEvents();
    const before = room.done();
    const again = room.run(...(name === 'snakemake' ? ['--nolock'] : []));
    expect(again, again.output).toMatchObject({ status: 0 });
    expect(room.done()).toEqual([...SLUGS.values()].sort());
    // the others build again what ended just before, unnoticed
    const twice = room.events().filter(({ slug }) => before.includes(slug));
    if (name === 'make') expect(twice).toEqual([]);
  });

  it('does not wait for what a build leaves running, but gives its place to the next', () => {
    const tasks = ['a', 'b'].map((id) => planTask({ id, source: id, version: '1', builder: 'one' }));
    const target = { arch: 'amd64', kind: 'any' as const, profiles: [] };
    const builders = [planBuilder({ name: 'one', slots: 1, ramDiskBytes: GIB })];
    open(emptyPlan([{ target, tasks }], builders)).mark('leave', 'a', 'b');
    const { status, output } = room.run();
    expect(room.events()).toHaveLength(4);
    expect(room.endLeft()).toEqual([]);
    expect(status, output).toBe(0);
  });

  it('hands every text of a plan to the builder as it is', () => {
    const tasks = PAYLOAD_PLAN.targets.map(({ target, tasks: own }) => ({
      target,
      tasks: own.map((task) => ({ ...task, needs: [], builder: 'one' })),
    }));
    const plan = emptyPlan(tasks, [planBuilder({ name: 'one', slots: 8, ramDiskBytes: 64 * GIB })]);
    open(
      plan,
      'record {slug} {id} {source} {version} {dsc} {arch} {profiles} "{layer}" x{build-type}y "{stage}$"',
    );
    expect(room.run()).toMatchObject({ status: 0 });
    const slugs = taskSlugs(plan);
    for (const { target, tasks: own } of plan.targets) {
      const task = at(own, 0);
      const { id, source, version, layer = '', buildType = '', stage } = task;
      expect(room.argv(slugs.get(id) ?? ''), id).toEqual([
        ...[id, source, version, dscName(task), target.arch, (task.profiles ?? target.profiles).join(',')],
        ...[layer, `x${buildType}y`, `${stage}$`],
      ]);
    }
  });
});

describe('the engines', () => {
  it('are those that run here', () => {
    expect(Object.keys(ENGINES)).toEqual(expect.arrayContaining([...names]));
  });
});
