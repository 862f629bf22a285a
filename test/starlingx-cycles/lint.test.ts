import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { lintCycleOrders } from '../../src/cycles/starlingx/lint.ts';
import { orderPreferences } from '../../src/cycles/starlingx/order-preferences.ts';
import { formatCycleLint } from '../../src/emit/cycle-orders.ts';
import { entriesOf, platformOf } from './platforms.ts';

/** Findings as `LINE CODE: MESSAGE`; the entry in the n-th place stands in lines 2n - 1 and 2n. */
function short(findings: readonly Diagnostic[]): readonly string[] {
  return findings.map(({ code, message, location }) => `${location?.line ?? '-'} ${code}: ${message}`);
}

const RING = platformOf({ a: 'b', b: 'a' });

describe('lintCycleOrders', () => {
  it('finds nothing in a file that serves every subset', () => {
    expect(lintCycleOrders(entriesOf('a b = b a'), [RING])).toEqual([]);
  });

  it.each([
    ['a source that no suite has', 'a x', 'no layer of any suite has all of these sources'],
    ['a source that needs none of the set', 'a c', 'a c needs none of the set (suite distro/std amd64)'],
    ['a source that none needs', 'a b d', 'none of the set needs d (suite distro/std amd64)'],
    ['a single source that does not need itself', 'a', 'a needs none of the set (suite distro/std amd64)'],
  ])('calls an entry dead for %s', (_, set, reason) => {
    const platform = platformOf({ a: 'b', b: 'a', c: 'b', d: 'a' });
    const findings = lintCycleOrders(entriesOf('a b', set), [platform]);
    const dead = findings.filter(({ code }) => code === 'cycle-entry-dead');
    expect(short(dead)).toEqual([`3 cycle-entry-dead: no build can use the entry of ${set}: ${reason}`]);
  });

  it('calls an entry dead when another goes first whatever is built, not when it needs a subset', () => {
    const loops = platformOf({ a: 'a b', b: 'a b c', c: 'b', d: 'd', e: 'e' });
    const findings = lintCycleOrders(entriesOf('d', 'd e', 'e', 'a b', 'a b c', 'a', 'b', 'b c'), [loops]);
    expect(short(findings)).toEqual([
      '3 cycle-entry-dead: no build can use the entry of d e: line 1 goes first (suite distro/std amd64)',
    ]);
    expect(
      short(lintCycleOrders(entriesOf('d e', 'd', 'e', 'a b', 'a b c', 'a', 'b', 'b c'), [loops])),
    ).toEqual([]);
  });

  it('calls an entry dead only if it is dead everywhere', () => {
    const other = { ...platformOf({ a: '', b: 'a' }), label: 'other' };
    expect(short(lintCycleOrders(entriesOf('a b'), [other]))).toEqual([
      '1 cycle-entry-dead: no build can use the entry of a b: a needs none of the set (other)',
    ]);
    expect(lintCycleOrders(entriesOf('a b'), [other, RING])).toEqual([]);
  });

  it('does not judge an entry with a source of which nothing is known', () => {
    const platform = { ...platformOf({ a: '', b: '' }), isKnown: Uint8Array.of(1, 0) };
    expect(short(lintCycleOrders(entriesOf('a b'), [platform]))).toEqual([
      '1 cycle-entry-unjudged: no build seems to use the entry of a b, but nothing tells what b needs',
    ]);
  });

  it('tells a name that no platform has once, with all entries and a near one', () => {
    const platform = platformOf({ linux: 'qemu-kvm', 'qemu-kvm': 'linux' });
    const [finding] = lintCycleOrders(entriesOf('linux qemu', 'qemu', 'linux qemu-kvm'), [platform]);
    expect(finding).toEqual({
      code: 'cycle-unknown-source',
      severity: 'warning',
      message: "no suite has a source 'qemu', which lines 1, 3 name",
      location: { file: 'f', line: 1 },
      hint: 'delete these entries, or did you mean qemu-kvm?',
    });
  });

  it('tells a set that stands twice, and whether the orders differ', () => {
    const entries = entriesOf('a b = b a', 'a b = b a', 'b a = a b');
    const duplicates = lintCycleOrders(entries, [RING]).filter(
      ({ code }) => code === 'cycle-entry-duplicate',
    );
    expect(short(duplicates)).toEqual([
      '3 cycle-entry-duplicate: the set a b stands in line 1 already',
      '5 cycle-entry-duplicate: the set a b stands in line 1 already, with another order: that one counts',
    ]);
  });

  it('tells a contradiction once for a pair of sources, as a note where an entry is not in use', () => {
    const platform = platformOf({ a: 'b c', b: 'a', c: 'a' });
    const entries = entriesOf('a b = a b', 'a c', 'a b c = b c a', 'b c x = c b x');
    const found = lintCycleOrders(entries, [platform]).filter(
      ({ code }) => code === 'cycle-orders-contradict',
    );
    expect(found.map(({ severity, message }) => [severity, message])).toEqual([
      ['warning', 'line 1 builds a before b, line 5 b before a'],
      ['warning', 'line 3 builds a before c, line 5 c before a'],
      ['note', 'line 5 builds b before c, line 7 c before b (not all of these entries are in use)'],
    ]);
  });

  it('tells an order that builds a source before what it can not do without', () => {
    const platform = { ...platformOf({ a: 'b!', b: 'a' }), explain: () => 'a(s) -b> b(b)' };
    expect(short(lintCycleOrders(entriesOf('a b = a b'), [platform]))).toEqual([
      '2 cycle-order-breaks-need: the order builds a before b, but no existing binary serves instead in ' +
        'suite distro/std amd64: a(s) -b> b(b)',
    ]);
    expect(lintCycleOrders(entriesOf('a b = b a'), [platform])).toEqual([]);
  });

  it('tells each set for want of which a build of everything stops', () => {
    const platform = platformOf({ a: 'b', b: 'a', c: 'c a', d: '' });
    expect(short(lintCycleOrders([], [platform]))).toEqual([
      '- cycle-set-missing: a build of suite distro/std amd64 stops: no entry has the set a b',
      '- cycle-set-missing: a build of suite distro/std amd64 stops: no entry has the set c',
    ]);
  });

  it('tells once what several platforms lack or find dead alike', () => {
    const other = { ...RING, label: 'other' };
    const parts = platformOf({ a: 'b c', b: 'a', c: 'a', d: '' });
    expect(short(lintCycleOrders(entriesOf('a d'), [parts, { ...parts, label: 'other' }]))).toEqual([
      '1 cycle-entry-dead: no build can use the entry of a d: a d needs none of the set (suite distro/std amd64, other)',
      '- cycle-set-missing: a build of suite distro/std amd64, other stops: no entry has the set a b c',
      '- cycle-subsets-missing: of 3 sets of a b c that can be left over in suite distro/std amd64, other, 2 have no ' +
        "entry: a build of just 'a b', 'a c' stops",
    ]);
    expect(short(lintCycleOrders([], [RING, other]))).toEqual([
      '- cycle-set-missing: a build of suite distro/std amd64, other stops: no entry has the set a b',
    ]);
  });

  it('counts the subsets for which a build stops', () => {
    const platform = platformOf({ a: 'b c', b: 'a', c: 'a b' });
    expect(short(lintCycleOrders(entriesOf('a b c'), [platform]))).toEqual([
      '- cycle-subsets-missing: of 3 sets of a b c that can be left over in suite distro/std amd64, 2 have no entry: ' +
        "a build of just 'a b', 'a c' stops",
    ]);
  });
});

