import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { stableJson } from '../../src/base/stable-json.ts';
import { graphFormats, type GraphFormat } from '../../src/emit/graph-formats.ts';
import type { GraphDocument, GraphEdge } from '../../src/graph/graph-document.ts';
import { NASTY_GRAPH } from './nasty.ts';
import { readCsv } from './read-csv.ts';

const EMPTY: GraphDocument = { schema: 'debplan/graph@1', units: [], edges: [] };

function textOf(format: GraphFormat, document: GraphDocument): string {
  return [...graphFormats[format](document)].join('');
}

/** The quoted texts of a line of DOT, as Graphviz' scanner reads them: only `\"` is an escape to it. */
function dotTexts(line: string): readonly string[] {
  return [...line.matchAll(/"((?:\\.|[^"\\])*)"/gs)].map(([, inner]) =>
    (inner ?? '').replaceAll(/\\(["\\n])/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped)),
  );
}

describe('the graph as CSV', () => {
  it('gives every text back as it was, an edge a row, then the units without edges', () => {
    const { edges } = NASTY_GRAPH;
    expect(readCsv(textOf('csv', NASTY_GRAPH))).toEqual([
      ['from', 'to', 'strength', 'reason', 'honoured'],
      ...edges.map(({ from, to, strength, reason }) => [from, to, strength, reason, '']),
      ['alone, "here"', '', '', '', ''],
    ]);
  });
  it('says of each edge whether the plan honours it, if a plan tells', () => {
    const told = [true, false].map((isHonoured) => ({ ...at(NASTY_GRAPH.edges, 0), isHonoured }));
    const rows = readCsv(textOf('csv', { ...EMPTY, edges: told }));
    expect(rows.map((cells) => cells.at(-1))).toEqual(['honoured', 'yes', 'no']);
  });
  it('of nothing is the header', () => {
    expect(textOf('csv', EMPTY)).toBe('from,to,strength,reason,honoured\n');
  });
});

describe('the graph as DOT', () => {
  it('gives every text back as it was, and lets none of them out of its quotes', () => {
    const text = textOf('dot', NASTY_GRAPH);
    const statements = text.split('\n').slice(3, -2);
    expect(statements.length).toBe(NASTY_GRAPH.units.length + NASTY_GRAPH.edges.length);
    const units = statements.slice(0, NASTY_GRAPH.units.length);
    expect(units.map(dotTexts)).toEqual(NASTY_GRAPH.units.map(({ id }) => [id]));
    const edges = statements.slice(NASTY_GRAPH.units.length);
    expect(edges.map(dotTexts)).toEqual(NASTY_GRAPH.edges.map(({ from, to, reason }) => [from, to, reason]));
    for (const statement of statements) {
      expect(statement.replaceAll(/"(?:\\.|[^"\\])*"/gs, 'X')).toMatch(
        /^ {2}X(?: -> X \[style=\w+, tooltip=X\])?;$/,
      );
    }
  });
  it('draws hard edges bold, soft ones plain, and dashed what the plan gives up', () => {
    const edge = { from: 'a', to: 'b', reason: 'r', field: 'f', relation: 'r', chain: [] };
    const document: GraphDocument = {
      ...EMPTY,
      edges: [
        { ...edge, strength: 'hard', isLater: false },
        { ...edge, strength: 'soft', isLater: false },
        { ...edge, strength: 'soft', isLater: true },
        { ...edge, strength: 'soft', isLater: false, isHonoured: true },
        { ...edge, strength: 'soft', isLater: false, isHonoured: false, givenUp: 'cycle' },
        { ...edge, strength: 'hard', isLater: false, isHonoured: false, givenUp: 'left-out' },
      ],
    };
    const styles = [...textOf('dot', document).matchAll(/style=(\w+)/g)].map(([, style]) => style);
    expect(styles).toEqual(['bold', 'solid', 'dashed', 'solid', 'dashed', 'dashed']);
  });
  it('of nothing is an empty graph', () => {
    expect(textOf('dot', EMPTY)).toBe('digraph debplan {\n  rankdir=LR;\n  node [shape=box];\n}\n');
  });
});

describe('the graph as JSON', () => {
  const unit = at(NASTY_GRAPH.units, 0);
  const edge = at(NASTY_GRAPH.edges, 0);
  it.each<[string, GraphDocument]>([
    ['nasty texts', NASTY_GRAPH],
    ['nothing', EMPTY],
    ['units alone', { ...NASTY_GRAPH, edges: [] }],
    [
      'every field',
      {
        ...EMPTY,
        units: [
          { ...unit, layer: 'l', buildType: 'rt', target: { ...unit.target, profiles: ['nodoc', 'cross'] } },
        ],
        edges: [
          {
            ...edge,
            location: { file: 'a\nb', line: 1, column: 2 },
            chain: [
              { binary: 'b', relation: 'c | d' },
              { binary: 'c', relation: '"\\\n    "' },
            ],
            servedBy: 'c 1',
          },
        ],
      },
    ],
  ])('of %s has the bytes of stableJson', (_, document) => {
    expect(textOf('json', document)).toBe(stableJson(document));
  });
});

describe('the chunks of a graph', () => {
  const edge = at(NASTY_GRAPH.edges, 0);
  const count = 5000;

  it.each<GraphFormat>(['json', 'dot', 'csv'])('of %s come while edges are still to be made', (format) => {
    let made = 0;
    function* edges(): Generator<GraphEdge> {
      for (; made < count; made++) yield edge;
    }
    const lengths: number[] = [];
    let madeAtFirst = 0;
    for (const chunk of graphFormats[format]({ units: [], edges: edges() })) {
      if (lengths.length === 0) madeAtFirst = made;
      lengths.push(chunk.length);
    }
    expect(madeAtFirst).toBeLessThan(count / 2);
    expect(lengths.length).toBeGreaterThan(2);
    for (const length of lengths.slice(0, -1)) {
      expect(length).toBeGreaterThanOrEqual(65_536);
      expect(length).toBeLessThan(70_000);
    }
  });
});
