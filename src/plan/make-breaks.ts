import { at } from '../base/column.ts';
import { edgesFrom, edgesTo } from '../base/csr.ts';
import { Explainer, formatReason } from '../graph/explain.ts';
import { LATER, type UnitGraph } from '../graph/unit-graph.ts';
import type { PlanBreak } from './plan.ts';

/** The edges of the planned graph that aren't honoured, each with its reason and the binary that serves instead. */
export function makeBreaks(graph: UnitGraph, isKept: Uint8Array): readonly PlanBreak[] {
  const explainer = new Explainer(graph);
  const breaks: PlanBreak[] = [];
  for (const unit of graph.universe.units) {
    const cut: number[] = [];
    for (let edge = edgesFrom(graph.needs, unit.id); edge < edgesTo(graph.needs, unit.id); edge++) {
      if (isKept[edge] === 0) cut.push(edge);
    }
    if (cut.length === 0) continue;
    const reasons = explainer.explainNeeds(unit.id);
    for (const edge of cut) {
      const need = at(graph.needs.target, edge);
      const reason = reasons.get(need);
      if (reason === undefined) throw new Error(`BUG: no reason why ${unit.key} waits`);
      breaks.push({
        from: unit.key,
        to: at(graph.universe.units, need).key,
        kind: (at(graph.edgeFlags, edge) & LATER) === 0 ? 'existing-binary' : 'later-layer',
        reason: formatReason(reason),
        ...(reason.servedBy === undefined ? {} : { servedBy: reason.servedBy }),
      });
    }
  }
  return breaks;
}
