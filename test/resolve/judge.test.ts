import { describe, expect, it } from 'vitest';
import type { Universe } from '../../src/archive/universe.ts';
import { at } from '../../src/base/column.ts';
import { checkSources, type CheckOptions } from '../../src/check.ts';
import { formatAlternatives } from '../../src/debian/relation.ts';
import type { ConflictSide } from '../../src/resolve/solver/constraints.ts';
import { binary, optionsOf, readTexts, source, type Fields, type Texts } from '../support/texts.ts';

const TOOLS = [binary('build-essential'), binary('crossbuild-essential-arm64')];

/** The verdict on source `s`: `fine`, `missing`, or the sides of a conflict, sorted, each with what leads to it. */
function verdict(
  needs: Fields,
  packages: NonNullable<Texts['packages']>,
  overrides: Partial<CheckOptions> = {},
): unknown {
  const indexed = { ...packages, amd64: [...TOOLS, ...(packages['amd64'] ?? [])] };
  const { diagnostics, ...archive } = readTexts({ sources: [source('s', needs)], packages: indexed });
  expect(diagnostics).toEqual([]);
  const options = { ...optionsOf(), allOn: undefined, available: 'existing' as const, ...overrides };
  const { universe, installability, conflicts } = checkSources(archive, options, () => undefined);
  expect(universe.units.map(({ key }) => key)).toEqual([`s_1/${at(options.architectures, 0)}`]);
  if (at(installability.unitBuilt, 0) === 1) return 'fine';
  const found = conflicts.get(0);
  return found === undefined ? 'missing' : found.sides.map((side) => describeSide(universe, side)).sort();
}

function describeSide(universe: Universe, side: ConflictSide | undefined): string | undefined {
  if (side === undefined) return undefined;
  const steps = side.chain.map(({ clause, node }) => {
    const asked = formatAlternatives(at(universe.clauses.alternatives, clause));
    return `${asked} → ${at(universe.nodes.name, node)} ${universe.nodes.version[node] ?? ''} ${at(universe.nodes.arch, node)}`;
  });
  return steps.join(', ');
}

const cross = { architectures: ['arm64'], buildArch: 'amd64' };

