import type { Universe } from '../archive/universe.ts';
import type { NotForArch } from '../archive/unit.ts';
import { at } from '../base/column.ts';
import { compareText } from '../base/compare.ts';
import type { Opened } from '../cycles/break.ts';
import type { Cut } from '../cycles/break-cycles.ts';
import type { Cycle } from '../cycles/find-cycles.ts';
import type { ImpossibleReason } from '../dispatch/find-impossible.ts';
import type { Builder, DispatchRule, Schedule } from '../dispatch/problem.ts';
import type { Estimate } from '../estimate/estimate.ts';
import type { UnitGraph } from '../graph/unit-graph.ts';
import type { NodeConflict } from '../resolve/solver/constraints.ts';
import type { LowerBound } from '../schedule/bounds/lower-bound.ts';
import type { ChainLink } from '../schedule/critical-chain.ts';
import { describeBinding } from './describe-binding.ts';
import { makeBreaks } from './make-breaks.ts';
import type { UnitProblem } from './make-problem.ts';
import { makeTargets } from './make-tasks.ts';
import { makeUnbuildable } from './make-unbuildable.ts';
import {
  PLAN_SCHEMA,
  type Plan,
  type PlanArchitecture,
  type PlanBuilder,
  type PlanInput,
  type PlanRecordOptions,
  type PlanUnbuildable,
} from './plan.ts';
import { ramDiskPeak } from './ram-disk-peak.ts';

/** Everything that the stages found out, to be written down. */
export interface PlanParts {
  readonly inputs: readonly PlanInput[];
  readonly options: Omit<
    PlanRecordOptions,
    'deps' | 'buildDepsDepth' | 'dependentsDepth' | 'durationJobs'
  > & {
    readonly depth: PlanRecordOptions['deps'];
    /** Infinity: all. */
    readonly buildDepsDepth: number;
    readonly dependentsDepth: number;
    readonly builders: readonly Builder[];
  };
  readonly analysis: {
    readonly universe: Universe;
    readonly planned: UnitGraph;
    readonly hardCycles: readonly Cycle[];
    readonly cut: Cut;
    readonly openings: readonly Opened[];
    readonly notForArch: readonly NotForArch[];
    readonly laterNeeds: ReadonlyMap<number, number>;
    readonly conflicts: ReadonlyMap<number, NodeConflict>;
  };
  readonly impossible: ReadonlyMap<number, ImpossibleReason>;
  readonly unitProblem: UnitProblem;
  readonly estimates: readonly Estimate[];
  readonly schedule: Schedule;
  readonly rule: DispatchRule;
  readonly bound: LowerBound;
  readonly chain: readonly ChainLink[];
}

/** Writes a plan down as one plain document; keys stand in the order that the file will have. */
export function assemblePlan(parts: PlanParts): Plan {
  const { options, analysis, unitProblem, schedule, bound, chain } = parts;
  const critical = new Set(chain.map((link) => link.task));
  const unbuildable = makeUnbuildable(analysis.planned, { ...analysis, impossible: parts.impossible });
  return {
    schema: PLAN_SCHEMA,
    inputs: parts.inputs.map(({ name, sha256 }) => ({ name, sha256 })),
    options: {
      architectures: options.architectures,
      allOn: options.allOn,
      profiles: options.profiles,
      deps: options.depth,
      alternatives: options.alternatives,
      reading: options.reading,
      kind: options.kind,
      implicit: options.implicit,
      waitsForImplicit: options.waitsForImplicit,
      rebuildAfterStage: options.rebuildAfterStage,
      rebuildStale: options.rebuildStale,
      layers: options.layers,
      select: options.select,
      buildDepsDepth: steps(options.buildDepsDepth),
      dependentsDepth: steps(options.dependentsDepth),
      durationJobs: unitProblem.problem.durationJobs,
      ramQuantile: options.ramQuantile,
      ramHolds: options.ramHolds,
      search: options.search,
    },
    builders: options.builders.map(describeBuilder).sort((a, b) => compareText(a.name, b.name)),
    targets: makeTargets(unitProblem, schedule, { ...parts, profiles: options.profiles }, critical),
    architectures: options.architectures.map((arch) => describeArchitecture(arch, parts, unbuildable)),
    criticalChain: chain.map(({ task, waitedFor }) => ({ id: at(unitProblem.units, task).key, waitedFor })),
    breaks: makeBreaks(analysis.planned, analysis.cut, analysis.openings),
    unbuildable,
    makespanMs: schedule.makespanMs,
    lowerBoundMs: bound.lowerBoundMs,
    lowerBoundName: bound.name,
    lowerBoundBinding: describeBinding(bound.binding, bound.arch, (task) => at(unitProblem.units, task).key),
  };
}

function steps(depth: number): number | 'all' {
  return depth === Infinity ? 'all' : depth;
}

function describeBuilder(builder: Builder): PlanBuilder {
  return {
    name: builder.name,
    arch: builder.arch,
    slots: builder.slots,
    ramDiskBytes: builder.ramDiskBytes,
    ramDiskChroots: builder.ramDiskChroots,
    memoryBytes: limit(builder.memoryBytes),
    diskSlots: builder.diskSlots,
    diskFactor: builder.diskFactor,
    cores: limit(builder.cores),
    makeJobs: builder.makeJobs,
    speed: builder.speed,
    ...(builder.host === undefined ? {} : { host: builder.host }),
  };
}

/** JSON has no Infinity. */
function limit(value: number): number | null {
  return value === Infinity ? null : value;
}

function describeArchitecture(
  arch: string,
  parts: PlanParts,
  unbuildable: readonly PlanUnbuildable[],
): PlanArchitecture {
  const { unitProblem, schedule, bound, options } = parts;
  const own = schedule.placements.filter((placement) => unitProblem.problem.arch[placement.task] === arch);
  const lost = unbuildable.filter((entry) => entry.arch === arch);
  const notForArchCount = lost.filter((entry) => entry.kind === 'not-for-arch').length;
  const ownBound = bound.perArch.find((entry) => entry.arch === arch);
  const builders = options.builders.filter((builder) => builder.arch === arch);
  return {
    arch,
    taskCount: own.length,
    unbuildableCount: lost.length - notForArchCount,
    notForArchCount,
    makespanMs: own.reduce((latest, placement) => Math.max(latest, placement.endMs), 0),
    lowerBoundMs: ownBound?.lowerBoundMs ?? 0,
    lowerBoundName: ownBound?.name ?? 'none',
    ramDiskPeakBytes: ramDiskPeak(own, unitProblem.problem.ramDiskBytes),
    ramDiskBytes: builders.reduce((sum, builder) => sum + builder.ramDiskBytes, 0),
  };
}
