import { describe, expect, it } from 'vitest';
import type { AnalyseOptions } from '../../src/analysis.ts';
import { at } from '../../src/base/column.ts';
import { Explainer, formatReason, type Reason } from '../../src/graph/explain.ts';
import { analyseTexts, binary, control, edgeLines, source, type Texts } from '../support/texts.ts';

/** The reasons of a unit as `key: reason, strength`. */
function explain(
  texts: Texts,
  key: string,
  options: Partial<AnalyseOptions> = {},
): { readonly lines: readonly string[]; readonly reasons: readonly Reason[] } {
  const { graph } = analyseTexts(texts, options);
  const { units } = graph.universe;
  const unit = units.findIndex((candidate) => candidate.key === key);
  const reasons = [...new Explainer(graph).explainNeeds(unit)];
  return {
    lines: reasons.map(([need, reason]) => {
      return `${at(units, need).key}: ${formatReason(reason)}, ${reason.strength}`;
    }),
    reasons: reasons.map(([, reason]) => reason),
  };
}

describe('a reason', () => {
  const libFoo = control('foo', { 'libfoo-dev': { Depends: 'libfoo1' }, libfoo1: { Depends: 'libbar1' } });
  const libBar = control('bar', { libbar1: {} });

  it('tells field, relation, place and the way over run-time relations', () => {
    const app = control('app', { app: {} }, { 'Build-Depends': 'make, libfoo-dev (>= 0) [linux-any]' });
    const { lines, reasons } = explain({ controls: [app, libFoo, libBar] }, 'app_1/amd64');
    expect(lines).toEqual([
      'foo_1/amd64: Build-Depends: libfoo-dev (>= 0) [linux-any], hard',
      'bar_1/amd64: Build-Depends: libfoo-dev (>= 0) [linux-any]; libfoo-dev depends on libfoo1; libfoo1 depends on libbar1, hard',
    ]);
    expect(reasons[1]).toEqual({
      field: 'Build-Depends',
      relation: 'libfoo-dev (>= 0) [linux-any]',
      location: { file: 'app/debian/control', line: 2, column: 22 },
      chain: [
        { binary: 'libfoo-dev', relation: 'libfoo-dev (>= 0) [linux-any]' },
        { binary: 'libfoo1', relation: 'libfoo1' },
        { binary: 'libbar1', relation: 'libbar1' },
      ],
      strength: 'hard',
      isLater: false,
      servedBy: undefined,
    });
  });
  it('is the strongest of several, then the shortest', () => {
    const packages = { amd64: [binary('libfoo1', { Version: '0' }), binary('libbar1', { Version: '0' })] };
    const app = control('app', { app: {} }, { 'Build-Depends': 'libfoo1, libbar1, libfoo-dev' });
    expect(explain({ controls: [app, libFoo, libBar], packages }, 'app_1/amd64').lines).toEqual([
      'foo_1/amd64: Build-Depends: libfoo-dev, hard',
      'bar_1/amd64: Build-Depends: libbar1, soft',
    ]);
  });
  it('names the existing binary that serves, with its version', () => {
    const packages = { amd64: [binary('tool', { Version: '0.9-1+b2', Source: 'tool (0.9-1)' })] };
    const sources = [source('tool'), source('app', { 'Build-Depends': 'tool' })];
    expect(explain({ sources, packages }, 'app_1/amd64').reasons[0]?.servedBy).toBe('tool 0.9-1+b2');
  });
  it('of a later layer is soft, though nothing serves', () => {
    const controls = [
      control('tool', { tool: {} }, {}, { layer: 'openstack' }),
      control('app', { app: {} }, { 'Build-Depends': 'tool' }, { layer: 'distro' }),
    ];
    expect(explain({ controls }, 'distro/app_1/amd64').reasons).toMatchObject([
      { strength: 'soft', isLater: true, servedBy: undefined },
    ]);
  });
  it('with direct edges stops at the build dependencies', () => {
    const app = control('app', { app: {} }, { 'Build-Depends': 'libfoo-dev' });
    const direct = { depth: 'direct' } as const;
    expect(explain({ controls: [app, libFoo, libBar] }, 'app_1/amd64', direct).lines).toEqual([
      'foo_1/amd64: Build-Depends: libfoo-dev, hard',
    ]);
  });
});

describe('what every chroot holds', () => {
  const packages = {
    amd64: [
      binary('bash', { Essential: 'yes', 'Pre-Depends': 'libtinfo (>= 2)' }),
      binary('build-essential', { Depends: 'make' }),
      binary('make'),
      binary('libtinfo-dev'),
    ],
  };
  const ncurses = source('ncurses', { Version: '2', Binary: 'libtinfo, libtinfo-dev' });
  it('is waited for only where it doesn’t exist', () => {
    const sources = [ncurses, source('make', { Version: '2' }), source('app')];
    const { graph } = analyseTexts({ sources, packages });
    expect(edgeLines(graph)).toEqual([
      'app_1/amd64 → ncurses_2/amd64 hard',
      'make_2/amd64 → ncurses_2/amd64 hard',
      'ncurses_2/amd64 → ncurses_2/amd64 hard',
    ]);
    expect(explain({ sources, packages }, 'app_1/amd64').lines).toEqual([
      'ncurses_2/amd64: Essential: bash; bash depends on libtinfo (>= 2), hard',
    ]);
  });
  it('makes an edge hard that a build dependency alone would leave soft, and is its reason', () => {
    const sources = [ncurses, source('app', { 'Build-Depends': 'libtinfo-dev' })];
    expect(edgeLines(analyseTexts({ sources, packages }).graph)).toContain(
      'app_1/amd64 → ncurses_2/amd64 hard direct',
    );
    expect(explain({ sources, packages }, 'app_1/amd64').lines).toEqual([
      'ncurses_2/amd64: Essential: bash; bash depends on libtinfo (>= 2), hard',
    ]);
  });
});
