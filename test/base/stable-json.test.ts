import { describe, expect, it } from 'vitest';
import { stableJson } from '../../src/base/stable-json.ts';

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
