import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { plainStyle } from '../../src/emit/style.ts';
import { emitSummary } from '../../src/emit/summary.ts';
import { nameOf, planExample, type Example } from './example.ts';

const GIB = 2 ** 30;
const BOTH = ['amd64', 'arm64'];
const SECOND = 1000;
const README = readFileSync(new URL('../../fixtures/platform/README.md', import.meta.url), 'utf8');

let plain: Example;
let nocheck: Example;

beforeAll(async () => {
  plain = await planExample();
  nocheck = await planExample({ profiles: ['nocheck'] });
});

/** Whether the second one starts after the first has ended. */
function isAfter(example: Example, later: string, earlier: string, place: string): boolean {
  const first = example.task(earlier, place) ?? example.task(earlier, 'all');
  const second = example.task(later, place);
  if (first === undefined || second === undefined) throw new Error(`${later} or ${earlier} is not planned`);
  return second.startMs >= first.startMs + first.durationMs;
}

/** What `debplan` must say, by the first cell of the row of `fixtures/platform/README.md`. */
const ROWS: Readonly<Record<string, () => void | Promise<void>>> = {
  'cycle through run-time dependencies, every edge soft': () => {
    for (const place of BOTH) {
      const edges = [
        plain.edge('signal-idl', 'bollard', place),
        plain.edge('bollard', 'ropewalk', place),
        plain.edge('ropewalk', 'signal-idl', place),
        plain.edge('signal-idl', 'ropewalk', place),
      ];
      expect(edges.map((edge) => edge?.strength)).toEqual(['soft', 'soft', 'soft', 'soft']);
      expect(edges.map((edge) => edge?.chain.map(({ binary }) => binary))).toEqual([
        ['bollard'],
        ['splice-tools', 'ropewalk-tools'],
        ['signal-idl'],
        ['bollard', 'ropewalk-tools'],
      ]);
      const broken = plain.breaks(place).filter(({ kind }) => kind === 'existing-binary');
      expect(broken.map(({ from, to, servedBy }) => [nameOf(from), nameOf(to), servedBy])).toEqual([
        ['ropewalk', 'signal-idl', 'signal-idl 1.8.3-1'],
      ]);
      expect(isAfter(plain, 'signal-idl', 'bollard', place)).toBe(true);
      expect(isAfter(plain, 'bollard', 'ropewalk', place)).toBe(true);
      expect(plain.needs('splice', place)).toEqual([]);
    }
  },

  'cycle that a profile removes': () => {
    for (const arch of BOTH) {
      expect(plain.task('libfathom', arch)?.profiles).toEqual(['nocheck']);
      expect(plain.task('plumbline', arch)?.profiles).toBeUndefined();
      expect(nocheck.task('libfathom', arch)?.profiles).toBeUndefined();
      for (const example of [plain, nocheck]) {
        for (const source of ['libfathom', 'plumbline', 'tidegauge']) {
          expect(example.task(source, arch)).toBeDefined();
          expect(example.reason(source, arch)).toBeUndefined();
        }
        expect(isAfter(example, 'plumbline', 'libfathom', arch)).toBe(true);
      }
      const broken = plain.breaks(arch).filter(({ kind }) => kind === 'profile');
      expect(broken.map(({ from, to, profile }) => [nameOf(from), nameOf(to), profile])).toEqual([
        ['libfathom', 'plumbline', 'nocheck'],
      ]);
    }
  },

  'cycle without a way out': () => {
    const expected = {
      'customs-gate': 'needs-unbuildable',
      ledgerd: 'needs-unbuildable',
      'lagan-build': 'hard-cycle',
      'lagan-stdlib': 'hard-cycle',
      laganc: 'hard-cycle',
    };
    for (const example of [plain, nocheck]) {
      for (const arch of BOTH) {
        const left = example.leftOut(arch);
        for (const [name, kind] of Object.entries(expected)) {
          expect([name, left.get(name)]).toEqual([name, kind]);
        }
        expect(example.reason('laganc', arch)).toMatch(
          /^in the cycle \S+lagan-build_\S+ → \S+lagan-stdlib_\S+ → \S+laganc_\S+ → \S+lagan-build_\S+$/,
        );
      }
    }
  },

  'builds that fill more than half of the RAM disk': () => {
    for (const arch of BOTH) {
      const large = ['berth-vm', 'sextant-inference', 'slipway-toolchain'].map((name) =>
        plain.task(name, arch),
      );
      const inRam = large.filter((task) => task?.mode === 'ram');
      expect(large.map((task) => (task?.ramDiskBytes ?? 0) > 16 * GIB)).toEqual([true, true, true]);
      for (const [index, task] of inRam.entries()) {
        for (const other of inRam.slice(index + 1)) {
          if (task === undefined || other === undefined) continue;
          const areApart =
            task.startMs + task.durationMs <= other.startMs ||
            other.startMs + other.durationMs <= task.startMs;
          expect([task.id, other.id, areApart]).toEqual([task.id, other.id, true]);
        }
      }
      // Nothing small waits behind a large one that waits: no slot is idle while a small build could run.
      expect(idleThoughReady(plain, arch)).toEqual([]);
    }
  },

  'build that exceeds the RAM disk': () => {
    for (const arch of BOTH) {
      expect(plain.task('mooring-store', arch)).toMatchObject({ mode: 'disk', ramDiskBytes: 37 * GIB });
    }
  },

  'size known, duration not': () => {
    for (const arch of BOTH) {
      const estimatedBy = { duration: 'declared', ramDisk: 'declared' };
      expect(plain.task('berth-vm', arch)).toMatchObject({ ramDiskBytes: 17 * GIB, estimatedBy });
      expect(plain.task('sextant-inference', arch)).toMatchObject({ ramDiskBytes: 20 * GIB, estimatedBy });
      expect(plain.task('slipway-toolchain', arch)).toMatchObject({
        ramDiskBytes: 22 * GIB,
        estimatedBy: { duration: 'override', ramDisk: 'override' },
      });
    }
  },

  'not for this architecture': () => {
    expect(plain.task('kelp-accel', 'amd64')).toBeDefined();
    expect(plain.leftOut('arm64').get('kelp-accel')).toBe('not-for-arch');
    expect(plain.reason('kelp-accel', 'arm64')).toBe('Architecture: amd64');
  },

  'build dependency missing on arm64': () => {
    expect(plain.task('wake-trace', 'amd64')).toBeDefined();
    expect(plain.leftOut('arm64').get('wake-trace')).toBe('missing');
    expect(plain.reason('wake-trace', 'arm64')).toBe(
      'Build-Depends: libipt-dev: nothing provides libipt-dev on arm64; nearest: libipt-dev 2.1.2-1 on amd64',
    );
  },

  'build dependency too old on arm64': () => {
    expect(plain.task('fogsignal', 'amd64')).toBeDefined();
    expect(plain.leftOut('arm64').get('fogsignal')).toBe('missing');
    expect(plain.reason('fogsignal', 'arm64')).toBe(
      'Build-Depends: libgpiod-dev (>= 2.1): nothing provides libgpiod-dev (>= 2.1) on arm64; nearest: libgpiod-dev 1.6.3-1',
    );
  },

  'run-time chain broken on arm64': () => {
    expect(plain.task('offload-bench', 'amd64')).toBeDefined();
    expect(plain.task('offload-manager', 'arm64')).toBeDefined();
    expect(plain.leftOut('arm64').get('offload-bench')).toBe('missing');
    expect(plain.reason('offload-bench', 'arm64')).toContain(
      'nothing provides kelp-accel-tools on arm64, which offload-manager 1.1.0-2 needs',
    );
  },

  'two build types': () => {
    for (const source of ['harbor-mod-tide', 'harbor-mod-kelp', 'harbor-mod-buoy']) {
      for (const arch of BOTH) {
        expect(plain.needs(source, arch, 'std')).toContain('harbor-linux');
        expect(plain.needs(source, arch, 'std')).not.toContain('harbor-linux-rt');
        expect(plain.needs(source, arch, 'rt')).toContain('harbor-linux-rt');
        expect(plain.needs(source, arch, 'rt')).not.toContain('harbor-linux');
        const rt = plain.task(source, arch, 'rt');
        const kernel = plain.task('harbor-linux-rt', arch, 'rt');
        expect((kernel?.startMs ?? NaN) + (kernel?.durationMs ?? NaN)).toBeLessThanOrEqual(
          rt?.startMs ?? NaN,
        );
        expect(isAfter(plain, source, 'harbor-linux', arch)).toBe(true);
      }
    }
    expect(plain.installSet('harbor-mod-kelp')).toContain('harbor-mod-tide-dev');
  },

  'existing binary too old': () => {
    for (const place of BOTH) {
      const edges = [
        plain.edge('harbor-mod-tide', 'harbor-linux', place),
        plain.edge('mooring-client', 'mooring-store', place),
        plain.edge('beacond', 'libquay', place),
      ];
      expect(edges.map((edge) => edge?.strength)).toEqual(['hard', 'hard', 'hard']);
      expect(plain.edge('lookout-cpu', 'libquay', place)?.strength).toBe('soft');
    }
  },

  'thin chain': () => {
    const chain = [
      ...['libkeel', 'libtiller', 'libcapstan', 'libhawser', 'signalflag'],
      ...['pilotd', 'chartroom', 'harbormaster', 'harbor-console'],
    ];
    for (const place of BOTH) {
      for (const [index, source] of chain.slice(1).entries()) {
        expect(plain.needs(source, place)).toContain(chain[index]);
        expect(isAfter(plain, source, chain[index] ?? '', place)).toBe(true);
      }
    }
    expect(new Set(chain.map((source) => plain.task(source)?.layer))).toEqual(
      new Set(['base', 'runtime', 'apps']),
    );
  },

  'wide fan': () => {
    const fan = new Set(
      plain.tasks.map(({ source }) => source).filter((name) => name.startsWith('lookout-')),
    );
    expect(fan.size).toBe(13);
    for (const place of BOTH) {
      for (const source of fan) expect([source, plain.needs(source, place)]).toEqual([source, ['libquay']]);
    }
  },

  'edge to a later layer': () => {
    expect(plain.edge('harbor-config-schema', 'chartlint', 'all')).toMatchObject({
      strength: 'soft',
      isLater: true,
      servedBy: 'chartlint 0.9.2-1',
    });
    expect(plain.breaks('all').map(({ from, to, kind }) => [nameOf(from), nameOf(to), kind])).toEqual([
      ['harbor-config-schema', 'chartlint', 'later-layer'],
    ]);
    expect(plain.task('harbor-config-schema', 'all')?.needs).toEqual([]);
    expect(plain.diagnostics.filter(({ code }) => code === 'later-layer')).toHaveLength(1);
  },

  'run-time closure of a metapackage': () => {
    for (const place of BOTH) {
      expect(plain.needs('harbor-installer', place)).toEqual(
        expect.arrayContaining(
          [
            'beacond',
            'harbor-linux',
            'harbor-linux-rt',
            'harbor-meta',
            'harbor-mod-buoy',
            'harbor-net',
          ].concat([
            ...['harbor-release', 'harbor-updater', 'harbormaster', 'lookout-cpu', 'lookout-disk'],
            ...['lookout-raid', 'lookout-smart', 'mooring-store'],
          ]),
        ),
      );
      expect(plain.needs('harbor-installer', place)).not.toContain('lookout-gnss');
    }
  },

  "first alternative doesn't exist": async () => {
    const first = await planExample({ alternatives: 'first' });
    for (const arch of BOTH) {
      expect(plain.installSet('watchkeeper', arch)).toContain('libsensors-dev');
      expect(first.leftOut(arch).get('watchkeeper')).toBe('missing');
      expect(first.reason('watchkeeper', arch)).toContain('nothing provides libsensors6-dev');
    }
  },

  'first alternative for one architecture': () => {
    const isGrub = (name: string): boolean => name.startsWith('grub-efi-');
    expect([...plain.installSet('berth-vm', 'amd64')].filter(isGrub)).toEqual(['grub-efi-amd64-bin']);
    expect([...plain.installSet('berth-vm', 'arm64')].filter(isGrub)).toEqual(['grub-efi-arm64-bin']);
  },

  'virtual package': () => {
    for (const arch of BOTH) {
      expect(plain.installSet('harbor-updater', arch)).toContain('libcurl4-openssl-dev');
      const kernels = [...plain.installSet('harbor-installer', arch)].filter((name) =>
        name.endsWith('-image'),
      );
      expect(kernels.sort()).toEqual(['harbor-linux-image', 'harbor-linux-rt-image']);
    }
  },

  'versioned `Provides`': () => {
    for (const place of BOTH) {
      expect(plain.edge('beacond', 'harbor-release', place)).toMatchObject({
        strength: 'soft',
        relation: 'harbor-abi (>= 2)',
        servedBy: 'harbor-release 2.9',
      });
      expect(plain.edge('harbor-net', 'harbor-release', place)?.strength).toBe('soft');
      expect(plain.edge('harbor-installer', 'harbor-release', place)).toMatchObject({
        strength: 'hard',
        relation: 'harbor-abi (>= 3)',
      });
      expect(plain.installSet('beacond', place)).toContain('debhelper');
    }
  },

  'debhelper sequences': () => {
    for (const source of ['beacond', 'harbor-net', 'harbor-updater', 'offload-manager', 'watchkeeper']) {
      for (const place of BOTH) expect(plain.needs(source, place)).toContain('dh-harbor');
    }
    expect(plain.installSet('sextant-inference')).toContain('dh-python');
    expect(plain.needs('sextant-inference')).toEqual(['slipway-toolchain']);
  },

  'architecture restrictions': () => {
    const where = (source: string, binary: string, example = plain): readonly string[] =>
      BOTH.filter((arch) => example.installSet(source, arch).has(binary));
    expect(where('libanchor', 'nasm')).toEqual(['amd64']);
    expect(where('berth-vm', 'libnuma-dev')).toEqual(['amd64']);
    expect(where('mooring-store', 'libnuma-dev')).toEqual(['amd64']);
    expect(where('libquay', 'libcap-dev')).toEqual(BOTH);
    expect(where('sextant-inference', 'libgtest-dev')).toEqual(['amd64']);
    expect(where('sextant-inference', 'libgtest-dev', nocheck)).toEqual([]);
  },

  'profile restrictions': async () => {
    const nodoc = await planExample({ profiles: ['nodoc'] });
    const minimal = await planExample({ profiles: ['pkg.harbor.minimal'] });
    const neither = await planExample({ profiles: ['nocheck', 'nodoc'] });
    const has = (source: string, binary: string): readonly boolean[] =>
      [plain, nocheck, nodoc, minimal, neither].map((example) => example.installSet(source).has(binary));
    expect(has('libquay', 'libgtest-dev')).toEqual([true, false, true, true, false]);
    expect(has('libanchor', 'python3-docutils')).toEqual([true, true, false, true, false]);
    expect(has('mooring-store', 'python3-sphinx')).toEqual([true, true, false, false, false]);
    expect(has('beacond', 'python3-docutils')).toEqual([true, true, true, true, false]);
  },

  qualifiers: () => {
    for (const place of BOTH) {
      expect(plain.edge('harbor-net', 'signal-idl', place)?.relation).toBe('signal-idl:native (>= 1.8)');
    }
    expect(plain.installSet('harbor-config-schema', 'all')).toContain('python3');
  },

  '`Build-Conflicts`': () => {
    for (const place of BOTH) {
      expect(plain.installSet('slipway-toolchain', place)).not.toContain('libgtest-dev');
      expect(plain.task('slipway-toolchain', place)).toBeDefined();
    }
    expect(plain.installSet('libquay')).toContain('libgtest-dev');
  },

  'arch:all only': () => {
    for (const source of ['harbor-docs', 'harbor-meta', 'harbor-config-schema', 'dh-harbor', 'chartlint']) {
      const places = plain.tasks
        .filter((task) => task.source === source)
        .map(({ id }) => id.split('/').at(-1));
      expect([source, places]).toEqual([source, ['all']]);
    }
    for (const arch of BOTH) expect(isAfter(plain, 'beacond', 'dh-harbor', arch)).toBe(true);
  },

  'mixed sources': () => {
    for (const source of ['libquay', 'libanchor', 'harbor-net']) {
      const kinds = plain.plan.targets.flatMap(({ target, tasks }) =>
        tasks.some((task) => task.source === source) ? [`${target.arch} ${target.kind}`] : [],
      );
      expect([source, kinds]).toEqual([source, ['amd64 binary', 'arm64 any']]);
    }
    expect(plain.installSet('libquay', 'amd64')).toContain('doxygen');
    expect(plain.installSet('libquay', 'arm64')).not.toContain('doxygen');
    for (const place of BOTH) expect(plain.installSet('harbor-net', place)).toContain('libmnl-dev');
  },

  'plain `debian/` folder': () => {
    expect(plain.task('chartlint', 'all')).toMatchObject({ version: '1.0.0-1', layer: 'apps' });
    expect(plain.needs('harbor-docs', 'all')).toEqual(['harbor-net', 'libquay']);
  },

  'spelling in the wild': () => {
    for (const source of ['ropewalk', 'harbor-linux', 'beacond', 'mooring-store']) {
      expect(plain.task(source)).toBeDefined();
    }
    expect(plain.task('harbor-meta', 'all')?.version).toBe('3.10');
    const codes = new Set(plain.diagnostics.map(({ code }) => code));
    expect([...codes].sort()).toEqual(['hard-cycle', 'later-layer', 'stale-library', 'unbuildable']);
  },
};

