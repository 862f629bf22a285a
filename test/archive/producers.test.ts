import { describe, expect, it } from 'vitest';
import type { AnalyseOptions } from '../../src/analysis.ts';
import {
  analyseTexts,
  binary,
  candidateLines,
  control,
  edgeLines,
  reports,
  source,
  type ControlText,
  type Texts,
} from '../support/texts.ts';

const BOTH = { architectures: ['amd64', 'arm64'] } as const;

function candidates(texts: Texts, key: string, options: Partial<AnalyseOptions> = {}): readonly string[] {
  return candidateLines(analyseTexts(texts, options).universe, key);
}

/** A source that builds `lib` in a place of a layered tree. */
function lib(layer: string, buildType: string, version = '1'): ControlText {
  return control(`lib-${layer}-${buildType}`, { lib: {} }, {}, { layer, buildType, version });
}

function user(layer: string, buildType: string): ControlText {
  return control('user', { user: {} }, { 'Build-Depends': 'lib' }, { layer, buildType });
}

describe('the producer of a binary', () => {
  it.each([
    ['of its own layer and build type', ['distro std', 'flock std', 'flock rt', 'openstack std'], 'flock rt'],
    ['of its own layer', ['distro rt', 'flock std', 'openstack rt'], 'flock std'],
    ['of the nearest earlier layer', ['compiler rt', 'distro std', 'openstack rt'], 'distro std'],
    ['of the earlier layer, its own build type first', ['distro std', 'distro rt'], 'distro rt'],
    ['of an earlier layer rather than a nearer later one', ['compiler std', 'openstack rt'], 'compiler std'],
  ])('is the one %s', (_, places, expected) => {
    const libs = places.map((place) => {
      const [layer = '', buildType = ''] = place.split(' ');
      return lib(layer, buildType);
    });
    const [layer = '', buildType = ''] = expected.split(' ');
    for (const controls of [libs, [...libs].reverse()]) {
      const found = candidates({ controls: [...controls, user('flock', 'rt')] }, 'flock/rt/user_1/amd64');
      expect(found).toEqual([`lib → lib 1 by ${layer}/${buildType}/lib-${layer}-${buildType}_1/amd64`]);
    }
  });
  it('is never waited for when its layer comes later', () => {
    const controls = [lib('openstack', 'std'), user('flock', 'std')];
    const { graph } = analyseTexts({ controls });
    expect(edgeLines(graph)).toEqual([
      'flock/std/user_1/amd64 → openstack/std/lib-openstack-std_1/amd64 soft direct later',
    ]);
    const turned = analyseTexts({ controls }, { layers: ['openstack', 'flock'] });
    expect(edgeLines(turned.graph)).toEqual([
      'flock/std/user_1/amd64 → openstack/std/lib-openstack-std_1/amd64 hard direct',
    ]);
  });
  it('is the newest version where place does not decide, which is reported once an architecture', () => {
    const sources = [
      source('old', { Version: '1.9', Binary: 'lib' }),
      source('new', { Version: '1.10', Binary: 'lib' }),
      source('user', { 'Build-Depends': 'lib' }),
    ];
    for (const texts of [{ sources }, { sources: [...sources].reverse() }]) {
      const { universe, diagnostics } = analyseTexts({ ...texts, packages: { amd64: [], arm64: [] } }, BOTH);
      expect(candidateLines(universe, 'user_1/amd64')).toEqual(['lib → lib 1.10 by new_1.10/amd64']);
      expect(reports(diagnostics)).toEqual([
        'two-producers: lib on amd64 is built by new_1.10/amd64 and by old_1.9/amd64: the former is used',
        'two-producers: lib on arm64 is built by new_1.10/arm64 and by old_1.9/arm64: the former is used',
      ]);
    }
  });
  it('is the one whose build the archive holds, without a word, even if another is newer', () => {
    const texts = {
      sources: [
        source('old', { Version: '1.9', Binary: 'lib' }),
        source('new', { Version: '1.10', Binary: 'lib' }),
        source('user', { 'Build-Depends': 'lib' }),
      ],
      packages: { amd64: [binary('lib', { Version: '1.9', Source: 'old' })] },
    };
    const { universe, diagnostics } = analyseTexts(texts);
    expect(candidateLines(universe, 'user_1/amd64')).toEqual(['lib → lib 1.9 by old_1.9/amd64']);
    expect(diagnostics).toEqual([]);
  });
  it('is one build of arch:all for both architectures', () => {
    const controls = [
      control('data', { data: { Architecture: 'all' } }),
      control('user', { user: {} }, { 'Build-Depends': 'data' }),
    ];
    expect(edgeLines(analyseTexts({ controls }, { ...BOTH, allOn: 'arm64' }).graph)).toEqual([
      'user_1/amd64 → data_1/all hard direct',
      'user_1/arm64 → data_1/all hard direct',
    ]);
  });
  it('of a mixed source’s arch:all binary is its build on the all-on architecture', () => {
    const controls = [
      control('lib', { lib: {}, 'lib-data': { Architecture: 'all' } }),
      control('user', { user: {} }, { 'Build-Depends': 'lib, lib-data' }),
    ];
    expect(edgeLines(analyseTexts({ controls }, BOTH).graph)).toEqual([
      'user_1/amd64 → lib_1/amd64 hard direct',
      'user_1/arm64 → lib_1/amd64 hard direct',
      'user_1/arm64 → lib_1/arm64 hard direct',
    ]);
  });
});

