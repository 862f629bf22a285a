import { describe, expect, it } from 'vitest';
import { chooseSources, selectSources } from '../../src/archive/choose-sources.ts';
import { UserError, type Diagnostic } from '../../src/base/diagnostic.ts';
import { control, readTexts, reports, source, type Texts } from '../support/texts.ts';

function choose(
  texts: Texts,
  selection: readonly string[] = [],
): { readonly chosen: readonly string[]; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const chosen = chooseSources(readTexts(texts).sources, selection, (diagnostic) =>
    diagnostics.push(diagnostic),
  );
  return {
    chosen: chosen.map(({ layer, buildType, name, version, location }) => {
      return [layer, buildType, name, version, location.file].filter((part) => part !== undefined).join(' ');
    }),
    diagnostics,
  };
}

describe('chooseSources', () => {
  it('takes the newest version by dpkg’s order, and reports the others', () => {
    const versions = ['1.10', '1.9', '1:0.1', '1.10~rc1'];
    const sources = versions.map((Version) => source('sphinx', { Version }));
    const { chosen, diagnostics } = choose({ sources });
    expect(chosen).toEqual(['sphinx 1:0.1 Sources']);
    expect([...reports(diagnostics)].sort()).toEqual([
      'older-version: sphinx: 1.10 is passed over for 1:0.1',
      'older-version: sphinx: 1.10~rc1 is passed over for 1:0.1',
      'older-version: sphinx: 1.9 is passed over for 1:0.1',
    ]);
    expect(diagnostics[0]).toMatchObject({ severity: 'note', location: { file: 'Sources' } });
  });
  it('names the version that is used in every report, in whatever order the versions come', () => {
    for (const versions of [
      ['1', '2', '3'],
      ['3', '1', '2'],
      ['2', '3', '1'],
    ]) {
      const { diagnostics } = choose({ sources: versions.map((Version) => source('linux', { Version })) });
      expect([...reports(diagnostics)].sort()).toEqual([
        'older-version: linux: 1 is passed over for 3',
        'older-version: linux: 2 is passed over for 3',
      ]);
    }
  });
  it('says that a version stands in two places instead of calling it older than itself', () => {
    const { chosen, diagnostics } = choose({
      sources: [source('hello')],
      controls: [control('hello', { hello: {} }, {}, { file: 'a/debian/control' })],
    });
    expect(chosen).toEqual(['hello 1 Sources']);
    expect(reports(diagnostics)).toEqual([
      'same-version: hello: 1 is here twice, the one of Sources is used',
    ]);
    expect(diagnostics[0]?.location?.file).toBe('a/debian/control');
  });
  it('prefers of equal versions the one that tells run-time relations', () => {
    const texts = {
      sources: [source('hello')],
      controls: [control('hello', { hello: { Depends: 'libc6' } }, {}, { file: 'tree/debian/control' })],
    };
    expect(choose(texts).chosen).toEqual(['hello 1 tree/debian/control']);
  });
  it('takes the version that is asked for, even one that is kept for another package’s sake', () => {
    const sources = [
      source('rustc', { Version: '3' }),
      source('rustc', { Version: '2', 'Extra-Source-Only': 'yes' }),
      source('rustc', { Version: '1' }),
    ];
    expect(choose({ sources }, ['rustc=1']).chosen).toEqual(['rustc 1 Sources']);
    expect(choose({ sources }, ['rustc=2']).chosen).toEqual(['rustc 2 Sources']);
    expect(choose({ sources }, ['rustc']).chosen).toEqual(['rustc 3 Sources']);
    expect(choose({ sources }, ['rustc=4']).chosen).toEqual([]);
  });
  it('refuses two versions of one source, which would drop one of them in silence', () => {
    const sources = [source('v', { Version: '1' }), source('v', { Version: '2' })];
    expect(() => choose({ sources }, ['v=1', 'v=2'])).toThrow(UserError);
    expect(() => choose({ sources }, ['v=1', 'v=2'])).toThrow(
      '--select v=1 and --select v=2: a plan holds one version of a source',
    );
    expect(choose({ sources }, ['v', 'v=1', 'v=1']).chosen).toEqual(['v 1 Sources']);
  });
  it('passes over Extra-Source-Only without a word', () => {
    const sources = [
      source('gcc-11', { Version: '9', 'Extra-Source-Only': 'yes' }),
      source('gcc-11', { Version: '2' }),
      source('old', { 'Extra-Source-Only': 'yes' }),
    ];
    expect(choose({ sources })).toEqual({ chosen: ['gcc-11 2 Sources'], diagnostics: [] });
  });
  it('keeps one source for each layer and build type', () => {
    const places = [
      { layer: 'flock', buildType: 'rt', version: '1' },
      { layer: 'flock', buildType: 'std', version: '1' },
      { layer: 'distro', buildType: 'std', version: '2' },
      { layer: 'distro', buildType: 'std', version: '3' },
    ];
    const controls = places.map((place) => control('i40e', { i40e: {} }, {}, place));
    expect(choose({ controls }).chosen).toEqual([
      'distro std i40e 3 i40e/debian/control',
      'flock rt i40e 1 i40e/debian/control',
      'flock std i40e 1 i40e/debian/control',
    ]);
  });
  it('decides between equal versions by place, whichever comes first', () => {
    const places = ['b/debian/control', 'a/debian/control', 'c/debian/control'];
    for (const order of [places, [...places].reverse()]) {
      const controls = order.map((file) => control('hello', { hello: {} }, {}, { file }));
      expect(choose({ controls }).chosen).toEqual(['hello 1 a/debian/control']);
    }
  });
});

describe('selectSources', () => {
  const { sources } = readTexts({ sources: [source('hello'), source('ceph'), source('ceph-ansible')] });
  const select = (selection: readonly string[]): readonly string[] =>
    selectSources(sources, selection).map(({ name }) => name);

  it('keeps the named ones, in the order of the sources', () => {
    expect(select(['ceph=1', 'hello'])).toEqual(['hello', 'ceph']);
  });
  it.each([
    ['ceph-ansibel', 'did you mean ceph-ansible?'],
    ['ansible', 'did you mean ceph-ansible?'],
    ['hallo', 'did you mean hello?'],
    ['zlib', undefined],
  ])('refuses %s and offers what is near', (name, hint) => {
    const expected = { code: 'no-such-source', severity: 'error', ...(hint === undefined ? {} : { hint }) };
    expect(() => select([name])).toThrow(UserError);
    try {
      select([name]);
    } catch (error) {
      expect(error).toMatchObject({ diagnostics: [expected] });
    }
  });
  it('names every selection that fits nothing', () => {
    expect(() => select(['b', 'hello', 'a'])).toThrow(
      '--select a: no such source package in the inputs\n--select b: no such source package in the inputs',
    );
  });
  it('does not deny a source that exists when it is its version that does not', () => {
    const chosen = chooseSources(sources, ['hello=9'], () => undefined);
    expect(() => selectSources(chosen, ['hello=9'])).toThrow(
      '--select hello=9: no such source package in the inputs',
    );
  });
});
