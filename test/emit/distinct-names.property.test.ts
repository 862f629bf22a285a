import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinctNames } from '../../src/emit/distinct-names.ts';

const TEXTS = fc.uniqueArray(
  fc.string({ unit: fc.constantFrom('a', 'A', '-', '_', '2', '?'), maxLength: 5 }),
  {
    size: 'max',
    maxLength: 80,
  },
);

function nameOf(text: string): string {
  const name = text.replaceAll(/[^A-Za-z0-9_]/g, '_');
  return name === '' ? 'x' : name;
}

describe('distinctNames', () => {
  it('gives each text a name of its own where case does not count, no longer than asked for', () => {
    fc.assert(
      fc.property(TEXTS, (texts) => {
        const names = distinctNames(texts, nameOf, 5, '_');
        expect([...names.keys()].sort()).toEqual([...texts].sort());
        expect(new Set(Array.from(names.values(), (name) => name.toLowerCase())).size).toBe(texts.length);
        for (const name of names.values()) expect(name).toMatch(/^\w{1,5}$/);
      }),
      { seed: 1 },
    );
  });

  it('does not depend on the order of the texts', () => {
    fc.assert(
      fc.property(TEXTS, (texts) => {
        expect([...distinctNames(texts.toReversed(), nameOf)]).toEqual([...distinctNames(texts, nameOf)]);
      }),
      { seed: 2 },
    );
  });

  it('leaves a text that is a name to itself, also where another would be called so', () => {
    expect([...distinctNames(['a?', 'a_', 'A_', 'a-'], nameOf)]).toEqual([
      ['A_', 'A_'],
      ['a-', 'a_-2'],
      ['a?', 'a_-3'],
      ['a_', 'a_-4'],
    ]);
    expect([...distinctNames(['a?', 'a_', 'a-'], nameOf)]).toEqual([
      ['a_', 'a_'],
      ['a-', 'a_-2'],
      ['a?', 'a_-3'],
    ]);
  });
});
