import { describe, expect, it } from 'vitest';
import { stableJson, stableJsonPieces } from '../../src/base/stable-json.ts';

describe('stableJson', () => {
  it('keeps the order of the keys, indents by two and ends in one line end', () => {
    expect(stableJson({ b: 1, a: [true, null] })).toBe(
      '{\n  "b": 1,\n  "a": [\n    true,\n    null\n  ]\n}\n',
    );
  });
  it('leaves out undefined fields', () => {
    expect(stableJson({ a: undefined, b: 1 })).toBe('{\n  "b": 1\n}\n');
  });
  it.each([
    ['a Map', new Map([['x', 1]])],
    ['a Set', new Set([1])],
    ['NaN', NaN],
    ['Infinity', Infinity],
  ])('refuses %s, which JSON would silently turn into {} or null', (_, value) => {
    expect(() => stableJson({ outer: [{ inner: value }] })).toThrow(/^BUG: 'inner'/);
  });
});

describe('stableJsonPieces', () => {
  it('says the same, in pieces, whatever the depth and length of lists', () => {
    const long = Array.from({ length: 9000 }, (_, number) => ({ number, needs: [`"${number}"`], none: [] }));
    const document = {
      schema: 'x@1',
      missing: undefined,
      empty: {},
      none: [],
      targets: [{ target: { arch: 'amd64' }, tasks: long }, { tasks: [] }, undefined],
      'a "key"': { list: [1, [2, { deep: [3] }]], nothing: null },
      numbers: Array.from({ length: 4097 }, (_, number) => number),
    };
    for (const value of [document, long, [], {}, 1, 'text', null, [[[long]]], { a: { b: { c: long } } }]) {
      expect([...stableJsonPieces(value)].join('')).toBe(stableJson(value));
    }
  });
  it('holds a part of a long list at a time', () => {
    const entry = 'x'.repeat(1000);
    const whole = stableJson({ list: Array.from({ length: 20_000 }, () => entry) }).length;
    const pieces = stableJsonPieces({ list: Array.from({ length: 20_000 }, () => entry) });
    const longest = Math.max(...[...pieces].map((piece) => piece.length));
    expect(longest).toBeLessThan(whole / 4);
  });
});
