import { describe, expect, it } from 'vitest';
import {
  ESTIMATE_OPTIONS,
  type Estimate,
  type EstimateContext,
  type EstimateOverride,
  type Estimates,
} from '../../src/estimate/estimate.ts';
import { estimateUnits } from '../../src/estimate/estimate-units.ts';
import { plannedSpeed } from '../../src/estimate/planned-speed.ts';
import type { BuildRecord } from '../../src/history/record.ts';
import { analyseTexts, binary, optionsOf, source } from '../support/texts.ts';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;
const MINUTE = 60_000;

const size = { 'XS-Build-Size': '39GB' };
const files = { Files: '\n d41d8cd9 1048576 ceph.tar.xz\n d41d8cd9 1048576 ceph.debian.tar.xz' };

function override(fields: Partial<EstimateOverride>): EstimateOverride {
  return {
    source: 'ceph',
    arch: undefined,
    durationMs: undefined,
    ramDiskBytes: undefined,
    memoryBytes: undefined,
    parallelFraction: undefined,
    ...fields,
  };
}

function record(fields: Partial<BuildRecord>): BuildRecord {
  const from = { tool: 'run' };
  return {
    schema: 'debplan/build@1',
    source: 'ceph',
    version: '1',
    arch: 'amd64',
    outcome: 'built',
    from,
    ...fields,
  };
}

type Settings = Partial<Pick<EstimateContext, 'overrides' | 'history' | 'builders' | 'options'>>;

/** Estimates of sources, by default for amd64 and arm64. */
function estimateAll(
  sources: readonly string[],
  settings: Settings = {},
  architectures: readonly string[] = ['amd64', 'arm64'],
): Estimates {
  const { universe, planned } = analyseTexts({ sources }, optionsOf({ architectures }));
  const { installability } = planned;
  const defaults = { overrides: [], history: [], builders: [], options: ESTIMATE_OPTIONS };
  return estimateUnits({ universe, installability, ...defaults, ...settings });
}

/** Estimates of ceph. */
function estimate(fields: Readonly<Record<string, string>>, settings: Settings = {}): readonly Estimate[] {
  return estimateAll([source('ceph', fields)], settings).estimates;
}

function codes(estimates: Estimates): readonly string[] {
  return estimates.diagnostics.map(({ code }) => code);
}

