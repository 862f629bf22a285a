import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { ESTIMATE_OPTIONS, type EstimateContext } from '../../src/estimate/estimate.ts';
import { estimateUnits } from '../../src/estimate/estimate-units.ts';
import { explainSchema } from '../../src/explain/explain-schema.ts';
import type { UnitExplanation } from '../../src/explain/explain-document.ts';
import { explainUnits } from '../../src/explain/explain-units.ts';
import type { BuildRecord } from '../../src/history/record.ts';
import { shuffled, simulateWorld } from '../estimate/simulated-world.ts';
import { analyseTexts, binary, optionsOf, source } from '../support/texts.ts';

const MIB = 1024 ** 2;

const PACKAGES = [
  binary('build-essential', { Depends: 'gcc', 'Installed-Size': '20' }),
  binary('gcc', { 'Installed-Size': String(300 * 1024), Essential: 'yes' }),
  binary('libgreet-dev', { Depends: 'libgreet1, gcc', 'Installed-Size': String(9 * 1024), Size: '1000' }),
  binary('libgreet1', { 'Installed-Size': String(70 * 1024), Size: '5000' }),
];
const SOURCES = [
  source('hello', {
    'Build-Depends': 'libgreet-dev',
    'XS-Build-Size': '2GB',
    Files: '\n d41d8cd9 1048576 hello_1.orig.tar.xz',
  }),
  source('greet'),
];

function context(settings: Partial<EstimateContext>): EstimateContext {
  const { universe, planned } = analyseTexts(
    { sources: SOURCES, packages: { amd64: PACKAGES } },
    optionsOf({ architectures: ['amd64'] }),
  );
  const { installability } = planned;
  return {
    universe,
    installability,
    overrides: [],
    history: [],
    builders: [],
    options: ESTIMATE_OPTIONS,
    ...settings,
  };
}

function record(fields: Partial<BuildRecord>): BuildRecord {
  return {
    schema: 'debplan/build@1',
    source: 'hello',
    version: '1',
    arch: 'amd64',
    builder: 'x86-1',
    outcome: 'built',
    from: { tool: 'run' },
    ...fields,
  };
}

function explainHello(settings: Partial<EstimateContext>): UnitExplanation {
  const own = context(settings);
  const hello = own.universe.units.filter((unit) => unit.source.name === 'hello');
  return at(explainUnits(own, hello).units, 0);
}

