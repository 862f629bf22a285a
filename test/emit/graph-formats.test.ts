import { describe, expect, it } from 'vitest';
import { graphFormats } from '../../src/emit/graph-formats.ts';
import type { GraphDocument } from '../../src/graph/graph-document.ts';
import { NASTY_GRAPH } from './nasty.ts';

const EMPTY: GraphDocument = { schema: 'debplan/graph@1', units: [], edges: [] };

/** Reads CSV as RFC 4180 says, character by character. */
function readCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  let cell = '';
  let isQuoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (text.charAt(index + 1) === '"') cell += text.charAt(++index);
      else isQuoted = false;
    } else if (character === '"') isQuoted = true;
    else if (character === ',' || character === '\n') {
      rows.at(-1)?.push(cell);
      cell = '';
      if (character === '\n') rows.push([]);
    } else cell += character;
  }
  return rows.slice(0, -1);
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
    expect(readCsv(graphFormats.csv(NASTY_GRAPH))).toEqual([
      ['from', 'to', 'strength', 'reason'],
      ...edges.map(({ from, to, strength, reason }) => [from, to, strength, reason]),
      ['alone, "here"', '', '', ''],
    ]);
  });
  it('of nothing is the header', () => {
    expect(graphFormats.csv(EMPTY)).toBe('from,to,strength,reason\n');
  });
});

describe('the graph as DOT', () => {
  it('gives every text back as it was, and lets none of them out of its quotes', () => {
    const text = graphFormats.dot(NASTY_GRAPH);
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
  it('draws soft edges dashed, later ones dotted, hard ones solid', () => {
    const edge = { from: 'a', to: 'b', reason: 'r', field: 'f', relation: 'r', chain: [] };
    const document: GraphDocument = {
      ...EMPTY,
      edges: [
        { ...edge, strength: 'hard', isLater: false },
        { ...edge, strength: 'soft', isLater: false },
        { ...edge, strength: 'soft', isLater: true },
      ],
    };
    const styles = [...graphFormats.dot(document).matchAll(/style=(\w+)/g)].map(([, style]) => style);
    expect(styles).toEqual(['solid', 'dashed', 'dotted']);
  });
  it('of nothing is an empty graph', () => {
    expect(graphFormats.dot(EMPTY)).toBe('digraph debplan {\n  rankdir=LR;\n  node [shape=box];\n}\n');
  });
});

describe('the graph as JSON', () => {
  it('is the document', () => {
    expect(JSON.parse(graphFormats.json(NASTY_GRAPH))).toEqual(NASTY_GRAPH);
  });
});
