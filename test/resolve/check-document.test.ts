import { describe, expect, it } from 'vitest';
import type { CheckDocument, CheckUnbuildable } from '../../src/resolve/check-document.ts';
import { makeCheck } from '../support/checked.ts';
import { binary, control, source, type Texts } from '../support/texts.ts';

/** What is unbuildable on the only architecture. */
function unbuildable(texts: Texts, options = {}): readonly CheckUnbuildable[] {
  return makeCheck(texts, options).targets.flatMap((target) => target.unbuildable);
}

function causes(check: CheckDocument): readonly string[] {
  return check.targets.flatMap((target) =>
    target.causes.map(({ cause, count, sources }) => `${String(count)} ${cause}: ${sources.join(' ')}`),
  );
}

describe('a check', () => {
  const archive: Texts = {
    sources: [
      source('zoo', { 'Build-Depends': 'gone (>= 2)' }),
      source('app', { 'Build-Depends': 'gone' }),
      source('app', { Version: '10', 'Build-Depends': 'old (>= 2)' }),
      source('app', { Version: '9', 'Build-Depends': 'old (>= 2)' }),
      source('fine', { 'Build-Depends': 'old' }),
      source('elsewhere', { Architecture: 'arm64 s390x' }),
      source('bees', { 'Build-Depends': 'old (>= 3)' }),
    ],
    packages: { amd64: [binary('old')], arm64: [binary('gone', { Architecture: 'arm64' })] },
  };

  it('counts, sorts sources by name and version, and lists what is not for an architecture', () => {
    const check = makeCheck(archive, { architectures: ['amd64', 'arm64'] });
    expect(check.schema).toBe('debplan/check@1');
    expect(check.targets.map(({ arch, buildable }) => [arch, buildable])).toEqual([
      ['amd64', 1],
      ['arm64', 2],
    ]);
    const [amd64, arm64] = check.targets;
    expect(amd64?.unbuildable.map(({ unit }) => unit)).toEqual([
      'app_1/amd64',
      'app_9/amd64',
      'app_10/amd64',
      'bees_1/amd64',
      'zoo_1/amd64',
    ]);
    expect(amd64?.notForThisArch).toEqual([
      { source: 'elsewhere', version: '1', architectures: ['arm64', 's390x'] },
    ]);
    expect(arm64?.notForThisArch).toEqual([]);
  });

  it('groups by what is missing, the most frequent first: all versions of what is not here at all are one', () => {
    expect(causes(makeCheck(archive))).toEqual([
      '2 gone is missing on amd64: app zoo',
      '2 old (>= 2) is missing on amd64: app',
      '1 old (>= 3) is missing on amd64: bees',
    ]);
  });

  it('names the relation that forbids, of several to one name the one that is meant', () => {
    const tool = binary('tool', { 'Multi-Arch': 'foreign', Conflicts: 'lib:amd64, lib (<< 2)' });
    const texts = {
      sources: [source('app', { 'Build-Depends': 'tool, lib' })],
      packages: {
        amd64: [binary('build-essential'), tool],
        arm64: [binary('lib', { Architecture: 'arm64' })],
      },
    };
    const [entry] = unbuildable(texts, { architectures: ['arm64'], buildArch: 'amd64' });
    expect(entry).toMatchObject({
      kind: 'conflict',
      conflict: { forbidden: { by: 'tool:amd64 1', field: 'Conflicts', relation: 'lib (<< 2)' } },
    });
  });

  it('has a row for an architecture without any source', () => {
    const check = makeCheck(
      { sources: [source('a', { Architecture: 'amd64' })] },
      { architectures: ['arm64'] },
    );
    expect(check.targets).toMatchObject([{ arch: 'arm64', buildable: 0, unbuildable: [], causes: [] }]);
  });
});

