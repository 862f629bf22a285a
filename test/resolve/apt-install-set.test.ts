import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { formatAlternatives } from '../../src/debian/relation.ts';
import { AptInstaller, type Base } from '../../src/resolve/apt-install-set.ts';
import { analyseTexts, binary, source, type Fields } from '../support/texts.ts';

interface Named {
  /** Each as `name`, in the order of the set. */
  readonly members: readonly string[];
  /** Each as `name for relation of parent`, the source's own without a parent. */
  readonly reasons: readonly string[];
  readonly unmet: readonly string[];
  readonly conflicting: readonly string[];
}

/** The install set of a source `app` with these build fields among these existing binaries. */
function install(fields: Fields, packages: readonly string[], base: Base = 'apt'): Named {
  const stanzas = [...packages, binary('build-essential')];
  const { universe, graph } = analyseTexts({
    sources: [source('app', fields)],
    packages: { amd64: stanzas },
  });
  const installer = new AptInstaller(universe, graph.installability);
  const first = installer.installFor(0, base);
  expect(installer.installFor(0, base)).toEqual(first);
  const nameOf = (node: number): string => at(universe.nodes.name, node);
  const textOf = (clause: number): string => formatAlternatives(at(universe.clauses.alternatives, clause));
  return {
    members: first.members.map(({ node }) => nameOf(node)),
    reasons: first.members.map(({ node, clause, parent }) => {
      const of = parent < 0 ? '' : ` of ${nameOf(parent)}`;
      return `${nameOf(node)} for ${textOf(clause)}${of}`;
    }),
    unmet: first.unmet.map(textOf),
    conflicting: first.conflicting.map(nameOf),
  };
}

/** The members beside build-essential, sorted. */
function installed(buildDepends: string, packages: readonly string[]): readonly string[] {
  const { members, unmet, conflicting } = install({ 'Build-Depends': buildDepends }, packages);
  expect({ unmet, conflicting }).toEqual({ unmet: [], conflicting: [] });
  return members.filter((name) => name !== 'build-essential').sort();
}

describe('AptInstaller', () => {
  it('takes what the build dependencies pull in, each for the nearest relation that asks', () => {
    const { reasons } = install({ 'Build-Depends': 'a (>= 1), b' }, [
      binary('a', { 'Pre-Depends': 'c', Depends: 'd' }),
      binary('b', { Depends: 'a, d | e' }),
      binary('c', { Depends: 'a' }),
      binary('d'),
      binary('e'),
    ]);
    expect(reasons).toEqual([
      'build-essential for build-essential',
      'a for a (>= 1)',
      'b for b',
      'c for c of a',
      'd for d of a',
    ]);
  });

  it('takes the Essential packages for a chroot only', () => {
    const packages = [binary('dash', { Essential: 'yes', 'Pre-Depends': 'libc' }), binary('libc')];
    expect(install({}, packages).members).toEqual(['build-essential']);
    expect(install({}, packages, 'chroot').members).toEqual(['build-essential', 'dash', 'libc']);
  });

  it('adds nothing for a relation that something marked satisfies', () => {
    const packages = [
      binary('a', { Depends: 'c' }),
      binary('b', { Depends: 'd | c' }),
      binary('c'),
      binary('d'),
    ];
    expect(installed('a, b', packages)).toEqual(['a', 'b', 'c']);
    expect(installed('b, a', packages)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('takes the first alternative that can be installed, and drops what it tried', () => {
    const packages = [
      binary('a', { Depends: 'x, gone' }),
      binary('b', { Depends: 'c' }),
      binary('c'),
      binary('x'),
    ];
    expect(installed('a | b', packages)).toEqual(['b', 'c']);
  });

  it('takes the newest version alone', () => {
    const packages = [binary('a', { Version: '2' }), binary('a', { Version: '1' }), binary('b')];
    expect(installed('a (<< 2) | b', packages)).toEqual(['b']);
  });

  it('prefers a real package to one that provides its name, whatever the priority', () => {
    const packages = [
      binary('a', { Provides: 'm', Priority: 'required' }),
      binary('m', { Priority: 'extra' }),
    ];
    expect(installed('m', packages)).toEqual(['m']);
  });

  it('prefers among providers an Essential one, then the higher priority, then the one mentioned last', () => {
    const provider = (name: string, fields: Fields = {}): string =>
      binary(name, { Provides: 'virtual', Priority: 'optional', ...fields });
    const plain = [provider('p1'), provider('p2')];
    expect(installed('virtual', [...plain, provider('p3', { Priority: 'extra' })])).toEqual(['p2']);
    expect(installed('virtual', [...plain, provider('p0', { Priority: 'standard' })])).toEqual(['p0']);
    expect(installed('virtual', [binary('early', { Depends: 'p2' }), ...plain])).toEqual(['p1']);
    const essential = provider('p0', { Essential: 'yes', Priority: 'extra' });
    expect(installed('virtual', [essential, ...plain])).toEqual(['p0']);
  });

  it('takes what provides the name as readily as the package itself where an architecture is named', () => {
    const packages = [binary('old-dev', { Depends: 'new-dev' }), binary('new-dev', { Provides: 'old-dev' })];
    expect(installed('old-dev', packages)).toEqual(['new-dev', 'old-dev']);
    expect(installed('old-dev:native', packages)).toEqual(['new-dev']);
  });

  it('rules out what conflicts with something that nothing else can replace', () => {
    const packages = [binary('a'), binary('b'), binary('c', { Conflicts: 'a' })];
    expect(installed('c, a | b', packages)).toEqual(['b', 'c']);
  });

  it('gives up an earlier choice for what nothing else can replace, and all that only it asked for', () => {
    const packages = [
      binary('player', { Depends: 'jackd2 | libjack' }),
      binary('jackd2', { Depends: 'samplerate', Provides: 'libjack', Conflicts: 'libjack' }),
      binary('jack1', { Provides: 'libjack', Conflicts: 'libjack' }),
      binary('jack-dev', { Depends: 'jack1' }),
      binary('samplerate'),
    ];
    expect(installed('player, jack-dev', packages)).toEqual(['jack-dev', 'jack1', 'player']);
  });

  it('keeps Build-Conflicts out', () => {
    const fields = { 'Build-Depends': 'a | b', 'Build-Conflicts': 'a' };
    expect(install(fields, [binary('a'), binary('b')]).members).toEqual(['build-essential', 'b']);
  });

  it('tells which relation is left open by a choice that it gave up', () => {
    const packages = [binary('a'), binary('b'), binary('c', { Conflicts: 'a' })];
    const { members, unmet } = install({ 'Build-Depends': 'a | b, c' }, packages);
    expect({ members, unmet }).toEqual({ members: ['build-essential', 'c'], unmet: ['a | b'] });
  });

  it('tells what can not be installed together', () => {
    const packages = [binary('a', { Conflicts: 'b' }), binary('b')];
    const { unmet, conflicting } = install({ 'Build-Depends': 'a, b' }, packages);
    expect([...unmet, ...conflicting]).not.toEqual([]);
  });

  it('walks chains deeper than the stack', () => {
    const length = 15_000;
    const name = (place: number): string => `p${String(place).padStart(6, '0')}`;
    const packages = Array.from({ length }, (_, place) =>
      binary(name(place), place + 1 < length ? { Depends: name(place + 1) } : {}),
    );
    expect(install({ 'Build-Depends': name(0) }, packages).members).toHaveLength(length + 1);
  });
});
