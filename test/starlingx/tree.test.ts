import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/diagnostic.ts';
import { makeTree } from '../io/temp-tree.ts';
import { essence, readPaths, unitKey } from './read-tree.ts';

const TREE = fileURLToPath(new URL('../../fixtures/io/starlingx', import.meta.url));
const NOTHING = ['', '', '', '', '', ''];

describe('a StarlingX tree', () => {
  it('yields what the lists of the suite name, std and rt apart', async () => {
    const { sources } = await readPaths([TREE], 'trixie');
    expect(sources.map(essence)).toMatchObject([
      { unit: 'flock/std/bare', version: undefined, knowsBinaries: false, relations: NOTHING },
      { unit: 'flock/std/plain', version: '1.0-1', binaries: ['plain'], serial: false },
      { unit: 'flock/std/service', version: '0.10', binaries: ['service'], serial: true },
      { unit: 'distro/rt/i40e-rt', version: '2.30', binaries: ['i40e-rt'] },
      { unit: 'distro/std/i40e', version: '2.30', binaries: ['i40e'] },
      { unit: 'distro/rt/linux-rt', version: '6.12', knowsBinaries: false, relations: NOTHING },
      { unit: 'distro/std/linux', version: '6.12', knowsBinaries: false, relations: NOTHING },
    ]);
  });

  it('puts the kernel type into names and relations', async () => {
    const { sources } = await readPaths([TREE], 'trixie');
    const needs = sources
      .map(essence)
      .flatMap(({ unit, relations }) =>
        String(unit).includes('i40e') ? [Array.isArray(relations) ? String(relations[0]) : ''] : [],
      );
    expect(needs).toEqual([
      'debhelper-compat (= 13), linux-rt-headers',
      'debhelper-compat (= 13), linux-headers',
    ]);
  });

  it('reads lists without a codename, and the old place, for the first release', async () => {
    const { sources } = await readPaths([TREE], 'bullseye');
    expect(sources.map(essence)).toMatchObject([
      { unit: 'distro/rt/i40e-old', version: '1.0', serial: true },
      { unit: 'distro/std/i40e-old', version: '1.0', serial: true },
    ]);
  });

  it('says what is wrong with lists and folders', async () => {
    const { diagnostics } = await readPaths([TREE], 'trixie');
    expect(
      diagnostics.map(({ code, location }) => `${code} ${location?.file ?? ''}:${location?.line ?? ''}`),
    ).toEqual([
      'missing-package-folder starlingx/kernel/debian_trixie_pkg_dirs_std:6',
      'no-control starlingx/flock/debian_trixie_pkg_dirs_std:3',
      'no-control starlingx/kernel/kernel-rt/debian/all/meta_data.yaml:1',
      'no-control starlingx/kernel/kernel-std/debian/all/meta_data.yaml:1',
      'no-packaging-for-suite starlingx/flock/debian_trixie_pkg_dirs_std:3',
      'misspelt-key starlingx/flock/service/debian/all/meta_data.yaml:1',
      'repeated-package-folder starlingx/kernel/debian_trixie_pkg_dirs_std:5',
    ]);
  });

  it('takes what it lacks from the index beside it, which adds no units', async () => {
    const { sources, diagnostics } = await readPaths([TREE, `${TREE}/Sources`], 'trixie');
    const linux = sources.find((source) => unitKey(source) === 'distro/std/linux');
    expect(sources).toHaveLength(7);
    expect(linux && essence(linux)).toMatchObject({
      version: '6.12',
      binaries: ['linux-doc', 'linux-headers'],
    });
    expect(linux?.location).toEqual({ file: 'Sources', line: 8 });
    expect(diagnostics).toContainEqual(
      expect.objectContaining({
        code: 'index-looked-up',
        severity: 'note',
        message:
          'Sources indexes beside the StarlingX tree are looked up only: 1 of their stanzas complete packages without a control, 3 passed over',
      }),
    );
  });

  it('does not give an rt unit the stanza of another build type', async () => {
    const { sources } = await readPaths([TREE, `${TREE}/Sources`], 'trixie');
    expect(sources.find((source) => source.name === 'linux-rt')?.knowsBinaries).toBe(false);
  });

  it('refuses to guess between suites', async () => {
    await expect(readPaths([TREE], undefined)).rejects.toThrow(UserError);
    await expect(readPaths([TREE], 'sid')).rejects.toThrow("no package list for 'sid'");
  });

  it('reads one repository alone', async () => {
    const { sources, files } = await readPaths([`${TREE}/flock`], undefined);
    expect(sources.map(unitKey)).toEqual(['flock/std/bare', 'flock/std/plain', 'flock/std/service']);
    expect(files.map(({ name }) => name)).toContain('flock/service/debian/all/deb_folder/control');
  });

  it('reads on behind broken YAML', async () => {
    const folder = makeTree({
      'repo/debian_build_layer.cfg': 'flock\n',
      'repo/debian_trixie_pkg_dirs_std': 'a\nb\n',
      'repo/a/debian/all/meta_data.yaml': 'debver: "1.0\n  [',
      'repo/b/debian/all/meta_data.yaml': 'debver: 1.0\n',
    });
    const { sources, diagnostics } = await readPaths([folder], undefined);
    expect(sources.map(({ name, version }) => [name, version])).toContainEqual(['b', '1.0']);
    expect(diagnostics.map(({ code }) => code)).toContain('bad-meta-data');
  });

  it('says that a repository has no layer', async () => {
    const folder = makeTree({
      'repo/debian_trixie_pkg_dirs_std': 'a\n',
      'repo/a/debian/control': 'Source: a\n\nPackage: a\nArchitecture: any\n',
    });
    const { sources, diagnostics } = await readPaths([`${folder}/repo`], 'trixie');
    expect(sources.map(unitKey)).toEqual(['/std/a']);
    expect(diagnostics).toMatchObject([
      { code: 'no-layer', location: { file: 'repo/debian_build_layer.cfg' } },
    ]);
  });
});
