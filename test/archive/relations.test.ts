import { describe, expect, it } from 'vitest';
import type { AnalyseOptions } from '../../src/analysis.ts';
import {
  analyseTexts,
  binary,
  builtKeys,
  candidateLines,
  control,
  reports,
  source,
} from '../support/texts.ts';

/** What satisfies one build dependency in an archive of existing binaries for amd64. */
function candidates(
  relation: string,
  packages: readonly string[],
  options: Partial<AnalyseOptions> = {},
): readonly string[] {
  const sources = [source('user', { 'Build-Depends': relation })];
  const { universe } = analyseTexts({ sources, packages: { amd64: packages } }, options);
  return candidateLines(universe, 'user_1/amd64').map((line) => line.slice(line.indexOf('→')));
}

describe('a virtual package', () => {
  const packages = [
    binary('mawk', { Provides: 'awk' }),
    binary('debhelper', { Version: '13.24', Provides: 'debhelper-compat (= 12), debhelper-compat (= 13)' }),
  ];
  it('is satisfied by what provides it', () => {
    expect(candidates('awk', packages)).toEqual(['→ mawk 1']);
  });
  it('without a version satisfies no versioned relation, whatever the provider’s own version', () => {
    for (const relation of ['awk (>= 0)', 'awk (= 1)', 'awk (<< 9)']) {
      expect(candidates(relation, packages)).toEqual(['→ ']);
    }
  });
  it('satisfies by the version that is provided, not by the provider’s', () => {
    expect(candidates('debhelper-compat (= 13)', packages)).toEqual(['→ debhelper 13.24']);
    expect(candidates('debhelper-compat (= 12)', packages)).toEqual(['→ debhelper 13.24']);
    expect(candidates('debhelper-compat (= 14)', packages)).toEqual(['→ ']);
    expect(candidates('debhelper-compat (>= 13.1)', packages)).toEqual(['→ ']);
    expect(candidates('debhelper-compat', packages)).toEqual(['→ debhelper 13.24']);
  });
  it('comes after the real package of the same name, and providers come by name', () => {
    const mixed = [
      binary('zz', { Provides: 'editor (= 3)' }),
      binary('aa', { Provides: 'editor' }),
      binary('editor', { Version: '2' }),
      binary('editor', { Version: '10' }),
    ];
    expect(candidates('editor', mixed)).toEqual(['→ editor 10, editor 2, aa 1, zz 1']);
    expect(candidates('editor (>= 3)', mixed)).toEqual(['→ editor 10, zz 1']);
  });
});

describe('versions of a binary', () => {
  it('that dpkg takes for equal come in one order, however the index lists them', () => {
    const packages = ['1.0-0', '2', '1.0', '0:1.0'].map((Version) => binary('lib', { Version }));
    const expected = ['→ lib 2, lib 0:1.0, lib 1.0, lib 1.0-0'];
    expect(candidates('lib', packages)).toEqual(expected);
    expect(candidates('lib', [...packages].reverse())).toEqual(expected);
  });
});

describe('an architecture qualifier', () => {
  const packages = [
    binary('python3', { 'Multi-Arch': 'allowed' }),
    binary('perl', { 'Multi-Arch': 'foreign' }),
    binary('libc6', { 'Multi-Arch': 'same' }),
    binary('bash'),
    binary('pypy', { 'Multi-Arch': 'allowed', Provides: 'interpreter' }),
    binary('ruby', { Provides: 'interpreter' }),
  ];
  it('of any is satisfied through Multi-Arch: allowed alone', () => {
    expect(candidates('python3:any', packages)).toEqual(['→ python3 1']);
    for (const name of ['perl', 'libc6', 'bash']) expect(candidates(`${name}:any`, packages)).toEqual(['→ ']);
    expect(candidates('interpreter:any', packages)).toEqual(['→ pypy 1']);
  });
  it('of native, or of the build’s own architecture, changes nothing', () => {
    expect(candidates('bash:native', packages)).toEqual(['→ bash 1']);
    expect(candidates('bash:amd64', packages)).toEqual(['→ bash 1']);
  });
  it('of another architecture is satisfied by nothing', () => {
    expect(candidates('bash:arm64', packages)).toEqual(['→ ']);
  });
});

