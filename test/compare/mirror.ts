import type { ComparisonDocument, Pair } from '../../src/compare/comparison-document.ts';

/** The same comparison with left and right exchanged. */
export function mirror(document: ComparisonDocument): ComparisonDocument {
  const { counts } = document;
  return {
    ...document,
    sides: turn(document.sides),
    metrics: document.metrics.map((metric) => ({
      ...metric,
      values: turn(metric.values),
      difference: negate(metric.difference),
    })),
    settings: document.settings.map((setting) => ({ ...setting, values: turn(setting.values) })),
    inputs: document.inputs.map((input) => ({ ...input, sha256: turn(input.sha256) })),
    counts: {
      ...counts,
      units: turn(counts.units),
      lone: turn(counts.lone),
      edges: turn(counts.edges),
    },
    lone: document.lone.map((unit) => ({ ...unit, side: unit.side === 0 ? 1 : 0 })),
    changed: document.changed.map((unit) => ({
      ...unit,
      tasks: turn(unit.tasks),
      startMs: negate(unit.startMs),
      durationMs: negate(unit.durationMs),
      position: negate(unit.position),
    })),
    edges: document.edges.map((edge) => ({ ...edge, side: edge.side === 0 ? 1 : 0 })),
    breaks: document.breaks.map((entry) => ({ ...entry, breaks: turn(entry.breaks) })),
    leftOut: document.leftOut.map((loss) => ({ ...loss, reasons: turn(loss.reasons) })),
  };
}

function turn<T>([left, right]: Pair<T>): Pair<T> {
  return [right, left];
}

/** Without a negative zero. */
function negate(value: number): number {
  return 0 - value;
}
