import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { valueText, valueWords } from '../../src/parse/field.ts';
import { readStanzas } from '../../src/parse/stanza.ts';
import { places } from './collect.ts';

interface Reading {
  readonly stanzas: readonly { readonly line: number; readonly fields: Readonly<Record<string, string>> }[];
  readonly places: readonly string[];
}

function read(text: string, ...wanted: readonly string[]): Reading {
  const diagnostics: Diagnostic[] = [];
  const options = wanted.length === 0 ? {} : { wanted: new Set(wanted) };
  const stanzas = [...readStanzas(text, 'f', (diagnostic) => diagnostics.push(diagnostic), options)];
  return {
    stanzas: stanzas.map(({ line, fields }) => ({
      line,
      fields: Object.fromEntries([...fields].map(([key, field]) => [key, field.text])),
    })),
    places: places(diagnostics),
  };
}

describe('readStanzas', () => {
  it('reads fields by lower-case name, with the line of each stanza', () => {
    expect(read('Source: hello\nBuild-Depends: a,\n b\n\nPackage: hello\nX-Empty:\n')).toEqual({
      stanzas: [
        { line: 1, fields: { source: 'hello', 'build-depends': 'a,\n b' } },
        { line: 5, fields: { package: 'hello', 'x-empty': '' } },
      ],
      places: [],
    });
  });
  it('takes lines of blanks, tabs and carriage returns between stanzas as one separator', () => {
    const { stanzas } = read('\n \nA: 1\n \t\r\n\r\n\n\r\nA: 2\n\n\n');
    expect(stanzas).toEqual([
      { line: 3, fields: { a: '1' } },
      { line: 8, fields: { a: '2' } },
    ]);
  });
  it('passes over comments, also inside a field and before a value', () => {
    const text = '# head\nA: 1,\n# inside, here\n 2\n# behind\nB:\n# before\n 3\n#last';
    expect(read(text)).toEqual({
      stanzas: [{ line: 2, fields: { a: '1,\n# inside, here\n 2', b: '3' } }],
      places: [],
    });
  });
  it('does not take a # inside a line for a comment', () => {
    expect(read('A: # 1\n # 2\n').stanzas).toEqual([{ line: 1, fields: { a: '# 1\n # 2' } }]);
  });
  it('reads CRLF, a byte order mark and a last line without an end', () => {
    expect(read('\uFEFFA: 1\r\n 2\r\nB: 3\r\n\r\nA: 4').stanzas).toEqual([
      { line: 1, fields: { a: '1\r\n 2', b: '3' } },
      { line: 5, fields: { a: '4' } },
    ]);
  });
  it('reads text whose lines end in lone carriage returns', () => {
    expect(read('A: 1\rB: 2\r\rA: 3\r').stanzas).toEqual([
      { line: 1, fields: { a: '1', b: '2' } },
      { line: 4, fields: { a: '3' } },
    ]);
  });
  it('reads a signed message and drops its armour', () => {
    const text =
      '-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nFormat: 3.0\n- -Odd: 1\nSource: a\n\n' +
      '-----BEGIN PGP SIGNATURE-----\n\niQ: x\n=abc\n-----END PGP SIGNATURE-----\n\nSource: b\n';
    expect(read(text)).toEqual({
      stanzas: [
        { line: 4, fields: { format: '3.0', source: 'a' } },
        { line: 14, fields: { source: 'b' } },
      ],
      places: ['malformed-line f:5'],
    });
  });
  it('undoes dash-escapes in a signed message only', () => {
    const signed = read('-----BEGIN PGP SIGNED MESSAGE-----\n\n- From: a\n');
    expect(signed.stanzas).toEqual([{ line: 3, fields: { from: 'a' } }]);
    expect(read('- From: a\n')).toEqual({ stanzas: [], places: ['malformed-line f:1'] });
  });
  it('reports a signature without an end', () => {
    expect(read('A: 1\n\n-----BEGIN PGP SIGNATURE-----\nx\n').places).toEqual(['unfinished-signature f:3']);
  });
  it('reports a malformed line once for a run, and reads the rest of the stanza', () => {
    expect(read('A: 1\nrubbish\nmore rubbish\n and more\nB: 2\nrubbish\n\nA: 3\n')).toEqual({
      stanzas: [
        { line: 1, fields: { a: '1', b: '2' } },
        { line: 8, fields: { a: '3' } },
      ],
      places: ['malformed-line f:2', 'malformed-line f:6'],
    });
  });
  it('makes no stanza of lines that hold no field', () => {
    expect(read('rubbish\n\n stray\n\n: nameless\n\nA: 1\n')).toEqual({
      stanzas: [{ line: 7, fields: { a: '1' } }],
      places: ['malformed-line f:1', 'stray-continuation f:3', 'malformed-line f:5'],
    });
  });
  it('keeps the first of two equal fields, whatever their case, and reports the other', () => {
    expect(read('Package: a\npackage: b\n c\nB: 1\n')).toEqual({
      stanzas: [{ line: 1, fields: { package: 'a', b: '1' } }],
      places: ['duplicate-field f:2'],
    });
  });
  it('skips what is not wanted, continuation lines too', () => {
    expect(
      read('Package: a\nPackaga: x\nDescription: b\n Package: no\nVersion: 1\n', 'package', 'version'),
    ).toEqual({
      stanzas: [{ line: 1, fields: { package: 'a', version: '1' } }],
      places: [],
    });
  });
  it('tells long names apart that begin alike', () => {
    const name = `X-${'a'.repeat(40)}`;
    expect(read(`${name}: 1\n${name}b: 2\n${name}: 3\n`)).toEqual({
      stanzas: [{ line: 1, fields: { [name.toLowerCase()]: '1', [`${name.toLowerCase()}b`]: '2' } }],
      places: ['duplicate-field f:3'],
    });
  });
  it('allows blanks in front of the colon and none behind it', () => {
    expect(read('A : 1\nB:2\nC\t:\t3\n').stanzas).toEqual([{ line: 1, fields: { a: '1', b: '2', c: '3' } }]);
  });
  it('refuses input that is binary, and reports a later NUL', () => {
    expect(read('\u001f\u008b\0\0A: 1\n')).toEqual({ stanzas: [], places: ['binary-input f:1'] });
    const late = read(`${'A: 1\n\n'.repeat(200)}A: 2\0x\n`);
    expect(late.stanzas).toHaveLength(201);
    expect(late.places).toEqual(['nul-character f:401']);
  });
  it('gives the places of name and value', () => {
    const text = 'A:  1\nB:\n#c\n\t 2\n';
    const [stanza] = readStanzas(text, 'f', () => undefined);
    expect(stanza?.fields.get('a')).toEqual({ name: 'A', line: 1, text: '1', valueLine: 1, valueColumn: 5 });
    expect(stanza?.fields.get('b')).toEqual({ name: 'B', line: 2, text: '2', valueLine: 4, valueColumn: 3 });
  });
});

describe('valueText and valueWords', () => {
  const [stanza] = readStanzas('A: 1\n# x\n 2\n', 'f', () => undefined);
  const field = stanza?.fields.get('a');
  it('leave comments out', () => {
    expect(field === undefined ? '' : valueText(field)).toBe('1\n   \n 2');
    expect(valueWords(field)).toEqual(['1', '2']);
    expect(valueWords(undefined)).toEqual([]);
  });
});
