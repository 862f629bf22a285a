import { describe, expect, it } from 'vitest';
import { buildCsr, EdgeList, type Csr } from '../../src/base/csr.ts';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { CYCLE_LIMITS, enumerateCycles } from '../../src/cycles/find/enumerate-cycles.ts';
import { dispatchRule } from '../../src/schedule/dispatch-rule.ts';
import { listSchedule } from '../../src/schedule/list-schedule.ts';
import { tails } from '../../src/schedule/tails.ts';
import { toDag } from '../../src/graph/dag.ts';
import { cyclicComponents, stronglyConnected } from '../../src/graph/strongly-connected.ts';
import { readStanzas } from '../../src/parse/stanza.ts';
import { parseSources } from '../../src/parse/sources-index.ts';
import { collectingContext } from '../parse/collect.ts';
import { BUILDER } from '../dispatch/problems.ts';
import { analyseTexts, binary, source } from '../support/texts.ts';

const MILLION = 1_000_000;

function edges(count: number, from: (edge: number) => number, to: (edge: number) => number): EdgeList {
  const list = new EdgeList();
  for (let edge = 0; edge < count; edge++) list.push(from(edge), to(edge));
  return list;
}

/** Each needs the one before. */
function chainOf(size: number): Csr {
  return buildCsr(
    size,
    edges(
      size - 1,
      (edge) => edge + 1,
      (edge) => edge,
    ),
  );
}

describe('a chain of a million builds', () => {
  const chain = chainOf(MILLION);

  it('is a graph without cycles, of components of one, whose first build stands in front of all', () => {
    const dag = toDag(chain);
    if (dag === undefined) throw new Error('a chain has no cycle');
    expect(cyclicComponents(chain, stronglyConnected(chain))).toEqual([]);
    expect(tails(dag, new Float64Array(MILLION).fill(1))[0]).toBe(MILLION);
  });

  it('is one component when its end leads to its beginning', () => {
    const ring = buildCsr(
      MILLION,
      edges(
        MILLION,
        (edge) => edge,
        (edge) => (edge + 1) % MILLION,
      ),
    );
    expect(cyclicComponents(ring, stronglyConnected(ring)).map(({ length }) => length)).toEqual([MILLION]);
    expect(toDag(ring)).toBeUndefined();
  });

  it('of fifty thousand is scheduled one after the other', () => {
    const size = MILLION / 20;
    const dag = toDag(chainOf(size));
    if (dag === undefined) throw new Error('a chain has no cycle');
    const cells = (value: number): Float64Array => new Float64Array(size).fill(value);
    const problem = {
      ...{ taskCount: size, dag, builders: [BUILDER], arch: new Array<string>(size).fill('amd64') },
      ...{ durationMs: cells(1), durationJobs: 1, parallelFraction: cells(0), ramDiskBytes: cells(1) },
      ...{ memoryBytes: cells(0), releaseMs: cells(0), running: [] },
      spread: { medianRamDiskBytes: cells(1), ramDiskSigma: cells(0), durationSigma: cells(0) },
    };
    expect(listSchedule(problem, dispatchRule(problem, tails(dag, cells(1)))).makespanMs).toBe(size);
  });
});

describe('a clique of 1,000 builds that all need each other', () => {
  it('shows some cycles within the budget of its search', () => {
    const size = 1000;
    const clique = buildCsr(
      size,
      edges(
        size * (size - 1),
        (edge) => Math.floor(edge / (size - 1)),
        (edge) => (edge % (size - 1)) + Number(edge % (size - 1) >= Math.floor(edge / (size - 1))),
      ),
    );
    const [members] = cyclicComponents(clique, stronglyConnected(clique));
    if (members === undefined) throw new Error('a clique is one component');
    const found = enumerateCycles(
      clique,
      members,
      new Uint8Array(clique.target.length).fill(1),
      CYCLE_LIMITS,
    );
    expect(found.cycles.length).toBeGreaterThan(0);
    expect(found.cycles.length).toBeLessThanOrEqual(CYCLE_LIMITS.cycles);
  });
});

describe('an index', () => {
  it('may have a million stanzas of nothing, and one of megabytes', () => {
    expect([...readStanzas('\n\n \n'.repeat(MILLION), 'f', () => undefined)]).toEqual([]);
    const context = collectingContext();
    const field = Array.from({ length: 200_000 }, (_, index) => `p${String(index)}, \n`).join(' ');
    const [read] = parseSources(`Package: a\nVersion: 1\nBuild-Depends: ${field}\n`, 'f', context);
    expect(read?.buildDepends.always?.groups).toHaveLength(200_000);
    expect(context.diagnostics).toEqual([]);
  });

  it('may have 100,000 alternatives in one relation, and as many who provide one name', () => {
    const many = Array.from({ length: 100_000 }, (_, index) => `p${String(index)}`);
    const sources = [
      source('wide', { 'Build-Depends': many.join(' | ') }),
      source('virtual', { 'Build-Depends': 'mail' }),
    ];
    const existing = many.map((name) => binary(name, { Provides: 'mail' }));
    const { planned, diagnostics } = analyseTexts({ sources, packages: { amd64: existing } });
    expect(planned.universe.units.map(({ key }) => key)).toEqual(['virtual_1/amd64', 'wide_1/amd64']);
    expect(diagnostics.filter(({ severity }: Diagnostic) => severity === 'error')).toEqual([]);
  });
});
