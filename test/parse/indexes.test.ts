import { describe, expect, it } from 'vitest';
import type { BinaryPackage, SourcePackage } from '../../src/debian/package.ts';
import { formatAlternatives, type RelationField } from '../../src/debian/relation.ts';
import { parsePackages } from '../../src/parse/packages-index.ts';
import { parseSources } from '../../src/parse/sources-index.ts';
import { collectingContext, places } from './collect.ts';

const NO_RELATIONS = { always: undefined, arch: undefined, indep: undefined };
const NO_RUN_TIME = {
  preDepends: undefined,
  depends: undefined,
  provides: undefined,
  conflicts: undefined,
  breaks: undefined,
};

describe('parseSources', () => {
  it('reads every field of a stanza', () => {
    const text = `Package: hello
Binary: hello, hello-doc,
 hello-udeb
Version: 1:2.10-3
Architecture: any all
Build-Depends: debhelper (>= 13)
Build-Depends-Indep: texinfo <!nodoc>
Build-Conflicts-Arch: old
Package-List:
 hello deb devel optional arch=any profile=!stage1+cross,nodoc essential=yes
 hello-doc deb doc optional arch=all,kfreebsd-any profile:v1=!nodoc
 hello-udeb udeb debian-installer optional arch=any
Extra-Source-Only: yes
Build-Size: 2GB
Files:
 0123 100 hello.dsc
 4567 2000 hello.tar.gz
X-Stx-Layer: distro
X-Stx-Build-Type: rt
X-Stx-Serial: yes
`;
    const { sources, where } = readSources(text);
    const [source] = sources;
    const expected: SourcePackage = {
      name: 'hello',
      version: '1:2.10-3',
      architectures: ['any', 'all'],
      binaries: [
        {
          ...NO_RUN_TIME,
          name: 'hello',
          architectures: ['any'],
          profiles: [['!stage1', 'cross'], ['nodoc']],
          essential: true,
          multiArch: 'no',
          location: { file: 'f', line: 10 },
        },
        {
          ...NO_RUN_TIME,
          name: 'hello-doc',
          architectures: ['all', 'kfreebsd-any'],
          profiles: [['!nodoc']],
          essential: false,
          multiArch: 'no',
          location: { file: 'f', line: 11 },
        },
      ],
      knowsBinaries: true,
      origin: 'index',
      tellsRelations: false,
      buildDepends: NO_RELATIONS,
      buildConflicts: NO_RELATIONS,
      extraSourceOnly: true,
      buildSizeBytes: 2 * 1024 ** 3,
      sourceBytes: 2100,
      tarballs: { upstreamBytes: 2000, debianBytes: 0, compression: 'gz' },
      serial: true,
      layer: 'distro',
      buildType: 'rt',
      location: { file: 'f', line: 1 },
    };
    expect(where).toEqual([]);
    expect({ ...source, buildDepends: NO_RELATIONS, buildConflicts: NO_RELATIONS }).toEqual(expected);
    expect(relations(source?.buildDepends.always)).toEqual(['debhelper (>= 13)']);
    expect(source?.buildDepends.indep).toMatchObject({
      name: 'Build-Depends-Indep',
      text: 'texinfo <!nodoc>',
      location: { file: 'f', line: 7, column: 22 },
    });
    expect(relations(source?.buildConflicts.arch)).toEqual(['old']);
  });
  it('names binaries from Binary when there is no Package-List', () => {
    const { sources } = readSources('Package: a\nVersion: 1\nBinary: a, b,\n c\n');
    expect(sources[0]?.binaries.map(({ name, architectures }) => [name, architectures])).toEqual([
      ['a', undefined],
      ['b', undefined],
      ['c', undefined],
    ]);
    expect(sources[0]?.architectures).toEqual(['any']);
  });
  it('reads a .dsc, whose name is in Source', () => {
    const { sources, where } = readSources(
      'Format: 3.0\nSource: a\nBinary: a\nArchitecture: any\nVersion: 1\nChecksums-Sha256:\n ab 7 a.tar\nFiles:\n cd 9 a.tar\n',
    );
    expect(sources.map(({ name, sourceBytes }) => [name, sourceBytes])).toEqual([['a', 7]]);
    expect(sources[0]?.tarballs).toEqual({ upstreamBytes: 7, debianBytes: 0, compression: 'tar' });
    expect(where).toEqual([]);
  });
  it.each([
    [
      'upstream and Debian apart',
      'a.orig.tar.xz a.debian.tar.gz a.dsc',
      { debianBytes: 2, upstreamBytes: 1 },
    ],
    ['format 1.0', 'a.orig.tar.xz a.diff.gz a.dsc', { debianBytes: 2, upstreamBytes: 1 }],
    [
      'all components',
      'a.orig-x.tar.bz2 a.orig.tar.xz a.debian.tar.xz',
      { debianBytes: 4, upstreamBytes: 3 },
    ],
    ['no signatures', 'a.orig.tar.xz a.orig.tar.xz.asc', { debianBytes: 0, upstreamBytes: 1 }],
    ['a name with .tar in it', 'a.tar_1.orig.tar.xz a.tar_1-1.diff.gz', { debianBytes: 2, upstreamBytes: 1 }],
  ])('tells the tarballs of a source: %s', (_, names, tarballs) => {
    const files = names.split(' ').map((name, index) => ` ab ${String(2 ** index)} ${name}\n`);
    const { sources } = readSources(`Package: a\nVersion: 1\nFiles:\n${files.join('')}`);
    expect(sources[0]?.tarballs).toEqual({ ...tarballs, compression: 'xz' });
  });
  it('tells no tarballs where no file is one', () => {
    const { sources } = readSources('Package: a\nVersion: 1\nFiles:\n ab 5 a.dsc\n');
    expect(sources[0]).toMatchObject({ sourceBytes: 5, tarballs: undefined });
  });
  it('knows no binaries without Binary and Package-List, or where X-Stx-Control says so', () => {
    const { sources } = readSources(
      'Package: a\nVersion: 1\n\nPackage: b\nVersion: 1\nBinary: b\nX-Stx-Control: unknown\n\n' +
        'Package: c\nVersion: 1\nBinary: c\nX-Stx-Control: tree\n',
    );
    expect(sources.map(({ knowsBinaries }) => knowsBinaries)).toEqual([false, false, true]);
  });
  it('leaves out bad stanzas alone', () => {
    const text =
      'Package: a\n\nVersion: 1\n\nPackage: b;rm\nVersion: 1\n\nPackage: c\nVersion: 1_2\n\nPackage: d\nVersion: 1\n';
    const { sources, where } = readSources(text);
    expect(sources.map(({ name }) => name)).toEqual(['d']);
    expect(where).toEqual([
      'missing-field f:1',
      'missing-field f:3',
      'bad-package-name f:5:10',
      'bad-version f:9:10',
    ]);
  });
  it('reports sizes and package lists that it cannot read, and keeps the source', () => {
    const { sources, where } = readSources(
      'Package: a\nVersion: 1\nBuild-Size: big\nFiles:\n ab many a\nPackage-List:\n a deb\n b deb x y\nBinary: a\n',
    );
    expect(sources[0]).toMatchObject({ buildSizeBytes: undefined, sourceBytes: undefined });
    expect(sources[0]?.binaries.map(({ name }) => name)).toEqual(['b']);
    expect(where.toSorted()).toEqual(['bad-package-list f:7:2', 'bad-size f:3:13', 'bad-size f:5:5']);
  });
});

