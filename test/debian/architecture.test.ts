import { describe, expect, it } from 'vitest';
import {
  architectureNames,
  isArchitecture,
  isWildcard,
  matchesArchitecture,
  matchesArchitectureList,
  meansArchitecture,
  nearestArchitecture,
} from '../../src/debian/architecture.ts';

describe('isArchitecture', () => {
  it('knows architectures of every system, and no sets of them', () => {
    expect(
      ['amd64', 'arm64', 'armhf', 'hurd-i386', 'musl-linux-amd64', 'x32', 'riscv64'].every(isArchitecture),
    ).toBe(true);
    expect(['all', 'any', 'source', 'linux-any', 'any-arm', 'amd46', ''].some(isArchitecture)).toBe(false);
  });
  it('gives every name once', () => {
    expect(new Set(architectureNames()).size).toBe(architectureNames().length);
  });
});

describe('isWildcard', () => {
  it('tells sets from names', () => {
    expect(['any', 'linux-any', 'any-i386', 'gnu-any-any', 'eabihf-any-any-any'].every(isWildcard)).toBe(
      true,
    );
    expect(['amd64', 'all', 'kfreebsd-amd64', 'many-linux'].some(isWildcard)).toBe(false);
  });
});

describe('matchesArchitecture', () => {
  it.each([
    ['amd64', 'any'],
    ['amd64', 'amd64'],
    ['amd64', 'linux-amd64'],
    ['amd64', 'linux-any'],
    ['amd64', 'any-amd64'],
    ['x32', 'any-amd64'],
    ['armhf', 'any-arm'],
    ['armel', 'any-arm'],
    ['hurd-i386', 'any-i386'],
    ['hurd-i386', 'hurd-any'],
    ['arm64', 'gnu-any-any'],
    ['musl-linux-arm64', 'musl-linux-any'],
    ['musl-linux-armhf', 'eabihf-any-any-any'],
    ['all', 'all'],
    ['newcpu', 'newcpu'],
    ['newcpu', 'any'],
  ])('takes %s for %s', (arch, spec) => {
    expect(matchesArchitecture(arch, spec)).toBe(true);
  });
  it.each([
    ['amd64', 'arm64'],
    ['arm64', 'any-arm'],
    ['armhf', 'arm'],
    ['amd64', 'kfreebsd-any'],
    ['kfreebsd-amd64', 'linux-any'],
    ['kfreebsd-amd64', 'amd64'],
    ['amd64', 'musl-linux-any'],
    ['all', 'linux-any'],
    ['newcpu', 'linux-any'],
    ['amd64', 'gnu-any'],
  ])('does not take %s for %s', (arch, spec) => {
    expect(matchesArchitecture(arch, spec)).toBe(false);
  });
});

describe('matchesArchitectureList', () => {
  it.each([
    [[], true],
    [['amd64', 'i386'], true],
    [['i386', 'arm64'], false],
    [['!amd64', '!i386'], false],
    [['!arm64', '!i386'], true],
    [['!linux-any'], false],
    [['AMD64'], true],
  ])('judges %j for amd64', (list, expected) => {
    expect(matchesArchitectureList('amd64', list)).toBe(expected);
  });
  it.each([
    [['!arm64', 'i386'], true],
    [['i386', '!arm64'], true],
    [['amd64', '!amd64'], true],
    [['!amd64', 'amd64'], false],
  ])('reads the mixed list %j as dpkg does', (list, expected) => {
    expect(matchesArchitectureList('amd64', list)).toBe(expected);
  });
});

describe('meansArchitecture', () => {
  it.each(['amd64', 'linux-amd64', 'any', 'linux-any', 'any-arm', 'gnu-any-any', 'eabihf-any-any-any'])(
    'knows %s',
    (text) => {
      expect(meansArchitecture(text)).toBe(true);
    },
  );
  it.each(['all', 'amd46', 'any-amd46', 'any-armhf', 'lunix-any', 'a-b-c-d-any', 'any-linux', '', 'AMD64'])(
    'does not know %j',
    (text) => {
      expect(meansArchitecture(text)).toBe(false);
    },
  );
  it('knows every name', () => {
    expect(architectureNames().filter((name) => !meansArchitecture(name))).toEqual([]);
  });
});

describe('nearestArchitecture', () => {
  it.each([
    ['amd46', 'amd64'],
    ['arm46', 'arm64'],
    ['AMD64', 'amd64'],
    ['amd64,', 'amd64'],
    ['any-armhf', 'armhf'],
    ['lunix-any', 'linux-any'],
    ['loongarch64', 'loong64'],
    ['musl-linux-amd46', 'musl-linux-amd64'],
  ])('takes %s for %s', (text, near) => {
    expect(nearestArchitecture(text)).toBe(near);
  });
  it('finds nothing near to a word of its own', () => {
    expect(nearestArchitecture('zebra')).toBeUndefined();
  });
});