describe('an unknown layer', () => {
  it('comes after the known ones, by name, and is reported', () => {
    const { diagnostics, graph } = analyseTexts({
      controls: [lib('zoo', 'std'), lib('zebra', 'std', '2'), user('flock', 'std')],
    });
    expect(reports(diagnostics).filter((text) => text.startsWith('unknown-layer'))).toEqual([
      "unknown-layer: layer 'zebra' has no place in the order of layers: it is taken to come after openstack",
      "unknown-layer: layer 'zoo' has no place in the order of layers: it is taken to come after zebra",
    ]);
    expect(edgeLines(graph)).toEqual([
      'flock/std/user_1/amd64 → zebra/std/lib-zebra-std_2/amd64 soft direct later',
    ]);
  });
});

describe('the version of a produced binary', () => {
  const user = source('user', { 'Build-Depends': 'g++ (>= 4:12)' });
  it('is the source’s own', () => {
    const sources = [source('gcc', { Version: '4:12.2', Binary: 'g++' }), user];
    expect(candidates({ sources, packages: { amd64: [] } }, 'user_1/amd64')).toEqual([
      'g++ (>= 4:12) → g++ 4:12.2 by gcc_4:12.2/amd64',
    ]);
  });
  it('is unknown, and fits, when a Sources index names the binary and no Packages index shows how it is numbered', () => {
    const sources = [source('gcc-defaults', { Version: '1.203', Binary: 'g++' }), user];
    const { universe, graph } = analyseTexts({ sources });
    expect(candidateLines(universe, 'user_1/amd64')).toEqual([
      'g++ (>= 4:12) → g++ by gcc-defaults_1.203/amd64',
    ]);
    expect(edgeLines(graph)).toEqual(['user_1/amd64 → gcc-defaults_1.203/amd64 hard direct']);
    const onBoth = { sources, packages: { arm64: [] } };
    expect(candidates(onBoth, 'user_1/arm64', BOTH)).toEqual(['g++ (>= 4:12) → ']);
    expect(candidates(onBoth, 'user_1/amd64', BOTH)).toHaveLength(1);
  });
  it('is unknown together with Multi-Arch: a qualifier fits too', () => {
    const sources = [source('python3-defaults', { Binary: 'python3' })];
    const needs = source('user', { 'Build-Depends': 'python3:any (>= 3.9)' });
    expect(candidates({ sources: [...sources, needs] }, 'user_1/amd64')).toEqual([
      'python3:any (>= 3.9) → python3 by python3-defaults_1/amd64',
    ]);
  });
  it('is the source’s own in a tree, with an index or without', () => {
    const controls = [
      control('lib', { lib: {} }, {}, { version: '2' }),
      control('old', { old: {} }, { 'Build-Depends': 'lib (>= 3)' }),
    ];
    expect(candidates({ controls }, 'old_1/amd64')).toEqual(['lib (>= 3) → ']);
  });
  it('is the existing one’s when the source numbers the binary on its own', () => {
    const sources = [source('gcc-defaults', { Version: '1.204', Binary: 'g++' }), user];
    const packages = { amd64: [binary('g++', { Version: '4:12.2.0-3', Source: 'gcc-defaults (1.203)' })] };
    expect(candidates({ sources, packages }, 'user_1/amd64')).toEqual([
      'g++ (>= 4:12) → g++ 4:12.2.0-3 by gcc-defaults_1.204/amd64, g++ 4:12.2.0-3',
    ]);
  });
  it('is the source’s own after a binary-only rebuild', () => {
    const sources = [source('hello', { Version: '2' }), source('user', { 'Build-Depends': 'hello (>= 2)' })];
    const packages = { amd64: [binary('hello', { Version: '1+b2', Source: 'hello (1)' })] };
    expect(candidates({ sources, packages }, 'user_1/amd64')).toEqual([
      'hello (>= 2) → hello 2 by hello_2/amd64',
    ]);
  });
  it('is the source’s own when another source numbered the existing one', () => {
    const sources = [source('new', { Version: '5', Binary: 'g++' }), user];
    const packages = { amd64: [binary('g++', { Version: '4:12', Source: 'gcc-defaults (1.203)' })] };
    expect(candidates({ sources, packages }, 'user_1/amd64')).toEqual(['g++ (>= 4:12) → g++ 4:12']);
  });
});

