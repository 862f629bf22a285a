import { describe, expect, it } from 'vitest';
import { comparePlans } from '../../src/compare/compare-plans.ts';
import type { ComparedLink, ComparisonDocument } from '../../src/compare/comparison-document.ts';
import { alignChains } from '../../src/emit/comparison/align-chains.ts';
import { emitComparisonMarkdown } from '../../src/emit/comparison-markdown.ts';
import { formatComparison } from '../../src/emit/comparison-text.ts';
import { plainStyle } from '../../src/emit/style.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { makePayloadPlan, PAYLOAD_PLAN } from './payload-plan.ts';
import { PAYLOADS } from './payloads.ts';
import { emptyPlan, planTask } from './small-plan.ts';

/** A plan of builds one after the other, in this order, of these seconds. */
function planOf(order: readonly string[], seconds = 60): Plan {
  const tasks = order.map((source, place) =>
    planTask({
      ...{ id: `${source}_1/amd64`, source, version: '1' },
      ...{ startMs: place * seconds * 1000, durationMs: seconds * 1000 },
    }),
  );
  const plan = emptyPlan([{ target: { arch: 'amd64', kind: 'any', profiles: [] }, tasks }]);
  return {
    ...plan,
    criticalChain: tasks.map(({ id }) => ({ id, waitedFor: 'slot' })),
    makespanMs: order.length * seconds * 1000,
    lowerBoundMs: order.length * seconds * 1000,
  };
}

function compare(left: Plan, right: Plan): ComparisonDocument {
  return comparePlans({ label: 'before.json', plan: left }, { label: 'after.json', plan: right });
}

const MANY = Array.from({ length: 200 }, (_, number) => `source-${String(number)}`);
const other = (plan: Plan): Plan => ({
  ...plan,
  options: { ...plan.options, profiles: ['nocheck'] },
  inputs: [{ name: 'Sources', sha256: '1'.repeat(64) }],
});

describe('a comparison as text', () => {
  it('says which takes longer, then the figures, then what moved', () => {
    const text = formatComparison(compare(planOf(['a', 'b']), planOf(['b', 'a'], 90)), {
      ...{ all: false, style: plainStyle },
    });
    expect(text.split('\n').slice(0, 6)).toEqual([
      'before takes 2m 00s, after 3m 00s: +1m 00s, +50.0 %',
      '2 units on both sides, 0 of them planned alike',
      '',
      '          before   after',
      'makespan  2m 00s  3m 00s  +1m 00s  +50.0 %',
      'bound     2m 00s  3m 00s  +1m 00s  +50.0 %',
    ]);
    expect(text).toMatch(
      /\nstarts that moved \(2 units\)\n +before +after +position\n {2}a +0s +1m 30s +\+1m 30s +1 → 2\n/,
    );
  });

  it('fits a screen whatever differs, and says what it left out', () => {
    const document = compare(planOf(MANY), other(planOf([...MANY.slice(50)].reverse(), 61)));
    const text = formatComparison(document, { all: false, style: plainStyle });
    const lines = text.trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(56);
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
    expect(text).toContain('planned with other options\n  profiles: none → nocheck\n');
    expect(text).toMatch(/… and \d+ more \(--all\)|with --all: /);
  });

  it('shows every unit with --all', () => {
    const document = compare(planOf(MANY), planOf([...MANY].reverse()));
    const text = formatComparison(document, { all: true, style: plainStyle });
    expect(MANY.filter((source) => !text.includes(`  ${source} `))).toEqual([]);
    expect(text).not.toContain('--all');
  });

  it('marks what got better and worse between plans', () => {
    const style = { ...plainStyle, red: (text: string) => `R${text}`, green: (text: string) => `G${text}` };
    expect(formatComparison(compare(planOf(['a']), planOf(['a'], 90)), { all: false, style })).toMatch(
      /^Rmakespan /m,
    );
    expect(formatComparison(compare(planOf(['a'], 90), planOf(['a'])), { all: false, style })).toMatch(
      /^Gmakespan /m,
    );
  });

  it('lets no control character of a name through', () => {
    const document = compare(PAYLOAD_PLAN, makePayloadPlan([...PAYLOADS].reverse()));
    const text = formatComparison(document, { all: true, style: plainStyle });
    expect(/[\u0000-\u0009\u000b-\u001f\u007f]/.exec(text)).toBeNull();
  });
});

describe('a comparison as Markdown', () => {
  it('keeps every name in its cell, and makes no mark-up of it', () => {
    const document = compare(PAYLOAD_PLAN, makePayloadPlan([...PAYLOADS].reverse()));
    const lines = emitComparisonMarkdown(document, true).split('\n');
    let columns = 0;
    for (const line of lines) {
      const cells = line.startsWith('| ') ? line.split(/(?<!\\)\|/).length : 0;
      if (cells > 0 && columns > 0) expect(cells, line).toBe(columns);
      columns = cells;
      expect(line.replaceAll(/<\/?(?:details|summary|code)>/g, ''), line).not.toMatch(/[<>]|(?<!\\)`/);
    }
    expect(lines.length).toBeGreaterThan(PAYLOADS.length);
  });

  it('shows the conditions first, the failed ones as such', () => {
    const document: ComparisonDocument = {
      ...compare(planOf(['a']), planOf(['a'])),
      conditions: [{ condition: 'makespan>0', metric: 'makespan', isMet: true, message: 'makespan: 1m' }],
    };
    expect(emitComparisonMarkdown(document, false)).toContain('\n- ❌ **failed**: makespan: 1m\n');
  });
});

describe('chains side by side', () => {
  const chain = (units: string): readonly ComparedLink[] =>
    units.split('').map((unit) => ({
      ...{ unit, id: unit, waitedFor: 'need' as const, builder: 'one' },
      ...{ startMs: 0, durationMs: 1, isCommon: true },
    }));
  const align = (left: string, right: string): string =>
    alignChains([chain(left), chain(right)])
      .map(([ours, theirs]) => `${ours?.unit ?? '-'}${theirs?.unit ?? '-'}`)
      .join(' ');

  it('share a row where as many units as possible stand in the same order', () => {
    expect(align('abcd', 'abcd')).toBe('aa bb cc dd');
    expect(align('abcd', 'axd')).toBe('aa b- c- -x dd');
    expect(align('xabc', 'abcx')).toBe('x- aa bb cc -x');
    expect(align('', 'ab')).toBe('-a -b');
    expect(align('ab', 'cd')).toBe('a- b- -c -d');
  });
});
