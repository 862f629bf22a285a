import { describe, expect, it } from 'vitest';
import { ESTIMATE_OPTIONS, type Estimate, type EstimateOverride } from '../../src/estimate/estimate.ts';
import { estimateUnits } from '../../src/estimate/estimate-units.ts';
import { analyseTexts, optionsOf, source } from '../support/texts.ts';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;
const MINUTE = 60_000;

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

/** Estimates of ceph for amd64 and arm64. */
function estimate(
  fields: Readonly<Record<string, string>>,
  overrides: readonly EstimateOverride[] = [],
): readonly Estimate[] {
  const { universe, planned } = analyseTexts(
    { sources: [source('ceph', fields)] },
    optionsOf({ architectures: ['amd64', 'arm64'] }),
  );
  const { installability } = planned;
  const options = ESTIMATE_OPTIONS;
  return estimateUnits({ universe, installability, overrides, history: [], builders: [], options }).estimates;
}

describe('estimateUnits', () => {
  const size = { 'XS-Build-Size': '39GB' };
  const files = { Files: '\n d41d8cd9 1048576 ceph.tar.xz\n d41d8cd9 1048576 ceph.debian.tar.xz' };

  it('takes the package’s own Build-Size before the size of its tarballs', () => {
    const [own] = estimate({ ...size, ...files });
    expect(own).toMatchObject({ ramDiskBytes: 39 * GIB, ramDiskBy: 'declared', durationBy: 'declared' });
    const [guessed] = estimate(files);
    expect(guessed).toMatchObject({
      durationMs: MINUTE + Math.round((50 / 1024) * 6 * MINUTE),
      ramDiskBytes: 750 * MIB,
      memoryBytes: 0,
      parallelFraction: 0.8,
      durationBy: 'prior',
      ramDiskBy: 'prior',
    });
  });
  it('falls back to a fixed guess, and marks it', () => {
    expect(estimate({})).toMatchObject(
      [1, 2].map(() => ({
        durationMs: 5 * MINUTE,
        ramDiskBytes: 700 * MIB + GIB,
        memoryBytes: 0,
        parallelFraction: 0.8,
        durationBy: 'default',
        ramDiskBy: 'default',
      })),
    );
  });
  it('follows an override before everything else, figure by figure', () => {
    const [onlyTime] = estimate(size, [override({ durationMs: 7 })]);
    expect(onlyTime).toMatchObject({
      durationMs: 7,
      ramDiskBytes: 39 * GIB,
      memoryBytes: 0,
      parallelFraction: 0.8,
      durationBy: 'override',
      ramDiskBy: 'declared',
    });
    const [onlySize] = estimate({}, [override({ ramDiskBytes: GIB + 700 * MIB, memoryBytes: 5 })]);
    expect(onlySize).toMatchObject({
      durationMs: 7 * MINUTE,
      ramDiskBytes: GIB + 700 * MIB,
      memoryBytes: 5,
      parallelFraction: 0.8,
      durationBy: 'override',
      ramDiskBy: 'override',
    });
  });
  it('prefers the row of the architecture to the general one, figure by figure, in either order', () => {
    const general = override({ durationMs: 10, ramDiskBytes: 20, memoryBytes: 30 });
    const special = override({ arch: 'arm64', durationMs: 11 });
    for (const rows of [
      [general, special],
      [special, general],
    ]) {
      const found = estimate(size, rows);
      expect(
        found.map(({ durationMs, ramDiskBytes, memoryBytes }) => [durationMs, ramDiskBytes, memoryBytes]),
      ).toEqual([
        [10, 20, 30],
        [11, 20, 30],
      ]);
    }
  });
  it('is not moved by rows of other sources or architectures', () => {
    const rows = [override({ source: 'cep', durationMs: 1 }), override({ arch: 'riscv64', durationMs: 2 })];
    expect(estimate(size, rows)).toEqual(estimate(size));
  });
  it('lets make jobs share no part of a serial build, unless a row says so', () => {
    const serial = { 'X-Stx-Serial': 'true' };
    expect(estimate(serial)[0]).toMatchObject({ parallelFraction: 0 });
    expect(estimate(serial, [override({ parallelFraction: 0.5 })])[0]).toMatchObject({
      parallelFraction: 0.5,
    });
  });
  it('never gives a build no time at all', () => {
    expect(estimate({}, [override({ durationMs: 0 })])[0]?.durationMs).toBe(1);
    expect(estimate({ 'Build-Size': '1k' })[0]).toMatchObject({ durationMs: MINUTE, ramDiskBytes: 1024 });
  });
});
