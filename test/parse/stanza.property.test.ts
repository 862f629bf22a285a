import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStanzas } from '../../src/parse/stanza.ts';
import { readStanzasSlowly, type SlowStanza } from './slow-stanza.ts';

const SETTINGS = { seed: 3, numRuns: 3000 };
const piece = fc.constantFrom(
  ...[
    '\n',
    '\n',
    '\n\n',
    '\r\n',
    '\r',
    ' ',
    '\t',
    '#',
    ':',
    ': ',
    '-',
    'A',
    'a',
    'Package',
    'Depends: ',
    'B: 1',
  ],
  ...['\n ', '\n# c', '\n.', 'é', '€', '\u007f', '\uFEFF', '- ', 'x y', ', ', '\v', '\0'],
);
const dirtyText = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
const cleanField = fc
  .tuple(
    fc.constantFrom('Package', 'Version', 'Depends', 'X-A', 'Description'),
    fc.array(fc.stringMatching(/^[a-z(][a-z0-9 (),|]{0,20}$/), { minLength: 1, maxLength: 4 }),
  )
  .map(([name, lines]) => `${name}: ${lines.join('\n ')}`);
const cleanText = fc
  .array(fc.array(cleanField, { minLength: 1, maxLength: 5 }), { maxLength: 4 })
  .map((stanzas) => stanzas.map((fields) => `${fields.join('\n')}\n`).join('\n'));

describe('readStanzas', () => {
  it('agrees with its slow twin on dirty text', () => {
    fc.assert(
      fc.property(dirtyText, (text) => {
        const withoutNul = text.replaceAll('\0', '');
        expect(read(withoutNul)).toEqual(readStanzasSlowly(withoutNul));
      }),
      SETTINGS,
    );
  });
  it('throws on no text at all', () => {
    fc.assert(
      fc.property(fc.oneof(dirtyText, fc.string({ unit: 'binary' })), (text) => {
        expect(read(text)).toBeInstanceOf(Array);
        expect(
          read(`-----BEGIN PGP SIGNED MESSAGE-----\n\n${text}\n-----BEGIN PGP SIGNATURE-----\n`),
        ).toBeInstanceOf(Array);
      }),
      SETTINGS,
    );
  });
  it('reads the same from any way to end lines, with comments between all lines, and stanza by stanza', () => {
    fc.assert(
      fc.property(cleanText, (text) => {
        const values = fieldsOf(read(text));
        expect(fieldsOf(read(text.replaceAll('\n', '\r\n')))).toEqual(values);
        expect(fieldsOf(read(text.replace(/\n(?=.)/g, '\n# x: y, z\n')))).toEqual(values);
        expect(fieldsOf(text.split('\n\n').flatMap((part) => read(part)))).toEqual(values);
        expect(fieldsOf(read(`\n\n${text}`))).toEqual(values);
      }),
      { ...SETTINGS, numRuns: 500 },
    );
  });
  it('reads the wanted fields as it reads them among all', () => {
    const wanted = new Set(['package', 'depends']);
    fc.assert(
      fc.property(fc.oneof(cleanText, dirtyText), (text) => {
        const all = read(text).map(({ line, fields }) => ({
          line,
          fields: new Map([...fields].filter(([key]) => wanted.has(key))),
        }));
        expect(read(text, wanted)).toEqual(all);
      }),
      SETTINGS,
    );
  });
});

function read(text: string, wanted?: ReadonlySet<string>): readonly SlowStanza[] {
  const stanzas = [...readStanzas(text, 'f', () => undefined, wanted === undefined ? {} : { wanted })];
  return stanzas.map(({ line, fields }) => ({
    line,
    fields: new Map([...fields].map(([key, field]) => [key, field.text])),
  }));
}

/** Fields without lines, comments and carriage returns. */
function fieldsOf(stanzas: readonly SlowStanza[]): readonly (readonly (readonly [string, string])[])[] {
  return stanzas.map(({ fields }) =>
    [...fields].map(([key, value]) => [key, value.replace(/\r|\n#[^\n]*/g, '')] as const),
  );
}