describe('alternatives', () => {
  const packages = [binary('b'), binary('c', { Provides: 'a' }), binary('d', { Version: '13.5' })];
  it('all count by default, in their order, each package once', () => {
    expect(candidates('b | a | c', packages)).toEqual(['→ b 1, c 1']);
    expect(candidates('x | b', packages)).toEqual(['→ b 1']);
  });
  it('count as on build daemons with first: only the first that survives reduction', () => {
    const first = { alternatives: 'first' } as const;
    expect(candidates('b | c', packages, first)).toEqual(['→ b 1']);
    expect(candidates('x | b', packages, first)).toEqual(['→ ']);
    expect(candidates('x [arm64] | y <nocheck> | b | c', packages, first)).toEqual(['→ b 1']);
  });
  it('of the same package are kept with first', () => {
    const first = { alternatives: 'first' } as const;
    expect(candidates('d (>= 13.7) | d (<< 13.6) | b', packages, first)).toEqual(['→ d 13.5']);
  });
  it('of a run-time relation all count, also with first', () => {
    const texts = {
      sources: [source('user', { 'Build-Depends': 'app' })],
      packages: { amd64: [binary('app', { Depends: 'missing | lib' }), binary('lib')] },
    };
    expect(builtKeys(analyseTexts(texts, { alternatives: 'first' }).graph)).toEqual(['user_1/amd64']);
  });
});

describe('a restriction', () => {
  it('that does not hold takes the relation away', () => {
    const packages = [binary('b')];
    expect(candidates('x [arm64], y [!amd64], z <nocheck>, b [linux-any] <!nocheck>', packages)).toEqual([
      '→ b 1',
    ]);
    expect(candidates('b <!nocheck>', packages, { profiles: ['nocheck'] })).toEqual([]);
  });
  it('counts for each architecture by itself', () => {
    const sources = [source('user', { 'Build-Depends': 'nasm [amd64], gas [arm64]' })];
    const packages = { amd64: [binary('nasm')], arm64: [binary('gas', { Architecture: 'arm64' })] };
    const { graph } = analyseTexts({ sources, packages }, { architectures: ['amd64', 'arm64'] });
    expect(builtKeys(graph)).toEqual(['user_1/amd64', 'user_1/arm64']);
  });
});

describe('Build-Depends-Arch and -Indep', () => {
  it('count for the builds that make such binaries, in the order of the fields', () => {
    const fields = { 'Build-Depends-Indep': 'i', 'Build-Depends-Arch': 'a', 'Build-Depends': 'b' };
    const controls = [
      control('mixed', { x: {}, 'x-doc': { Architecture: 'all' } }, fields),
      control('docs', { docs: { Architecture: 'all' } }, fields),
    ];
    const { universe } = analyseTexts({ controls }, { architectures: ['amd64', 'arm64'] });
    const names = (key: string): readonly string[] =>
      candidateLines(universe, key).map((line) => line.slice(0, line.indexOf(' ')));
    expect(names('mixed_1/amd64')).toEqual(['b', 'a', 'i']);
    expect(names('mixed_1/arm64')).toEqual(['b', 'a']);
    expect(names('docs_1/all')).toEqual(['b', 'i']);
  });
});

describe('reading as StarlingX does', () => {
  const stx = { reading: 'starlingx' } as const;
  const packages = [binary('b', { Version: '1' }), binary('c', { Provides: 'v' })];
  it('ignores versions, qualifiers and restrictions, and wants every alternative', () => {
    expect(candidates('b (>= 9) [arm64] <nocheck> | c:any', packages, stx)).toEqual(['→ b 1', '→ c 1']);
  });
  it('does not see what is provided, and takes what nobody has as existing', () => {
    expect(candidates('v, nowhere', packages, stx)).toEqual(['→ v', '→ nowhere']);
  });
});