describe('parsePackages', () => {
  const text = `Package: libfoo
Source: foo (2:1.0-1)
Version: 2:1.0-1+b1
Architecture: arm64
Essential: yes
Priority: important
Multi-Arch: same
Pre-Depends: a
Depends: b (>= 1), c | d
Provides: libfoo-abi (= 1)
Conflicts: e
Breaks: f (<< 1)
Installed-Size: 10
Size: 3000

Package: foo-data
Source: foo
Version: 1
Architecture: all
`;
  it('reads every field of a stanza', () => {
    const { packages, where } = readPackages(text);
    const [binary] = packages;
    const expected: BinaryPackage = {
      ...NO_RUN_TIME,
      name: 'libfoo',
      version: '2:1.0-1+b1',
      architecture: 'arm64',
      indexArchitectures: ['arm64'],
      source: 'foo',
      sourceVersion: '2:1.0-1',
      essential: true,
      multiArch: 'same',
      priority: 'important',
      installedBytes: 10_240,
      downloadBytes: 3000,
      location: { file: 'f', line: 1 },
    };
    expect(where).toEqual([]);
    expect({ ...binary, ...NO_RUN_TIME }).toEqual(expected);
    expect(relations(binary?.preDepends)).toEqual(['a']);
    expect(relations(binary?.depends)).toEqual(['b (>= 1)', 'c | d']);
    expect(relations(binary?.provides)).toEqual(['libfoo-abi (= 1)']);
    expect(relations(binary?.conflicts)).toEqual(['e']);
    expect(relations(binary?.breaks)).toEqual(['f (<< 1)']);
    expect(packages[1]).toMatchObject({
      source: 'foo',
      sourceVersion: '1',
      multiArch: 'no',
      essential: false,
    });
  });
  it('gives arch:all packages to every architecture of the file', () => {
    const stanza = (name: string, arch: string): string =>
      `Package: ${name}\nVersion: 1\nArchitecture: ${arch}\n\n`;
    const mixed = stanza('a', 'all') + stanza('b', 'arm64') + stanza('c', 'amd64') + stanza('d', 'all');
    expect(readPackages(mixed).packages.map(({ indexArchitectures }) => indexArchitectures)).toEqual([
      ['amd64', 'arm64'],
      ['arm64'],
      ['amd64'],
      ['amd64', 'arm64'],
    ]);
    expect(readPackages(stanza('a', 'all')).packages[0]?.indexArchitectures).toEqual(['all']);
    expect(readPackages(mixed, 'arm64').packages.map(({ indexArchitectures }) => indexArchitectures)).toEqual(
      [['arm64'], ['arm64'], ['arm64'], ['arm64']],
    );
  });
  it('leaves out bad stanzas alone, and only the bad part where it can', () => {
    const { packages, where } = readPackages(
      'Package: a\nVersion: 1\n\nPackage: b\nArchitecture: all\n\nPackage: c\nVersion: 1\nArchitecture: all\n' +
        'Multi-Arch: maybe\nSource: c (x)\nInstalled-Size: -1\nDepends: x y, z_z\n',
    );
    expect(packages).toHaveLength(1);
    expect(packages[0]).toMatchObject({
      source: 'c',
      sourceVersion: '1',
      multiArch: 'no',
      installedBytes: undefined,
    });
    expect(relations(packages[0]?.depends)).toEqual(['x', 'y']);
    expect(where.toSorted()).toEqual([
      'bad-multi-arch f:10:13',
      'bad-package-name f:13:15',
      'bad-size f:12:17',
      'bad-version f:11:9',
      'missing-comma f:13:12',
      'missing-field f:1',
      'missing-field f:4',
    ]);
  });
});

function readSources(text: string): { sources: readonly SourcePackage[]; where: readonly string[] } {
  const context = collectingContext();
  const sources = parseSources(text, 'f', context);
  return { sources, where: places(context.diagnostics) };
}

function readPackages(
  text: string,
  arch?: string,
): { packages: readonly BinaryPackage[]; where: readonly string[] } {
  const context = collectingContext();
  const packages = parsePackages(text, 'f', context, arch);
  return { packages, where: places(context.diagnostics) };
}

function relations(field: RelationField | undefined): readonly string[] {
  return (field?.groups ?? []).map(formatAlternatives);
}
