import { describe, expect, it } from 'vitest';
import { simulateCycleOrders } from '../../src/cycles/starlingx/simulate.ts';
import { entriesOf, platformOf, type NeedsByName } from './platforms.ts';

/** Groups as texts: `a b` built side by side, `(b a)` by an entry; behind `!` what is stuck. */
function groups(needs: NeedsByName, lines: readonly string[], names?: readonly string[]): string {
  const { groups: found, stuck } = simulateCycleOrders(platformOf(needs), entriesOf(...lines), names);
  const texts = found.map(({ kind, names: order }) =>
    kind === 'cycle' ? `(${order.join(' ')})` : order.join(' '),
  );
  return [...texts, ...(stuck.length === 0 ? [] : [`! ${stuck.join(' ')}`])].join(', ');
}

describe("StarlingX's use of a cycle-order file", () => {
  it('takes what needs nothing unbuilt, names descending, before it looks at entries', () => {
    expect(groups({ a: '', b: 'a', c: '', d: 'b' }, [])).toBe('c a b d');
    expect(groups({ a: '', b: 'a c', c: 'b' }, ['b c = c b'])).toBe('a, (c b)');
  });

  it('takes an entry only when its needs among what is left are exactly its set', () => {
    const ring = { a: 'b', b: 'a', c: 'a' };
    expect(groups(ring, ['a b'])).toBe('(a b), c');
    expect(groups(ring, ['a b c'])).toBe('! a b c');
    expect(groups({ a: 'b', b: 'a c', c: 'c' }, ['a b'])).toBe('! a b c');
    expect(groups({ a: 'b', b: 'a c', c: 'c' }, ['a b', 'c'])).toBe('(c), (a b)');
  });

  it('stops at a source that needs itself and has no entry of its own', () => {
    expect(groups({ linux: 'linux' }, [])).toBe('! linux');
    expect(groups({ linux: 'linux' }, ['linux'])).toBe('(linux)');
  });

  it('takes the first entry of the file that matches', () => {
    const rings = { a: 'b', b: 'a', c: 'd', d: 'c' };
    expect(groups(rings, ['c d', 'a b'])).toBe('(c d), (a b)');
    expect(groups(rings, ['a b c d = a c b d', 'a b'])).toBe('(a c b d)');
  });

  it('builds a source twice where the order names it twice', () => {
    expect(groups({ a: 'b', b: 'a' }, ['a b = a b a'])).toBe('(a b a)');
  });

  it('is stuck at a subset for which no entry was written', () => {
    const knot = { a: 'b c', b: 'a', c: 'a' };
    expect(groups(knot, ['a b c = b c a'])).toBe('(b c a)');
    expect(groups(knot, ['a b c = b c a'], ['a', 'b'])).toBe('! a b');
    expect(groups(knot, ['a b c = b c a'], ['b', 'c'])).toBe('c b');
  });

  it('does not ask about sources that are not built', () => {
    expect(groups({ a: 'b', b: 'a', c: 'b' }, [], ['a', 'c'])).toBe('c a');
  });
});
