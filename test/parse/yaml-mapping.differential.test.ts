import { array, assert, constantFrom, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPlainMapping, type MappingEntry } from '../../src/parse/plain-mapping.ts';
import { parseWholeYaml, parseYamlMapping } from '../../src/parse/yaml-mapping.ts';
import { listShared, readShared, hasSharedData } from './shared-data.ts';

const PLAIN =
  '---\n# of the tree\ndebname: a\ndebver: 1.0-1\nrevision:\n  dist: $STX_DIST\n\n  GIT:\n      SRC: ${MY_REPO}/a b:c#d\n' +
  'dl_path:\n  url: https://h/a?b=c;d  \nempty:\n';
const INDENTS = ['', '', '', ' ', '  ', '  ', '  ', '    ', '      ', '\t'];
const KEYS = [
  'a',
  'b',
  'c',
  'd',
  'a-b_c.d',
  'x~1%2+3/',
  '-',
  '#',
  '"a"',
  '<<',
  '...',
  '---',
  '? e',
  '- f',
  'é',
  '',
];
const COLONS = [':', ': ', ': ', ': ', ': ', ':  ', ' : ', '', ':\t'];
const VALUES = [
  ...['', '', '', 'x', '1.0', '$A', '${B}/c', 'a b', 'a  b ', 'h://x/y?z#w', '...', '.', '/', 'null', 'true'],
  ...[
    'x:',
    'x: y',
    'x #y',
    '#y',
    '"q"',
    "'q'",
    '[a',
    '{a: b}',
    '*a',
    '&a x',
    '!t x',
    '|',
    '>',
    '%',
    '@',
    '`',
  ],
  ...['- a', '-a', '? a', 'x, y', 'é', 'x"y', 'x\\', '~', '=', ': x'],
];
const ENDS = [
  '\n',
  '\n',
  '\n',
  '\n',
  '\n\n',
  '\n  \n',
  '\n# x\n',
  '\n  # x\n',
  '\r\n',
  '',
  '\n---\n',
  '\n...\n',
];

const line = tuple(
  constantFrom(...INDENTS),
  constantFrom(...KEYS),
  constantFrom(...COLONS),
  constantFrom(...VALUES),
  constantFrom(...ENDS),
).map((parts) => parts.join(''));
/** Lines that are plain, but for where they stand. */
const plainLine = tuple(
  constantFrom('', '', '  ', '  ', '    '),
  constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
  constantFrom(':\n', ':\n', ': x\n', ': x y\n', ': x:y\n\n', ': 1 \n  # z\n'),
).map((parts) => parts.join(''));
/** One line of any kind among plain ones. */
const text = tuple(
  constantFrom('', '', '', '', '---\n', '--- \n', '# x\n', '%YAML 1.2\n---\n', '\ufeff'),
  array(plainLine, { maxLength: 2 }),
  line,
  array(plainLine, { maxLength: 2 }),
).map(([start, before, odd, after]) => start + before.join('') + odd + after.join(''));

function whole(of: string): {
  readonly entries: readonly MappingEntry[] | undefined;
  readonly errors: unknown;
} {
  const { entries, errors } = parseWholeYaml(of, 'f');
  return { entries, errors };
}

describe('readPlainMapping against a reader of all YAML', () => {
  it('reads what is plain', () => {
    expect(readPlainMapping(PLAIN)).toEqual(whole(PLAIN).entries);
    expect(whole(PLAIN).errors).toEqual([]);
    expect(readPlainMapping(PLAIN)?.map(({ key }) => key)).toEqual(
      ['debname', 'debver', 'revision', 'dl_path', 'empty'], // prettier-ignore
    );
  });

  it.each([
    ['one line of any kind among plain ones', text, 40_000, 300],
    [
      'plain lines in any order',
      array(plainLine, { maxLength: 7 }).map((lines) => lines.join('')),
      10_000,
      500,
    ],
  ])('tells the same of %s, or nothing', (_, texts, numRuns, least) => {
    let read = 0;
    assert(
      property(texts, (of) => {
        const entries = readPlainMapping(of);
        if (entries === undefined) return;
        read++;
        expect({ entries, errors: [] }).toEqual(whole(of));
      }),
      { numRuns },
    );
    expect(read).toBeGreaterThan(least);
  });

  it('places keys and values alike', () => {
    const { entries = [], place } = parseYamlMapping(PLAIN, 'f');
    const theirs = parseWholeYaml(PLAIN, 'f');
    expect(entries).toEqual(theirs.entries);
    for (const { offset } of entries) expect(place(offset)).toEqual(theirs.place(offset));
  });

  it.skipIf(!hasSharedData)("reads most of StarlingX's files", () => {
    const texts = listShared('meta_data.yaml').map(readShared);
    let read = 0;
    for (const of of texts) {
      const entries = readPlainMapping(of);
      if (entries === undefined) continue;
      read++;
      expect({ entries, errors: [] }).toEqual(whole(of));
    }
    expect(read / texts.length).toBeGreaterThan(0.8);
  });
});
