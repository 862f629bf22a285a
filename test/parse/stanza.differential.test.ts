import { parse } from 'debian-control';
import { describe, expect, it } from 'vitest';
import { readStanzas } from '../../src/parse/stanza.ts';
import { hasSharedData, listShared, readShared } from './shared-data.ts';

type Lines = readonly (readonly [string, readonly string[]])[];

describe('readStanzas against debian-control', () => {
  it('agrees on a plain control file', () => {
    const text =
      'Source: hello\nBuild-Depends: debhelper (>= 9),\n\tgettext <!nocheck>\n\nPackage: hello\nX-Url: http://a:1/\n' +
      'Description: greets\n .\n  Indented: no field\nX-Empty:\n';
    expect(ours(text)).toEqual(theirs(text));
  });
  it('agrees on a signed .dsc', () => {
    const text =
      '-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nFormat: 3.0 (quilt)\nSource: hello\nFiles:\n 12 3 a\n 45 6 b\n' +
      '\n-----BEGIN PGP SIGNATURE-----\n\nabc=\n-----END PGP SIGNATURE-----\n';
    expect(ours(text)).toEqual([linesOf(parse(text))]);
  });
  it.skipIf(!hasSharedData).each(['trixie.Sources', 'trixie-arm64.Packages', 'bullseye-amd64.Packages'])(
    'agrees on all stanzas of %s',
    (index) => {
      const text = readShared(index);
      expect(ours(text)).toEqual(theirs(text));
    },
  );
  it.skipIf(!hasSharedData)('agrees on the real control files without comments', () => {
    const texts = listShared('control')
      .map(readShared)
      .filter((text) => !/^#/m.test(text));
    expect(texts.length).toBeGreaterThan(250);
    for (const text of texts) expect(ours(text)).toEqual(theirs(text));
  });
  it('differs where debian-control is wrong: comments, equal fields, case', () => {
    const text = 'A: 1\n#B: 2\nA: 3\n';
    expect(ours(text)).toEqual([[['A', ['1']]]]);
    expect(parse(text)).toEqual({ A: '3', '#B': '2' });
  });
});

function ours(text: string): readonly Lines[] {
  return [...readStanzas(text, 'f', () => undefined)].map(({ fields }) =>
    [...fields.values()].map(({ name, text: value }) => [name, trimmedLines(value.split('\n'))] as const),
  );
}

/** It reads one paragraph at a time. */
function theirs(text: string): readonly Lines[] {
  return text
    .split(/\n[ \t]*(?:\n[ \t]*)+/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => linesOf(parse(paragraph)));
}

function linesOf(paragraph: Readonly<Record<string, string | readonly string[]>>): Lines {
  return Object.entries(paragraph).map(([name, value]) => [
    name,
    trimmedLines(typeof value === 'string' ? [value] : value),
  ]);
}

/** Trimmed; without empty lines in front, which only debian-control keeps. */
function trimmedLines(lines: readonly string[]): readonly string[] {
  const trimmed = lines.map((line) => line.trim());
  return trimmed[0] === '' && trimmed.length > 1 ? trimmed.slice(1) : trimmed;
}
