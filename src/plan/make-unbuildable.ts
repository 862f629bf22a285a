import type { NotForArch, Unit } from '../archive/unit.ts';
import { at } from '../base/column.ts';
import { compareText, firstDifference } from '../base/compare.ts';
import { formatBytes } from '../base/quantity.ts';
import type { Cycle } from '../cycles/find-cycles.ts';
import { formatAlternatives } from '../debian/relation.ts';
import type { ImpossibleReason } from '../dispatch/find-impossible.ts';
import type { UnitGraph } from '../graph/unit-graph.ts';
import { explainConflict, formatConflict } from '../resolve/explain-conflict.ts';
import { formatLoss, LossExplainer } from '../resolve/explain-loss.ts';
import { formatNearest } from '../resolve/nearest.ts';
import type { NodeConflict } from '../resolve/solver/constraints.ts';
import type { PlanUnbuildable } from './plan.ts';

/** What was left out before anything was lost for it. */
export interface LeftOut {
  readonly notForArch: readonly NotForArch[];
  readonly hardCycles: readonly Cycle[];
  /** Unit → clause that only a later layer satisfies. */
  readonly laterNeeds: ReadonlyMap<number, number>;
  /** Units whose install set can't be without a conflict. */
  readonly conflicts: ReadonlyMap<number, NodeConflict>;
  /** Units that no builder can run. */
  readonly impossible: ReadonlyMap<number, ImpossibleReason>;
}

/** Everything that isn't in the plan, with the reason. */
export function makeUnbuildable(planned: UnitGraph, leftOut: LeftOut): readonly PlanUnbuildable[] {
  const { universe } = planned;
  const inCycles = new Set(leftOut.hardCycles.flatMap((cycle) => cycle.members));
  const isExplained = (unit: number): boolean =>
    inCycles.has(unit) ||
    leftOut.laterNeeds.has(unit) ||
    leftOut.conflicts.has(unit) ||
    leftOut.impossible.has(unit);
  const found = [
    ...leftOut.notForArch.map(describeNotForArch),
    ...describeCycles(planned, leftOut.hardCycles),
    ...[...leftOut.laterNeeds].map(([unit, clause]) => {
      const relation = formatAlternatives(at(universe.clauses.alternatives, clause));
      const reason = `only a later layer builds ${relation}, and none exists`;
      return describeUnit(at(universe.units, unit), 'later-layer', reason);
    }),
    ...[...leftOut.conflicts].map(([unit, conflict]) => {
      const loss = explainConflict(universe, unit, conflict);
      const ways = loss.sides.map(({ field, relation }) => `${field}: ${relation}`);
      return describeUnit(
        at(universe.units, unit),
        'conflict',
        `${formatConflict(loss)} (${ways.join('; ')})`,
      );
    }),
    ...[...leftOut.impossible].map(([unit, reason]) =>
      describeUnit(at(universe.units, unit), 'no-builder', formatImpossible(reason)),
    ),
    ...describeLosses(planned, leftOut.notForArch, isExplained),
  ];
  return found.sort((a, b) =>
    firstDifference(
      compareText(a.source, b.source),
      compareText(a.arch, b.arch),
      compareText(a.unit ?? '', b.unit ?? ''),
    ),
  );
}

/** Units of a ring that are shown before the rest is counted. */
const SHOWN_RING = 12;

/** A cycle as people read it: `a → b → a`, by unit keys; the middle of a long one is counted. */
export function formatCycle(planned: UnitGraph, units: readonly number[]): string {
  const keys = units.map((unit) => at(planned.universe.units, unit).key);
  const rest = keys.length - SHOWN_RING;
  const shown = rest <= 1 ? keys : [...keys.slice(0, SHOWN_RING), `… ${String(rest)} more …`];
  return [...shown, at(keys, 0)].join(' → ');
}

function describeUnit(unit: Unit, kind: PlanUnbuildable['kind'], reason: string): PlanUnbuildable {
  return {
    source: unit.source.name,
    version: unit.version,
    arch: unit.target.arch,
    unit: unit.key,
    kind,
    reason,
    location: unit.source.location,
  };
}

function formatImpossible(reason: ImpossibleReason): string {
  switch (reason.kind) {
    case 'no-builder':
      return `no builder for ${reason.arch}`;
    case 'memory':
      return `its processes need ${formatBytes(reason.demandBytes)} of memory, the largest builder for ${reason.arch} has ${formatBytes(reason.capacityBytes)}`;
    case 'ram-disk':
      return `it takes ${formatBytes(reason.demandBytes)} and nothing may be built on disk (disk-slots=0): the largest RAM disk for ${reason.arch} holds ${formatBytes(reason.capacityBytes)}`;
  }
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

/** Each member with the ring that it is in itself, if that one is short to find; else with its component's. */
function describeCycles(planned: UnitGraph, hardCycles: readonly Cycle[]): readonly PlanUnbuildable[] {
  return hardCycles.flatMap(({ units, members }) => {
    const isRing = new Set(units);
    const ring = formatCycle(planned, units);
    return members.map((member) => {
      const unit = at(planned.universe.units, member);
      if (members.length === 1)
        return describeUnit(unit, 'hard-cycle', `needs a binary of its own that doesn't exist yet`);
      const others = `tied to the cycle ${ring} in a knot of ${String(members.length)}`;
      return describeUnit(unit, 'hard-cycle', isRing.has(member) ? `in the cycle ${ring}` : others);
    });
  });
}

function describeLosses(
  planned: UnitGraph,
  notForArch: readonly NotForArch[],
  isExplained: (unit: number) => boolean,
): readonly PlanUnbuildable[] {
  const { universe, installability } = planned;
  const sources = new Set([...universe.units, ...notForArch].map(({ source }) => source));
  const explainer = new LossExplainer(universe, installability, [...sources]);
  const found: PlanUnbuildable[] = [];
  for (const unit of universe.units) {
    if (installability.unitLost[unit.id] === 0 || isExplained(unit.id)) continue;
    const loss = explainer.explain(unit.id);
    const nearest = loss.nearest === undefined ? '' : `; nearest: ${formatNearest(loss.nearest)}`;
    const reason = `${loss.field}: ${loss.relation}: ${formatLoss(loss, unit.target.arch)}${nearest}`;
    const kind = loss.blockedBy === undefined ? 'missing' : 'needs-unbuildable';
    found.push({ ...describeUnit(unit, kind, reason), location: loss.location });
  }
  return found;
}
