import { describe, expect, it } from 'vitest';
import { formatAlternatives } from '../../src/debian/relation.ts';
import { locateGroup, parseRelationField } from '../../src/parse/relation-field.ts';
import { collectingContext, places } from './collect.ts';

interface Reading {
  readonly groups: readonly string[];
  readonly places: readonly string[];
  readonly severities?: readonly string[];
}

function read(text: string): Reading {
  const context = collectingContext();
  const field = parseRelationField('Depends', text, { file: 'f', line: 10, column: 5 }, context);
  return { groups: field.groups.map(formatAlternatives), places: places(context.diagnostics) };
}

describe('parseRelationField', () => {
  it('reads every part of a relation', () => {
    const context = collectingContext();
    const text = 'libfoo-dev:native(>=1.2)[linux-any !armhf]<!nocheck><!stage1 cross>';
    const field = parseRelationField(
      'Build-Depends',
      text.replace('!armhf', 'armhf'),
      { file: 'f', line: 1 },
      context,
    );
    expect(field.groups).toEqual([
      [
        {
          package: 'libfoo-dev',
          archQualifier: 'native',
          version: { operator: '>=', version: '1.2' },
          architectures: ['linux-any', 'armhf'],
          profiles: [['!nocheck'], ['!stage1', 'cross']],
        },
      ],
    ]);
    expect(context.diagnostics).toEqual([]);
  });
  it('reads alternatives in their order, over lines and comments', () => {
    expect(read('a|b (<< 2)\n# c, d\n | e:any,\r\n\tf [ !amd64  !i386 ] <  !x  >')).toEqual({
      groups: ['a | b (<< 2) | e:any', 'f [!amd64 !i386] <!x>'],
      places: [],
    });
  });
  it('passes over empty groups and trailing commas', () => {
    expect(read(', a,, b ,\n ,')).toEqual({ groups: ['a', 'b'], places: [] });
    expect(read('')).toEqual({ groups: [], places: [] });
  });
  it('leaves out relations and versions that stand in substitution variables', () => {
    expect(
      read('${shlibs:Depends}, a (= ${binary:Version}), linux-${kver}, b:${arch}, ${x:y} (>= 1) | c'),
    ).toEqual({
      groups: ['a', 'c'],
      places: [],
    });
  });
  it('uses both sides of a missing comma', () => {
    expect(read('a (>= 1) b | c\n d')).toEqual({
      groups: ['a (>= 1)', 'b | c', 'd'],
      places: ['missing-comma f:10:14', 'missing-comma f:11:2'],
    });
  });
  it('reads obsolete operators as dpkg does', () => {
    expect(read('a (< 1), b (> 2)')).toEqual({
      groups: ['a (<= 1)', 'b (>= 2)'],
      places: ['obsolete-operator f:10:7', 'obsolete-operator f:10:16'],
    });
  });
  it('keeps a relation whose version is odd, as dpkg does', () => {
    expect(read('a (>= r1)')).toEqual({ groups: ['a (>= r1)'], places: ['bad-version f:10:11'] });
  });
  it.each([
    ['a [amd46 arm64]', ['unknown-architecture f:10:8'], 'did you mean amd64?'],
    ['a [ !any-amd46]', ['unknown-architecture f:10:10'], 'did you mean any-amd64?'],
    ['a:ARM64', ['unknown-architecture f:10:7'], 'did you mean arm64?'],
    ['a:linux-any', ['unknown-architecture f:10:7'], undefined],
    ['a [any-armhf]', ['unknown-architecture f:10:8'], 'did you mean armhf?'],
    ['a [AMD64 linux-arm64 gnu-any-any x32]', [], undefined],
    ['a:all | b:any | c:native | d:hurd-i386', [], undefined],
  ])('keeps %j, and reports architectures that dpkg does not know', (text, where, hint) => {
    const context = collectingContext();
    const field = parseRelationField('Depends', text, { file: 'f', line: 10, column: 5 }, context);
    expect(field.groups).toHaveLength(1);
    expect(places(context.diagnostics)).toEqual(where);
    if (hint !== undefined) expect(context.diagnostics[0]?.hint).toBe(hint);
  });
  it('keeps an architecture list that mixes both kinds', () => {
    expect(read('a [!amd64 arm64]')).toEqual({
      groups: ['a [!amd64 arm64]'],
      places: ['mixed-architectures f:10:7'],
    });
  });
  it.each([
    ['a_b', 'bad-package-name f:10:8'],
    ['kernel@KIND@ (>= 1)', 'bad-package-name f:10:8'],
    ['(>= 1)', 'bad-package-name f:10:8'],
    ['-a', 'bad-package-name f:10:8'],
    ['a:', 'bad-qualifier f:10:9'],
    ['a:b_c', 'bad-qualifier f:10:9'],
    ['a (>= 1', 'unclosed-bracket f:10:10'],
    ['a [amd64', 'unclosed-bracket f:10:10'],
    ['a <!nocheck', 'unclosed-bracket f:10:10'],
    ['a (== 1)', 'bad-operator f:10:10'],
    ['a (=> 1)', 'bad-operator f:10:10'],
    ['a (1)', 'bad-operator f:10:10'],
    ['a ()', 'bad-operator f:10:10'],
    ['a (>=)', 'bad-operator f:10:10'],
    ['a (>= 1 2)', 'bad-operator f:10:10'],
    ['a (>= 1) (<< 2)', 'bad-relation f:10:17'],
    ['a [i386] [amd64]', 'bad-relation f:10:17'],
    ['a []', 'bad-architecture-list f:10:10'],
    ['a [amd64;arm64]', 'bad-architecture-list f:10:10'],
    ['a <>', 'bad-profiles f:10:10'],
    ['a <!>', 'bad-profiles f:10:10'],
  ])('leaves out %j and keeps its neighbours', (text, place) => {
    expect(read(`z, ${text}, y`)).toEqual({ groups: ['z', 'y'], places: [place] });
  });
  it.each([
    ['a |', ['a'], ['empty-alternative f:10:8']],
    ['| a', ['a'], ['empty-alternative f:10:5']],
    ['a || b', ['a | b'], ['empty-alternative f:10:8']],
    ['|', [], ['empty-alternative f:10:5', 'empty-alternative f:10:6']],
    ['a | b_c', ['a'], ['bad-package-name f:10:9']],
  ])('keeps what is left of %j', (text, groups, where) => {
    expect(read(text)).toEqual({ groups, places: where });
  });
  it('reports each occurrence of a text that it has seen before', () => {
    expect(read('a_b, a_b').places).toEqual(['bad-package-name f:10:5', 'bad-package-name f:10:10']);
  });
  it('reports a field that it has seen before at each of its places', () => {
    const context = collectingContext();
    parseRelationField('Depends', 'a, b_c', { file: 'f', line: 1, column: 10 }, context);
    const field = parseRelationField('Breaks', 'a, b_c', { file: 'g', line: 5, column: 9 }, context);
    expect(places(context.diagnostics)).toEqual(['bad-package-name f:1:13', 'bad-package-name g:5:12']);
    expect(context.diagnostics[1]?.message).toBe(
      "Breaks: 'b_c' is no package name; the relation is left out",
    );
    expect(field).toMatchObject({ name: 'Breaks', location: { file: 'g', line: 5, column: 9 } });
  });
  it('gives equal groups one object, however they are spaced', () => {
    const context = collectingContext();
    const location = { file: 'f', line: 1 };
    const first = parseRelationField('Depends', 'a (>= 1) | b, c', location, context);
    const second = parseRelationField('Pre-Depends', 'c,a(>=1)|\n b', location, context);
    expect(second.groups[1]).toBe(first.groups[0]);
    expect(second.groups[0]).toBe(first.groups[1]);
    expect(context.relations.size).toBe(2);
  });
});

