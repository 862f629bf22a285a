import type { Universe } from './archive/universe.ts';
import { breakCycles, type Cut } from './cycles/break-cycles.ts';
import { findClosedCycles } from './cycles/find-closed-cycles.ts';
import { findHardCycles, type Cycle } from './cycles/find-cycles.ts';
import type { BreakRules } from './cycles/pose-breaks.ts';
import { sidestepCycles, sidestepLaterLayers } from './cycles/sidestep.ts';
import type { EdgeOptions, UnitGraph } from './graph/unit-graph.ts';
import { graphOf } from './graph/universe-graph.ts';
import { findConflicts } from './resolve/judge.ts';
import type { NodeConflict } from './resolve/solver/constraints.ts';

/** The graph of a run, with and without what has to be left out; cycles that something opens are still there. */
export interface Uncut {
  /** Every unit that has what it needs, cycles included: what `graph` and `why` show. */
  readonly graph: UnitGraph;
  /** The same without what is left out and all that needs it. */
  readonly planned: UnitGraph;
  /** Cycles of hard edges; their members are left out. */
  readonly hardCycles: readonly Cycle[];
  /** Units left out because only a later layer builds what they need; unit → clause. */
  readonly laterNeeds: ReadonlyMap<number, number>;
  /** Units left out because what their chroot has to hold can't be installed together. */
  readonly conflicts: ReadonlyMap<number, NodeConflict>;
}

/** The same, and what opens its cycles. */
export interface Settlement extends Uncut {
  /** Which edges of `planned` are cut, so that the rest has no cycle. */
  readonly cut: Cut;
}

export interface SettleOptions extends EdgeOptions {
  readonly breakRules: BreakRules;
}

/**
 * Decides what can be built in which graph: as long as units form a hard cycle or depend on a later layer, other alternatives
 * are tried, and where there are none they are left out, as are units whose install set can't be without a conflict. That may
 * leave others without what they need.
 * @param impossible units that no builder can run: left out from the start
 */
export function settle(universe: Universe, options: SettleOptions, impossible: Iterable<number>): Settlement {
  return withCut(settleUncut(universe, options, impossible), options);
}

/** Opens the cycles that are left. @param last the cut of a graph much like this one */
export function withCut<T extends Uncut>(
  uncut: T,
  { breakRules }: SettleOptions,
  last?: Cut,
): T & Pick<Settlement, 'cut'> {
  return { ...uncut, cut: breakCycles(uncut.planned, breakRules, last?.memory) };
}

/** `settle` without its last step, for a graph that is settled anew before anybody asks for its cut. */
export function settleUncut(universe: Universe, options: SettleOptions, impossible: Iterable<number>): Uncut {
  const skipped = new Int32Array(universe.clauses.alternatives.length);
  const leftOut = new Uint8Array(universe.units.length);
  for (const unit of impossible) leftOut[unit] = 1;
  const hardCycles: Cycle[] = [];
  const laterNeeds = new Map<number, number>();
  const conflicts = new Map<number, NodeConflict>();
  let isWhole = leftOut.every((left) => left === 0);
  let planned = graphOf(universe, options, { leftOut, skipped });
  for (;;) {
    const stuck = stuckUnits(planned);
    const hard = stuck.length > 0 ? [] : findHardCycles(planned);
    const isOpenable = stuck.length === 0 && hard.length === 0;
    const found = isOpenable ? findClosedCycles(planned, options.breakRules) : hard;
    const isFirm = stuck.length === 0 && found.length === 0;
    const clashing = isFirm
      ? findConflicts(universe, planned.installability)
      : new Map<number, NodeConflict>();
    const orphans = isFirm && clashing.size === 0 ? withoutFullBuild(planned) : [];
    if (isFirm && clashing.size === 0 && orphans.length === 0) break;
    const isSidestepped =
      sidestepLaterLayers(planned, stuck, skipped) || sidestepCycles(planned, found, skipped);
    if (!isSidestepped) {
      isWhole = false;
      hardCycles.push(...found);
      for (const unit of stuck) laterNeeds.set(unit, (planned.needsLater[unit] ?? 0) - 1);
      for (const [unit, conflict] of clashing) conflicts.set(unit, conflict);
      const members = found.flatMap((cycle) => cycle.members);
      for (const unit of [...stuck, ...members, ...clashing.keys(), ...orphans]) leftOut[unit] = 1;
    }
    planned = graphOf(universe, options, { leftOut, skipped });
  }
  const graph = isWhole ? planned : graphOf(universe, options, { skipped });
  return { graph, planned, hardCycles, laterNeeds, conflicts };
}

/** First builds and rebuilds of units that are not built themselves. */
function withoutFullBuild({ universe, installability: { unitBuilt } }: UnitGraph): readonly number[] {
  return universe.units
    .filter(({ id, full }) => id !== full && unitBuilt[id] === 1 && unitBuilt[full] === 0)
    .map(({ id }) => id);
}

function stuckUnits(graph: UnitGraph): readonly number[] {
  const stuck: number[] = [];
  graph.needsLater.forEach((clause, unit) => {
    if (clause !== 0) stuck.push(unit);
  });
  return stuck;
}
