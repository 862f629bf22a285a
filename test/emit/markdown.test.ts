import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { parseTemplate } from '../../src/emit/command/parse-template.ts';
import { markdown } from '../../src/emit/formats/markdown.ts';
import { markdownCode } from '../../src/emit/markdown-text.ts';
import { showControls } from '../../src/emit/visible-controls.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { makePayloadPlan, PAYLOAD_PLAN } from './payload-plan.ts';
import { PAYLOADS } from './payloads.ts';
import { emptyPlan } from './small-plan.ts';

const OPTIONS = { builderCommand: parseTemplate('build {dsc}'), suite: 'trixie' };

function contentOf(plan: Plan): string {
  return markdown.emit(plan, OPTIONS)[0]?.content ?? '';
}

/** The cells of a table's row: bars end them unless a backslash stands before. @see GitHub Flavored Markdown, 4.10 */
function cellsOf(line: string): readonly string[] {
  return line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());
}

/** What a cell of code shows; undefined for one that is anything else. */
function codeOf(cell: string): string | undefined {
  const span = /^`([^`]+)`$/.exec(cell)?.[1];
  if (span !== undefined) return span;
  const inner = /^<code>((?:[A-Za-z0-9]|&#\d+;)*)<\/code>$/.exec(cell)?.[1];
  return inner?.replaceAll(/&#(\d+);/g, (_, point: string) => String.fromCodePoint(Number(point)));
}

describe('markdown', () => {
  it.each(PAYLOADS.map((payload) => [payload]))(
    'shows %j as it is, in tables of as many columns as their heads',
    (payload) => {
      const tables = contentOf(makePayloadPlan([payload]))
        .split('\n\n')
        .filter((block) => block.startsWith('|'))
        .map((block) => block.trimEnd().split('\n').map(cellsOf));
      expect(tables.map((rows) => rows.length)).toEqual([3, 3, 3, 3]);
      for (const rows of tables) for (const row of rows) expect(row.length).toBe(at(rows, 0).length);
      const shown = showControls(payload);
      const [architectures = [], chain = [], breaks = [], leftOut = []] = tables.map((rows) =>
        at(rows, 2).map(codeOf),
      );
      expect([architectures[0], chain[2], breaks[4], leftOut[1]]).toEqual([shown, shown, shown, shown]);
    },
  );

  it('is short enough for a comment, whatever the plan', () => {
    const many = Array.from({ length: 1000 }, (_, index) => `package-${String(index)}`);
    const plan = makePayloadPlan(many);
    const unbuildable = plan.unbuildable.map((entry) => ({ ...entry, reason: 'because '.repeat(200) }));
    const large = { ...plan, architectures: plan.architectures.slice(0, 20), unbuildable };
    expect(contentOf(large).length).toBeLessThan(65_536);
    expect(contentOf(PAYLOAD_PLAN)).toContain(`… and ${String(PAYLOADS.length - 12)} more, in the plan`);
  });

  it('of nothing says so', () => {
    expect(contentOf(emptyPlan([]))).toMatch(/^## Nothing to build\n/);
  });
});

describe('markdownCode', () => {
  it('leaves ordinary names readable', () => {
    expect(markdownCode('linux-libc-dev (>= 6.12~rc1) → x')).toBe('`linux-libc-dev (>= 6.12~rc1) → x`');
  });
  it.each([
    ['a|b', '<code>a&#124;b</code>'],
    ['`', '<code>&#96;</code>'],
    [' a', '<code>&#32;a</code>'],
    ['a  b', '<code>a&#32;&#32;b</code>'],
    ['a\nb', '<code>a&#9226;b</code>'],
    ['', ''],
  ])('writes %j as %s', (name, code) => {
    expect(markdownCode(name)).toBe(code);
  });
});