describe('locateGroup', () => {
  it('finds each group, behind comments, variables and missing commas too', () => {
    const text = '${x}, a,\n# q, r\n  b | c d,,\n\t${y}, e';
    const location = { file: 'f', line: 10, column: 5 };
    const field = parseRelationField('Depends', text, location, collectingContext());
    expect(field.groups.map(formatAlternatives)).toEqual(['a', 'b | c', 'd', 'e']);
    expect(field.groups.map((_, index) => locateGroup(field, index))).toEqual([
      { file: 'f', line: 10, column: 11 },
      { file: 'f', line: 12, column: 3 },
      { file: 'f', line: 12, column: 9 },
      { file: 'f', line: 13, column: 8 },
    ]);
    expect(() => locateGroup(field, 4)).toThrow('BUG');
    expect(() => locateGroup(field, -1)).toThrow('BUG');
  });
});

describe('a huge field', () => {
  it.each([
    ['relations without commas, a line each', 'a_b c\n '],
    ['spaces', ' '],
    ['open brackets', 'a ('],
    ['commas and comments', ',\n#,'],
    ['bad names, a line each', 'a_b,\n '],
    ['spaces in a version', ''],
  ])('of %s is read in linear time', (_, piece) => {
    const filling = piece === '' ? `a (>= 1${' '.repeat(400_000)}x)` : piece.repeat(400_000 / piece.length);
    const context = collectingContext();
    const field = parseRelationField('Depends', `z,${filling}`, { file: 'f', line: 1 }, context);
    expect(field.groups.length).toBeGreaterThan(0);
    expect(locateGroup(field, 0)).toEqual({ file: 'f', line: 1, column: 1 });
  });
});
