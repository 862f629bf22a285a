import { describe, expect, it } from 'vitest';
import { graphEdges, graphUnits, makeGraphDocument } from '../../src/graph/graph-document.ts';
import { toGraphlib } from '../../src/graph/to-graphlib.ts';
import { analyseTexts, binary, control, edgeLines, source } from '../support/texts.ts';

const { graph } = analyseTexts({
  sources: [
    source('zz', { 'Build-Depends': 'self, tool, app-dev' }),
    source('self', { 'Build-Depends': 'self (>= 0), app-dev' }),
    source('tool', { Version: '2' }),
    source('lost', { 'Build-Depends': 'gone' }),
  ],
  controls: [control('app', { 'app-dev': {} }, {}, { layer: 'flock', buildType: 'rt', version: '1:3-1' })],
  packages: { amd64: [binary('tool', { Version: '1' })] },
});
const document = makeGraphDocument(graph);

describe('makeGraphDocument', () => {
  it('lists every unit, built or not, by id', () => {
    const target = { arch: 'amd64', kind: 'any', profiles: [] };
    expect(document.units).toEqual([
      {
        id: 'flock/rt/app_1:3-1/amd64',
        source: 'app',
        version: '1:3-1',
        target,
        layer: 'flock',
        buildType: 'rt',
      },
      { id: 'lost_1/amd64', source: 'lost', version: '1', target },
      { id: 'self_1/amd64', source: 'self', version: '1', target },
      { id: 'tool_2/amd64', source: 'tool', version: '2', target },
      { id: 'zz_1/amd64', source: 'zz', version: '1', target },
    ]);
  });
  it('lists every edge with its reason, by from, then to; a unit that needs itself has one to itself', () => {
    expect(document.edges.map(({ from, to, strength }) => `${from} → ${to} ${strength}`)).toEqual([
      'self_1/amd64 → flock/rt/app_1:3-1/amd64 hard',
      'self_1/amd64 → self_1/amd64 hard',
      'zz_1/amd64 → flock/rt/app_1:3-1/amd64 hard',
      'zz_1/amd64 → self_1/amd64 hard',
      'zz_1/amd64 → tool_2/amd64 soft',
    ]);
    expect(document.edges.length).toBe(edgeLines(graph).length);
    expect(document.edges[4]).toEqual({
      from: 'zz_1/amd64',
      to: 'tool_2/amd64',
      strength: 'soft',
      reason: 'Build-Depends: tool',
      field: 'Build-Depends',
      relation: 'tool',
      location: { file: 'Sources', line: 5, column: 22 },
      chain: [{ binary: 'tool', relation: 'tool' }],
      servedBy: 'tool 1',
      isLater: false,
    });
  });
});

describe('an edge of a plan', () => {
  it('tells whether it is honoured, and why it is not', () => {
    const analysis = analyseTexts({
      sources: [
        source('a', { 'Build-Depends': 'b, self' }),
        source('b', { Version: '2', 'Build-Depends': 'a' }),
        source('self', { 'Build-Depends': 'self' }),
        source('c', { 'Build-Depends': 'self | b' }),
      ],
      packages: { amd64: [binary('a', { Version: '0' }), binary('b')] },
    });
    const { edges } = makeGraphDocument(analysis.graph, analysis);
    expect(edges.map(({ from, to, isHonoured, givenUp }) => [from, to, isHonoured, givenUp])).toEqual([
      ['a_1/amd64', 'b_2/amd64', false, 'left-out'],
      ['a_1/amd64', 'self_1/amd64', false, 'left-out'],
      ['b_2/amd64', 'a_1/amd64', false, 'need-left-out'],
      ['c_1/amd64', 'self_1/amd64', false, 'need-left-out'],
      ['self_1/amd64', 'self_1/amd64', false, 'left-out'],
    ]);
  });
});

describe('graphUnits and graphEdges', () => {
  it('make the records of the document one by one', () => {
    expect([...graphUnits(graph)]).toEqual(document.units);
    expect([...graphEdges(graph)]).toEqual(document.edges);
  });
});

describe('toGraphlib', () => {
  it('has the document’s units and edges, labelled with its records', () => {
    const made = toGraphlib(document);
    expect(made.isDirected()).toBe(true);
    expect(made.nodes()).toEqual(document.units.map(({ id }) => id));
    for (const unit of document.units) expect(made.node(unit.id)).toEqual(unit);
    expect(made.edges().length).toBe(document.edges.length);
    for (const edge of document.edges) expect(made.edge(edge.from, edge.to)).toEqual(edge);
    expect(made.successors('lost_1/amd64')).toEqual([]);
  });
});