describe('orderPreferences', () => {
  it('gives the line of the first order that wishes so', () => {
    const { lineOf, count, diagnostics } = orderPreferences(entriesOf('a b c = b a b c', 'a b = b a'));
    expect(diagnostics).toEqual([]);
    expect(count).toBe(3);
    expect(lineOf('b', 'a')).toBe(2);
    expect(lineOf('b', 'c')).toBe(2);
    expect(lineOf('a', 'b')).toBeUndefined();
    expect(lineOf('a', 'constructor')).toBeUndefined();
  });

  it('drops wishes that contradict each other, and says so', () => {
    const { lineOf, count, diagnostics } = orderPreferences(entriesOf('a b c', 'a b = b a'));
    expect(lineOf('a', 'b')).toBeUndefined();
    expect(lineOf('b', 'a')).toBeUndefined();
    expect(lineOf('a', 'c')).toBe(2);
    expect(count).toBe(2);
    expect(short(diagnostics)).toEqual([
      '4 cycle-wishes-contradict: line 2 builds a before b, line 4 the other way round: neither counts as a wish',
    ]);
  });
});

describe('formatCycleLint', () => {
  it('gives a line for each finding, what to do below, and a count at the end', () => {
    const findings = lintCycleOrders(entriesOf('a b', 'a b', 'a x'), [RING]);
    expect(formatCycleLint(findings, 'f', 3)).toBe(
      [
        "f:5: warning: no suite has a source 'x', which line 5 names [cycle-unknown-source]",
        '  hint: delete these entries; their build orders have no effect',
        'f:3: warning: the set a b stands in line 1 already [cycle-entry-duplicate]',
        '  hint: delete this entry',
        'f:5: warning: no build can use the entry of a x: no layer of any suite has all of these sources [cycle-entry-dead]',
        '  hint: delete the entry',
        'f: 3 entries; unknown sources: 1, duplicates: 1, dead: 1',
        '',
      ].join('\n'),
    );
  });

  it('says so when there is nothing to change', () => {
    expect(formatCycleLint([], 'f', 1)).toBe('f: 1 entry; nothing to change\n');
  });
});
