import type { ComparisonDocument } from '../compare/comparison-document.ts';
import type { Plan } from '../plan/plan.ts';
import type { ReportBench } from './report-bench.ts';

/** What the report's page is told. Times are ms from a plan's start, sizes bytes. */
export interface ReportData {
  /** At least one, in the order in which they were named. */
  readonly plans: readonly ReportPlan[];
  /** The first plan against the second; of a single plan with two architectures, one against the other; else null. */
  readonly comparison: ComparisonDocument | null;
  /** What `debplan bench` has measured; null: nobody named a file of it. */
  readonly bench: ReportBench | null;
}

export interface ReportPlan {
  /** What tells it from the others: the file's name, with its folder where names repeat. */
  readonly label: string;
  readonly sha256: string;
  readonly makespanMs: number;
  readonly lowerBoundMs: number;
  readonly lowerBoundName: string;
  /** The plan that was run, where this is what took place; null: it is what is planned. */
  readonly ranPlan: string | null;
  /** What keeps the plan from being shorter, as a sentence. */
  readonly binding: string;
  readonly options: Plan['options'];
  readonly inputs: Plan['inputs'];
  readonly architectures: Plan['architectures'];
  readonly builders: readonly ReportBuilder[];
  readonly tasks: ReportTasks;
  /** Task numbers, first to last. */
  readonly criticalChain: Uint32Array;
  readonly breaks: Plan['breaks'];
  readonly unbuildable: Plan['unbuildable'];
}

export interface ReportBuilder {
  readonly name: string;
  readonly arch: string;
  readonly slots: number;
  readonly ramDiskBytes: number;
  readonly ramDiskChroots: readonly number[];
  readonly memoryBytes: number | null;
  readonly diskSlots: number;
  readonly diskFactor: number;
  readonly cores: number | null;
  readonly speed: number;
  /** The sum of its builds' durations. */
  readonly busyMs: number;
  readonly ramDiskPeakBytes: number;
  /** RAM disk and slots in use from each moment on to the next, first at 0, last at the end with nothing in use. */
  readonly usage: {
    readonly atMs: Float64Array;
    readonly ramDiskBytes: Float64Array;
    readonly busySlots: Uint16Array;
  };
}

/** One cell a task, ordered by start, then id. Numbers named `…Of` index the list of that name. */
export interface ReportTasks {
  readonly count: number;
  readonly ids: readonly string[];
  readonly sources: readonly string[];
  readonly versions: readonly string[];
  /** What tasks are built for: architectures, and `all`. Distinct texts that cells refer to, as `layers` and `stages` are. */
  readonly archs: readonly string[];
  readonly archOf: Uint8Array;
  /** `layer`, `layer/build type`, or empty where there are none. */
  readonly layers: readonly string[];
  readonly layerOf: Uint16Array;
  /** Stages: empty, `rebuild`, a build profile, `cross`. */
  readonly stages: readonly string[];
  readonly stageOf: Uint16Array;
  readonly builderOf: Uint16Array;
  readonly slot: Uint16Array;
  /** 1: in RAM, 0: on disk. */
  readonly isInRam: Uint8Array;
  readonly isCritical: Uint8Array;
  readonly startMs: Float64Array;
  readonly durationMs: Float64Array;
  readonly workMs: Float64Array;
  readonly workUpperMs: Float64Array;
  readonly makeJobs: Uint16Array;
  readonly priority: Float64Array;
  readonly memoryBytes: Float64Array;
  /** Reserved, median, 90 %. */
  readonly ramDiskBytes: Float64Array;
  readonly ramDiskMedianBytes: Float64Array;
  readonly ramDiskUpperBytes: Float64Array;
  /** What the reserved bytes are made of: `FOOTPRINT_PARTS.length` cells a task. */
  readonly ramDiskParts: Float64Array;
  /** Estimators' names. */
  readonly estimators: readonly string[];
  readonly durationBy: Uint8Array;
  readonly ramDiskBy: Uint8Array;
  /** Why it starts when it does: an index of `WAITED_FOR`. */
  readonly waitedFor: Uint8Array;
  /** The task whose end let it start; `NOBODY` where there is none. */
  readonly waitedForTask: Uint32Array;
  /** When the last of what it needs has ended: from there to its start it waits for room. */
  readonly readyMs: Float64Array;
  /** What a task needs, ascending: `needs[needStart[t] .. needStart[t + 1])`. */
  readonly needStart: Uint32Array;
  readonly needs: Uint32Array;
}

/** No task. */
export const NOBODY = 0xffffffff;

/** Why a task starts when it does, as `criticalChain` of a plan says it. */
export const WAITED_FOR = [
  'start',
  'release',
  'need',
  'slot',
  'ram-disk',
  'memory',
  'disk-slot',
  'cores',
] as const satisfies readonly Plan['criticalChain'][number]['waitedFor'][];

/** The order of the parts in `ReportTasks.ramDiskParts`. */
export const FOOTPRINT_PARTS = [
  'baseBytes',
  'listsBytes',
  'dependsBytes',
  'downloadsBytes',
  'treeBytes',
  'peakBytes',
  'reserveBytes',
] as const satisfies readonly (keyof Plan['targets'][number]['tasks'][number]['ramDiskParts'])[];
