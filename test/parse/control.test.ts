import { describe, expect, it } from 'vitest';
import { formatAlternatives } from '../../src/debian/relation.ts';
import { readChangelogVersion } from '../../src/parse/changelog.ts';
import { parseControl } from '../../src/parse/control.ts';
import { locateGroup } from '../../src/parse/relation-field.ts';
import { collectingContext, places } from './collect.ts';

const TEXT = `source: i40e
Build-Depends: debhelper-compat (= 13), linux@KERNEL_TYPE@-headers,
# the keys
 linux@KERNEL_TYPE@-keys,
Build-Conflicts-Indep: old
XS-Build-Size: 39GB

Package: i40e@KERNEL_TYPE@
Architecture: amd64 arm64
Depends: \${shlibs:Depends}, i40e-common (= \${binary:Version})
Provides: i40e-module
Multi-Arch: foreign
Build-Profiles: <!stage1 cross> <!nodoc>

package: i40e-common
Architecture: all
Essential: yes

Package: i40e-udeb
Package-Type: udeb
Architecture: any

Package: i40e-old-udeb
XC-Package-Type: udeb
Architecture: any
`;

describe('parseControl', () => {
  it('reads the source and its binaries, without udebs', () => {
    const context = collectingContext();
    const source = parseControl(TEXT, 'debian/control', context, {
      version: '2.30',
      layer: 'distro',
      buildType: 'rt',
      serial: true,
      substitute: new Map([['@KERNEL_TYPE@', '-rt']]),
    });
    expect(context.diagnostics).toEqual([]);
    expect(source).toMatchObject({
      name: 'i40e',
      version: '2.30',
      architectures: ['all', 'amd64', 'arm64'],
      knowsBinaries: true,
      origin: 'tree',
      tellsRelations: true,
      extraSourceOnly: false,
      buildSizeBytes: 39 * 1024 ** 3,
      sourceBytes: undefined,
      tarballs: undefined,
      serial: true,
      layer: 'distro',
      buildType: 'rt',
      location: { file: 'debian/control', line: 1 },
    });
    expect(source?.buildDepends.always?.groups.map(formatAlternatives)).toEqual([
      'debhelper-compat (= 13)',
      'linux-rt-headers',
      'linux-rt-keys',
    ]);
    expect(source?.buildConflicts.indep?.groups.map(formatAlternatives)).toEqual(['old']);
    expect(source?.binaries.map(({ name, location }) => [name, location.line])).toEqual([
      ['i40e-rt', 8],
      ['i40e-common', 15],
    ]);
    expect(source?.binaries[0]).toMatchObject({
      architectures: ['amd64', 'arm64'],
      profiles: [['!stage1', 'cross'], ['!nodoc']],
      essential: false,
      multiArch: 'foreign',
    });
    expect(source?.binaries[0]?.depends?.groups.map(formatAlternatives)).toEqual(['i40e-common']);
    expect(source?.binaries[0]?.provides?.groups.map(formatAlternatives)).toEqual(['i40e-module']);
    expect(source?.binaries[1]).toMatchObject({ essential: true, multiArch: 'no', depends: undefined });
  });
  it('leaves out conflicts with versions that are not known yet, and keeps the places of the others', () => {
    const text = `Source: a

Package: a
Architecture: any
Breaks: b (<< \${source:Version}),
 c (<< 2), d (<< \${binary:Version}~)
Conflicts: \${a:Conflicts}
`;
    const binary = parseControl(text, 'f', collectingContext())?.binaries[0];
    expect(binary?.breaks?.groups.map(formatAlternatives)).toEqual(['c (<< 2)']);
    expect(binary?.breaks && locateGroup(binary.breaks, 0)).toEqual({ file: 'f', line: 6, column: 2 });
    expect(binary?.conflicts?.groups).toEqual([]);
  });
  it('knows nothing about version, layer and build type without being told', () => {
    const source = parseControl('Source: a\n\nPackage: a\nArchitecture: any\n', 'f', collectingContext());
    expect(source).toMatchObject({
      version: undefined,
      layer: undefined,
      buildType: undefined,
      serial: false,
    });
  });
  it('reports placeholders that were given no value', () => {
    const context = collectingContext();
    const source = parseControl(TEXT, 'f', context);
    expect(source?.binaries.map(({ name }) => name)).toEqual(['i40e-common']);
    expect(places(context.diagnostics).toSorted()).toEqual([
      'bad-package-name f:2:41',
      'bad-package-name f:4:2',
      'bad-package-name f:8:10',
    ]);
  });
  it('replaces a placeholder by a value with dollar signs as it is', () => {
    const substitute = new Map([['@X@', '$&b']]);
    const context = collectingContext();
    parseControl('Source: a@X@\n', 'f', context, { substitute });
    expect(context.diagnostics[0]?.message).toBe("'a$&b' is no package name");
  });
  it('gives nothing without a source stanza, and says so', () => {
    const context = collectingContext();
    expect(parseControl('Package: a\nArchitecture: any\n', 'f', context)).toBeUndefined();
    expect(parseControl('', 'g', context)).toBeUndefined();
    expect(places(context.diagnostics)).toEqual(['missing-field f:1', 'missing-field g:1']);
  });
  it.each([
    ['Source: a\n', "source 'a' has no binary stanza: it is not planned"],
    [
      'Source: a\n\nPackage: b\nPackage-Type: udeb\nArchitecture: any\n',
      "source 'a' builds udebs only: it is not planned",
    ],
  ])('says that nothing is built of %j', (text, message) => {
    const context = collectingContext();
    expect(parseControl(text, 'f', context)?.binaries).toEqual([]);
    expect(context.diagnostics).toMatchObject([
      { code: 'no-binaries', message, location: { file: 'f', line: 1 } },
    ]);
  });
  it('leaves out bad binaries alone', () => {
    const context = collectingContext();
    const text =
      'Source: a\n\nPackage: a\n\nArchitecture: any\n\nPackage: b\nArchitecture: any\nBuild-Profiles: nocheck\n';
    expect(parseControl(text, 'f', context)?.binaries.map(({ name, profiles }) => [name, profiles])).toEqual([
      ['b', []],
    ]);
    expect(places(context.diagnostics)).toEqual([
      'missing-field f:3',
      'missing-field f:5',
      'bad-profiles f:9:17',
    ]);
  });
});

describe('readChangelogVersion', () => {
  it.each([
    ['hello (2.10-3) unstable; urgency=medium\n\n  * x\n\nhello (2.10-2) unstable; urgency=low\n', '2.10-3'],
    ['\uFEFF\n# comment (1)\nlinux-rt (1:5.10-1)\tbullseye; urgency=medium\r\n', '1:5.10-1'],
  ])('gives the newest entry of %j', (text, version) => {
    const context = collectingContext();
    expect(readChangelogVersion(text, 'f', context.report)).toBe(version);
    expect(context.diagnostics).toEqual([]);
  });
  it.each([
    ['', 'no-changelog-entry f:1'],
    ['  hello (1) x;\n* (2)\nhello 1\n', 'no-changelog-entry f:1'],
    ['\nhello (1.0:2) sid; urgency=low\n', 'bad-version f:2:8'],
    ['hello (_) sid; urgency=low\n', 'bad-version f:1:8'],
  ])('gives nothing for %j and says why', (text, place) => {
    const context = collectingContext();
    expect(readChangelogVersion(text, 'f', context.report)).toBeUndefined();
    expect(places(context.diagnostics)).toEqual([place]);
  });
});
