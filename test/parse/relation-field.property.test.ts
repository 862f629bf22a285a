import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAlternatives, formatRelation } from '../../src/debian/relation.ts';
import { locateGroup, parseRelationField } from '../../src/parse/relation-field.ts';
import { parseGroups } from '../../src/parse/relation-groups.ts';
import { parseSimpleGroup } from '../../src/parse/simple-group.ts';
import { collectingContext } from './collect.ts';
import { anyAlternatives, anyRelation } from './relation-samples.ts';

const SETTINGS = { seed: 4, numRuns: 2000 };
const LOCATION = { file: 'f', line: 7, column: 3 };
const separator = fc.constantFrom(
  ', ',
  ',',
  ',\n ',
  ' ,\n# no, comment | (\n\t',
  ',\r\n ',
  ',,',
  ', ${misc:Depends},',
);
const dirtyText = fc
  .array(
    fc.constantFrom(
      ...[
        'a',
        'b',
        'foo',
        ' ',
        ',',
        '|',
        '(',
        ')',
        '[',
        ']',
        '<',
        '>',
        '!',
        ':',
        '=',
        '>= 1',
        '${',
        '}',
        '$',
        '\n ',
      ],
      ...['\n#', '@', 'é', '(>= 1)', '[amd64]', '<!x>', ':any', '_', '\r', '\0'],
    ),
    { maxLength: 25 },
  )
  .map((pieces) => pieces.join(''));

describe('parseRelationField', () => {
  it('reads back what formatAlternatives writes, whatever stands between the groups', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyAlternatives, separator), { maxLength: 5 }), (pieces) => {
        const text = pieces.map(([group, comma]) => formatAlternatives(group) + comma).join('');
        const context = collectingContext();
        const field = parseRelationField('Depends', text, LOCATION, context);
        expect(field.groups).toEqual(pieces.map(([group]) => group));
        expect(context.diagnostics).toEqual([]);
      }),
      SETTINGS,
    );
  });
  it('throws on no text, reports inside the field, and reads what it kept again', () => {
    fc.assert(
      fc.property(dirtyText, (text) => {
        const context = collectingContext();
        const field = parseRelationField('Depends', text, LOCATION, context);
        const lines = text.split('\n');
        for (const { location } of context.diagnostics) {
          const line = (location?.line ?? 0) - LOCATION.line;
          const start = line === 0 ? LOCATION.column : 1;
          expect(line).toBeGreaterThanOrEqual(0);
          expect(line).toBeLessThan(lines.length);
          expect((location?.column ?? 0) - start).toBeGreaterThanOrEqual(0);
          expect((location?.column ?? 0) - start).toBeLessThanOrEqual(lines[line]?.length ?? 0);
        }
        const written = field.groups.map(formatAlternatives).join(', ');
        expect(parseRelationField('Depends', written, LOCATION, collectingContext()).groups).toEqual(
          field.groups,
        );
      }),
      SETTINGS,
    );
  });
});

describe('parseSimpleGroup', () => {
  it('gives what parseGroups gives, for texts that are written as Debian writes them', () => {
    const plain = anyRelation.map((relation) =>
      formatRelation({ ...relation, architectures: [], profiles: [] }),
    );
    const nearly = fc.tuple(plain, fc.nat(30), fc.constantFrom('', ' ', '_', '-', '(', ':', '~'));
    const spoilt = nearly.map(([text, index, noise]) => text.slice(0, index) + noise + text.slice(index));
    let simple = 0;
    fc.assert(
      fc.property(fc.oneof(plain, spoilt, dirtyText), (groupText) => {
        const parsed = parseSimpleGroup(groupText);
        if (parsed === undefined) return;
        simple++;
        expect(parsed).toEqual(parseGroups(groupText));
        expect(parsed.groups.map(formatAlternatives)).toEqual([groupText]);
      }),
      SETTINGS,
    );
    expect(simple).toBeGreaterThan(SETTINGS.numRuns / 4);
  });
});

describe('locateGroup', () => {
  it('points at the name that each group begins with', () => {
    const pieces = fc.array(fc.tuple(anyAlternatives, separator), { maxLength: 5 });
    const text = pieces.map((list) =>
      list.map(([group, comma]) => formatAlternatives(group) + comma).join(''),
    );
    fc.assert(
      fc.property(fc.oneof(text, dirtyText), (value) => {
        const field = parseRelationField('Depends', value, LOCATION, collectingContext());
        const lines = value.split('\n');
        field.groups.forEach((group, index) => {
          const { line, column = 0 } = locateGroup(field, index);
          const start = line === LOCATION.line ? LOCATION.column : 1;
          const found = lines[line - LOCATION.line]?.slice(column - start) ?? '';
          expect(found.startsWith(group[0]?.package ?? '?')).toBe(true);
        });
      }),
      SETTINGS,
    );
  });
});
