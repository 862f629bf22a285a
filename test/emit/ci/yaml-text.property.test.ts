import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { block, flow, list, row, yamlText, type YamlValue } from '../../../src/emit/ci/yaml-text.ts';
import { PAYLOADS } from '../payloads.ts';

const text = fc.oneof(
  fc.constantFrom(
    ...PAYLOADS,
    '',
    '12:30',
    '0o17',
    '1_000',
    '.5',
    '.inf',
    'NaN',
    'Yes',
    '=',
    'a:',
    'a: b',
    'a\n\n',
    '\n',
  ),
  fc.string({ unit: 'binary' }).filter((made) => !/\p{Surrogate}/u.test(made)),
  fc.string(),
  fc
    .array(fc.constantFrom('echo a', '', '  indented', '# no comment', '\ttab', "it's"), { maxLength: 5 })
    .map((lines) => lines.join('\n')),
);

/** What is written, and what must be read. */
type Pair = readonly [YamlValue, unknown];

const pair: fc.Memo<Pair> = fc.memo((depth): fc.Arbitrary<Pair> => {
  const leaf = fc.oneof(text, fc.integer(), fc.boolean()).map((value): Pair => [value, value]);
  if (depth <= 1) return leaf;
  const items = fc.array(pair(depth - 1), { maxLength: 3 });
  const fields = fc
    .array(fc.tuple(text, pair(depth - 1)), { maxLength: 3 })
    .map((rows) => [...new Map(rows)]);
  // what stands in a flow must be flows itself
  const isFlow = ([value]: Pair): boolean => typeof value !== 'object' || value.isFlow;
  return fc.oneof(
    leaf,
    items.map((pairs): Pair => {
      const values = pairs.map(([value]) => value);
      return [pairs.every(isFlow) ? row(values) : list(values), pairs.map(([, read]) => read)];
    }),
    items.map((pairs): Pair => [list(pairs.map(([value]) => value)), pairs.map(([, read]) => read)]),
    fields.map((rows): Pair => {
      const written = rows.map(([key, [value]]) => [key, value] as const);
      const read = new Map(rows.map(([key, [, value]]) => [key, value]));
      return [rows.every(([, made]) => isFlow(made)) ? flow(written) : block(written), read];
    }),
    fields.map((rows): Pair => [
      block(rows.map(([key, [value]]) => [key, value] as const)),
      new Map(rows.map(([key, [, value]]) => [key, value])),
    ]),
  );
});

describe('YAML text', () => {
  it.each(['1.1', '1.2'] as const)('says in YAML %s what it was given', (version) => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, pair(4)), { maxLength: 4 }), (rows) => {
        const unique = [...new Map(rows)];
        const written = yamlText(unique.map(([key, [value]]) => ({ key, value, comment: ['a comment'] })));
        const read: unknown = parse(written, { version, mapAsMap: true, uniqueKeys: true });
        const expected = new Map(unique.map(([key, [, value]]) => [key, value]));
        expect(read ?? new Map()).toEqual(expected);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it('holds nothing that a reader of YAML refuses or a person does not see', () => {
    const written = yamlText(PAYLOADS.map((value, index) => ({ key: `k${String(index)}`, value })));
    expect(written).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u00a0\u200b-\u200f\u2028-\u202f\ufeff]/);
  });

  it('stays plain where that means the same, and is a block where there are lines', () => {
    const entries = [
      { key: 'script', value: list(["sbuild --dist=trixie 'a b'.dsc", 'one\n\ntwo', 'no', '4h 10m']) },
      { key: 'needs', value: row([]), comment: ['Nothing.'] },
    ];
    expect(yamlText(entries)).toBe(
      [
        'script:',
        "  - sbuild --dist=trixie 'a b'.dsc",
        '  - |-',
        '    one',
        '',
        '    two',
        '  - "no"',
        '  - "4h 10m"',
        '',
        '# Nothing.',
        'needs: []',
        '',
      ].join('\n'),
    );
  });
});
