import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { compareVersions, isVersion } from '../../src/debian/version.ts';
import { realVersions } from '../parse/shared-data.ts';
import { hasDpkgPerl, runPerl } from './dpkg.ts';
import { randomPairs, randomVersions } from './version-samples.ts';

const hasDpkg = spawnSync('dpkg', ['--version']).status === 0;
const COMPARE = 'while (<STDIN>) { chomp; my ($a, $b) = split /\\t/; print version_compare($a, $b), "\\n" }';
const CHECK = 'while (<STDIN>) { chomp; print scalar(version_check($_)) ? 1 : 0, "\\n" }';

describe('compareVersions', () => {
  it.skipIf(!hasDpkgPerl)('agrees with Dpkg::Version on 20,000 random pairs', () => {
    expectAgreement(randomPairs(20_000, 11));
  });

  it.skipIf(!hasDpkgPerl || realVersions().length === 0)('agrees with Dpkg::Version on real versions', () => {
    const versions = realVersions();
    expectAgreement(versions.map((version, index) => [version, versions[index + 1] ?? version]));
    expectAgreement(
      versions.map((version, index) => [version, versions[(index * 7919) % versions.length] ?? version]),
    );
  });

  it.skipIf(!hasDpkg)('agrees with dpkg --compare-versions on 500 random pairs', { timeout: 120_000 }, () => {
    const pairs = randomPairs(500, 13);
    const loop =
      'while read -r a b; do if dpkg --compare-versions "$a" lt "$b"; then echo -1; ' +
      'elif dpkg --compare-versions "$a" eq "$b"; then echo 0; else echo 1; fi; done';
    const input = pairs.map(([a, b]) => `${a} ${b}\n`).join('');
    const { stdout } = spawnSync('sh', ['-c', loop], { input, encoding: 'utf8' });
    const expected = stdout.trim().split('\n');
    expect(expected).toHaveLength(pairs.length);
    expect(pairs.filter((pair, index) => sign(pair) !== expected[index])).toEqual([]);
  });
});

describe('isVersion', () => {
  it.skipIf(!hasDpkgPerl)('agrees with Dpkg::Version on good and bad versions', () => {
    // Not '1:', which dpkg itself refuses and its Perl modules take as an upstream version.
    const bad = [
      '',
      'a',
      ':1',
      'a:1',
      '1-',
      '-1',
      '1_2',
      '1 2',
      'v1',
      '1:-1',
      '1:a',
      '~1',
      '1é',
      '1-1:1',
      '1/2',
    ];
    const versions = [...bad, ...randomVersions(2000, 17)];
    expect(versions.map((version) => (isVersion(version) ? '1' : '0'))).toEqual(
      runPerl(CHECK, versions, ['Dpkg::Version']),
    );
  });
});

function expectAgreement(pairs: readonly (readonly [string, string])[]): void {
  const expected = runPerl(
    COMPARE,
    pairs.map(([a, b]) => `${a}\t${b}`),
    ['Dpkg::Version'],
  );
  expect(expected).toHaveLength(pairs.length);
  expect(pairs.filter((pair, index) => sign(pair) !== expected[index])).toEqual([]);
}

function sign([a, b]: readonly [string, string]): string {
  return String(Math.sign(compareVersions(a, b)));
}
