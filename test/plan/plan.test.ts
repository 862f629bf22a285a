import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/diagnostic.ts';
import { parseBuilder } from '../../src/dispatch/parse-builder.ts';
import { analyseInputs, planBuild, type PlanOptions } from '../../src/pipeline.ts';
import { inputsOf, planOptionsOf } from '../support/planned.ts';
import { binary, control, optionsOf, reports, source, type Texts } from '../support/texts.ts';

const GIB = 1024 ** 3;
const AMD64 = [parseBuilder('name=x86,arch=amd64,slots=2,ram-disk=8GiB')];

function plan(texts: Texts, options: Partial<PlanOptions> = {}): ReturnType<typeof planBuild> {
  return planBuild(inputsOf(texts), { ...planOptionsOf(optionsOf()), builders: AMD64, ...options });
}

describe('planBuild', () => {
  it('makes a plan of nothing', () => {
    const { plan: empty, diagnostics } = plan({});
    expect(diagnostics).toEqual([]);
    expect(empty).toMatchObject({
      schema: 'debplan/plan@1',
      targets: [],
      criticalChain: [],
      breaks: [],
      unbuildable: [],
      makespanMs: 0,
      lowerBoundMs: 0,
      architectures: [
        { arch: 'amd64', taskCount: 0, makespanMs: 0, ramDiskPeakBytes: 0, ramDiskBytes: 8 * GIB },
      ],
    });
  });
  it('puts arch:all builds in a target of their own, on the architecture that builds them', () => {
    const controls = [
      control('docs', { docs: { Architecture: 'all' } }),
      control('mixed', { m: {}, 'm-doc': { Architecture: 'all' } }),
      control('plain', { plain: {} }),
    ];
    const options = optionsOf({ architectures: ['amd64', 'arm64'], allOn: 'arm64' });
    const { plan: made } = planBuild(inputsOf({ controls }), planOptionsOf(options));
    const targets = made.targets.map(({ target, tasks }) => {
      return `${target.arch} ${target.kind}: ${tasks.map(({ id }) => id).join(' ')}`;
    });
    expect(targets).toEqual([
      'amd64 any: mixed_1/amd64 plain_1/amd64',
      'arm64 all: docs_1/all',
      'arm64 any: plain_1/arm64',
      'arm64 binary: mixed_1/arm64',
    ]);
    const builders = new Map(made.builders.map(({ name, arch }) => [name, arch]));
    for (const { target, tasks } of made.targets) {
      for (const { builder } of tasks) expect(builders.get(builder)).toBe(target.arch);
    }
  });
  it('builds on disk what exceeds the RAM disk, and takes longer for it', () => {
    const sources = [source('ceph', { 'Build-Size': '39GB' })];
    const overrides = [
      {
        source: 'ceph',
        arch: undefined,
        durationMs: 1000,
        ramDiskBytes: undefined,
        memoryBytes: undefined,
        parallelFraction: undefined,
      },
    ];
    const { plan: made } = plan({ sources }, { overrides });
    expect(made.targets[0]?.tasks).toMatchObject([
      { mode: 'disk', durationMs: 1350, ramDiskBytes: 39 * GIB, priority: 1350, critical: true },
    ]);
    expect(made.architectures[0]?.ramDiskPeakBytes).toBe(0);
  });
  it('tells why each unit is left out, under one diagnostic each', () => {
    const sources = [
      source('a', { 'Build-Depends': 'b' }),
      source('b', { 'Build-Depends': 'a' }),
      source('user', { 'Build-Depends': 'a' }),
      source('self', { 'Build-Depends': 'self' }),
      source('lost', { 'Build-Depends': 'gone (>= 2)' }),
      source('arm', { Architecture: 'arm64' }),
    ];
    const { plan: made, diagnostics } = plan({ sources, packages: { amd64: [binary('gone')] } });
    expect(made.unbuildable.map(({ source: name, kind, reason }) => `${name} ${kind}: ${reason}`)).toEqual([
      'a hard-cycle: in the cycle a_1/amd64 → b_1/amd64 → a_1/amd64',
      'arm not-for-arch: Architecture: arm64',
      'b hard-cycle: in the cycle a_1/amd64 → b_1/amd64 → a_1/amd64',
      'lost missing: Build-Depends: gone (>= 2): nothing provides gone (>= 2) on amd64; nearest: gone 1',
      "self hard-cycle: needs a binary of its own that doesn't exist yet",
      'user needs-unbuildable: Build-Depends: a: a 1 is built by a_1/amd64, which is not built',
    ]);
    expect(reports(diagnostics)).toEqual([
      'hard-cycle: cycle without a way out: a_1/amd64 → b_1/amd64 → a_1/amd64 (2 units left out, with all that needs them)',
      'hard-cycle: cycle without a way out: self_1/amd64 → self_1/amd64 (1 unit left out, with all that needs them)',
      'unbuildable: user_1/amd64: Build-Depends: a: a 1 is built by a_1/amd64, which is not built',
      'unbuildable: lost_1/amd64: Build-Depends: gone (>= 2): nothing provides gone (>= 2) on amd64; nearest: gone 1',
    ]);
  });
  it('lists what is left out by source, architecture and unit', () => {
    const sources = [
      source('x86', { Architecture: 'amd64', 'Build-Depends': 'gone' }),
      source('a', { 'Build-Depends': 'gone' }),
    ];
    const options = optionsOf({ architectures: ['amd64', 'arm64'] });
    const { plan: made } = planBuild(
      inputsOf({ sources, packages: { amd64: [], arm64: [] } }),
      planOptionsOf(options),
    );
    expect(made.unbuildable.map(({ source: name, arch, kind }) => `${name} ${arch} ${kind}`)).toEqual([
      'a amd64 missing',
      'a arm64 missing',
      'x86 amd64 missing',
      'x86 arm64 not-for-arch',
    ]);
  });
  it('names what serves where it does not wait', () => {
    const sources = [source('a', { 'Build-Depends': 'b' }), source('b', { 'Build-Depends': 'a' })];
    const { plan: made } = plan({ sources, packages: { amd64: [binary('b', { Version: '0.9' })] } });
    expect(made.breaks).toEqual([
      {
        from: 'a_1/amd64',
        to: 'b_1/amd64',
        kind: 'existing-binary',
        reason: 'Build-Depends: b',
        servedBy: 'b 0.9',
        stale: [{ binary: 'b', existingVersion: '0.9', plannedVersion: '1' }],
      },
    ]);
    expect(made.targets[0]?.tasks.map(({ id, needs }) => [id, needs])).toEqual([
      ['a_1/amd64', []],
      ['b_1/amd64', ['a_1/amd64']],
    ]);
  });
  it('warns of what lies in a later layer', () => {
    const controls = [
      control('late', { late: {} }, {}, { layer: 'openstack' }),
      control('early', { early: {} }, { 'Build-Depends': 'late' }, { layer: 'distro' }),
    ];
    const packages = { amd64: [binary('late', { Version: '0' })] };
    const { plan: made, diagnostics } = plan({ controls, packages });
    expect(made.breaks).toEqual([
      {
        from: 'distro/early_1/amd64',
        to: 'openstack/late_1/amd64',
        kind: 'later-layer',
        reason: 'Build-Depends: late',
        servedBy: 'late 0',
      },
    ]);
    expect(reports(diagnostics)).toEqual([
      'later-layer: distro/early_1/amd64 needs openstack/late_1/amd64 of a later layer: Build-Depends: late; late 0 serves instead',
    ]);
  });
  it('leaves out what needs packages that exclude each other, and all that needs it', () => {
    const controls = [
      control('a', { a: {} }, { 'Build-Depends': 'x, y | z' }),
      control('b', { b: {} }, { 'Build-Depends': 'x, y' }),
      control('c', { c: {} }, { 'Build-Depends': 'b' }),
    ];
    const packages = { amd64: [binary('x'), binary('y', { Conflicts: 'x' }), binary('z')] };
    const { plan: made } = plan({ controls, packages });
    expect(made.unbuildable.map(({ unit, kind, reason }) => [unit, kind, reason])).toEqual([
      [
        'b_1/amd64',
        'conflict',
        "x 1 and y 1 can't be installed together (Build-Depends: x; Build-Depends: y)",
      ],
      ['c_1/amd64', 'needs-unbuildable', expect.stringContaining('b_1/amd64')],
    ]);
  });
  it('leaves out what needs a later layer when nothing exists to serve instead', () => {
    const controls = [
      control('late', { late: {} }, {}, { layer: 'openstack' }),
      control('early', { early: {} }, { 'Build-Depends': 'late' }, { layer: 'distro' }),
    ];
    const { plan: made } = plan({ controls, packages: { amd64: [] } });
    expect(made.unbuildable.map(({ unit, kind, reason }) => [unit, kind, reason])).toEqual([
      ['distro/early_1/amd64', 'later-layer', 'only a later layer builds late, and none exists'],
    ]);
  });
  it('notes estimates for sources that are not there, but not for one that is not meant for the architecture', () => {
    const row = {
      arch: undefined,
      durationMs: 1,
      ramDiskBytes: undefined,
      memoryBytes: undefined,
      parallelFraction: undefined,
    };
    const overrides = ['arm', 'app', 'typo'].map((name) => ({ ...row, source: name }));
    const sources = [source('app'), source('arm', { Architecture: 'arm64' })];
    expect(reports(plan({ sources }, { overrides }).diagnostics)).toEqual([
      'unknown-estimate: the estimates have a row for typo, which is not among the sources',
    ]);
  });
  it('leaves out a build that no builder has the memory for, and what needs it, and plans the rest', () => {
    const overrides = [
      {
        source: 'app',
        arch: undefined,
        durationMs: 1,
        ramDiskBytes: 0,
        memoryBytes: 20 * GIB,
        parallelFraction: undefined,
      },
    ];
    const builders = [parseBuilder('arch=amd64,memory=16GiB'), parseBuilder('name=b,arch=amd64,memory=8GiB')];
    const sources = [source('app'), source('user', { 'Build-Depends': 'app' }), source('other')];
    const { plan: made } = plan({ sources, packages: { amd64: [] } }, { overrides, builders });
    expect(made.targets.flatMap(({ tasks }) => tasks.map(({ source: name }) => name))).toEqual(['other']);
    expect(made.unbuildable.map(({ source: name, kind, reason }) => [name, kind, reason])).toEqual([
      ['app', 'no-builder', 'its processes need 20 GiB of memory, the largest builder for amd64 has 16 GiB'],
      ['user', 'needs-unbuildable', 'Build-Depends: app: app 1 is built by app_1/amd64, which is not built'],
    ]);
  });
  it('refuses durations that can not be added up', () => {
    const overrides = [
      {
        source: 'app',
        arch: undefined,
        durationMs: 2 ** 53 - 1,
        ramDiskBytes: 0,
        memoryBytes: 0,
        parallelFraction: undefined,
      },
    ];
    expect(() => plan({ sources: [source('app')] }, { overrides })).toThrow(UserError);
  });
  it('does not complain of a left-out unit that no builder could run', () => {
    const sources = [source('lost', { 'Build-Depends': 'gone' })];
    const overrides = [
      {
        source: 'lost',
        arch: undefined,
        durationMs: 1,
        ramDiskBytes: 0,
        memoryBytes: 20 * GIB,
        parallelFraction: undefined,
      },
    ];
    const builders = [parseBuilder('arch=amd64,memory=1GiB')];
    const { plan: made } = plan({ sources, packages: { amd64: [] } }, { overrides, builders });
    expect(made.targets).toEqual([]);
  });
});

