import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { parseTemplate } from '../../src/emit/command/parse-template.ts';
import type { EmittedFile } from '../../src/emit/emitter.ts';
import { starlingx } from '../../src/emit/formats/starlingx.ts';
import type { Plan, PlanBreak, PlanTask } from '../../src/plan/plan.ts';
import { parseCycleOrders } from '../../src/parse/starlingx/cycle-orders.ts';
import { makeTree } from '../io/temp-tree.ts';
import { PAYLOAD_PLAN } from './payload-plan.ts';
import { PAYLOADS } from './payloads.ts';
import { emptyPlan, planBuilder, planTask } from './small-plan.ts';

const GIB = 2 ** 30;
const OPTIONS = { builderCommand: parseTemplate('build {dsc}'), suite: 'trixie' };

function emit(plan: Plan): readonly EmittedFile[] {
  return starlingx.emit(plan, OPTIONS);
}

function contentOf(plan: Plan, path: string): string | undefined {
  return emit(plan).find((file) => file.path === `starlingx/${path}`)?.content;
}

/** Starts one second after the other in the order given. */
function tasksOf(
  ...tasks: readonly (Partial<PlanTask> & { readonly source: string })[]
): readonly PlanTask[] {
  return tasks.map((task, index) =>
    planTask({ id: `${task.source}_1/amd64`, version: '1', startMs: index * 1000, ...task }),
  );
}

function planOf(tasks: readonly PlanTask[], breaks: readonly PlanBreak[] = []): Plan {
  const target = { arch: 'amd64', kind: 'any', profiles: [] } as const;
  return { ...emptyPlan([{ target, tasks }]), breaks };
}

/** Runs the scripts with a `build-pkgs` that notes its arguments. @returns the arguments, call by call */
function runScripts(files: readonly EmittedFile[]): readonly (readonly string[])[] {
  const note = '#!/bin/sh\nprintf \'%s\\0\' CALL "$@" >> "$NOTES"\n';
  const root = makeTree({
    fake: note,
    notes: '',
    ...Object.fromEntries(files.map(({ path, content }) => [path, content])),
  });
  chmodSync(join(root, 'fake'), 0o755);
  for (const { path, isExecutable } of files) {
    if (!isExecutable) continue;
    const { status, stderr } = spawnSync('/bin/sh', [join(root, path)], {
      cwd: root,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], BUILD_PKGS: join(root, 'fake'), NOTES: join(root, 'notes') },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  }
  expect(readdirSync(root).sort()).toEqual(['fake', 'notes', 'starlingx']);
  const calls = readFileSync(join(root, 'notes'), 'utf8').split('CALL\0').slice(1);
  return calls.map((call) => call.split('\0').slice(0, -1));
}

/** What `printf %b` makes of a name. */
function unescape(text: string): string {
  return text.replaceAll(/(?:\\0[0-7]{3})+/g, (found) =>
    Buffer.from(
      found
        .split('\\0')
        .slice(1)
        .map((octal) => parseInt(octal, 8)),
    ).toString(),
  );
}