describe('the harbor platform (fixtures/platform/README.md)', () => {
  const table = README.split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(1);
  const titles = table.map((line) => line.split(' | ')[0]?.slice(2).trim() ?? '');

  it('has a test for each row of its table, and no other', () => {
    expect(titles).toEqual(Object.keys(ROWS));
  });

  for (const [title, claim] of Object.entries(ROWS)) it(`shows: ${title}`, claim);

  it('has a summary that fits on a screen, 40 lines of 100 columns', () => {
    const summary = (all: boolean): readonly string[] =>
      emitSummary(plain.plan, { all, style: plainStyle }).trimEnd().split('\n');
    expect(summary(false).length).toBeLessThanOrEqual(40);
    const ring = 'lagan-build → lagan-stdlib → laganc → lagan-build';
    for (const all of [false, true]) {
      expect(summary(all).filter((line) => line.length > 100)).toEqual([]);
      expect(summary(all).filter((line) => line.includes(ring))).toHaveLength(1);
    }
    expect(summary(true)).toContain(`    ${ring} (amd64, arm64)`);
  });

  it('has as many packages as its text says', () => {
    expect(new Set([...plain.tasks, ...plain.plan.unbuildable].map(({ source }) => source)).size).toBe(63);
  });

  it('leaves out five sources because of a hard cycle, and four more on arm64', () => {
    const names = (example: Example, arch: string): readonly string[] =>
      [...example.leftOut(arch)].map(([source]) => source);
    expect(names(plain, 'amd64')).toHaveLength(5);
    expect(names(nocheck, 'amd64')).toHaveLength(5);
    expect(names(plain, 'arm64').filter((source) => !names(plain, 'amd64').includes(source))).toEqual([
      'fogsignal',
      'kelp-accel',
      'offload-bench',
      'wake-trace',
    ]);
    expect(names(plain, 'arm64')).toHaveLength(9);
  });
});

/**
 * Builds that fit into what was free of the RAM disk and had all they need, a slot beside them, and still waited: at the
 * start of some build, by walking the plan.
 */
function idleThoughReady(example: Example, arch: string): readonly string[] {
  const builder = example.plan.builders.find((other) => other.arch === arch);
  if (builder === undefined) throw new Error(`no builder for ${arch}`);
  const all = example.tasks;
  const end = new Map(all.map((task) => [task.id, task.startMs + task.durationMs]));
  const here = all.filter((task) => task.builder === builder.name);
  const found: string[] = [];
  for (const time of new Set(end.values())) {
    const running = here.filter((task) => task.startMs <= time && time < task.startMs + task.durationMs);
    if (running.length >= builder.slots) continue;
    const inRam = running.filter((task) => task.mode === 'ram');
    const free = builder.ramDiskBytes - inRam.reduce((sum, task) => sum + task.ramDiskBytes, 0);
    const ready = here.filter(
      (task) =>
        task.startMs > time + SECOND &&
        task.ramDiskBytes <= free &&
        task.needs.every((need) => (end.get(need) ?? Infinity) <= time),
    );
    found.push(...ready.map((task) => `${task.id} at ${String(time)}`));
  }
  return found;
}
