import { at } from '../base/column.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Cut } from '../cycles/break-cycles.ts';
import type { Cycle } from '../cycles/find-cycles.ts';
import type { UnitGraph } from '../graph/unit-graph.ts';
import { hardCycle, laterLayer, notMinimal, unbuildableUnit } from './diagnostics.ts';
import { formatCycle } from './make-unbuildable.ts';
import type { Plan } from './plan.ts';

/** What the user should know about a plan: what is left out or not waited for. */
export function planDiagnostics(
  plan: Plan,
  planned: UnitGraph,
  hardCycles: readonly Cycle[],
  cut: Cut,
): readonly Diagnostic[] {
  const { units } = planned.universe;
  return [
    ...hardCycles.map((cycle) =>
      hardCycle(
        formatCycle(planned, cycle.units),
        cycle.members.length,
        at(units, at(cycle.members, 0)).source.location,
      ),
    ),
    ...plan.unbuildable
      .filter((entry) => entry.kind !== 'not-for-arch' && entry.kind !== 'hard-cycle')
      .map((entry) => unbuildableUnit(entry.unit ?? entry.source, entry.reason, entry.location)),
    ...plan.breaks
      .filter((entry) => entry.kind === 'later-layer')
      .map((entry) => laterLayer(entry.from, entry.to, entry.reason, entry.servedBy)),
    ...(cut.isMinimal ? [] : [notMinimal()]),
  ];
}