describe('judge', () => {
  it('names both sides of a conflict, each with what leads to it', () => {
    const amd64 = [
      binary('app', { Depends: 'lib' }),
      binary('lib', { Conflicts: 'old' }),
      binary('tool', { Depends: 'old' }),
      binary('old'),
    ];
    expect(verdict({ 'Build-Depends': 'app, tool' }, { amd64 })).toEqual([
      'app → app 1 amd64, lib → lib 1 amd64',
      'tool → tool 1 amd64, old → old 1 amd64',
    ]);
  });

  it('takes another alternative when the first one conflicts with the rest', () => {
    const amd64 = [binary('a', { Conflicts: 'c' }), binary('b'), binary('c')];
    expect(verdict({ 'Build-Depends': 'a | b, c' }, { amd64 })).toBe('fine');
    expect(verdict({ 'Build-Depends': 'a, c | b' }, { amd64 })).toBe('fine');
  });

  it('takes another provider, and another version, deep inside an install set', () => {
    const amd64 = [
      binary('app', { Depends: 'mta' }),
      binary('exim', { Provides: 'mta', Conflicts: 'lib (>= 2)' }),
      binary('lib', { Version: '2' }),
      binary('lib'),
    ];
    expect(verdict({ 'Build-Depends': 'app, lib' }, { amd64 })).toBe('fine');
    expect(verdict({ 'Build-Depends': 'app, lib (>= 2)' }, { amd64 })).toEqual([
      'app → app 1 amd64, mta → exim 1 amd64',
      'lib (>= 2) → lib 2 amd64',
    ]);
  });

  it('keeps out what Build-Conflicts name, and has one side then', () => {
    const amd64 = [binary('a', { Depends: 'b' }), binary('b'), binary('c', { Provides: 'v' })];
    const needs = { 'Build-Depends': 'a' };
    expect(verdict({ ...needs, 'Build-Conflicts': 'b' }, { amd64 })).toEqual([
      'a → a 1 amd64, b → b 1 amd64',
    ]);
    expect(verdict({ ...needs, 'Build-Conflicts': 'b (>> 1), c' }, { amd64 })).toBe('fine');
    expect(verdict({ ...needs, 'Build-Conflicts': 'b [arm64], b <nocheck>' }, { amd64 })).toBe('fine');
    expect(verdict({ 'Build-Depends': 'c', 'Build-Conflicts': 'v' }, { amd64 })).toEqual(['c → c 1 amd64']);
    expect(verdict({ 'Build-Conflicts': 'build-essential' }, { amd64 })).toEqual([
      'build-essential → build-essential 1 amd64',
    ]);
  });

  it('heeds Build-Conflicts-Arch and -Indep for the half that is built', () => {
    const amd64 = [binary('a'), binary('b')];
    const needs = { Architecture: 'any all', 'Build-Depends': 'a, b' };
    const conflicts = { ...needs, 'Build-Conflicts-Arch': 'a', 'Build-Conflicts-Indep': 'b' };
    expect(verdict(conflicts, { amd64 }, { kind: 'any' })).toEqual(['a → a 1 amd64']);
    expect(verdict(conflicts, { amd64 }, { kind: 'all' })).toEqual(['b → b 1 amd64']);
    expect(verdict({ ...needs, 'Build-Conflicts-Indep': 'b' }, { amd64 }, { kind: 'any' })).toBe('fine');
  });

  it('lets a versioned conflict hit versioned virtual packages only', () => {
    const amd64 = [
      binary('a', { Breaks: 'v (<< 3)' }),
      binary('old', { Provides: 'v (= 2)' }),
      binary('new', { Provides: 'v (= 3)' }),
      binary('plain', { Version: '2', Provides: 'v' }),
    ];
    expect(verdict({ 'Build-Depends': 'a, old' }, { amd64 })).toEqual(['a → a 1 amd64', 'old → old 1 amd64']);
    expect(verdict({ 'Build-Depends': 'a, new' }, { amd64 })).toBe('fine');
    expect(verdict({ 'Build-Depends': 'a, plain' }, { amd64 })).toBe('fine');
  });

  it('lets a package conflict with what it provides itself, so that there is one of a kind', () => {
    const amd64 = ['exim', 'postfix'].map((name) => binary(name, { Provides: 'mta', Conflicts: 'mta' }));
    expect(verdict({ 'Build-Depends': 'exim' }, { amd64 })).toBe('fine');
    expect(verdict({ 'Build-Depends': 'exim | mta, mta' }, { amd64 })).toBe('fine');
    expect(verdict({ 'Build-Depends': 'exim, postfix' }, { amd64 })).toEqual([
      'exim → exim 1 amd64',
      'postfix → postfix 1 amd64',
    ]);
  });

  it('never installs two versions of one name', () => {
    const amd64 = [binary('a', { Depends: 'lib (>= 2)' }), binary('lib'), binary('lib', { Version: '2' })];
    expect(verdict({ 'Build-Depends': 'a, lib' }, { amd64 })).toBe('fine');
    expect(verdict({ 'Build-Depends': 'a, lib (<< 2)' }, { amd64 })).toEqual([
      'a → a 1 amd64, lib (>= 2) → lib 2 amd64',
      'lib (<< 2) → lib 1 amd64',
    ]);
  });

  it('installs a name for two architectures only in one version and if both are Multi-Arch: same', () => {
    const lib = (Architecture: string, fields: Fields): string => binary('lib', { Architecture, ...fields });
    const needs = { 'Build-Depends': 'lib, lib:native' };
    const both = (amd64: Fields, arm64: Fields): unknown =>
      verdict(needs, { amd64: [lib('amd64', amd64)], arm64: [lib('arm64', arm64)] }, cross);
    const same = { 'Multi-Arch': 'same' };
    const conflict = ['lib → lib 1 arm64', 'lib:native → lib 1 amd64'];
    expect(both(same, same)).toBe('fine');
    expect(both(same, { ...same, Version: '1+b1' })).toEqual([
      'lib → lib 1+b1 arm64',
      'lib:native → lib 1 amd64',
    ]);
    expect(both(same, {})).toEqual(conflict);
    expect(both({}, {})).toEqual(conflict);
    expect(both({ ...same, Provides: 'v', Conflicts: 'v' }, { ...same, Provides: 'v', Breaks: 'v' })).toBe(
      'fine',
    );
  });

  it('lets a conflict hit every architecture, unless it names one', () => {
    const packages = {
      amd64: [binary('tool', { 'Multi-Arch': 'foreign', Conflicts: 'lib' }), binary('lib')],
      arm64: [binary('lib', { Architecture: 'arm64' })],
    };
    const needs = { 'Build-Depends': 'tool, lib' };
    expect(verdict(needs, packages, cross)).toEqual(['lib → lib 1 arm64', 'tool → tool 1 amd64']);
    const native = [binary('tool', { 'Multi-Arch': 'foreign', Conflicts: 'lib:native' }), binary('lib')];
    expect(verdict(needs, { ...packages, amd64: native }, cross)).toBe('fine');
    expect(verdict({ 'Build-Depends': 'lib', 'Build-Conflicts': 'lib:arm64' }, packages, cross)).toEqual([
      'lib → lib 1 arm64',
    ]);
    expect(verdict({ 'Build-Depends': 'lib', 'Build-Conflicts': 'lib:native' }, packages, cross)).toBe(
      'fine',
    );
  });

  it('heeds what Essential packages conflict with, and whether they can be installed at all', () => {
    const base = (fields: Fields): string => binary('base', { Essential: 'yes', ...fields });
    const rival = binary('rival');
    const conflict = ['base → base 1 amd64', 'rival → rival 1 amd64'];
    expect(verdict({ 'Build-Depends': 'rival' }, { amd64: [base({ Breaks: 'rival' }), rival] })).toEqual(
      conflict,
    );
    expect(verdict({}, { amd64: [base({ Breaks: 'rival' }), rival] })).toBe('fine');
    expect(verdict({}, { amd64: [base({ Breaks: 'rival', Depends: 'rival' }), rival] })).not.toBe('fine');
    expect(verdict({}, { amd64: [base({ Depends: 'gone' })] })).toBe('missing');
    const ignored = verdict({}, { amd64: [base({ Depends: 'gone' })] }, { implicit: ['build-essential'] });
    expect(ignored).toBe('fine');
  });

  it('takes any version of an Essential package that is marked so', () => {
    const older = binary('base', { Essential: 'yes' });
    const newer = binary('base', { Version: '2', Essential: 'yes', Conflicts: 'lib' });
    const unmarked = binary('base', { Version: '3' });
    expect(verdict({ 'Build-Depends': 'lib' }, { amd64: [older, newer, binary('lib')] })).toBe('fine');
    expect(verdict({ 'Build-Depends': 'base (>= 3)' }, { amd64: [older, unmarked] })).toEqual([
      'base (>= 3) → base 3 amd64',
      'base → base 1 amd64',
    ]);
  });

  it('loses a source whose only way is what a source with a conflict builds', () => {
    const sources = [
      source('a', { 'Build-Depends': 'x, y' }),
      source('b', { 'Build-Depends': 'a' }),
      source('c', { 'Build-Depends': 'x' }),
    ];
    const amd64 = [...TOOLS, binary('x', { Conflicts: 'y' }), binary('y')];
    const archive = readTexts({ sources, packages: { amd64 } });
    const options = { ...optionsOf(), allOn: undefined, available: 'planned' as const };
    const { universe, installability, conflicts } = checkSources(archive, options, () => undefined);
    expect(universe.units.map(({ key }) => key)).toEqual(['a_1/amd64', 'b_1/amd64', 'c_1/amd64']);
    expect([...installability.unitBuilt]).toEqual([0, 0, 1]);
    expect([...conflicts.keys()]).toEqual([0]);
  });
});