describe('explainUnits', () => {
  it('gives the figures of estimates, and parts that add up to what is reserved', () => {
    const { context: world } = simulateWorld({ seed: 4, sources: 60, records: 3, wildEvery: 0 });
    for (const ramHolds of ['chroot', 'build'] as const) {
      const own = { ...world, options: { ramQuantile: 0.95, ramHolds } };
      const document = explainUnits(own, own.universe.units);
      expect(explainSchema.parse(document)).toEqual(document);
      const { estimates } = estimateUnits(own);
      expect(document.units).toHaveLength(estimates.length);
      document.units.forEach(({ duration, ramDisk, memory }, index) => {
        const estimate = at(estimates, index);
        expect([duration.medianMs, duration.upperMs, duration.by]).toEqual([
          estimate.durationMs,
          estimate.durationUpperMs,
          estimate.durationBy,
        ]);
        expect([ramDisk.reservedBytes, ramDisk.by]).toEqual([estimate.ramDiskBytes, estimate.ramDiskBy]);
        expect(memory?.bytes ?? 0).toBe(estimate.memoryBytes);
        const { baseBytes, listsBytes, dependsBytes, downloadsBytes, treeBytes, peakBytes, reserveBytes } =
          ramDisk.parts;
        const sum = baseBytes + listsBytes + dependsBytes + downloadsBytes + treeBytes + peakBytes;
        expect([sum, sum + reserveBytes]).toEqual([ramDisk.medianBytes, ramDisk.reservedBytes]);
      });
    }
  });

  it('says the same whatever the order of the records', () => {
    const { context: world } = simulateWorld({ seed: 5, sources: 30, records: 4, wildEvery: 0 });
    const other = { ...world, history: shuffled(world.history, 8) };
    expect(explainUnits(other, world.universe.units)).toEqual(explainUnits(world, world.universe.units));
  });

  it('gives of the prior what it says where nothing else is known', () => {
    const { duration, ramDisk } = at(explainUnits(context({}), context({}).universe.units).units, 0);
    expect([duration.prior, duration.on]).toEqual([
      { median: duration.medianMs, upper: duration.upperMs },
      [],
    ]);
    expect(ramDisk.tree.prior.median).toBe(Math.round(ramDisk.tree.prior.median));
  });

  it('names what is installed beside the base, the largest first', () => {
    expect(explainHello({}).depends).toEqual({
      packages: 2,
      installedBytes: 79 * MIB,
      unknownSizes: 0,
      largest: [
        { package: 'libgreet1', version: '1', installedBytes: 70 * MIB },
        { package: 'libgreet-dev', version: '1', installedBytes: 9 * MIB },
      ],
    });
  });

  it('lists the builds that it rests on, the newest first, undated ones last', () => {
    const history = [
      record({ wallMs: 60_000 }),
      record({ version: '0.9', wallMs: 70_000, startedAt: '2026-10-01T00:00:00Z' }),
      record({ wallMs: 80_000, startedAt: '2026-11-01T00:00:00Z', treeBytes: 50 * MIB }),
      record({ outcome: 'failed', wallMs: 1000, treeBytes: 90 * MIB, startedAt: '2026-11-02T00:00:00Z' }),
    ];
    const { duration, ramDisk } = explainHello({ history });
    expect(duration.builds.map(({ took }) => took)).toEqual([80_000, 70_000, 60_000]);
    expect(duration.builds.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 2);
    expect(duration.by).toBe('history');
    expect(duration.ownShare).toBeGreaterThan(0.9);
    const [failed, built] = ramDisk.tree.builds;
    expect([failed?.outcome, failed?.took]).toEqual(['failed', 90 * MIB]);
    expect([built?.outcome, ramDisk.tree.builds.length]).toEqual(['built', 2]);
  });

  it('says what builds make of a declared size', () => {
    const GIB = 1024 ** 3;
    const took = (bytes: number, startedAt?: string): BuildRecord =>
      record({ wallMs: 60_000, peakBytes: bytes, holds: 'chroot', startedAt });
    const declaredAfter = (history: readonly BuildRecord[]): UnitExplanation['declared'] =>
      explainHello({ history }).declared;
    expect(declaredAfter([])).toEqual({ bytes: 2 * GIB, verdict: 'counts', refutedBy: null });
    expect(declaredAfter([took(3 * GIB, '2026-11-02T00:00:00Z')])).toEqual({
      bytes: 2 * GIB,
      verdict: 'too-small',
      refutedBy: { version: '1', arch: 'amd64', startedAt: '2026-11-02T00:00:00Z', bytes: 3 * GIB },
    });
    const small = [1, 2, 3].map((day) => took(500 * MIB + day, `2026-11-0${String(day)}T00:00:00Z`));
    expect(declaredAfter(small)).toMatchObject({ verdict: 'stale', refutedBy: { bytes: 500 * MIB + 3 } });
  });

  it('knows an override for what it is', () => {
    const override = {
      source: 'hello',
      arch: undefined,
      durationMs: 5000,
      ramDiskBytes: 900 * MIB,
      memoryBytes: 7,
      parallelFraction: undefined,
    };
    const { duration, ramDisk, memory } = explainHello({ overrides: [override] });
    expect([duration.by, duration.medianMs, duration.overrideMs]).toEqual(['override', 5000, 5000]);
    expect([ramDisk.by, ramDisk.overrideBytes, memory]).toEqual([
      'override',
      900 * MIB,
      { bytes: 7, by: 'override' },
    ]);
  });
});
