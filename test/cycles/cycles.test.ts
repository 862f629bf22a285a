import { describe, expect, it } from 'vitest';
import type { AnalyseOptions } from '../../src/analysis.ts';
import { at } from '../../src/base/column.ts';
import { edgesFrom, edgesTo } from '../../src/base/csr.ts';
import { analyseTexts, binary, builtKeys, control, source, type Texts } from '../support/texts.ts';

/** Hard cycles as rings, the edges that are cut, and the units that are planned. */
function analysed(
  texts: Texts,
  options: Partial<AnalyseOptions> = {},
): { readonly rings: readonly string[]; readonly cut: readonly string[]; readonly built: readonly string[] } {
  const { planned, hardCycles, cut } = analyseTexts(texts, options);
  const { universe, needs } = planned;
  const key = (unit: number): string => at(universe.units, unit).key.replace('_1/amd64', '');
  const cutLines = universe.units.flatMap(({ id }) => {
    const lines: string[] = [];
    for (let edge = edgesFrom(needs, id); edge < edgesTo(needs, id); edge++) {
      if (cut.isKept[edge] === 0) lines.push(`${key(id)} → ${key(at(needs.target, edge))}`);
    }
    return lines;
  });
  const rings = hardCycles.map(
    ({ units, members }) => `${units.map(key).join(' → ')} of ${members.map(key).join(' ')}`,
  );
  return { rings, cut: cutLines, built: builtKeys(planned).map((text) => text.replace('_1/amd64', '')) };
}

describe('cycles of an archive', () => {
  const ring = [
    source('a', { 'Build-Depends': 'b' }),
    source('b', { 'Build-Depends': 'c' }),
    source('c', { 'Build-Depends': 'a' }),
    source('user', { 'Build-Depends': 'c' }),
    source('other'),
  ];
  it('without any existing binary are left out, with all that needs them', () => {
    expect(analysed({ sources: ring, packages: { amd64: [] } })).toEqual({
      rings: ['a → b → c of a b c'],
      cut: [],
      built: ['other'],
    });
  });
  it('are opened where an existing binary serves', () => {
    const packages = { amd64: [binary('c', { Version: '0' })] };
    expect(analysed({ sources: ring, packages })).toEqual({
      rings: [],
      cut: ['b → c'],
      built: ['a', 'b', 'c', 'other', 'user'],
    });
  });
  it('are not opened by an existing binary that can’t be installed without them', () => {
    const packages = { amd64: [binary('c', { Version: '0', Depends: 'a' })] };
    expect(analysed({ sources: ring, packages })).toEqual({
      rings: ['a → b of a b'],
      cut: [],
      built: ['other'],
    });
  });
  it('are sidestepped by another alternative that nobody inside builds', () => {
    const sources = [
      source('x', { 'Build-Depends': 'a | b' }),
      source('a', { 'Build-Depends': 'x' }),
      source('b'),
    ];
    const found = analysed({ sources, packages: { amd64: [] } });
    expect(found).toEqual({ rings: [], cut: [], built: ['a', 'b', 'x'] });
  });
  it('that an older binary opens higher up are none, though its newer version needs more', () => {
    const controls = [
      control('a', { 'a-tool': {} }, { 'Build-Depends': 'libfoo-dev' }),
      control('bar', { libbar: {} }, { 'Build-Depends': 'a-tool' }),
      control('foo', { 'libfoo-dev': { Depends: 'libbar' } }),
    ];
    const packages = { amd64: [binary('libfoo-dev', { Version: '0', Source: 'foo' })] };
    const found = analysed({ controls, packages });
    expect(found.rings).toEqual([]);
    expect(found.built).toEqual(['a', 'bar', 'foo']);
    expect(found.cut).toEqual(['a → bar']);
  });
  it('are no cycles when a profile drops a relation of theirs', () => {
    const testing = ring.map((text) => text.replace('Build-Depends: c', 'Build-Depends: c <!nocheck>'));
    const found = analysed({ sources: testing, packages: { amd64: [] } }, { profiles: ['nocheck'] });
    expect(found).toEqual({ rings: [], cut: [], built: ['a', 'b', 'c', 'other', 'user'] });
  });
  it('of one unit that needs its own binary are hard, unless it exists', () => {
    const sources = [source('gcc', { 'Build-Depends': 'gcc' }), source('user', { 'Build-Depends': 'gcc' })];
    expect(analysed({ sources, packages: { amd64: [] } })).toEqual({
      rings: ['gcc of gcc'],
      cut: [],
      built: [],
    });
    const packages = { amd64: [binary('gcc', { Version: '0' })] };
    expect(analysed({ sources, packages })).toEqual({ rings: [], cut: [], built: ['gcc', 'user'] });
  });
  it('that appear only once others are left out are found too', () => {
    // x takes p while it lasts; p goes with the first cycle, then x needs q, which needs x.
    const sources = [
      source('p', { 'Build-Depends': 'r' }),
      source('r', { 'Build-Depends': 'p' }),
      source('q', { 'Build-Depends': 'x' }),
      source('x', { 'Build-Depends': 'p | q' }),
    ];
    expect(analysed({ sources, packages: { amd64: [] } })).toEqual({
      rings: ['p → r of p r', 'q → x of q x'],
      cut: [],
      built: [],
    });
  });
  it('through a later layer are none: such an edge is never honoured', () => {
    const controls = [
      control('early', { early: {} }, { 'Build-Depends': 'late' }, { layer: 'distro' }),
      control('late', { late: {} }, { 'Build-Depends': 'early' }, { layer: 'openstack' }),
    ];
    const packages = { amd64: [binary('late', { Version: '0' })] };
    const found = analysed({ controls, packages });
    expect(found).toEqual({
      rings: [],
      cut: ['distro/early → openstack/late'],
      built: ['distro/early', 'openstack/late'],
    });
  });
});
