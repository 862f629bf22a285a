import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantileOf } from '../../../src/base/log-normal.ts';
import type { SourceFeatures } from '../../../src/estimate/features.ts';
import { priorOf } from '../../../src/estimate/prior/prior-of.ts';
import { TOOLCHAINS } from '../../../src/estimate/toolchains.ts';

const TERABYTE = 1e12;
const QUANTITIES = ['treeBytes', 'workMs', 'memoryBytes'] as const;
const bytes = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: TERABYTE }), fc.constant(TERABYTE));
const count = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3000 }));
const features: fc.Arbitrary<SourceFeatures> = fc.record({
  upstreamBytes: fc.option(bytes, { nil: undefined }),
  debianBytes: bytes,
  compression: fc.constantFrom(undefined, 'gz', 'bz2', 'xz', 'zst', 'tar', 'constructor', '__proto__'),
  anyCount: count,
  allCount: count,
  installed: fc.option(
    fc.record({ anyBytes: bytes, allBytes: bytes, downloadBytes: bytes, hasCxx: fc.boolean() }),
    { nil: undefined },
  ),
  buildDependsCount: count,
  toolchains: fc.subarray([...TOOLCHAINS]).map((names) => new Set(names)),
  runsTests: fc.boolean(),
});
const factor = fc.double({ min: 1, max: 1000, noNaN: true });

function expectNoLess(larger: SourceFeatures, smaller: SourceFeatures): void {
  const [more, less] = [priorOf(larger), priorOf(smaller)];
  // sums in another order differ in the last digit
  for (const name of QUANTITIES)
    expect(more[name].median).toBeGreaterThanOrEqual(less[name].median * (1 - 1e-12));
}

describe('priorOf', () => {
  it('is finite and above zero for whatever a source may be', () => {
    fc.assert(
      fc.property(features, (some) => {
        const prior = priorOf(some);
        for (const name of QUANTITIES) {
          expect(prior[name].median).toBeGreaterThan(0);
          expect(Number.isFinite(quantileOf(prior[name], 0.99))).toBe(true);
          expect(prior[name].sigma).toBeGreaterThan(0.2);
        }
      }),
    );
  });

  it('makes nothing smaller when tarballs are larger', () => {
    fc.assert(
      fc.property(features, factor, (some, times) => {
        const { upstreamBytes } = some;
        fc.pre(upstreamBytes !== undefined);
        expectNoLess({ ...some, upstreamBytes: upstreamBytes * times }, some);
      }),
    );
  });

  it('makes nothing smaller when binaries are larger', () => {
    fc.assert(
      fc.property(features, factor, (some, times) => {
        const { installed } = some;
        fc.pre(installed !== undefined);
        const { anyBytes, allBytes, downloadBytes, hasCxx } = installed;
        // what is unknown of small packages is known of larger ones: how well they pack
        fc.pre(anyBytes + allBytes > 1e6);
        const larger = {
          ...{ anyBytes: anyBytes * times, allBytes: allBytes * times },
          ...{ downloadBytes: downloadBytes * times, hasCxx },
        };
        expectNoLess({ ...some, installed: larger }, some);
      }),
    );
  });

  it('makes nothing smaller or quicker when tests are run', () => {
    fc.assert(
      fc.property(features, (some) => {
        expectNoLess({ ...some, runsTests: true }, { ...some, runsTests: false });
      }),
    );
  });

  it('takes more time when tests are run', () => {
    fc.assert(
      fc.property(features, (some) => {
        const withTests = priorOf({ ...some, runsTests: true }).workMs.median;
        expect(withTests).toBeGreaterThan(priorOf({ ...some, runsTests: false }).workMs.median);
      }),
    );
  });
});
