import { at } from '../base/column.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Cycle } from '../cycles/find-cycles.ts';
import type { UnitGraph } from '../graph/unit-graph.ts';
import { builtWithFirst, hardCycle, laterLayer, staleLibrary, unbuildableUnit } from './diagnostics.ts';
import { formatCycle } from './make-unbuildable.ts';
import type { Plan } from './plan.ts';

/** What the user should know about a plan: what is left out or not waited for. */
export function planDiagnostics(
  plan: Plan,
  planned: UnitGraph,
  hardCycles: readonly Cycle[],
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
    ...plan.breaks.flatMap(({ from, stale = [], rebuiltBy }) =>
      rebuiltBy === undefined ? stale.map((old) => staleLibrary(from, old)) : [],
    ),
    ...fullWithFirst(plan, planned).map(({ from, standIn = '' }) => builtWithFirst(from, standIn)),
  ];
}

/** Full builds that a first build serves, and that aren't built again. */
function fullWithFirst({ breaks }: Plan, { universe }: UnitGraph): Plan['breaks'] {
  const served = breaks.filter(({ standIn, rebuiltBy }) => standIn !== undefined && rebuiltBy === undefined);
  if (served.length === 0) return served;
  const full = new Set(universe.units.filter(({ stage }) => stage === '').map(({ key }) => key));
  return served.filter(({ from }) => full.has(from));
}
