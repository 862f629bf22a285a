import { describe, expect, it } from 'vitest';
import { editDistance, nearestName } from '../../src/base/nearest-name.ts';

describe('nearestName', () => {
  it.each([
    ['hallo', ['hello', 'hal'], 'hello'],
    ['ehllo', ['hello'], 'hello'],
    ['hell', ['hello', 'help'], 'hello'],
    ['ceph-ansibel', ['ceph', 'ceph-ansible'], 'ceph-ansible'],
    ['ansible', ['ceph', 'ceph-ansible'], 'ceph-ansible'],
    ['linux-im', ['linux', 'linux-image-amd64'], 'linux-image-amd64'],
    ['cat', ['bat', 'hat'], 'bat'],
    ['zlib', ['ceph', 'hello'], undefined],
    ['a', ['b', 'bc'], undefined],
    ['', ['a'], undefined],
    ['gcc', [], undefined],
  ])('takes %s among %j for %s', (name, known, expected) => {
    expect(nearestName(name, known)).toBe(expected);
    expect(nearestName(name, [...known].reverse())).toBe(expected);
  });
});

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['abc', '', 3],
    ['hello', 'hallo', 1],
    ['kitten', 'sitting', 3],
  ])('of %j and %j is %i', (a, b, expected) => {
    expect(editDistance(a, b)).toBe(expected);
    expect(editDistance(b, a)).toBe(expected);
  });
});
