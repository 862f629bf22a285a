import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { parseCycleOrders, type CycleOrder } from '../../src/parse/starlingx/cycle-orders.ts';

function parse(...lines: readonly string[]): {
  readonly orders: readonly CycleOrder[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const orders = parseCycleOrders(lines.join('\n'), 'circular_dep.conf', (diagnostic) =>
    diagnostics.push(diagnostic),
  );
  return { orders, diagnostics };
}

/** The orders as texts, and what was reported as `LINE CODE`. */
function short(...lines: readonly string[]): {
  readonly orders: readonly string[];
  readonly reports: readonly string[];
} {
  const { orders, diagnostics } = parse(...lines);
  return {
    orders: orders.map(({ order }) => order.join(' ')),
    reports: diagnostics.map(({ code, location }) => `${location?.line ?? 0} ${code}`),
  };
}

const GOOD = ['SRC SET: x y', 'BUILD ORDER: y x'];

describe('parseCycleOrders', () => {
  it('reads sets, orders and the comments below them, with their lines', () => {
    const { orders, diagnostics } = parse(
      '# a head',
      '',
      'SRC SET: b a',
      'BUILD ORDER: b a b # twice',
      '#  b(s) -b> a',
      '# a(s) -b> b',
      '',
      '# not of the entry',
      'SRC SET: c',
      'BUILD ORDER: c',
    );
    expect(diagnostics).toEqual([]);
    expect(orders).toEqual([
      {
        set: ['a', 'b'],
        order: ['b', 'a', 'b'],
        comments: ['b(s) -b> a', 'a(s) -b> b'],
        location: { file: 'circular_dep.conf', line: 3 },
        orderLocation: { file: 'circular_dep.conf', line: 4 },
      },
      {
        set: ['c'],
        order: ['c'],
        comments: [],
        location: { file: 'circular_dep.conf', line: 9 },
        orderLocation: { file: 'circular_dep.conf', line: 10 },
      },
    ]);
  });

  it.each(['\r\n', '\r', '\n'])('takes %j for the end of a line, and tabs and blanks around one', (end) => {
    const orders = parseCycleOrders(
      ['\t SRC SET:\ta b \t', '', '  BUILD ORDER:b a', ''].join(end),
      'f',
      (diagnostic) => {
        expect(diagnostic).toBeUndefined();
      },
    );
    expect(orders.map(({ set, order }) => [set, order])).toEqual([
      [
        ['a', 'b'],
        ['b', 'a'],
      ],
    ]);
  });

  it.each([
    ['a colon of full width', 'SRC SET：a b', 'BUILD ORDER: a b'],
    ['an underscore', 'SRC_SET: a b', 'BUILD ORDER: a b'],
    ['a letter too few', 'SRC SET: a b', 'BUILD ODER: a b'],
    ['two letters exchanged', 'SRC SET: a b', 'BULID ORDER: a b'],
    ['lower case', 'src set: a b', 'Build Order: a b'],
    ['a blank before the colon', 'SRC SET : a b', 'BUILD ORDER: a b'],
    ['no colon', 'SRC SET a b', 'BUILD ORDER: a b'],
    ['a backtick before it', '`SRC SET: a b', 'BUILD ORDER: a b'],
    ['a byte order mark', '\ufeffSRC SET: a b', 'BUILD ORDER: a b'],
    ['no blank', 'SRCSET: a b', 'BUILD ORDER: a b'],
  ])('reports a keyword with %s once, and leaves out its entry alone', (_, set, order) => {
    const { orders, diagnostics } = parse(...GOOD, set, order, ...GOOD);
    expect(orders).toHaveLength(2);
    const codes = new Set(diagnostics.map(({ code }) => code));
    expect([...codes]).toEqual(['cycle-keyword-misspelt']);
    const wrong = [set, order].filter((line) => !/^(SRC SET|BUILD ORDER):/.test(line));
    expect(diagnostics).toHaveLength(wrong.length);
  });

  it('says how a misspelt keyword is written', () => {
    const [diagnostic] = parse('SRC SET：a b').diagnostics;
    expect(diagnostic).toEqual({
      code: 'cycle-keyword-misspelt',
      severity: 'error',
      message: "'SRC SET：a b' does not begin with 'SRC SET:': the entry does not count",
      location: { file: 'circular_dep.conf', line: 1 },
      hint: 'write "SRC SET:" exactly so, in capitals, with an ASCII colon and nothing before it',
    });
  });

  it.each([
    ['a set without an order', ['SRC SET: a', ...GOOD], ['y x'], ['1 cycle-set-without-order']],
    ['a set at the end', [...GOOD, 'SRC SET: a'], ['y x'], ['3 cycle-set-without-order']],
    ['an order without a set', ['BUILD ORDER: a', ...GOOD], ['y x'], ['1 cycle-order-without-set']],
    ['a second order', [...GOOD, 'BUILD ORDER: x y'], ['y x'], ['3 cycle-order-without-set']],
    [
      'an empty set',
      ['SRC SET:', 'BUILD ORDER:', ...GOOD],
      ['y x'],
      ['1 cycle-set-empty', '2 cycle-set-empty'],
    ],
    ['text in between', [...GOOD, 'a b', ...GOOD], ['y x', 'y x'], ['3 cycle-line-without-keyword']],
    ['a tab', ['SRC SET: a\tb', 'BUILD ORDER: a b', ...GOOD], ['y x'], ['1 cycle-names-tabbed']],
    ['a name twice', ['SRC SET: a a b', 'BUILD ORDER: b a'], ['b a'], ['1 cycle-set-repeats']],
    ['lined-up names', ['SRC SET: a b', 'BUILD ORDER: a    b'], ['a b'], ['2 cycle-names-wide-gap']],
    ['a foreign name', ['SRC SET: a b', 'BUILD ORDER: a c', ...GOOD], ['y x'], ['2 cycle-set-unlike-order']],
  ])('reports %s', (_, lines, orders, reports) => {
    expect(short(...lines)).toEqual({ orders, reports });
  });

  it('tells what an order lacks and what it has too much', () => {
    const [diagnostic] = parse('SRC SET: a b c', 'BUILD ORDER: a d').diagnostics;
    expect(diagnostic?.message).toBe(
      'the order lacks b c and has d, which the set lacks: the entry does not count',
    );
    expect(diagnostic?.hint).toContain('line 1');
  });

  it.each([
    ['b`', "delete '`': did you mean 'b'?"],
    ['linux_6.18', "write the name without its version: 'linux'"],
    ['b\u00a0c', "delete U+00A0: did you mean 'bc'?"],
    ['-b', 'names are letters, digits, "+", "-" and ".", and begin with a letter or digit'],
    ['/', 'delete it'],
  ])('refuses the name %j and says what to do', (name, hint) => {
    const { orders, diagnostics } = parse(`SRC SET: a ${name}`, `BUILD ORDER: a ${name}`, ...GOOD);
    expect(orders).toHaveLength(1);
    expect(diagnostics.map(({ code }) => code)).toEqual(['cycle-bad-name', 'cycle-bad-name']);
    expect(diagnostics[0]?.hint).toBe(hint);
  });
});
