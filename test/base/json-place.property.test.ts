import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonFault, placeInJson } from '../../src/base/json-place.ts';

const json = fc.tuple(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(0, 2, '\t')).map(([value, indent]) => {
  return JSON.stringify(value, null, indent);
});

/** All paths of a value, with the value at their end. */
function pathsOf(
  value: unknown,
  path: readonly (string | number)[] = [],
): (readonly [typeof path, unknown])[] {
  const own: [typeof path, unknown] = [path, value];
  if (Array.isArray(value)) return [own, ...value.flatMap((item, index) => pathsOf(item, [...path, index]))];
  if (typeof value !== 'object' || value === null) return [own];
  return [own, ...Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]))];
}

describe('findJsonFault', () => {
  it('finds one where JSON.parse throws, and nowhere else', () => {
    const broken = fc
      .tuple(
        json,
        fc.nat(),
        fc.constantFrom('', '}', ']', ',', ':', '"', '\\', '\n', '\u0000', '0', '-', 'e', ' '),
      )
      .map(([text, at, mark]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + mark + text.slice(place + Number(mark === ''));
      });
    fc.assert(
      fc.property(fc.oneof(broken, fc.string()), (text) => {
        const isJson = (): boolean => {
          try {
            JSON.parse(text);
            return true;
          } catch {
            return false;
          }
        };
        expect(findJsonFault(text) === undefined).toBe(isJson());
      }),
      { numRuns: 3000, seed: 1 },
    );
  });

  it.each([
    ['', 1, 1, 'it ends too early'],
    ['{"a":\n 1,}', 2, 4, "'}' is not expected there"],
    ['[1 2]', 1, 4, "'2' is not expected there"],
    ['{"a" 1}', 1, 6, "'1' is not expected there"],
    ['[1]]', 1, 4, "']' is not expected there"],
    ['\n\n"a\u0000"', 3, 1, `'\\"' is not expected there`],
  ])('tells place and reason of %j', (text, line, column, problem) => {
    expect(findJsonFault(text)).toEqual({ line, column, problem });
  });

  it('needs no stack for depth', () => {
    expect(findJsonFault('['.repeat(1_000_000))?.column).toBe(1_000_001);
  });
});

describe('placeInJson', () => {
  it('leads to the value that the path names', () => {
    fc.assert(
      fc.property(json, (text) => {
        const lines = text.split('\n');
        for (const [path, value] of pathsOf(JSON.parse(text))) {
          const { line, column } = placeInJson(text, path);
          const rest = [lines[line - 1]?.slice(column - 1), ...lines.slice(line)].join('\n');
          const begin = JSON.stringify(value);
          const isNested = typeof value === 'object' && value !== null;
          expect(rest.slice(0, isNested ? 1 : begin.length)).toBe(isNested ? begin[0] : begin);
        }
      }),
      { seed: 1 },
    );
  });

  it('stops where the way ends', () => {
    expect(placeInJson('{\n"a": [5]}', ['a', 3, 'x'])).toEqual({ line: 2, column: 6 });
    expect(placeInJson('{"a":1,"a":2}', ['a'])).toEqual({ line: 1, column: 12 });
  });
});
