import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { BREAK_COSTS } from '../../src/cycles/break-costs.ts';
import { analyseTexts, binary, builtKeys, source } from '../support/texts.ts';

describe('a first build that makes a cycle of its own', () => {
  const texts = {
    sources: [
      // full, a needs itself; first, it needs tool, which needs it, unless nocheck is set
      source('a', { 'Build-Depends': 'a <!stage1>, tool <stage1 !nocheck>' }),
      source('tool', { 'Build-Depends': 'a' }),
    ],
    packages: { amd64: [binary('tool', { Version: '0' })] },
  };
  const breakCosts = { ...BREAK_COSTS, usual: { ...BREAK_COSTS.usual, 'existing-binary': 1000 } };

  it('is built with the profile that is listed as opening that cycle', () => {
    const { planned, variants, openings, cut } = analyseTexts(texts, { breakCosts });
    const listed = openings.flatMap(({ breaks, universe }) =>
      breaks.map(({ strategy, unit, profile }) =>
        [strategy, at(universe.units, unit).key, profile].join(' '),
      ),
    );
    expect(listed).toEqual(['staged-build a_1/amd64 stage1', 'profile a_1/amd64+stage1 nocheck']);
    expect(variants.staged).toEqual(new Map([['a_1/amd64', ['stage1', 'nocheck']]]));
    expect(builtKeys(planned)).toEqual(['a_1/amd64', 'a_1/amd64+stage1', 'tool_1/amd64']);
    expect(cut.cutEdges).toEqual([]);
  });

  it('is built against what exists where that is cheaper', () => {
    const { variants, cut } = analyseTexts(texts);
    expect(variants.staged).toEqual(new Map([['a_1/amd64', ['stage1']]]));
    expect(cut.cutEdges).toHaveLength(1);
  });
});
