import { describe, expect, it } from 'vitest';
import type { AnalyseOptions } from '../../src/analysis.ts';
import { findCycles } from '../../src/cycles-report.ts';
import { formatCycles } from '../../src/emit/cycles-text.ts';
import { plainStyle, type Style } from '../../src/emit/style.ts';
import { analyseTexts, binary, control, optionsOf, source, type Texts } from '../support/texts.ts';

const PATHS = new Map([['x/debian/control', 'tree/x/debian/control']]);

/** The answer as lines. */
function answer(
  texts: Texts,
  overrides: Partial<AnalyseOptions> = {},
  { maxCycles, style = plainStyle }: { maxCycles?: string; style?: Style } = {},
): readonly string[] {
  const document = findCycles(analyseTexts(texts, overrides), optionsOf(overrides), [], { maxCycles });
  const text = formatCycles(document, PATHS, style);
  expect(text.endsWith('\n')).toBe(true);
  return text.slice(0, -1).split('\n');
}

describe('the answer to cycles', () => {
  it('is short where there is nothing to tell', () => {
    expect(answer({ sources: [source('a')] })).toEqual(['no cycles']);
  });

  it('of a hard cycle shows each run-time relation with its place, and who could change what', () => {
    const controls = [
      control('x', { x: {} }, { 'Build-Depends': 'y-dev' }),
      control('y', { 'y-dev': { Depends: 'y1' }, y1: { Depends: 'z1' } }),
      control('z', { z1: {} }, { 'Build-Depends': 'x' }),
    ];
    expect(answer({ controls, packages: { amd64: [] } })).toEqual([
      '1 group of builds that wait for each other: 1 without a way out',
      '',
      '1: x, z: 2 builds, 2 waits on amd64',
      '  cycle',
      '    x → z → x, hard',
      '  because',
      '    x → z  Build-Depends: y-dev  (tree/x/debian/control:2)',
      '        y-dev Depends: y1  (y/debian/control:5)',
      '        y1 Depends: z1  (y/debian/control:9)',
      '    z → x  Build-Depends: x  (z/debian/control:2)',
      '  no way out: each hard cycle needs one of these changes',
      '    bring a binary: a Packages index that has x or z1',
      '    let x build without y-dev: mark it <!stage1> or <!nocheck>, or drop it  (tree/x/debian/control:2)',
      '    let y1 do without z1  (y/debian/control:9)',
      '    let z build without x: mark it <!stage1> or <!nocheck>, or drop it  (z/debian/control:2)',
    ]);
  });

  const pair = [
    source('ceph', { 'Build-Depends': 'qemu <!nocheck>', Version: '2' }),
    source('qemu', { 'Build-Depends': 'ceph [linux-any] | rbd' }),
  ];

  it('tells of both architectures once, of what is older than planned, and what else would do', () => {
    const packages = {
      amd64: [binary('ceph'), binary('qemu')],
      arm64: [binary('ceph', { Architecture: 'arm64' }), binary('qemu', { Architecture: 'arm64' })],
    };
    expect(answer({ sources: pair, packages }, { architectures: ['amd64', 'arm64'] })).toEqual([
      '2 groups of builds that wait for each other: 2 opened by 2 breaks',
      '',
      '1, 2: ceph, qemu: 2 builds, 2 waits on amd64, arm64',
      '  cycle',
      '    ceph → qemu → ceph',
      '  because',
      '    ceph → qemu  Build-Depends: qemu <!nocheck>  (Sources:5)',
      '    qemu → ceph  Build-Depends: ceph | rbd  (Sources:11)',
      '  opened by 1 break at a cost of 4, and no way costs less',
      '    cost  risk',
      '       4  low   ceph does not wait for qemu',
      '                  it takes what exists: qemu 1',
      '                  for qemu  (Sources:5)',
      '                  or: qemu does not wait for ceph (ceph | rbd); cost 6, risk medium',
      '                  or: ceph is built with the profile nocheck (qemu <!nocheck>); cost 50, risk low',
    ]);
  });

  it('marks what is older than the plan builds, and what has no way out', () => {
    const marked: Style = { ...plainStyle, yellow: (text) => `<${text}>`, red: (text) => `!${text}!` };
    const packages = { amd64: [binary('ceph')] };
    const sources = [...pair, source('gcc', { 'Build-Depends': 'gcc' })];
    const lines = answer({ sources, packages }, {}, { style: marked });
    expect(lines.filter((line) => /[<!]/.test(line.replaceAll(/ <[^ ]*>/g, '')))).toEqual([
      '2 groups of builds that wait for each other: !1 without a way out!, 1 opened by 1 break',
      '    gcc → gcc, !hard!',
      '  !no way out!: each hard cycle needs one of these changes',
      '                    it takes what exists: <ceph 1 (the plan builds 2)>',
    ]);
  });

  it('names first builds, halves apart, and the builds that follow', () => {
    const staged = [
      source('font', { 'Build-Depends': 'viewer <!stage1>' }),
      source('toolkit', { 'Build-Depends': 'font' }),
      source('viewer', { 'Build-Depends': 'toolkit' }),
    ];
    const lines = answer({ sources: staged, packages: { amd64: [] } });
    expect(lines.slice(lines.indexOf('    cost  risk') + 1)).toEqual([
      '     200  medium  font is built twice, first with the profile stage1',
      '                    without viewer <!stage1>  (Sources:5)',
      '      50  low     toolkit takes what the first build of font makes, and is built again after the full one',
      '                    for font  (Sources:11)',
    ]);
  });

  it('of many cycles and breaks shows the first ones, and says how many there are', () => {
    const names = Array.from({ length: 16 }, (_, index) => `s${String(index).padStart(2, '0')}`);
    const sources = names.map((name) =>
      source(name, { 'Build-Depends': names.filter((other) => other !== name).join(', ') }),
    );
    const packages = { amd64: names.map((name) => binary(name)) };
    const lines = answer({ sources, packages }, {}, { maxCycles: '3' });
    const [, , title, wrapped, counts] = lines;
    expect(title).toBe('1: s00, s01, s02, s03, s04, s05, s06, s07, 8 more: 16 builds, 240 waits on amd64');
    expect(wrapped).toMatch(
      /^ {2}3 of at least \d+ cycles \(120 of length 2, 1120 of length 3, .*\); 10 builds are on none of them$/,
    );
    expect(counts).toBe('    s00 → s01 → s00');
    expect(lines.at(-1)).toBe('    … and 3 more builds (--json)');
  });
});
