import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/diagnostic.ts';
import { resolveSearch, type RawSearchSettings } from '../../src/options/search-options.ts';

function refusalOf(raw: RawSearchSettings): readonly (string | undefined)[] {
  try {
    resolveSearch(raw);
  } catch (error) {
    if (error instanceof UserError) return error.diagnostics.flatMap(({ code, hint }) => [code, hint]);
  }
  return [];
}

describe('resolveSearch', () => {
  it('searches five times longer with each effort from 2 on', () => {
    expect(resolveSearch({})).toEqual({ effort: 1, schedules: 0, seed: 1 });
    expect(resolveSearch({ effort: '0', seed: '7' })).toEqual({ effort: 0, schedules: 0, seed: 7 });
    const schedules = ['2', '3', '4', '5'].map((effort) => resolveSearch({ effort }).schedules);
    expect(schedules).toEqual([2000, 10_000, 50_000, 250_000]);
  });

  it('takes a number of schedules for a wish to search', () => {
    expect(resolveSearch({ schedules: '300' })).toEqual({ effort: 2, schedules: 300, seed: 1 });
    expect(resolveSearch({ schedules: '300', effort: '3' })).toEqual({ effort: 3, schedules: 300, seed: 1 });
  });

  it.each<RawSearchSettings>([
    ...[{ effort: 'x' }, { effort: '-1' }, { effort: '10' }, { effort: '1.5' }, { effort: '' }],
    ...[
      { schedules: '0' },
      { schedules: '2k' },
      { schedules: '1e3' },
      { seed: 'abc' },
      { seed: '4294967296' },
    ],
    ...[
      { schedules: '100', effort: '1' },
      { policy: 'fifo', effort: '2' },
      { policy: 'fifo', schedules: '9' },
    ],
  ])('refuses %o and says what to type instead', (raw) => {
    const [code, hint] = refusalOf(raw);
    expect(code).toBe('usage');
    expect(hint).toMatch(/--|leave out/);
  });
});
