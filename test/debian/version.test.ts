import { describe, expect, it } from 'vitest';
import {
  compareVersions,
  isVersion,
  satisfiesConstraint,
  splitVersion,
  versionProblem,
} from '../../src/debian/version.ts';

describe('compareVersions', () => {
  const ascending: readonly (readonly [string, string])[] = [
    ['1.0~rc1', '1.0'],
    ['1.0~~', '1.0~'],
    ['1.0~', '1.0~a'],
    ['1.0', '1.0a'],
    ['1.0a', '1.0+'],
    ['1.0a', '1.0.1'],
    ['1.9', '1.10'],
    ['1.0-1', '1.0-1.1'],
    ['1.0-1', '1.0-1+b1'],
    ['1.0', '1.0-0+b1'],
    ['1.0-0~1', '1.0'],
    ['9', '1:0'],
    ['1:9', '2:0'],
    ['9:1', '10:1'],
    ['1-2-3', '1-10-1'],
    ['99999999999999999998', '99999999999999999999'],
    ['999999999999999999999', '1000000000000000000000'],
  ];
  it.each(ascending)('puts %s before %s', (smaller, larger) => {
    expect(Math.sign(compareVersions(smaller, larger))).toBe(-1);
    expect(Math.sign(compareVersions(larger, smaller))).toBe(1);
  });
  it.each([
    ['1.0', '0:1.0'],
    ['1.0', '1.0-0'],
    ['1.0', '1.00'],
    ['01:1', '1:1'],
    ['1.a0', '1.a'],
  ])('takes %s and %s as equal', (a, b) => {
    expect(compareVersions(a, b)).toBe(0);
  });
});

describe('satisfiesConstraint', () => {
  it('holds without a constraint', () => {
    expect(satisfiesConstraint('1', undefined)).toBe(true);
  });
  it.each([
    ['<<', [true, false, false]],
    ['<=', [true, true, false]],
    ['=', [false, true, false]],
    ['>=', [false, true, true]],
    ['>>', [false, false, true]],
  ] as const)('judges smaller, equal and larger versions by %s', (operator, expected) => {
    const holds = ['1.0~', '1.0-0', '1.0-1'].map((version) =>
      satisfiesConstraint(version, { operator, version: '1.0' }),
    );
    expect(holds).toEqual(expected);
  });
});

describe('splitVersion', () => {
  it('cuts at the first colon and the last hyphen', () => {
    expect(splitVersion('1:2:3-4-5')).toEqual({ epoch: '1', upstream: '2:3-4', revision: '5' });
    expect(splitVersion('2.10')).toEqual({ epoch: '', upstream: '2.10', revision: '' });
  });
});

describe('versionProblem', () => {
  it.each(['1', '0', '1:2.3-4', '3.2lts', '1:1:1', '1.0~rc1+dfsg-1~bpo12+1', '2147483647:1'])(
    'finds nothing wrong with %s',
    (version) => {
      expect(versionProblem(version)).toBeUndefined();
      expect(isVersion(version)).toBe(true);
    },
  );
  it.each([
    ['', 'it is empty'],
    ['1 2', "it contains ' '"],
    ['1.0_1', "it contains '_'"],
    ['1.0é', "it contains 'é'"],
    [':1', 'its epoch is empty'],
    ['a:1', "its epoch 'a' is no number"],
    ['2147483648:1', "its epoch '2147483648' is too large"],
    ['1:', 'its upstream part is empty'],
    ['-1', 'its upstream part is empty'],
    ['v1.0', 'it does not start with a digit'],
    ['1.0-', 'its revision is empty'],
  ])('says what is wrong with %j', (version, reason) => {
    expect(versionProblem(version)).toBe(reason);
  });
});
