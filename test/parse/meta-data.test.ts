import { describe, expect, it } from 'vitest';
import { parseMetaData, type MetaData } from '../../src/parse/meta-data.ts';
import { collectingContext, places } from './collect.ts';

function read(text: string): MetaData & { readonly places: readonly string[] } {
  const context = collectingContext();
  const metaData = parseMetaData(text, 'f', context.report);
  return { ...metaData, places: places(context.diagnostics) };
}

describe('parseMetaData', () => {
  it('reads name, version, dist and serial', () => {
    const text =
      '---\ndebver: 2.06-1\ndebname: grub2\nserial: true\ndl_path:\n  url: "https://x/\\\n    y"\nrevision:\n  dist: $STX_DIST\n';
    expect(read(text)).toEqual({
      name: 'grub2',
      version: '2.06-1',
      dist: '$STX_DIST',
      serial: true,
      location: { file: 'f', line: 1 },
      places: [],
    });
  });
  it.each([
    ['1.0', '1.0'],
    ['2.10', '2.10'],
    ['1e3', '1e3'],
    ['0x10', '0x10'],
    ['20210202', '20210202'],
    ['1:2.3-4', '1:2.3-4'],
    ['"1.20"', '1.20'],
    ['24.10@', '24.10'],
  ])('reads version %s as %s', (written, version) => {
    expect(read(`debver: ${written}\n`)).toMatchObject({
      version,
      name: undefined,
      serial: false,
      places: [],
    });
  });
  it('uses misspelt keys, and says so', () => {
    expect(read('debver: 1\ndeb_name: a\nachive: x\nserail: true\n')).toMatchObject({
      name: 'a',
      places: ['misspelt-key f:2:1', 'misspelt-key f:3:1'],
    });
    expect(read('Deb-Name: a\ndebname: b\n').name).toBe('b');
  });
  it('takes a dist at the top', () => {
    expect(read('debver: 1\ndist: $STX_DIST\n').dist).toBe('$STX_DIST');
  });
  it('reports bad YAML with its line, and uses what it could read', () => {
    const { name, places: where } = read('debname: a\nrevision:\n  dist: [x\nserial: true\n');
    expect(name).toBe('a');
    expect(where.length).toBeGreaterThan(0);
    expect(where.every((place) => place.startsWith('bad-meta-data f:'))).toBe(true);
    expect(read('').places).toEqual(['bad-meta-data f:1']);
    expect(read('- a\n').places).toEqual(['bad-meta-data f:1']);
    expect(read('a: 1\na: 2\n').places).toEqual(['bad-meta-data f:2:1']);
  });
  it('refuses names and versions that are none', () => {
    expect(read('debname: a b\ndebver: $X\n')).toMatchObject({
      name: undefined,
      version: undefined,
      places: ['bad-package-name f:1:10', 'bad-version f:2:9'],
    });
  });
});
