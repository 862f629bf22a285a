import { describe, expect, it } from 'vitest';
import { resolveNextOptions } from '../../src/options/next-options.ts';

const ASKED = { paths: ['plan.json'], follow: false, confirm: false, json: false };

describe('resolveNextOptions', () => {
  it.each([
    [{ paths: [] }, 'no plan is named'],
    [{ paths: ['a', 'b'] }, 'one plan at a time: a and b'],
    [{ confirm: true }, '--confirm is for --follow'],
    [{ json: true, follow: true }, "--json and --follow can't go together"],
    [{ paths: ['-'], state: '-' }, 'standard input can be only one of plan, state and events'],
    [{ paths: ['-'], follow: true }, 'standard input can be only one of plan, state and events'],
    [{ state: '-', follow: true }, 'standard input can be only one of plan, state and events'],
  ])('refuses %j', (changes, message) => {
    expect(() => resolveNextOptions({ ...ASKED, ...changes })).toThrow(message);
  });

  it('takes one plan, with or without a state', () => {
    expect(resolveNextOptions(ASKED)).toEqual({ plan: 'plan.json', state: undefined });
    expect(resolveNextOptions({ ...ASKED, paths: ['-'], state: 's' })).toEqual({ plan: '-', state: 's' });
  });
});