describe('selecting', () => {
  const chain = ['a', 'b', 'c', 'd', 'e'].map((name, index, all) => {
    const need = all[index - 1];
    return source(name, need === undefined ? {} : { 'Build-Depends': need });
  });
  const planned = (options: Partial<PlanOptions>): string => {
    const { plan: made } = plan({ sources: chain }, options);
    return made.targets.flatMap(({ tasks }) => tasks.map(({ source: name }) => name)).join(' ');
  };
  it.each([
    ['the named ones', {}, 'c'],
    ['and what they wait for', { buildDepsDepth: Infinity }, 'a b c'],
    ['so many steps away', { buildDepsDepth: 1 }, 'b c'],
    ['and what waits for them', { dependentsDepth: Infinity }, 'c d e'],
    ['both, so many steps away', { buildDepsDepth: 1, dependentsDepth: 1 }, 'b c d'],
  ])('plans %s', (_, options, expected) => {
    expect(planned({ select: ['c'], ...options })).toBe(expected);
  });
  it('takes the binaries of sources that are not planned as missing, with an index', () => {
    const { diagnostics } = plan({ sources: chain, packages: { amd64: [] } }, { select: ['c'] });
    expect(reports(diagnostics)).toEqual([
      'unbuildable: c_1/amd64: Build-Depends: b: nothing provides b on amd64',
    ]);
  });
});

describe('analyseInputs', () => {
  it('gives the reports of the inputs and its own, sorted', () => {
    const sources = [
      source('b', { Version: '1' }),
      source('b', { Version: '2' }),
      'Package: x y\nVersion: 1\n',
    ];
    const { diagnostics } = analyseInputs(inputsOf({ sources, packages: { amd64: [] } }), optionsOf());
    expect(diagnostics.map(({ code }) => code)).toEqual(['bad-package-name', 'older-version']);
  });
});
