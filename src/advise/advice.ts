import type { PlanBinding } from '../plan/plan.ts';

/**
 * How a host should be set up for a plan, as a document. Times are integer milliseconds, sizes integer bytes. Same plan and
 * options: same bytes, on any machine.
 */
export interface Advice {
  readonly schema: typeof ADVICE_SCHEMA;
  readonly host: AdvisedHost;
  /** Settings that take at most this much longer than the best one count as good enough, in percent. */
  readonly withinPercent: number;
  /** Sorted by name; each has such a host for itself. */
  readonly architectures: readonly ArchAdvice[];
}

export const ADVICE_SCHEMA = 'debplan/advise@1';

export interface AdvisedHost {
  readonly memoryBytes: number;
  readonly cores: number;
  /** What the processes of a build are taken to need for each make job, where the plan has no figure. */
  readonly memoryPerJobBytes: number;
}

export interface ArchAdvice {
  readonly arch: string;
  readonly taskCount: number;
  /** Builds that need something from another architecture: it is taken as done. */
  readonly needsElsewhereCount: number;
  /** Builds of which the plan doesn't know how much memory their processes take. */
  readonly assumedMemoryCount: number;
  readonly diskFactor: number;
  readonly speed: number;
  /** The largest build. */
  readonly largestFootprintBytes: number;
  /** No choice of these slots, make jobs and RAM disks can end earlier. */
  readonly lowerBoundMs: number;
  readonly lowerBoundName: string;
  /** What would have to change for more to be possible, with these slots. */
  readonly lowerBoundBinding: PlanBinding;
  /** The slots with which that is the bound; with any other it is at least as large. */
  readonly lowerBoundSlots: number;
  readonly grid: AdvisedGrid;
  /** Whether the settings that are named are scheduled better than those that are only compared. */
  readonly isRefined: boolean;
  /** All that was tried with the RAM disk as a budget, each scheduled once; by slots, make jobs, RAM disk. */
  readonly settings: readonly TriedSetting[];
  /** The fastest of them, scheduled as `debplan plan` does; of equal ones that with the smallest RAM disk. */
  readonly best: Choice;
  /** The smallest RAM disk that is good enough, with the slots that are fastest with it. */
  readonly smallest: Choice;
  readonly chroots: ChrootAdvice;
}

/** What was chosen from; each list ascends. */
export interface AdvisedGrid {
  readonly slots: readonly number[];
  readonly makeJobs: readonly number[];
  readonly ramDiskBytes: readonly number[];
  /** In which steps the smallest RAM disk was looked for between these sizes. */
  readonly stepBytes: number;
  /** Fewer steps than usual, because the plan has so many builds. */
  readonly isCoarse: boolean;
  /** So many builds that make jobs are not tried apart from slots, nor RAM disks between these sizes. */
  readonly isTight: boolean;
}

export interface TriedSetting {
  readonly slots: number;
  readonly makeJobs: number;
  readonly ramDiskBytes: number;
  readonly makespanMs: number;
  /** The least with these slots and at most this RAM disk: more of it may look worse (Graham's anomaly), and needn't be used. */
  readonly atMostMs: number;
}

export interface Choice {
  readonly slots: number;
  readonly makeJobs: number;
  readonly ramDiskBytes: number;
  readonly makespanMs: number;
  /** What debplan takes for it: the value of `--builder`. */
  readonly builder: string;
}

/** RAM disks of fixed sizes, one build each, all scheduled as `debplan plan` does. There are as many chroots as slots; those that are not in RAM are on disk. */
export interface ChrootAdvice {
  /** The best shape: several of one size, perhaps a large one, the rest on disk. */
  readonly best: ChrootChoice;
  /** What StarlingX's formula makes of the same slots, with the percentage that does best. */
  readonly equal: ChrootChoice & StarlingXFlags;
  /** The same with the largest percentage that leaves enough memory to compilers. */
  readonly largest: ChrootChoice & StarlingXFlags;
  /** The flags with which StarlingX's formula does best. */
  readonly starlingx: ChrootChoice & StarlingXFlags;
}

export interface ChrootChoice extends Choice {
  /** Largest first. */
  readonly ramDiskChroots: readonly number[];
  readonly diskSlots: number;
}

/** Flags of StarlingX's build-pkgs. */
export interface StarlingXFlags {
  readonly parallel: number;
  readonly maxMakeJobs: number;
  /** Of the memory that is available when the chroots are made. */
  readonly tmpfsPercentage: number;
}
