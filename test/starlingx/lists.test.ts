import { describe, expect, it } from 'vitest';
import { UserError, type Diagnostic } from '../../src/base/diagnostic.ts';
import { parseBuildLayer, parseListName, parsePackageList } from '../../src/parse/starlingx/folder-list.ts';
import { chooseSuite, codenamesOf, packagingFolders, selectLists } from '../../src/parse/starlingx/suite.ts';

describe('parseListName', () => {
  it.each([
    ['debian_pkg_dirs', { codename: undefined, buildType: 'std' }],
    ['debian_pkg_dirs_rt', { codename: undefined, buildType: 'rt' }],
    ['debian_trixie_pkg_dirs_std', { codename: 'trixie', buildType: 'std' }],
    ['debian_bullseye_pkg_dirs', { codename: 'bullseye', buildType: 'std' }],
  ])('reads codename and build type from %s', (name, expected) => {
    expect(parseListName(name)).toEqual(expected);
  });

  it.each([
    'debian_iso_image.inc',
    'centos_pkg_dirs',
    'debian_pkg_dirs~',
    'my_debian_pkg_dirs',
    'debian_pkg_dirs_',
  ])('passes over %s', (name) => {
    expect(parseListName(name)).toBeUndefined();
  });
});

describe('parsePackageList', () => {
  it('keeps each folder once, in order, without comments and blank lines', () => {
    const diagnostics: Diagnostic[] = [];
    const text = '# all\r\n\r\n base/bash/ \n./base//zlib # zip\n\tbase/bash\nlast';
    expect(parsePackageList(text, 'list', (diagnostic) => diagnostics.push(diagnostic))).toEqual([
      { folder: 'base/bash', line: 3 },
      { folder: 'base/zlib', line: 4 },
      { folder: 'last', line: 6 },
    ]);
    expect(diagnostics).toMatchObject([
      { code: 'repeated-package-folder', location: { file: 'list', line: 5 } },
    ]);
  });
});

describe('parseBuildLayer', () => {
  it('takes the first line that is no comment, with or without a line end', () => {
    expect(parseBuildLayer('flock')).toBe('flock');
    expect(parseBuildLayer('# layer\n\n distro \nflock\n')).toBe('distro');
    expect(parseBuildLayer('\n')).toBeUndefined();
  });
});

describe('selectLists', () => {
  const kernel = [
    'debian_pkg_dirs',
    'debian_pkg_dirs_rt',
    'debian_trixie_pkg_dirs_std',
    'debian_trixie_pkg_dirs_rt',
  ];

  it("takes a suite's own lists only", () => {
    expect([...selectLists(kernel, 'trixie')]).toEqual([
      ['rt', 'debian_trixie_pkg_dirs_rt'],
      ['std', 'debian_trixie_pkg_dirs_std'],
    ]);
    expect([...selectLists(['debian_pkg_dirs'], 'trixie')]).toEqual([]);
  });

  it('counts lists without a codename for the first release', () => {
    expect([...selectLists(kernel, 'bullseye')]).toEqual([
      ['rt', 'debian_pkg_dirs_rt'],
      ['std', 'debian_pkg_dirs'],
    ]);
  });

  it("prefers an old list with a type to the first release's own, and that to the old one without a type", () => {
    const own = 'debian_bullseye_pkg_dirs_std';
    expect(selectLists(['debian_pkg_dirs', own], 'bullseye').get('std')).toBe(own);
    expect(selectLists(['debian_pkg_dirs_std', 'debian_pkg_dirs', own], 'bullseye').get('std')).toBe(
      'debian_pkg_dirs_std',
    );
  });
});

describe('chooseSuite', () => {
  it('takes the only codename when none is asked for', () => {
    expect(chooseSuite(codenamesOf(['debian_trixie_pkg_dirs_std', 'README']), undefined)).toBe('trixie');
    expect(chooseSuite(codenamesOf(['debian_pkg_dirs']), undefined)).toBe('bullseye');
  });

  it('names the choices when several codenames exist, and for an unknown one', () => {
    const codenames = codenamesOf(['debian_trixie_pkg_dirs_std', 'debian_pkg_dirs']);
    expect(() => chooseSuite(codenames, undefined)).toThrow(UserError);
    expect(failure(codenames, undefined)).toMatchObject([
      { code: 'suite-not-chosen', hint: 'choose one: --suite bullseye or --suite trixie' },
    ]);
    expect(failure(codenames, 'sid')).toMatchObject([
      {
        code: 'unknown-suite',
        hint: 'it has lists for bullseye, trixie: --suite bullseye or --suite trixie',
      },
    ]);
  });

  function failure(codenames: readonly string[], asked: string | undefined): unknown {
    try {
      return chooseSuite(codenames, asked);
    } catch (error) {
      return error instanceof UserError ? error.diagnostics : error;
    }
  }
});

describe('packagingFolders', () => {
  it('looks in the old place first for the first release, last for others', () => {
    expect(packagingFolders('bullseye')).toEqual(['debian', 'debian/bullseye', 'debian/all']);
    expect(packagingFolders('trixie')).toEqual(['debian/trixie', 'debian/all', 'debian']);
  });
});
