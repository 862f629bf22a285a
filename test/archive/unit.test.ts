import { describe, expect, it } from 'vitest';
import { makeUnits, type TargetOptions } from '../../src/archive/unit.ts';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { control, optionsOf, readTexts, reports, source, type Texts } from '../support/texts.ts';

const BOTH: TargetOptions = optionsOf({ architectures: ['amd64', 'arm64'] });

/** Each unit as `key kind: binaries`. */
function unitLines(texts: Texts, options: TargetOptions = BOTH): readonly string[] {
  const { units } = makeUnits(readTexts(texts).sources, options, () => undefined);
  expect(units.map(({ id }) => id)).toEqual(units.map((_, index) => index));
  return units.map(({ key, target, binaries }) => {
    return `${key} ${target.kind}: ${binaries.map(({ name }) => name).join(' ')}`;
  });
}

describe('makeUnits', () => {
  it('builds Architecture: all once, together with the rest on the architecture that builds it', () => {
    const controls = [
      control('mixed', { tool: {}, 'tool-doc': { Architecture: 'all' } }),
      control('docs', { docs: { Architecture: 'all' } }),
      control('plain', { plain: {} }),
    ];
    expect(unitLines({ controls })).toEqual([
      'docs_1/all all: docs',
      'mixed_1/amd64 binary: tool tool-doc',
      'mixed_1/arm64 any: tool',
      'plain_1/amd64 any: plain',
      'plain_1/arm64 any: plain',
    ]);
    expect(unitLines({ controls }, { ...BOTH, allOn: 'arm64' })).toEqual([
      'docs_1/all all: docs',
      'mixed_1/amd64 any: tool',
      'mixed_1/arm64 binary: tool tool-doc',
      'plain_1/amd64 any: plain',
      'plain_1/arm64 any: plain',
    ]);
  });
  it('builds only the independent half where the other is not meant for the architecture', () => {
    const controls = [
      control('cmucl', { cmucl: { Architecture: 'i386' }, 'cmucl-docs': { Architecture: 'all' } }),
    ];
    const { units, notForArch } = makeUnits(readTexts({ controls }).sources, BOTH, () => undefined);
    expect(units.map(({ key, target }) => [key, target.arch, target.kind])).toEqual([
      ['cmucl_1/all', 'amd64', 'all'],
    ]);
    expect(notForArch.map(({ source: { name }, arch }) => `${name} ${arch}`)).toEqual(['cmucl arm64']);
  });
  it('reports what has nothing to build on an architecture, but not an arch:all source off its architecture', () => {
    const controls = [
      control('x86', { x86: { Architecture: 'amd64 i386' } }),
      control('hurd', { hurd: { Architecture: 'hurd-any' } }),
      control('docs', { docs: { Architecture: 'all' } }),
    ];
    const { notForArch } = makeUnits(readTexts({ controls }).sources, BOTH, () => undefined);
    expect(notForArch.map(({ source: { name }, arch }) => `${name} ${arch}`)).toEqual([
      'x86 arm64',
      'hurd amd64',
      'hurd arm64',
    ]);
  });
  it('makes each binary only where its own Architecture field says so', () => {
    const controls = [
      control('mixed', {
        any: {},
        x86: { Architecture: 'amd64' },
        arm: { Architecture: 'any-arm64' },
        kfree: { Architecture: 'kfreebsd-any' },
        data: { Architecture: 'all' },
      }),
    ];
    expect(unitLines({ controls })).toEqual([
      'mixed_1/amd64 binary: any x86 data',
      'mixed_1/arm64 any: any arm',
    ]);
  });
  it('leaves out binaries whose Build-Profiles do not hold', () => {
    const controls = [
      control('app', {
        app: {},
        'app-doc': { 'Build-Profiles': '<!nodoc>' },
        'app-boot': { 'Build-Profiles': '<stage1> <nodoc !nocheck>' },
      }),
    ];
    const options = optionsOf();
    expect(unitLines({ controls }, options)).toEqual(['app_1/amd64 any: app app-doc']);
    expect(unitLines({ controls }, { ...options, profiles: ['nodoc'] })).toEqual([
      'app_1/amd64 any: app app-boot',
    ]);
    expect(unitLines({ controls }, { ...options, profiles: ['nocheck', 'nodoc'] })).toEqual([
      'app_1/amd64 any: app',
    ]);
  });
  it('reads arch= and profile= of a Package-List', () => {
    const list =
      '\n app deb x optional arch=any\n app-doc deb x optional arch=all profile=!nodoc\n app-udeb udeb x optional arch=any';
    const sources = [source('app', { Architecture: 'any all', 'Package-List': list })];
    expect(unitLines({ sources })).toEqual(['app_1/amd64 binary: app app-doc', 'app_1/arm64 any: app']);
    expect(unitLines({ sources }, { ...BOTH, profiles: ['nodoc'] })).toEqual([
      'app_1/amd64 binary: app',
      'app_1/arm64 any: app',
    ]);
  });
  it('takes a bare name that ends in an architecture for that one’s alone, if the source lists its sibling', () => {
    const Binary = 'linux-headers-amd64, linux-headers-arm64, linux-doc, qemu-arm64';
    expect(unitLines({ sources: [source('linux', { Binary })] })).toEqual([
      'linux_1/amd64 any: linux-headers-amd64 linux-doc qemu-arm64',
      'linux_1/arm64 any: linux-headers-arm64 linux-doc qemu-arm64',
    ]);
  });
  it('orders units by key, code unit by code unit, with layer and build type in front', () => {
    const controls = [
      control('b', { b: {} }),
      control('B', { b: {} }),
      control('a', { a: {} }, {}, { version: '1:2-3' }),
      control('a+', { a: {} }),
      control('z', { z: {} }, {}, { layer: 'distro', buildType: 'rt' }),
      control('y', { y: {} }, {}, { layer: 'distro' }),
    ].filter(({ file }) => !file.startsWith('B'));
    expect(unitLines({ controls }, optionsOf())).toEqual([
      'a+_1/amd64 any: a',
      'a_1:2-3/amd64 any: a',
      'b_1/amd64 any: b',
      'distro/rt/z_1/amd64 any: z',
      'distro/y_1/amd64 any: y',
    ]);
  });
  it('uses version 0 where none is known, and says so once a source', () => {
    const { sources } = readTexts({ controls: [control('a', { a: {} })] });
    const diagnostics: Diagnostic[] = [];
    const bare = sources.map((own) => ({ ...own, version: undefined }));
    const { units } = makeUnits(bare, BOTH, (diagnostic) => diagnostics.push(diagnostic));
    expect(units.map(({ key }) => key)).toEqual(['a_0/amd64', 'a_0/arm64']);
    expect(reports(diagnostics)).toEqual(["no-version: a: no version is known, '0' is used"]);
  });
});
