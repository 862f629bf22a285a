import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { decodeText, readableReport, textPieces } from '../../src/io/text-pieces.ts';
import { readStanzas } from '../../src/parse/stanza.ts';

const SIX = Array.from({ length: 6 }, (_, index) => `Package: p${index}\nVersion: ${index}\n`).join('\n');

function pieces(bytes: Uint8Array, limit: number): { texts: string[]; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const texts = [...textPieces(bytes, 'Sources', (diagnostic) => diagnostics.push(diagnostic), limit)];
  return { texts, diagnostics };
}

describe('textPieces', () => {
  it.each([SIX, SIX.replaceAll('\n', '\r\n')])(
    'splits between stanzas and keeps their line numbers',
    (text) => {
      const whole = [...readStanzas(text, 'Sources', () => undefined)];
      const { texts, diagnostics } = pieces(Buffer.from(text), 70);
      const read = texts.flatMap((piece) => [...readStanzas(piece, 'Sources', () => undefined)]);
      expect(texts.length).toBeGreaterThan(2);
      expect(read).toEqual(whole);
      expect(diagnostics).toEqual([]);
    },
  );

  it('reports a stanza that is longer than a piece, at its line, and keeps the ones before', () => {
    const text = `Package: a\n\nPackage: b\nDepends: ${'x'.repeat(200)}\n\nPackage: c\n`;
    const { texts, diagnostics } = pieces(Buffer.from(text), 60);
    expect(texts).toEqual(['Package: a\n\n']);
    expect(diagnostics).toMatchObject([{ code: 'text-too-long', location: { file: 'Sources', line: 3 } }]);
  });

  it('leaves out a byte order mark', () => {
    expect(pieces(Buffer.from('\ufeffPackage: a\n'), 100).texts).toEqual(['Package: a\n']);
  });

  it('gives no piece for no bytes', () => {
    expect(pieces(new Uint8Array(), 10).texts).toEqual([]);
    expect(decodeText(new Uint8Array(), 'control', () => undefined)).toBe('');
  });
});

describe('readableReport', () => {
  it('puts together the UTF-8 that pieces quote byte by byte, and leaves the rest', () => {
    const diagnostics: Diagnostic[] = [];
    const report = readableReport((diagnostic) => diagnostics.push(diagnostic));
    const [quoted] = pieces(Buffer.from('J\u00fcrgen 中 😀'), 100).texts;
    const plain: Omit<Diagnostic, 'message'> = { code: 'x', severity: 'note' };
    report({ ...plain, message: `bad '${quoted ?? ''}' …`, hint: 'caf\u00e9' });
    report({ ...plain, message: 'ascii' });
    expect(diagnostics).toEqual([
      { ...plain, message: "bad 'J\u00fcrgen 中 😀' …", hint: 'caf\u00e9' },
      { ...plain, message: 'ascii' },
    ]);
  });
});

describe('decodeText', () => {
  function decode(bytes: Uint8Array): { text: string; diagnostics: Diagnostic[] } {
    const diagnostics: Diagnostic[] = [];
    const text = decodeText(bytes, 'control', (diagnostic) => diagnostics.push(diagnostic));
    return { text, diagnostics };
  }

  it('reads what is not UTF-8 as Latin-1 and says where', () => {
    const { text, diagnostics } = decode(Buffer.from('Source: a\nMaintainer: J\u00fcrgen\n', 'latin1'));
    expect(text).toBe('Source: a\nMaintainer: J\u00fcrgen\n');
    expect(diagnostics).toMatchObject([
      { code: 'not-utf8', severity: 'note', location: { file: 'control', line: 2 } },
    ]);
  });

  it('reads UTF-8 beside ASCII', () => {
    expect(decode(Buffer.from('Maintainer: 中 \u00fc 😀'))).toEqual({
      text: 'Maintainer: 中 \u00fc 😀',
      diagnostics: [],
    });
  });
});
