import type { GraphDocument, GraphEdge } from '../../src/graph/graph-document.ts';

/** Names as nobody should give them: an output format has to carry them as they are. */
export const NASTY: readonly string[] = [
  'plain_1/amd64',
  'quote"d',
  "it's",
  'comma, and; semicolon',
  'line\nend',
  'carriage\r\nreturn',
  'back\\slash\\',
  '\\"',
  '$(touch x)',
  '`touch x`',
  '}; edge [color=red]; {',
  '<b>html</b>',
  ' blanks ',
  '=1+1',
  'ünïcödé → 漢字',
];

/** A graph whose every text is nasty: each unit waits for the next. */
export const NASTY_GRAPH: GraphDocument = {
  schema: 'debplan/graph@1',
  units: [...NASTY, 'alone, "here"'].map((id) => ({
    id,
    source: id,
    version: '1',
    target: { arch: 'amd64', kind: 'any', profiles: [] },
  })),
  edges: NASTY.slice(1).map((to, index): GraphEdge => ({
    from: NASTY[index] ?? '',
    to,
    strength: index % 2 === 0 ? 'hard' : 'soft',
    reason: `because of ${to}`,
    field: 'Build-Depends',
    relation: to,
    chain: [],
    isLater: index % 3 === 0,
  })),
};