describe('a binary without an index for its architecture', () => {
  const reported = (
    relations: readonly string[],
  ): { readonly built: readonly string[]; readonly notes: readonly string[] } => {
    const controls = relations.map((relation, index) =>
      control(`s${String(index)}`, { [`b${String(index)}`]: {} }, { 'Build-Depends': relation }),
    );
    const { graph, diagnostics } = analyseTexts({ controls });
    return { built: builtKeys(graph), notes: reports(diagnostics) };
  };
  it('counts as existing if no source here builds it, and a note says how many do', () => {
    expect(reported(['libfoo-dev (>= 2), b1', 'libfoo-dev, python3:any'])).toEqual({
      built: ['s0_1/amd64', 's1_1/amd64'],
      notes: [
        'assumed-existing: no Packages index for amd64: 2 binaries that no source here builds count as existing, such as libfoo-dev',
      ],
    });
  });
  it('does not exist in a version that the source here does not have', () => {
    expect(reported(['b1 (>= 2)', '']).built).toEqual(['s1_1/amd64']);
  });
  it('counts for a source alike whatever another source asks for', () => {
    // b0 can't be installed; `u` was believed in only if some other source, read before, had asked for it alone.
    const broken = control('s0', { b0: { Depends: 's9-missing (>= 2)' }, 's9-missing': {} });
    const asking = control('s1', { b1: {} }, { 'Build-Depends': 'b0 | u' });
    const alone = control('s0a', { b2: {} }, { 'Build-Depends': 'u' });
    const verdict = (controls: Parameters<typeof analyseTexts>[0]['controls']): boolean =>
      builtKeys(analyseTexts({ controls: controls ?? [] }).graph).includes('s1_1/amd64');
    expect(verdict([broken, asking, alone])).toBe(verdict([broken, asking]));
  });
});

describe('a binary that a source of unknown binaries may build', () => {
  const unknown = source('mystery', { Binary: '', Architecture: 'any' });
  const packages = { amd64: [binary('known', { Provides: 'virtual' })] };
  it('counts as existing only if no input names it, and each such relation is reported', () => {
    const sources = [
      unknown,
      source('a', { 'Build-Depends': 'nowhere (>= 2) | elsewhere' }),
      source('b', { 'Build-Depends': 'known (>= 2)' }),
      source('c', { 'Build-Depends': 'virtual (>= 2)' }),
    ];
    const { graph, diagnostics } = analyseTexts({ sources, packages });
    expect(builtKeys(graph)).toEqual(['a_1/amd64', 'mystery_1/amd64']);
    expect(reports(diagnostics)).toEqual([
      'unknown-producer: nowhere (>= 2) | elsewhere on amd64: nothing known provides it; the 1 source whose binaries are unknown may, so it counts as existing',
    ]);
  });
  it('does not exist on an architecture when an input names it for another', () => {
    const sources = [unknown, source('a', { 'Build-Depends': 'arm-only' })];
    const indexes = { amd64: [], arm64: [binary('arm-only', { Architecture: 'arm64' })] };
    const options = { architectures: ['amd64', 'arm64'] };
    expect(builtKeys(analyseTexts({ sources, packages: indexes }, options).graph)).toEqual([
      'a_1/arm64',
      'mystery_1/amd64',
      'mystery_1/arm64',
    ]);
  });
  it('does not exist when every source tells its binaries', () => {
    const sources = [source('a', { 'Build-Depends': 'nowhere' })];
    const { graph, diagnostics } = analyseTexts({ sources, packages });
    expect(builtKeys(graph)).toEqual([]);
    expect(diagnostics).toEqual([]);
  });
});