describe('estimateUnits', () => {
  it('reserves what the package declares for nine of ten builds, and expects less', () => {
    const [own] = estimate({ ...size, ...files });
    expect(own).toMatchObject({ ramDiskBytes: 39 * GIB, ramDiskUpperBytes: 39 * GIB });
    expect(own).toMatchObject({ ramDiskBy: 'declared', durationBy: 'declared' });
    expect(own?.ramDiskMedianBytes).toBeGreaterThan(5 * GIB);
    expect(own?.ramDiskMedianBytes).toBeLessThan(39 * GIB);
  });
  it('expects a build of a declared giant to take longer than one of a declared dwarf', () => {
    const [[giant], [dwarf]] = [estimate({ ...size }), estimate({ 'Build-Size': '1GB' })];
    expect(giant?.durationMs).toBeGreaterThan(10 * (dwarf?.durationMs ?? 0));
  });
  it('goes by the features of the source, and tells when there are none', () => {
    expect(estimate(files)[0]).toMatchObject({ ramDiskBy: 'prior', durationBy: 'prior' });
    expect(estimate({})[0]).toMatchObject({ ramDiskBy: 'default', durationBy: 'default', memoryBytes: 0 });
  });
  it('counts chroot and tree, and holds in parts what it reserves', () => {
    const [{ parts, ramDiskBytes } = { parts: {}, ramDiskBytes: 0 }] = estimate(files);
    expect(parts).toMatchObject({ baseBytes: 440 * MIB, listsBytes: 120 * MIB, dependsBytes: 180 * MIB });
    expect(Object.values(parts).reduce((sum: number, bytes) => sum + Number(bytes), 0)).toBe(ramDiskBytes);
  });
  it('counts the tree alone where the RAM disk holds nothing else', () => {
    const [own] = estimate(files, { options: { ramQuantile: 0.5, ramHolds: 'build' } });
    expect(own?.parts).toMatchObject({ baseBytes: 0, listsBytes: 0, dependsBytes: 0, downloadsBytes: 0 });
    expect(own?.ramDiskBytes).toBe(own?.parts.treeBytes);
  });
  it('follows an override before everything else, figure by figure, exactly', () => {
    const [onlyTime] = estimate(size, { overrides: [override({ durationMs: 7 })] });
    expect(onlyTime).toMatchObject({ durationMs: 7, durationUpperMs: 7, durationBy: 'override' });
    expect(onlyTime).toMatchObject({ ramDiskBytes: 39 * GIB, ramDiskBy: 'declared' });
    const [onlySize] = estimate({}, { overrides: [override({ ramDiskBytes: 12 * GIB, memoryBytes: 5 })] });
    expect(onlySize).toMatchObject({ ramDiskMedianBytes: 12 * GIB, ramDiskUpperBytes: 12 * GIB });
    expect(onlySize).toMatchObject({ memoryBytes: 5, ramDiskBy: 'override', durationBy: 'default' });
    expect(onlySize?.durationMs).toBeGreaterThan(10 * (estimate({})[0]?.durationMs ?? Infinity));
  });
  it('prefers the row of the architecture to the general one, figure by figure, in either order', () => {
    const general = override({ durationMs: 10, ramDiskBytes: 20, memoryBytes: 30 });
    const special = override({ arch: 'arm64', durationMs: 11 });
    for (const overrides of [
      [general, special],
      [special, general],
    ]) {
      const found = estimate(size, { overrides });
      expect(found.map((own) => [own.durationMs, own.ramDiskBytes, own.memoryBytes])).toEqual([
        [10, 20, 30],
        [11, 20, 30],
      ]);
    }
  });
  it('is not moved by rows of other sources or architectures', () => {
    const overrides = [
      override({ source: 'cep', durationMs: 1 }),
      override({ arch: 'riscv64', durationMs: 2 }),
    ];
    expect(estimate(size, { overrides })).toEqual(estimate(size));
  });
  it('lets make jobs share no part of a serial build, unless a row says so', () => {
    const serial = { 'X-Stx-Serial': 'true' };
    expect(estimate(serial)[0]).toMatchObject({ parallelFraction: 0 });
    const overrides = [override({ parallelFraction: 0.5 })];
    expect(estimate(serial, { overrides })[0]).toMatchObject({ parallelFraction: 0.5 });
  });
  it('never gives a build no time at all', () => {
    expect(estimate({}, { overrides: [override({ durationMs: 0 })] })[0]?.durationMs).toBe(1);
    expect(estimate({ 'Build-Size': '1k' })[0]).toMatchObject({ ramDiskBytes: 1024 });
  });
});