describe('a binary that is built again as it exists', () => {
  const sources = [
    source('hello', { Version: '2' }),
    source('user', { 'Build-Depends': 'hello' }),
    source('strict', { 'Build-Depends': 'hello (>= 2+b1)' }),
  ];
  const packages = {
    amd64: [
      binary('hello', { Version: '2+b1', Source: 'hello (2)' }),
      binary('hello', { Version: '1', Source: 'hello' }),
    ],
  };
  it('is one package, built and existing at once: nobody has to wait', () => {
    const { universe, graph } = analyseTexts({ sources, packages });
    expect(candidateLines(universe, 'user_1/amd64')).toEqual([
      'hello → hello 2+b1 by hello_2/amd64, hello 1',
    ]);
    expect(edgeLines(graph)).toEqual([
      'strict_1/amd64 → hello_2/amd64 soft direct',
      'user_1/amd64 → hello_2/amd64 soft direct',
    ]);
  });
});

describe('run-time relations that a Sources index does not tell', () => {
  it('are taken from the existing binary', () => {
    const texts = {
      sources: [
        source('app', { Version: '2' }),
        source('lib', { Version: '2' }),
        source('user', { 'Build-Depends': 'app' }),
      ],
      packages: {
        amd64: [binary('app', { Depends: 'lib', Provides: 'editor' }), binary('lib')],
      },
    };
    expect(edgeLines(analyseTexts(texts).graph)).toEqual([
      'user_1/amd64 → app_2/amd64 soft direct',
      'user_1/amd64 → lib_2/amd64 soft',
    ]);
  });
  it('do not tie the new build to the old version of a binary of the same source', () => {
    const texts = {
      sources: [
        source('lib', { Version: '2', Binary: 'lib, lib-dev' }),
        source('user', { 'Build-Depends': 'lib-dev' }),
      ],
      packages: { amd64: [binary('lib-dev', { Source: 'lib', Depends: 'lib (= 1)' })] },
    };
    expect(edgeLines(analyseTexts(texts).graph)).toEqual(['user_1/amd64 → lib_2/amd64 hard direct']);
  });
  it('do not lose an arm64 binary whose arch:all sibling is built on amd64 in a newer version', () => {
    const list = '\n lib deb x optional arch=any\n lib-data deb x optional arch=all';
    const texts = {
      sources: [
        source('lib', { Version: '2', Architecture: 'any all', 'Package-List': list }),
        source('user', { 'Build-Depends': 'lib (>= 2)' }),
      ],
      packages: {
        amd64: [],
        // The archive has moved on to the new arch:all half while arm64 was not built yet.
        arm64: [binary('lib', { Architecture: 'arm64', Source: 'lib', Depends: 'lib-data (= 1)' })],
      },
    };
    const { graph } = analyseTexts(texts, BOTH);
    expect(edgeLines(graph)).toEqual([
      'user_1/amd64 → lib_2/amd64 hard direct',
      'user_1/arm64 → lib_2/amd64 hard',
      'user_1/arm64 → lib_2/arm64 hard direct',
    ]);
  });
});
