import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIMENSION_NAMES } from '../../../src/report/page/dimensions.ts';
import { FIRST_STATE, PageStore, type PageState } from '../../../src/report/page/page-state.ts';
import { readAddress, writeAddress } from '../../../src/report/page/state-address.ts';

const states: fc.Arbitrary<PageState> = fc.record({
  plan: fc.nat(3),
  selected: fc.string({ unit: 'grapheme' }),
  view: fc.option(
    fc
      .tuple(fc.nat(1e9), fc.integer({ min: 1, max: 1e9 }))
      .map(([fromMs, span]) => ({ fromMs, toMs: fromMs + span })),
  ),
  colourBy: fc.constantFrom(...DIMENSION_NAMES),
  filters: fc
    .uniqueArray(fc.constantFrom(...DIMENSION_NAMES))
    .chain((names) =>
      fc.tuple(
        ...names.map((name) =>
          fc.uniqueArray(fc.string(), { minLength: 1 }).map((values) => [name, new Set(values)] as const),
        ),
      ),
    )
    .map((entries) => new Map(entries)),
  isStacked: fc.boolean(),
  sorting: fc.record({ by: fc.constantFrom('source', 'start', 'ramDisk'), isDescending: fc.boolean() }),
});

describe('the address', () => {
  it('says all of the state, whatever the builds are called', () => {
    fc.assert(
      fc.property(states, (state) => {
        const read = readAddress(writeAddress(state), 4);
        expect({ ...read, filters: sorted(read) }).toEqual({ ...state, filters: sorted(state) });
      }),
      { seed: 1 },
    );
  });

  it('is empty at the start', () => {
    expect(writeAddress(FIRST_STATE)).toBe('');
    expect(readAddress('', 1)).toEqual(FIRST_STATE);
  });

  it('that was edited by hand leaves what it gets wrong at the start', () => {
    const wrong = 'plan=9&from=5&to=5&colour=__proto__&sort=constructor&toString=1&%E0%A4%A';
    expect(readAddress(wrong, 2)).toEqual(FIRST_STATE);
    expect(readAddress('from=-5&to=10', 1).view).toBeNull();
    expect(readAddress('from=0&to=Infinity', 1).view).toBeNull();
  });
});

function sorted({ filters }: PageState): readonly unknown[] {
  return DIMENSION_NAMES.map((name) => [...(filters.get(name) ?? [])]);
}

describe('PageStore', () => {
  it('tells every listener of a change, with what was before, in the order of subscription', () => {
    const store = new PageStore(FIRST_STATE);
    const heard: string[] = [];
    store.subscribe((state, previous) => heard.push(`a ${previous.selected}>${state.selected}`));
    store.subscribe((state, previous) => heard.push(`b ${previous.selected}>${state.selected}`));
    store.update({ selected: 'x' });
    expect(heard).toEqual(['a >', 'b >', 'a >x', 'b >x']);
  });

  it('keeps the last state when a listener changes it again', () => {
    const store = new PageStore(FIRST_STATE);
    store.subscribe(({ plan }) => {
      if (plan === 1) store.update({ plan: 2 });
    });
    store.update({ plan: 1 });
    expect(store.state.plan).toBe(2);
  });
});