describe('lists for build-pkgs', () => {
  const plan = planOf(
    tasksOf(
      { source: 'app', layer: 'flock', buildType: 'std' },
      { source: 'linux', layer: 'distro', buildType: 'std' },
      { source: 'linux-rt', layer: 'distro', buildType: 'rt' },
      { source: 'bash', layer: 'compiler', buildType: 'std' },
      { source: 'openssl', layer: 'distro', buildType: 'std' },
      { source: 'openssl', layer: 'distro', buildType: 'std', id: 'openssl_1/all' },
      { source: 'linux', layer: 'distro', buildType: 'std', stage: 'rebuild', id: 'linux_1/amd64+rebuild' },
    ),
  );

  it("stand in StarlingX's order of layers and build types, each with its sources by start", () => {
    const lists = emit(plan).filter(({ path }) => path.endsWith('.lst'));
    expect(lists.map(({ path, content }) => [path, content.split('\n').slice(0, -1)])).toEqual([
      ['starlingx/amd64/01-compiler-std.lst', ['bash']],
      ['starlingx/amd64/02-distro-std.lst', ['linux', 'openssl', 'linux']],
      ['starlingx/amd64/03-distro-rt.lst', ['linux-rt']],
      ['starlingx/amd64/04-flock-std.lst', ['app']],
    ]);
  });

  it('are handed over by a script, one after the other', () => {
    const host = ['--parallel', '2', '--max_make_jobs', '4'];
    const own = { ...plan, builders: [planBuilder({ name: 'one', makeJobs: [1, 4] })] };
    expect(runScripts(emit(own))).toEqual(
      [
        ['--layers', 'compiler', '--build-types', 'std', '--packages', 'bash'],
        ['--layers', 'distro', '--build-types', 'std', '--packages', 'linux,openssl,linux'],
        ['--layers', 'distro', '--build-types', 'rt', '--packages', 'linux-rt'],
        ['--layers', 'flock', '--build-types', 'std', '--packages', 'app'],
      ].map((words) => [...host, ...words]),
    );
  });

  it('of a plan without layers are one', () => {
    const files = emit(planOf(tasksOf({ source: 'b' }, { source: 'a' })));
    expect(files.map(({ path }) => path).filter((path) => path.endsWith('.lst'))).toEqual([
      'starlingx/amd64/01-packages.lst',
    ]);
    expect(runScripts(files).map((words) => words.slice(-2))).toEqual([['--packages', 'b,a']]);
  });

  it('carry every name to build-pkgs, and start nothing else', () => {
    const target = { arch: 'amd64', kind: 'any', profiles: [] } as const;
    const tasks = PAYLOAD_PLAN.targets.flatMap((one) => one.tasks);
    const calls = runScripts(emit({ ...PAYLOAD_PLAN, targets: [{ target, tasks }] }));
    expect(calls).toHaveLength(PAYLOADS.length);
    const seen = calls.map((words) => {
      const [layer, type, name] = ['--layers', '--build-types', '--packages'].map(
        (flag) => words[words.indexOf(flag) + 1],
      );
      expect(type).toBe(layer);
      expect(unescape(name ?? '')).toBe(layer);
      expect(name).not.toMatch(/[\s,#]/);
      return layer;
    });
    expect(seen.sort()).toEqual([...PAYLOADS].sort());
  });
});

describe('circular_dep.conf', () => {
  const edge = (from: string, to: string, more: Partial<PlanBreak> = {}): PlanBreak => ({
    from: `${from}_1/amd64`,
    to: `${to}_1/amd64`,
    kind: 'existing-binary',
    reason: `Build-Depends: lib${to}-dev`,
    ...more,
  });
  const tasks = tasksOf(
    { source: 'a' },
    { source: 'b', needs: ['a_1/amd64'] },
    { source: 'c', needs: ['b_1/amd64'] },
    { source: 'self' },
    { source: 'd', needs: ['c_1/amd64'] },
    { source: 'twice', stage: 'stage1', id: 'twice_1/amd64+stage1' },
    { source: 'user', needs: ['twice_1/amd64+stage1'] },
    { source: 'twice', needs: ['user_1/amd64'] },
  );
  const plan = planOf(tasks, [
    edge('a', 'c', { servedBy: 'libc-dev 0.9' }),
    edge('a', 'd', { kind: 'later-layer' }),
    edge('self', 'self'),
    edge('user', 'twice', { kind: 'staged-build', standIn: 'twice_1/amd64+stage1' }),
  ]);

  it("has each cycle that the plan opened, in the plan's order, as StarlingX's reader takes it", () => {
    const found: Diagnostic[] = [];
    const text = contentOf(plan, 'circular_dep.conf') ?? '';
    const orders = parseCycleOrders(text, 'circular_dep.conf', (diagnostic) => found.push(diagnostic));
    expect(found).toEqual([]);
    expect(orders.map(({ set, order, comments }) => ({ set, order, comments }))).toEqual([
      {
        set: ['self'],
        order: ['self'],
        comments: ['self does not wait for self: Build-Depends: libself-dev'],
      },
      {
        set: ['twice', 'user'],
        order: ['user', 'twice'],
        comments: ['user does not wait for twice: Build-Depends: libtwice-dev'],
      },
      {
        set: ['a', 'b', 'c'],
        order: ['a', 'b', 'c'],
        comments: ['a does not wait for c: Build-Depends: libc-dev; libc-dev 0.9 serves'],
      },
    ]);
  });

  it('stays a file of entries and comments whatever the names', () => {
    const lines = (contentOf(PAYLOAD_PLAN, 'circular_dep.conf') ?? '').split('\n');
    const others = lines.filter((line) => !/^(?:#.*|SRC SET: \S+|BUILD ORDER: \S+|)$/s.test(line));
    expect(others).toEqual([]);
    const sets = lines.flatMap((line) => /^SRC SET: (.*)$/.exec(line)?.[1] ?? []);
    expect(sets.map(unescape).sort()).toEqual([...PAYLOADS].sort());
  });
});

describe('build-sizes.txt', () => {
  it('has a line for each large source, the largest of its builds, and where that is known from', () => {
    const size = (
      ramDiskUpperBytes: number,
      ramDisk: PlanTask['estimatedBy']['ramDisk'],
    ): Partial<PlanTask> => ({
      ramDiskUpperBytes,
      estimatedBy: { duration: 'default', ramDisk },
    });
    const plan = planOf(
      tasksOf(
        { source: 'small', ...size(3 * GIB, 'prior') },
        { source: 'ceph', ...size(39 * GIB, 'declared') },
        { source: 'linux', ...size(20 * GIB, 'history') },
        { source: 'linux', id: 'linux_1/arm64', ...size(20 * GIB + 1, 'prior') },
      ),
    );
    const lines = (contentOf(plan, 'build-sizes.txt') ?? '')
      .split('\n')
      .filter((line) => !line.startsWith('#'));
    expect(lines).toEqual([
      'ceph XS-Build-Size: 39GB # it says so already',
      'linux XS-Build-Size: 21GB # what the source is',
      '',
    ]);
  });
});

describe('chroots.txt', () => {
  it('gives each builder chroots in which its builds find room when they run', () => {
    const size = (gib: number, startMs: number): Partial<PlanTask> => ({ ramDiskBytes: gib * GIB, startMs });
    const plan = planOf(
      tasksOf(
        { source: 'a', ...size(5, 0) },
        { source: 'b', ...size(3, 500) },
        { source: 'c', ...size(2, 1000) },
        { source: 'd', ...size(9, 2000), mode: 'disk' },
      ),
    );
    const lines = (contentOf(plan, 'chroots.txt') ?? '').split('\n').filter((line) => !line.startsWith('#'));
    expect(lines).toEqual(['one (amd64): 5GiB*1+3GiB*1; together 8 GiB, its RAM disk has 1 GiB', '']);
  });
});
