import { describe, expect, it } from 'vitest';
import type { AnalyseOptions } from '../../src/analysis.ts';
import { formatLoss, LossExplainer, type Loss } from '../../src/resolve/explain-loss.ts';
import { analyseTexts, binary, source, type Texts } from '../support/texts.ts';

function explain(texts: Texts, key: string, options: Partial<AnalyseOptions> = {}): Loss {
  const { graph } = analyseTexts(texts, options);
  const unit = graph.universe.units.find((candidate) => candidate.key === key);
  return new LossExplainer(graph.universe, graph.installability).explain(unit?.id ?? -1);
}

describe('an explained loss', () => {
  it('names the missing build dependency as written, with its place and the nearest there is', () => {
    const texts = {
      sources: [
        source('app', {
          'Build-Depends': 'debhelper',
          'Build-Depends-Arch': 'libc6,\n libfoo-dev (>= 2) [any]',
        }),
      ],
      packages: { amd64: [binary('debhelper'), binary('libc6'), binary('libfoo-dev', { Version: '1.9-1' })] },
    };
    const loss = explain(texts, 'app_1/amd64');
    expect(loss).toEqual({
      field: 'Build-Depends-Arch',
      relation: 'libfoo-dev (>= 2) [any]',
      location: { file: 'Sources', line: 7, column: 2 },
      chain: [],
      missing: 'libfoo-dev (>= 2)',
      missingName: 'libfoo-dev',
      missingOn: 'amd64',
      causeLocation: { file: 'Sources', line: 7, column: 2 },
      nearest: {
        kind: 'too-old',
        package: 'libfoo-dev',
        version: '1.9-1',
        location: { file: 'amd64.Packages', line: 9 },
      },
      blockedBy: undefined,
    });
    expect(formatLoss(loss, 'amd64')).toBe('nothing provides libfoo-dev (>= 2) on amd64');
  });
  it('offers another architecture’s version when this one has none', () => {
    const texts = {
      sources: [source('wake-trace', { 'Build-Depends': 'libipt-dev' }), source('user')],
      packages: { amd64: [binary('libipt-dev', { Version: '2.0' })], arm64: [] },
    };
    const loss = explain(texts, 'wake-trace_1/arm64', { architectures: ['amd64', 'arm64'] });
    expect(loss).toMatchObject({
      missing: 'libipt-dev',
      nearest: { kind: 'architecture', package: 'libipt-dev', version: '2.0', arch: 'amd64' },
    });
  });
  it('offers the newest version by dpkg’s order', () => {
    const texts = {
      sources: [source('app', { 'Build-Depends': 'lib (>= 2)' })],
      packages: { amd64: ['1.9', '1.10', '1.10~rc1'].map((Version) => binary('lib', { Version })) },
    };
    expect(explain(texts, 'app_1/amd64').nearest?.version).toBe('1.10');
  });
  it('offers this architecture’s version although another has a newer one', () => {
    const texts = {
      sources: [source('app', { 'Build-Depends': 'lib (>= 3)' })],
      packages: {
        amd64: [binary('lib', { Version: '2' })],
        arm64: [binary('lib', { Architecture: 'arm64', Version: '1' })],
      },
    };
    const loss = explain(texts, 'app_1/arm64', { architectures: ['amd64', 'arm64'] });
    expect(loss.nearest).toMatchObject({ kind: 'too-old', version: '1' });
  });
  it('does not offer what only counts as existing on an architecture without an index', () => {
    const texts = {
      sources: [source('app', { 'Build-Depends': 'gone' })],
      packages: { amd64: [] },
    };
    const loss = explain(texts, 'app_1/amd64', { architectures: ['amd64', 'arm64'] });
    expect(loss).toMatchObject({ missing: 'gone', nearest: undefined });
  });
  it('follows run-time relations to what is missing', () => {
    const texts = {
      sources: [source('app', { 'Build-Depends': 'a' })],
      packages: {
        amd64: [
          binary('a', { Depends: 'b (>= 1) | b2' }),
          binary('b', { 'Pre-Depends': 'c' }),
          binary('c', { Depends: 'gone (= 3)' }),
        ],
      },
    };
    const loss = explain(texts, 'app_1/amd64');
    expect(loss).toMatchObject({
      relation: 'a',
      chain: [
        { binary: 'a 1', relation: 'a' },
        { binary: 'b 1', relation: 'b (>= 1) | b2' },
        { binary: 'c 1', relation: 'c' },
      ],
      missing: 'gone (= 3)',
      causeLocation: { file: 'amd64.Packages', line: 14, column: 10 },
    });
    expect(formatLoss(loss, 'amd64')).toBe(
      'nothing provides gone (= 3) on amd64, which c 1 needs (by way of a 1, b 1)',
    );
  });
  it('ends at a unit that can’t be built itself', () => {
    const texts = {
      sources: [source('lib', { 'Build-Depends': 'gone' }), source('app', { 'Build-Depends': 'lib' })],
      packages: { amd64: [] },
    };
    const loss = explain(texts, 'app_1/amd64');
    expect(loss).toMatchObject({ missing: undefined, blockedBy: { key: 'lib_1/amd64' } });
    expect(formatLoss(loss, 'amd64')).toBe('lib 1 is built by lib_1/amd64, which is not built');
  });
  it('ends although the packages that are lost need each other', () => {
    const texts = {
      sources: [source('app', { 'Build-Depends': 'a' })],
      packages: {
        amd64: [
          binary('a', { Depends: 'b' }),
          binary('b', { Depends: 'a, c' }),
          binary('c', { Depends: 'a, gone' }),
        ],
      },
    };
    const { chain, missing } = explain(texts, 'app_1/amd64');
    expect({ chain: chain.map(({ binary: name }) => name), missing }).toEqual({
      chain: ['a 1', 'b 1', 'c 1'],
      missing: 'gone',
    });
  });
});
