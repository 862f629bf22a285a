import type { PlanTask } from '../../plan/plan.ts';

/**
 * The plan's order for scripts, smaller than the plan and with fields that stay: every field is there in every build, `null`
 * where the plan says nothing. Times are integer milliseconds from the plan's start, sizes integer bytes.
 */
export interface OrderDocument {
  readonly schema: typeof ORDER_SCHEMA;
  readonly makespanMs: number;
  readonly lowerBoundMs: number;
  /** By start, ties by id: one after the other, no build comes before what it needs. */
  readonly builds: readonly OrderBuild[];
}

export const ORDER_SCHEMA = 'debplan/order@1';

export interface OrderBuild {
  /** Unique: `hello_2.10-3/arm64`. */
  readonly id: string;
  readonly source: string;
  readonly version: string;
  /** What it is built for. */
  readonly arch: string;
  readonly kind: 'any' | 'all' | 'binary';
  /** What it runs on. */
  readonly buildArch: string;
  readonly profiles: readonly string[];
  /** Empty for a full build. */
  readonly stage: string;
  readonly layer: string | null;
  readonly buildType: string | null;
  readonly builder: string;
  readonly slot: number;
  readonly mode: PlanTask['mode'];
  readonly chroot: number | null;
  readonly makeJobs: number;
  readonly startMs: number;
  readonly durationMs: number;
  readonly ramDiskBytes: number;
  readonly memoryBytes: number;
  /** Higher goes first. */
  readonly priority: number;
  readonly critical: boolean;
  /** Ids of the builds that must end before this one starts, by their start; without those that another of them waits for. */
  readonly needs: readonly string[];
}
