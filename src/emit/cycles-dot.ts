import type { ComponentDrawing, DrawnEdge } from '../cycles/document/draw-component.ts';
import { quoteDot } from './quote-dot.ts';
import { nameKeys } from './summary/unit-names.ts';

/**
 * A component for Graphviz: an arrow goes from the unit that waits. Hard edges are bold, soft ones plain, those given up
 * red and dashed; each carries its build dependency, with field and restrictions in the tooltip.
 */
export function emitCyclesDot(drawing: ComponentDrawing): string {
  const names = nameKeys(new Set(drawing.units));
  const places = new Set(
    drawing.units.map((key) => names.get(key)?.place).filter((place) => place !== 'all'),
  );
  const labelOf = (key: string): string => {
    const { name, place } = names.get(key) ?? { name: key, place: '' };
    return places.size > 1 ? `${name}\n${place}` : name;
  };
  const { unitsLeftOut, edgesLeftOut } = drawing;
  const note =
    unitsLeftOut + edgesLeftOut === 0
      ? []
      : [`  label=${quoteDot(`not drawn: ${String(unitsLeftOut)} units, ${String(edgesLeftOut)} waits`)};`];
  const lines = [
    'digraph cycles {',
    '  rankdir=LR;',
    '  node [shape=box];',
    ...note,
    ...drawing.units.map((key) => `  ${quoteDot(key)} [label=${quoteDot(labelOf(key))}];`),
    ...drawing.edges.map(emitEdge),
    '}',
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function emitEdge({ from, to, strength, field, relation, isCut }: DrawnEdge): string {
  const style = isCut
    ? 'style=dashed, color=red, fontcolor=red'
    : strength === 'hard'
      ? 'style=bold'
      : 'style=solid';
  const label = relation.replaceAll(/ \[[^\]]*\]| <[^>]*>/g, '');
  return `  ${quoteDot(from)} -> ${quoteDot(to)} [${style}, label=${quoteDot(label)}, tooltip=${quoteDot(`${field}: ${relation}`)}];`;
}
