import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isPackageName } from '../../src/parse/package-name.ts';

const piece = fc.constantFrom(
  'a',
  'z',
  'A',
  'Z',
  '0',
  '9',
  '+',
  '-',
  '.',
  '_',
  '/',
  '@',
  '[',
  '`',
  '{',
  ':',
  ' ',
  '\n',
  'é',
);

it('isPackageName agrees with the expression that it spells out', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 4 }), (pieces) => {
      const text = pieces.join('');
      expect(isPackageName(text)).toBe(/^[a-z0-9][a-z0-9+.-]*$/i.test(text) && !text.endsWith('\n'));
    }),
    { seed: 1, numRuns: 5000 },
  );
});