describe('estimateUnits with a history', () => {
  const builders = [{ name: 'x', arch: 'amd64', speed: 1, diskFactor: 2 }];
  const own = { wallMs: 90 * MINUTE, treeBytes: GIB, builder: 'x', makeJobs: 4, memoryBytes: GIB };

  it('expects of a source what its last build took', () => {
    const [found, arm] = estimate(files, { history: [record(own)], builders });
    expect(found).toMatchObject({ durationBy: 'history', ramDiskBy: 'history' });
    expect((found?.durationMs ?? 0) / MINUTE).toBeCloseTo(90, -1.2);
    expect((found?.parts.treeBytes ?? 0) / GIB).toBeGreaterThan(0.9);
    expect(found?.memoryBytes).toBeGreaterThan(GIB);
    expect(arm).toMatchObject({ durationBy: 'history', ramDiskBy: 'history' });
  });
  it('sets the speed of a machine from one log of another source', () => {
    const sources = [source('ceph', files), source('other', files)];
    const [before] = estimateAll(sources, { builders }).estimates;
    const slow = record({ source: 'other', builder: 'x', wallMs: 20 * (before?.durationMs ?? 1) });
    const [after] = estimateAll(sources, { builders, history: [slow] }).estimates;
    expect(after?.durationBy).toBe('prior');
    expect((after?.durationMs ?? 0) / (before?.durationMs ?? 1)).toBeGreaterThan(5);
  });
  it('learns from sources that the inputs do not have how builders differ, and nothing else', () => {
    const machines = ['x', 'y'].map((name) => ({ name, arch: 'amd64', speed: 1, diskFactor: 1 }));
    const strange = [1, 2, 3, 4].flatMap((place) => {
      const other = { source: `strange${String(place)}`, wallMs: place ** 6 * MINUTE };
      return [
        record({ ...other, builder: 'x' }),
        record({ ...other, builder: 'y', wallMs: 2 * other.wallMs }),
        record({ ...other, builder: 'z', arch: 'arm64', wallMs: 40 * other.wallMs }),
      ];
    });
    const known = record({ source: 'other', builder: 'x', wallMs: 30 * MINUTE });
    for (const seen of [[], [known]]) {
      const both = [source('ceph', files), source('other', files)];
      const before = estimateAll(both, { builders: machines, history: seen });
      const after = estimateAll(both, { builders: machines, history: [...seen, ...strange] });
      const ratios = after.estimates.map(
        ({ durationMs }, unit) => durationMs / (before.estimates[unit]?.durationMs ?? 0),
      );
      const expected = seen.length === 0 ? 1 : Math.SQRT2;
      for (const ratio of ratios)
        expect(Math.abs(ratio / expected - 1)).toBeLessThan(seen.length === 0 ? 0.01 : 0.2);
      const [x = 0, y = 0] = [after.speeds.get('x'), after.speeds.get('y')];
      expect(x / y).toBeGreaterThan(1.7);
    }
  });
  it('is less sure of an architecture on which it has seen nothing', () => {
    const [amd, arm] = estimate(files, { history: [record(own)], builders });
    const spread = (one: Estimate | undefined): number =>
      (one?.durationUpperMs ?? 0) / (one?.durationMs ?? 1);
    expect(spread(arm)).toBeGreaterThan(1.6);
    expect(spread(amd)).toBeLessThan(1.6);
    const both = [record(own), record({ ...own, arch: 'arm64' })];
    expect(spread(estimate(files, { history: both, builders })[1])).toBeLessThan(1.6);
  });
  it('takes disk, make jobs and a given speed out of what a build took', () => {
    const ms = (fields: Partial<BuildRecord>, speed = 1): number => {
      const machine = [{ name: 'x', arch: 'amd64', speed, diskFactor: 2 }];
      return (
        estimate(files, { history: [record({ ...own, ...fields })], builders: machine })[0]?.durationMs ?? 0
      );
    };
    const plain = ms({});
    expect(ms({ mode: 'disk', wallMs: own.wallMs * 2 }) / plain).toBeCloseTo(1, 1);
    const [found] = estimate(files, { history: [record(own)], builders });
    const parallel = found?.parallelFraction ?? 0;
    expect(ms({ makeJobs: 1, wallMs: own.wallMs / (1 - (parallel * 3) / 4) }) / plain).toBeCloseTo(1, 1);
    expect(ms({ wallMs: own.wallMs / 2 }, 2) / plain).toBeCloseTo(1, 1);
  });
  it('plans a build with the make jobs that it had to take as long again, however small it is', () => {
    for (const wallMs of [40_000, 70_000, 600_000, 7_200_000]) {
      const history = [1, 2, 3, 4, 5].map((day) =>
        record({ source: 'ceph', makeJobs: 1, wallMs, startedAt: `2026-11-0${String(day)}T00:00:00Z` }),
      );
      const [found] = estimate(files, { history, builders });
      const parallel = found?.parallelFraction ?? 0;
      const alone = (found?.durationMs ?? 0) / (1 - parallel + parallel / 4);
      expect(alone / wallMs).toBeGreaterThan(0.95);
      expect(alone / wallMs).toBeLessThan(1.05);
    }
  });
  it('learns nothing of time from failed builds, but that they took so much room', () => {
    const failed = record({ ...own, outcome: 'failed', wallMs: 1 });
    const [found] = estimate(files, { history: [failed], builders });
    const [before] = estimate(files, { builders });
    expect(found?.durationMs).toBe(before?.durationMs);
    expect(found?.ramDiskMedianBytes).toBeGreaterThan(1.5 * GIB);
    const small = record({ outcome: 'no-space', treeBytes: MIB });
    const [hardly] = estimate(files, { history: [small], builders });
    expect((hardly?.ramDiskBytes ?? 0) / (before?.ramDiskBytes ?? 1)).toBeCloseTo(1, 3);
  });
  it('tells how fast machines are against the mean of their architecture', () => {
    const machines = ['x', 'y'].map((name) => ({ name, arch: 'amd64', speed: 1, diskFactor: 1 }));
    const history = [1, 2, 3, 4].flatMap((version) =>
      ['x', 'y'].map((builder) =>
        record({ version: String(version), builder, wallMs: (builder === 'x' ? 1 : 2) * own.wallMs }),
      ),
    );
    const { speeds } = estimateAll([source('ceph', files)], { history, builders: machines });
    const [x = 0, y = 0] = [speeds.get('x'), speeds.get('y')];
    expect(x / y).toBeGreaterThan(1.8);
    expect(x / y).toBeLessThan(2.05);
    expect(x * y).toBeCloseTo(1, 9);
  });
  it('learns from builds of a builder that emulates how slow it really is', () => {
    const arm = { name: 'arm', arch: 'arm64', speed: 1, diskFactor: 1 };
    const qemu = { ...arm, name: 'qemu', speed: 0.1, isSpeedGiven: false };
    const history = [1, 2, 3, 4, 5, 6].flatMap((version) =>
      [arm, qemu].map(({ name }) =>
        record({
          ...{ version: String(version), builder: name, arch: 'arm64' },
          wallMs: (name === 'arm' ? 1 : 25) * own.wallMs,
        }),
      ),
    );
    const speedsAfter = (records: readonly BuildRecord[]): readonly number[] => {
      const context = { history: records, builders: [arm, qemu] };
      const { speeds } = estimateAll([source('ceph', files)], context);
      return [arm, qemu].map((builder) => plannedSpeed({ ...builder, isSpeedGiven: false }, speeds));
    };
    expect(speedsAfter([])).toEqual([1, 0.1]);
    const [native = 0, emulated = 0] = speedsAfter(history);
    expect(native / emulated).toBeGreaterThan(20);
    expect(native / emulated).toBeLessThan(27);
  });
  it('says which builders no build of the history ran on', () => {
    const named = ['other', 'x'].map((name) => ({ name, arch: 'amd64', speed: 1, diskFactor: 1 }));
    const elsewhere = { name: 'arm', arch: 'arm64', speed: 1, diskFactor: 1 };
    const all = { builders: [...named, elsewhere] };
    const messages = (history: readonly BuildRecord[]): readonly string[] =>
      estimateAll([source('ceph', files)], { ...all, history }).diagnostics.map(({ message }) => message);
    expect(messages([record(own), record(own)])).toEqual([
      'no build of the history ran on other: its speed is taken for that of x',
    ]);
    expect(messages([record(own), record({ ...own, builder: 'y' })])).toEqual([
      'no build of the history ran on other: its speed is taken for the mean of x, y',
    ]);
    expect(messages([record({ ...own, builder: undefined })])).toEqual([]);
    expect(messages([])).toEqual([]);
  });
  it('trusts names that objects have of their own', () => {
    const sources = ['constructor', '__proto__', 'toString'].map((name) => source(name, files));
    const history = ['constructor', '__proto__', 'toString', 'hasOwnProperty'].map((name) =>
      record({ ...own, source: name, builder: name }),
    );
    const { estimates } = estimateAll(sources, { history, builders });
    expect(estimates.every(({ durationMs, ramDiskBytes }) => durationMs > 0 && ramDiskBytes > 0)).toBe(true);
  });
});

