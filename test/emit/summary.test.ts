import { describe, expect, it } from 'vitest';
import { plainStyle, type Style } from '../../src/emit/style.ts';
import { emitSummary } from '../../src/emit/summary.ts';
import { cutLine, joinNames } from '../../src/emit/summary/lines.ts';
import type { Plan, PlanUnbuildable } from '../../src/plan/plan.ts';
import { planExample } from '../platform/example.ts';
import { SAMPLE_PLANS } from './drawings/sample-plans.ts';

const { plan: example } = await planExample();
/** The lines of a screen. */
const SCREEN = 40;

function linesOf(plan: Plan, all = false): readonly string[] {
  return emitSummary(plan, { all, style: plainStyle }).trimEnd().split('\n');
}

/** The example with so many more builds that nothing provides for. */
function withMissing(count: number): Plan {
  const missing = Array.from({ length: count }, (_, index): PlanUnbuildable => ({
    ...{ source: `lost-${String(index)}`, version: '1', arch: 'arm64', kind: 'missing' },
    ...{
      unit: `apps/std/lost-${String(index)}_1/arm64`,
      reason: `nothing provides gone-${String(index)} on arm64`,
    },
  }));
  return { ...example, unbuildable: [...example.unbuildable, ...missing] };
}

describe('the summary', () => {
  it('fits a screen, and says at once how long the plan takes and why', () => {
    for (const plan of [...SAMPLE_PLANS, example, withMissing(500)]) {
      const lines = linesOf(plan);
      expect(lines.length).toBeLessThanOrEqual(SCREEN);
      for (const line of lines.slice(3)) expect(line.length, line).toBeLessThanOrEqual(100);
    }
    expect(linesOf(example).slice(0, 3)).toEqual([
      '113 builds on 2 builders in 2h 59m',
      'no plan is shorter than 2h 59m: this plan is optimal',
      '  what binds: the chain libquay/amd64 → mooring-store/amd64 → harbor-installer/amd64',
    ]);
  });

  it('counts what it does not show, and shows it with --all', () => {
    const short = linesOf(withMissing(500));
    expect(short.at(-1)).toBe('--all shows the rest');
    expect(short).toContainEqual(
      expect.stringMatching(/^ {2}503 builds +needs what nothing provides +.*, \d+ more$/),
    );
    const all = linesOf(withMissing(500), true);
    expect(all).toContain('  needs what nothing provides (503 builds)');
    expect(all.filter((line) => line.includes(': nothing provides gone-'))).toHaveLength(500);
    expect(all.filter((line) => /…$|more$|--all/.test(line))).toEqual([]);
  });

  it('shows all there is to show where that fits a screen', () => {
    for (const plan of SAMPLE_PLANS) {
      const all = linesOf(plan, true);
      if (all.length <= SCREEN - 2) expect(linesOf(plan)).toEqual(all);
      else expect(linesOf(plan).at(-1)).toBe('--all shows the rest');
    }
  });

  it('names the longer search where much may be to be gained and there was none', () => {
    const hint = 'a longer search may find a shorter plan: --effort 2\n';
    const slow = { ...example, lowerBoundMs: example.makespanMs / 2 };
    const searched = {
      ...example.options,
      search: { ...example.options.search, effort: 2, schedules: 2000 },
    };
    expect(emitSummary(slow, { all: false, style: plainStyle })).toContain(hint);
    expect(emitSummary({ ...slow, options: searched }, { all: false, style: plainStyle })).not.toContain(
      hint,
    );
    expect(emitSummary(example, { all: false, style: plainStyle })).not.toContain(hint);
  });

  it('marks what is good, what costs time and what is missing', () => {
    const style: Style = { ...plainStyle, ...painted('red'), ...painted('yellow'), ...painted('green') };
    const text = emitSummary(example, { all: false, style });
    expect(text).toContain('no plan is shorter than 2h 59m: <green>this plan is optimal</green>');
    expect(text).toMatch(/amd64 .* <green>optimal<\/green> .* <yellow>5<\/yellow>\n/);
    expect(text).toMatch(/mooring-store\/amd64 +<yellow>x86 disk<\/yellow> +2h 35m\n/);
    expect(text).toContain('<red>6 builds</red>  <red>in a cycle without a way out</red>');
    const slow = { ...example, lowerBoundMs: example.makespanMs / 2 };
    expect(emitSummary(slow, { all: false, style })).toContain(
      '<yellow>this plan is at most 100.0 % above optimal</yellow>',
    );
    const near = { ...example, lowerBoundMs: example.makespanMs - 1 };
    expect(emitSummary(near, { all: false, style })).toContain(
      '<green>this plan is less than 0.1 % above optimal</green>',
    );
  });
});

function painted(colour: 'red' | 'yellow' | 'green'): Partial<Style> {
  return { [colour]: (text: string) => `<${colour}>${text}</${colour}>` };
}

describe('joinNames', () => {
  it('shows as many as fit, one at least, and counts the others', () => {
    expect(joinNames(['ab', 'cd', 'ef'], 10)).toBe('ab, cd, ef');
    expect(joinNames(['ab', 'cd', 'efghi', 'jk'], 14)).toBe('ab, cd, 2 more');
    expect(joinNames(['abcdefgh', 'cd', 'ef'], 3)).toBe('abcdefgh, 2 more');
    expect(joinNames([], 3)).toBe('');
  });
});

describe('cutLine', () => {
  it('cuts at a blank, without what only the next word would need', () => {
    expect(cutLine('one, two, three', 15)).toBe('one, two, three');
    expect(cutLine('one, two, three', 12)).toBe('one, two …');
    expect(cutLine('abcdefghij', 5)).toBe('abc …');
  });
});
