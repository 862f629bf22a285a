import { describe, expect, it } from 'vitest';
import {
  filedAs,
  formatIndex,
  isDebName,
  makeDebStanza,
  parseIndex,
  plainDebName,
} from '../../../src/run/packages/deb-stanza.ts';

const FILE = { file: 'a_1_amd64.deb', bytes: 12, sha256: 'ab' };
const CONTROL = 'Package: a\nVersion: 1:2.0-1\nArchitecture: amd64\nDescription: x\n more\n .\n end\n';

describe('the stanza of a package', () => {
  it('is its control with name, size and checksum of its file, and is read back as it was', () => {
    const stanza = makeDebStanza(CONTROL, FILE);
    expect(stanza).toEqual({
      ...{ package: 'a', version: '1:2.0-1', architecture: 'amd64', file: 'a_1_amd64.deb' },
      text: `${CONTROL}Filename: a_1_amd64.deb\nSize: 12\nSHA256: ab`,
    });
    if (stanza === undefined) return;
    expect(parseIndex(formatIndex([stanza, stanza]))).toEqual([stanza, stanza]);
    expect(filedAs(stanza, 's/$&.deb').text).toBe(`${CONTROL}Filename: s/$&.deb\nSize: 12\nSHA256: ab`);
    expect(plainDebName(stanza)).toBe('a_2.0-1_amd64.deb');
  });

  it('takes no word of the package for where its file lies', () => {
    const control = `Filename: ../../etc/passwd\n more\nsize: 1\nSHA256: ff\n${CONTROL}`;
    expect(makeDebStanza(control, FILE)).toEqual(makeDebStanza(CONTROL, FILE));
  });

  it.each([
    ['a second stanza', `${CONTROL}\nPackage: b\nVersion: 1\nArchitecture: all\n`],
    ['a blank line that ends the stanza for apt', CONTROL.replace(' more', ' ')],
    ['a package twice', `${CONTROL}package: b\n`],
    ['no version', CONTROL.replace('Version: 1:2.0-1\n', '')],
    ['a name that is none', CONTROL.replace('Package: a', 'Package: ../a')],
    ['a version that is none', CONTROL.replace('1:2.0-1', '1/2')],
    ['an architecture that is none', CONTROL.replace('amd64', 'amd64 all')],
    ['a line of nothing known', `${CONTROL}whatever\n`],
    ['a carriage return', CONTROL.replace('x\n', 'x\r\n')],
    ['nothing', ''],
  ])('is none when the control holds %s', (_, control) => {
    expect(makeDebStanza(control, FILE)).toBeUndefined();
  });

  it.each(['../a.deb', 'a/b.deb', '.deb', '-a.deb', 'a.deb\n', 'a b.deb', 'a.udeb', 'ä.deb', '.a.deb'])(
    'takes %j for no name of a package',
    (name) => {
      expect(isDebName(name)).toBe(false);
    },
  );

  it('skips what no index of its own holds', () => {
    expect(parseIndex('Package: a\nFilename: ../a.deb\n\n')).toEqual([]);
    expect(parseIndex('')).toEqual([]);
  });
});