describe('declared sizes', () => {
  const declared = source('ceph', { ...files, 'Build-Size': '10GB' });
  const took = (gib: number): BuildRecord => record({ holds: 'chroot', peakBytes: gib * GIB });

  it('stand as long as no build refutes them, but the median is what builds took', () => {
    const found = estimateAll([declared], { history: [took(6)] });
    expect(codes(found)).toEqual([]);
    expect(found.estimates[0]).toMatchObject({ ramDiskBy: 'declared', ramDiskBytes: 10 * GIB });
    expect((found.estimates[0]?.ramDiskMedianBytes ?? 0) / GIB).toBeCloseTo(6, 0);
  });
  it('give way to a build that took more', () => {
    const found = estimateAll([declared], { history: [took(14)] });
    expect(found.diagnostics).toHaveLength(1);
    expect(found.diagnostics[0]).toMatchObject({
      code: 'declared-too-small',
      message: 'ceph: Build-Size 10 GiB, but 1 on amd64 took 14 GiB',
      location: { file: 'Sources' },
    });
    expect(found.estimates[0]?.ramDiskBy).toBe('history');
    expect(found.estimates[0]?.ramDiskBytes).toBeGreaterThan(14 * GIB);
  });
  it('give way to three builds that took far less, not to two', () => {
    const builds = [1, 2, 3].map((version) => ({ ...took(2), version: String(version) }));
    expect(codes(estimateAll([declared], { history: builds.slice(1) }))).toEqual([]);
    const found = estimateAll([declared], { history: builds });
    expect(codes(found)).toEqual(['declared-stale']);
    expect(found.estimates[0]?.ramDiskBytes).toBeLessThan(4 * GIB);
  });
  it('are never exceeded by what is reserved, whatever share of builds has to fit', () => {
    for (const history of [[], [took(1)], [took(6), { ...took(7), version: '2' }]]) {
      for (const ramHolds of ['chroot', 'build'] as const) {
        for (const ramQuantile of [0.5, 0.75, 0.9, 0.95, 0.99, 0.999]) {
          const options = { ramQuantile, ramHolds };
          const [own] = estimateAll([declared], { history, options }).estimates;
          expect(own?.ramDiskBy).toBe('declared');
          expect(own?.ramDiskBytes).toBeLessThanOrEqual(10 * GIB);
          expect(own?.ramDiskBytes).toBeGreaterThanOrEqual(own?.ramDiskMedianBytes ?? Infinity);
        }
      }
    }
  });
  it.each<readonly [string, (bytes: number) => Partial<BuildRecord>]>([
    ['Build-Space', (treeBytes) => ({ treeBytes })],
    ['the build folder', (peakBytes) => ({ holds: 'build', peakBytes })],
  ])('are compared with builds that tell %s alone, and what the chroot takes', (_, fields) => {
    const after = (gib: number): readonly string[] => {
      const history = ['1', '2', '3'].map((version) => record({ ...fields(gib * GIB), version }));
      return codes(estimateAll([declared], { history }));
    };
    expect(after(2)).toEqual(['declared-stale']);
    expect(after(3)).toEqual([]);
    expect(after(9.5)).toEqual(['declared-too-small']);
  });
  it('give way to a build that ran out of what they grant', () => {
    const full = record({ holds: 'chroot', peakBytes: 9.9 * GIB, outcome: 'no-space' });
    const found = estimateAll([declared], { history: [full] });
    expect(codes(found)).toEqual(['declared-too-small']);
    expect(found.estimates[0]?.ramDiskBytes).toBeGreaterThan(10 * GIB);
  });
  it('are missed where others declare less than a build took', () => {
    const history = [{ ...took(14), source: 'giant' }];
    expect(codes(estimateAll([source('giant', files), declared], { history }))).toEqual([
      'declaration-missing',
    ]);
    expect(codes(estimateAll([source('giant', files)], { history }))).toEqual([]);
  });
});

describe('install sets in footprints', () => {
  it('count each package once, what every chroot holds in the base, and unknown sizes as the median', () => {
    const sized = (name: string, kib: string, fields = {}): string =>
      binary(name, { 'Installed-Size': kib, Size: '10', ...fields });
    const packages = {
      amd64: [
        sized('build-essential', '102400', { Depends: 'libc' }),
        sized('libc', '1024'),
        sized('a', '2048', { Depends: 'shared, libc' }),
        sized('b', '4096', { Depends: 'shared' }),
        sized('shared', '8192'),
        binary('dark', {}),
      ],
    };
    const sources = [source('ceph', { ...files, 'Build-Depends': 'a, b, dark' })];
    const { universe, planned } = analyseTexts({ sources, packages });
    const { installability } = planned;
    const options = ESTIMATE_OPTIONS;
    const context = { universe, installability, overrides: [], history: [], builders: [], options };
    const parts = estimateUnits(context).estimates[0]?.parts;
    expect(parts?.baseBytes).toBe(Math.round(101 * MIB * 1.04) + 24 * MIB);
    expect(parts?.dependsBytes).toBe(Math.round((2 + 4 + 8 + 4) * MIB * 1.04));
  });
});
