import { describe, expect, it } from 'vitest';
import { emitOrder } from '../../src/emit/order.ts';
import { plainStyle } from '../../src/emit/style.ts';
import { emitSummary } from '../../src/emit/summary.ts';
import { textTable } from '../../src/emit/text-table.ts';
import { planBuild } from '../../src/pipeline.ts';
import { inputsOf, planOptionsOf } from '../support/planned.ts';
import { optionsOf, source } from '../support/texts.ts';

describe('textTable', () => {
  it('aligns texts left, numbers right, and leaves no blanks at the end', () => {
    const rows = [
      ['arch', 'builds', 'note'],
      ['amd64', '7', ''],
      ['all', '1234567', 'once'],
    ];
    expect(textTable(rows, [false, true])).toEqual([
      'arch    builds  note',
      'amd64        7',
      'all    1234567  once',
    ]);
  });
  it('takes rows of different lengths, and none', () => {
    expect(textTable([['a'], ['bb', 'c'], []], [])).toEqual(['a', 'bb  c', '']);
    expect(textTable([], [true])).toEqual([]);
  });
});

describe('the order file', () => {
  it('is empty for an empty plan', () => {
    expect(emitOrder(planBuild(inputsOf({}), planOptionsOf(optionsOf())).plan)).toBe('');
  });
  it('lists each target’s builds by start, with builder and mode', () => {
    const sources = [
      source('app', { 'Build-Depends': 'lib' }),
      source('lib', { Architecture: 'all', 'Package-List': '\n lib deb x optional arch=all' }),
      source('huge', { 'Build-Size': '7G', 'Build-Depends': 'app' }),
    ];
    const options = planOptionsOf(optionsOf({ architectures: ['amd64', 'arm64'] }));
    expect(emitOrder(planBuild(inputsOf({ sources }), options).plan)).toBe(
      [
        'lib_1/all x86 ram',
        'app_1/amd64 x86 ram',
        'app_1/arm64 arm ram',
        'huge_1/amd64 x86 ram',
        'huge_1/arm64 arm disk',
        '',
      ].join('\n'),
    );
  });
});

describe('the summary', () => {
  it('of an empty plan, with or without architectures and builders, says so', () => {
    const { plan } = planBuild(inputsOf({}), planOptionsOf(optionsOf()));
    expect(emitSummary(plan, { all: false, style: plainStyle })).toMatch(/nothing to build/);
    expect(
      emitSummary({ ...plan, architectures: [], builders: [] }, { all: false, style: plainStyle }),
    ).toMatch(/nothing to build/);
  });
  it('of a plan that builds nothing still tells why', () => {
    const texts = { sources: [source('lost', { 'Build-Depends': 'gone (>= 2)' })], packages: { amd64: [] } };
    const { plan } = planBuild(inputsOf(texts), planOptionsOf(optionsOf()));
    expect(emitSummary(plan, { all: false, style: plainStyle })).toMatch(
      /lost: nothing provides gone \(>= 2\)/,
    );
  });
});