describe('what lacks something', () => {
  it('is told with the way to it, and where both ends of the way stand', () => {
    const texts = {
      sources: [source('app', { 'Build-Depends': 'fine,\n lib [any]' })],
      packages: {
        amd64: [
          binary('fine'),
          binary('lib', { 'Pre-Depends': 'fine', Depends: 'fine,\n gone (= 3) | gone2' }),
        ],
      },
    };
    expect(unbuildable(texts)).toEqual([
      {
        source: 'app',
        version: '1',
        unit: 'app_1/amd64',
        kind: 'missing',
        field: 'Build-Depends',
        relation: 'lib [any]',
        location: { file: 'Sources', line: 6, column: 2 },
        chain: [{ binary: 'lib 1', relation: 'lib [any]' }],
        missing: 'gone (= 3) | gone2',
        causeLocation: { file: 'amd64.Packages', line: 10, column: 2 },
        cause: 'gone | gone2 is missing on amd64',
      },
    ]);
  });

  it('takes the shortest way, through the second build dependency if need be', () => {
    const texts = {
      sources: [source('app', { 'Build-Depends': 'far, near, none [arm64]' })],
      packages: {
        amd64: [
          binary('far', { Depends: 'far2' }),
          binary('far2', { Depends: 'gone' }),
          binary('near', { Depends: 'far, gone2' }),
        ],
      },
    };
    const [entry] = unbuildable(texts);
    expect(entry).toMatchObject({ relation: 'near', missing: 'gone2', chain: [{ binary: 'near 1' }] });
  });

  it('may be what every chroot holds, which stands in no field', () => {
    const texts = {
      sources: [source('app')],
      packages: { amd64: [binary('base', { Essential: 'yes', Depends: 'gone' })] },
    };
    expect(unbuildable(texts)).toEqual([]);
    expect(unbuildable(texts, { implicit: ['essential'] })).toMatchObject([
      {
        field: 'Essential',
        relation: 'base',
        location: { file: 'Sources', line: 1 },
        causeLocation: { file: 'amd64.Packages', line: 5, column: 10 },
      },
    ]);
  });

  it('shares the cause of the source that would build what it lacks, over any number of steps', () => {
    const many = Array.from({ length: 1000 }, (_, step) =>
      control(`s${String(step)}`, { [`b${String(step)}`]: {} }, { 'Build-Depends': `b${String(step + 1)}` }),
    );
    const check = makeCheck({ controls: many, packages: { amd64: [] } });
    const [target] = check.targets;
    expect(target?.causes).toMatchObject([
      { cause: 'b1000 is missing on amd64', kind: 'missing', count: 1000 },
    ]);
    const first = target?.unbuildable.find(({ source: name }) => name === 's0');
    expect(first).toMatchObject({
      kind: 'needs-unbuildable',
      chain: [{ binary: 'b1 1' }],
      blockedBy: 's1_1/amd64',
    });
  });

  it('finds the cause although two that block each other lie nearer than what is missing', () => {
    const texts = {
      controls: [
        control('a', { a: {} }, { 'Build-Depends': 'b' }),
        control('b', { b: {} }, { 'Build-Depends': 'a, x' }),
      ],
      packages: { amd64: [binary('x', { Depends: 'y' }), binary('y', { Depends: 'gone' })] },
    };
    expect(causes(makeCheck(texts))).toEqual(['2 gone is missing on amd64: a b']);
  });
});

describe('a conflict', () => {
  it('names both sides with their ways, and the relation that forbids them', () => {
    const texts = {
      sources: [source('app', { 'Build-Depends': 'foo-dev | none, bar-dev' })],
      packages: {
        amd64: [
          binary('foo-dev', { Depends: 'foo1 (= 1)' }),
          binary('foo1', { Provides: 'foo-abi (= 1)' }),
          binary('bar-dev', { Breaks: 'other, foo-abi (<< 2)' }),
        ],
      },
    };
    const [entry] = unbuildable(texts);
    expect(entry).toMatchObject({
      kind: 'conflict',
      cause: "bar-dev 1 and foo1 1 can't be installed together",
    });
    if (entry?.kind !== 'conflict') throw new Error('no conflict');
    expect(entry.conflict).toEqual({
      sides: [
        {
          field: 'Build-Depends',
          relation: 'bar-dev',
          location: { file: 'Sources', line: 5, column: 32 },
          chain: [{ binary: 'bar-dev 1', relation: 'bar-dev' }],
        },
        {
          field: 'Build-Depends',
          relation: 'foo-dev | none',
          location: { file: 'Sources', line: 5, column: 16 },
          chain: [
            { binary: 'foo-dev 1', relation: 'foo-dev | none' },
            { binary: 'foo1 1', relation: 'foo1 (= 1)' },
          ],
        },
      ],
      forbidden: {
        kind: 'relation',
        by: 'bar-dev 1',
        field: 'Breaks',
        relation: 'foo-abi (<< 2)',
        location: { file: 'amd64.Packages', line: 14, column: 16 },
      },
    });
  });

  it('of two versions of one package says so', () => {
    const texts = {
      sources: [source('app', { 'Build-Depends': 'lib (= 1), lib (= 2)' })],
      packages: { amd64: [binary('lib'), binary('lib', { Version: '2' })] },
    };
    expect(unbuildable(texts)).toMatchObject([{ conflict: { forbidden: { kind: 'versions' } } }]);
  });

  it('may be with the Build-Conflicts of the source itself', () => {
    const texts = {
      sources: [
        source('app', { 'Build-Depends': 'lib-dev', 'Build-Conflicts-Arch': 'lib1 [arm64], lib1 (<< 2)' }),
      ],
      packages: { amd64: [binary('lib-dev', { Depends: 'lib1' }), binary('lib1')] },
    };
    const [entry] = unbuildable(texts);
    expect(entry?.cause).toBe('lib1 1 is kept out by Build-Conflicts-Arch: lib1 (<< 2)');
    expect(entry).toMatchObject({
      conflict: {
        sides: [{ relation: 'lib-dev', chain: [{ binary: 'lib-dev 1' }, { binary: 'lib1 1' }] }],
        forbidden: {
          by: 'app',
          field: 'Build-Conflicts-Arch',
          relation: 'lib1 (<< 2)',
          location: { line: 6 },
        },
      },
    });
  });

  it('is the cause of all that needs what the source would build', () => {
    const texts = {
      controls: [
        control('app', { tool: {} }, { 'Build-Depends': 'x', 'Build-Conflicts': 'x' }),
        control('user', { user: {} }, { 'Build-Depends': 'tool' }),
      ],
      packages: { amd64: [binary('x')] },
    };
    expect(makeCheck(texts).targets).toMatchObject([
      {
        causes: [
          { cause: 'x 1 is kept out by Build-Conflicts: x', kind: 'conflict', sources: ['app', 'user'] },
        ],
      },
    ]);
    expect(unbuildable(texts)[1]).toMatchObject({ kind: 'needs-unbuildable', blockedBy: 'app_1/amd64' });
  });
});
