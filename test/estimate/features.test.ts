import { describe, expect, it } from 'vitest';
import { featuresOf, type SourceFeatures } from '../../src/estimate/features.ts';
import { toolchainLookup } from '../../src/estimate/toolchains.ts';
import type { AnalyseOptions } from '../../src/analysis.ts';
import { analyseTexts, binary, control, source, type Texts } from '../support/texts.ts';

const HELLO = source('hello', {
  Architecture: 'any all',
  Binary: '',
  'Package-List': '\n hello deb devel optional arch=any\n hello-doc deb doc optional arch=all profile=!nodoc',
  'Build-Depends': 'cmake, libboost-dev [arm64], qt6-base-dev <!nocheck>, constructor',
  'Build-Depends-Indep': 'texlive-base',
  Files: '\n 0 5000 hello_1.orig.tar.xz\n 0 300 hello_1-1.debian.tar.xz\n 0 9 hello_1-1.dsc',
});
const PACKAGES = [
  ...['cmake', 'qt6-base-dev', 'constructor', 'texlive-base', 'libstdc++6'].map((name) => binary(name)),
  binary('hello', { 'Installed-Size': '100', Size: '40000', Depends: 'libstdc++6' }),
  binary('hello-old', { 'Installed-Size': '7', Size: '5', Source: 'hello', Version: '1' }),
  binary('hello-older', { 'Installed-Size': '900', Size: '5', Source: 'hello (0.5)' }),
  binary('hello-doc', { Architecture: 'all', 'Installed-Size': '50', Size: '9000', Source: 'hello' }),
];
const TEXTS: Texts = { sources: [HELLO], packages: { amd64: PACKAGES } };

function featuresIn(texts: Texts, overrides: Partial<AnalyseOptions> = {}): SourceFeatures {
  const { universe } = analyseTexts(texts, overrides);
  const [unit] = universe.units;
  if (unit === undefined) throw new Error('no unit');
  return featuresOf(unit, universe);
}

describe('featuresOf', () => {
  it('takes tarballs from the source and installed sizes from the index', () => {
    expect(featuresIn(TEXTS)).toEqual({
      upstreamBytes: 5000,
      debianBytes: 300,
      compression: 'xz',
      anyCount: 1,
      allCount: 1,
      installed: { anyBytes: 107 * 1024, allBytes: 50 * 1024, downloadBytes: 49_005, hasCxx: true },
      buildDependsCount: 4,
      toolchains: new Set(['cmake', 'qt', 'tex']),
      runsTests: true,
    });
  });

  it('counts what this build makes and needs: the half without independent binaries', () => {
    const { anyCount, allCount, installed, toolchains } = featuresIn(TEXTS, { kind: 'any' });
    expect([anyCount, allCount]).toEqual([1, 0]);
    expect(installed).toEqual({ anyBytes: 107 * 1024, allBytes: 0, downloadBytes: 40_005, hasCxx: true });
    expect(toolchains).toEqual(new Set(['cmake', 'qt']));
  });

  it('counts what this build makes and needs: the independent half', () => {
    const { anyCount, allCount, installed } = featuresIn(TEXTS, { kind: 'all' });
    expect([anyCount, allCount]).toEqual([0, 1]);
    expect(installed).toEqual({ anyBytes: 0, allBytes: 50 * 1024, downloadBytes: 9000, hasCxx: false });
  });

  it('leaves out what profiles leave out', () => {
    const { allCount, installed, toolchains, runsTests } = featuresIn(TEXTS, {
      profiles: ['nocheck', 'nodoc'],
    });
    expect([allCount, installed?.allBytes, runsTests]).toEqual([0, 0, false]);
    expect(toolchains).toEqual(new Set(['cmake', 'tex']));
  });

  it('knows counts alone of a bare control file without an index', () => {
    const bare = control('a', { a: {}, b: { Architecture: 'all' } }, { 'Build-Depends': 'cargo' });
    expect(featuresIn({ controls: [bare] })).toEqual({
      upstreamBytes: undefined,
      debianBytes: undefined,
      compression: undefined,
      anyCount: 1,
      allCount: 1,
      installed: undefined,
      buildDependsCount: 1,
      toolchains: new Set(['rust']),
      runsTests: true,
    });
  });
});

describe('toolchainLookup', () => {
  it('knows names and their patterns, and nothing by the names of prototypes', () => {
    const toolchainsOf = toolchainLookup();
    expect(toolchainsOf('libboost-filesystem-dev')).toEqual(['boost']);
    expect(toolchainsOf('g++-12')).toEqual(['gtest']);
    expect(toolchainsOf('cmake-data')).toEqual([]);
    for (const name of ['constructor', '__proto__', 'toString']) expect(toolchainsOf(name)).toEqual([]);
  });
});
