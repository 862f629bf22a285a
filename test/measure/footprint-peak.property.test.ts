import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FootprintPeak, type FootprintFigures } from '../../src/measure/footprint-peak.ts';

const MIB = 2 ** 20;

/** @param mib looked at every 50 ms; a size that stands there twice stays for four seconds */
function figuresOf(mib: readonly number[]): FootprintFigures | undefined {
  const peak = new FootprintPeak();
  let nowMs = 7000;
  for (const [index, size] of mib.entries()) {
    nowMs += size === mib[index - 1] ? 4000 : 50;
    peak.add(Math.round(size * MIB), nowMs);
  }
  return peak.figures();
}

describe('the peak of a footprint', () => {
  it('is unknown before the first look', () => {
    expect(figuresOf([])).toBeUndefined();
  });

  it('is never below the end, nor the end below what was left', () => {
    const sizes = fc.array(fc.nat(5000), { minLength: 1, maxLength: 60, size: 'max' });
    fc.assert(
      fc.property(sizes, (mib) => {
        const { beginBytes, endBytes, peakBytes } = figuresOf(mib) ?? {
          beginBytes: -1,
          endBytes: -1,
          peakBytes: -1,
        };
        expect(peakBytes).toBe(Math.max(...mib) * MIB);
        expect(beginBytes).toBe((mib[0] ?? 0) * MIB);
        expect(endBytes).toBeLessThanOrEqual(peakBytes);
        expect(endBytes).toBeGreaterThanOrEqual((mib.at(-1) ?? 0) * MIB);
      }),
      { seed: 6 },
    );
  });

  it.each([
    ['a build that leaves its tree', [0, 400, 700, 650], 650, false],
    ['a chroot that is removed: what it held before', [0, 450, 800, 600, 640, 500, 200, 30, 0], 640, true],
    ['a chroot on a RAM disk with other things', [100, 550, 900, 800, 400, 101], 900, true],
    ['a page written amid the removal', [0, 800, 700, 300, 300.05, 100, 0], 800, true],
    ['a small package made of a tree whose larger part is gone', [0, 800, 700, 700.1, 300, 0], 700.1, true],
    ['a large file removed some seconds before the clean-up', [0, 800, 700, 700, 400, 0], 700, true],
    ['a check of the packages after the clean-up', [5, 800, 700, 300, 5.5, 5.5, 5.5], 800, true],
    ['a few temporary files removed at the end', [0, 300, 500, 350], 350, false],
    ['nothing written at all', [70, 70, 70], 70, false],
  ] as const)('ends, for %s', (_, mib, endMib, isCleanedUp) => {
    expect(figuresOf(mib)).toMatchObject({ endBytes: Math.round(endMib * MIB), isCleanedUp });
  });
});
