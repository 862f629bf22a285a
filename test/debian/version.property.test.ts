import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { compareVersions, isVersion, splitVersion, versionProblem } from '../../src/debian/version.ts';
import { compareVersionsSlowly, isVersionSlowly } from './slow-version.ts';
import { randomPairs } from './version-samples.ts';

const SETTINGS = { seed: 1, numRuns: 2000 };
const piece = fc.constantFrom('0', '1', '9', '00', '10', 'a', 'B', '~', '+', '.', '-', ':', 'é', '');
const versionLike = fc.array(piece, { maxLength: 7 }).map((pieces) => pieces.join(''));

describe('compareVersions', () => {
  it('agrees with its slow twin on any text', () => {
    fc.assert(
      fc.property(versionLike, versionLike, (a, b) => {
        expect(Math.sign(compareVersions(a, b))).toBe(Math.sign(compareVersionsSlowly(a, b)));
      }),
      SETTINGS,
    );
  });
  it('agrees with its slow twin on 20,000 near pairs', () => {
    for (const [a, b] of randomPairs(20_000, 7)) {
      if (Math.sign(compareVersions(a, b)) !== Math.sign(compareVersionsSlowly(a, b)))
        expect.fail(`${a} ${b}`);
    }
  });
  it('is antisymmetric and transitive', () => {
    fc.assert(
      fc.property(versionLike, versionLike, versionLike, (a, b, c) => {
        expect(Math.sign(compareVersions(a, b))).toBe(-Math.sign(compareVersions(b, a)) + 0);
        const sorted = [a, b, c].sort(compareVersions);
        expect(compareVersions(at(sorted, 0), at(sorted, 2))).toBeLessThanOrEqual(0);
        expect(compareVersions(at(sorted, 0), at(sorted, 1))).toBeLessThanOrEqual(0);
      }),
      SETTINGS,
    );
  });
});

describe('isVersion', () => {
  it('agrees with its slow twin on any text', () => {
    fc.assert(
      fc.property(versionLike, (text) => {
        expect(isVersion(text)).toBe(isVersionSlowly(text));
      }),
      SETTINGS,
    );
  });
});

describe('splitVersion', () => {
  it('loses nothing of a good version', () => {
    fc.assert(
      fc.property(versionLike, (version) => {
        if (versionProblem(version) !== undefined) return;
        const { epoch, upstream, revision } = splitVersion(version);
        const joined = `${epoch === '' ? '' : `${epoch}:`}${upstream}${revision === '' ? '' : `-${revision}`}`;
        expect(joined).toBe(version);
      }),
      SETTINGS,
    );
  });
});
