import { describe, expect, it } from 'vitest';
import type { ComponentDrawing, DrawnEdge } from '../../src/cycles/document/draw-component.ts';
import { emitCyclesDot } from '../../src/emit/cycles-dot.ts';
import { NASTY } from './nasty.ts';

const EDGE: DrawnEdge = {
  from: 'a_1/amd64',
  to: 'b_1/amd64',
  strength: 'soft',
  field: 'Build-Depends',
  relation: 'libb-dev (>= 2) [linux-any] <!nocheck>',
  isCut: false,
};

function draw(overrides: Partial<ComponentDrawing>): readonly string[] {
  const drawing = { units: [], edges: [], unitsLeftOut: 0, edgesLeftOut: 0, ...overrides };
  return emitCyclesDot(drawing).split('\n');
}

describe('a component for Graphviz', () => {
  it('draws hard edges bold, soft ones plain, and what is given up red and dashed', () => {
    const edges = [EDGE, { ...EDGE, strength: 'hard' } as const, { ...EDGE, isCut: true }];
    const ends = 'label="libb-dev (>= 2)", tooltip="Build-Depends: libb-dev (>= 2) [linux-any] <!nocheck>"];';
    expect(draw({ units: ['a_1/amd64', 'b_1/amd64'], edges }).slice(3, -2)).toEqual([
      '  "a_1/amd64" [label="a"];',
      '  "b_1/amd64" [label="b"];',
      `  "a_1/amd64" -> "b_1/amd64" [style=solid, ${ends}`,
      `  "a_1/amd64" -> "b_1/amd64" [style=bold, ${ends}`,
      `  "a_1/amd64" -> "b_1/amd64" [style=dashed, color=red, fontcolor=red, ${ends}`,
    ]);
  });

  it('tells architectures apart where there are several, and says what is not drawn', () => {
    const lines = draw({ units: ['a_1/amd64', 'a_1/arm64'], unitsLeftOut: 5, edgesLeftOut: 9 });
    expect(lines.slice(3, -2)).toEqual([
      '  label="not drawn: 5 units, 9 waits";',
      '  "a_1/amd64" [label="a\\namd64"];',
      '  "a_1/arm64" [label="a\\narm64"];',
    ]);
  });

  it('lets no text out of its quotes', () => {
    const edges = NASTY.map((relation): DrawnEdge => ({ ...EDGE, from: relation, to: relation, relation }));
    const text = draw({ units: NASTY, edges }).join('\n');
    expect(
      text
        .replaceAll(/"(?:\\.|[^"\\])*"/gs, 'X')
        .split('\n')
        .slice(3, -2),
    ).toEqual([
      ...NASTY.map(() => '  X [label=X];'),
      ...NASTY.map(() => '  X -> X [style=solid, label=X, tooltip=X];'),
    ]);
  });
});
