import type { NotForArch } from '../archive/unit.ts';
import { at } from '../base/column.ts';
import { compareText, firstDifference } from '../base/compare.ts';
import type { Cycle } from '../cycles/find-cycles.ts';
import type { UnitGraph } from '../graph/unit-graph.ts';
import { formatLoss, LossExplainer } from '../resolve/explain-loss.ts';
import type { PlanUnbuildable } from './plan.ts';

/** Everything that isn't in the plan, with the reason. */
export function makeUnbuildable(
  planned: UnitGraph,
  hardCycles: readonly Cycle[],
  notForArch: readonly NotForArch[],
): readonly PlanUnbuildable[] {
  const found = [
    ...notForArch.map(describeNotForArch),
    ...describeCycles(planned, hardCycles),
    ...describeLosses(planned, new Set(hardCycles.flatMap((cycle) => cycle.members))),
  ];
  return found.sort((a, b) =>
    firstDifference(
      compareText(a.source, b.source),
      compareText(a.arch, b.arch),
      compareText(a.unit ?? '', b.unit ?? ''),
    ),
  );
}

/** A cycle as people read it: `a → b → a`, by unit keys. */
export function formatCycle(planned: UnitGraph, cycle: Cycle): string {
  const keys = cycle.units.map((unit) => at(planned.universe.units, unit).key);
  return [...keys, at(keys, 0)].join(' → ');
}

function describeNotForArch({ source, arch }: NotForArch): PlanUnbuildable {
  return {
    source: source.name,
    version: source.version ?? '0',
    arch,
    kind: 'not-for-arch',
    reason: `Architecture: ${source.architectures.join(' ')}`,
    location: source.location,
  };
}

function describeCycles(planned: UnitGraph, hardCycles: readonly Cycle[]): readonly PlanUnbuildable[] {
  return hardCycles.flatMap((cycle) => {
    const ring = formatCycle(planned, cycle);
    const reason =
      cycle.units.length === 1 ? `needs a binary of its own that doesn't exist yet` : `in the cycle ${ring}`;
    return cycle.members.map((member) => {
      const unit = at(planned.universe.units, member);
      return {
        source: unit.source.name,
        version: unit.version,
        arch: unit.target.arch,
        unit: unit.key,
        kind: 'hard-cycle' as const,
        reason,
        location: unit.source.location,
      };
    });
  });
}

function describeLosses(planned: UnitGraph, inCycles: ReadonlySet<number>): readonly PlanUnbuildable[] {
  const { universe, installability } = planned;
  const explainer = new LossExplainer(universe, installability);
  const found: PlanUnbuildable[] = [];
  for (const unit of universe.units) {
    if (installability.unitLost[unit.id] === 0 || inCycles.has(unit.id)) continue;
    const loss = explainer.explain(unit.id);
    const nearest = loss.nearest === undefined ? '' : `; nearest: ${loss.nearest}`;
    found.push({
      source: unit.source.name,
      version: unit.version,
      arch: unit.target.arch,
      unit: unit.key,
      kind: loss.blockedBy === undefined ? 'missing' : 'needs-unbuildable',
      reason: `${loss.field}: ${loss.relation}: ${formatLoss(loss, unit.target.arch)}${nearest}`,
      location: loss.location,
    });
  }
  return found;
}
