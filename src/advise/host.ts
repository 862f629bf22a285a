import { float64At } from '../base/cells.ts';
import type { Builder } from '../dispatch/problem.ts';
import type { ArchWork } from './arch-work.ts';

/** The machine that is to be set up. */
export interface Host {
  /** What builds may use of its memory: RAM disk and processes together. */
  readonly memoryBytes: number;
  /** Slots × make jobs may not be more. */
  readonly cores: number;
  /** What the processes of a build take for each make job, where the plan doesn't know. */
  readonly memoryPerJobBytes: number;
  /** How many times longer a build takes on disk. */
  readonly diskFactor: number;
  /** Durations are divided by it. */
  readonly speed: number;
}

/** One way to set a host up. */
export interface Setting {
  readonly slots: number;
  /** What each build gets. */
  readonly makeJobs: number;
  /** One budget, or the sum of the chroots. */
  readonly ramDiskBytes: number;
  /** Sizes of fixed chroots, largest first, one build each; empty: a budget. */
  readonly ramDiskChroots: readonly number[];
  /** Builds on disk at once. */
  readonly diskSlots: number;
}

/** A RAM disk that builds share as a budget; any of them may be on disk. */
export function budgetSetting(slots: number, makeJobs: number, ramDiskBytes: number): Setting {
  return { slots, makeJobs, ramDiskBytes, ramDiskChroots: [], diskSlots: slots };
}

/** As many chroots as slots: these in RAM, the others on disk. @param chroots in bytes, at most as many as slots */
export function chrootSetting(slots: number, makeJobs: number, chroots: readonly number[]): Setting {
  return {
    slots,
    makeJobs,
    ramDiskBytes: chroots.reduce((sum, size) => sum + size, 0),
    ramDiskChroots: [...chroots].sort((a, b) => b - a),
    diskSlots: slots - chroots.length,
  };
}

/** The builder that a setting makes of a host. */
export function settingBuilder(host: Host, arch: string, setting: Setting): Builder {
  return {
    name: arch,
    arch,
    slots: setting.slots,
    ramDiskBytes: setting.ramDiskBytes,
    ramDiskChroots: setting.ramDiskChroots,
    memoryBytes: host.memoryBytes,
    diskSlots: setting.diskSlots,
    diskFactor: host.diskFactor,
    cores: host.cores,
    makeJobs: [setting.makeJobs],
    speed: host.speed,
  };
}

/** What the processes of each task take with so many make jobs: what the plan knows, else `memoryPerJobBytes` a job, one job if serial. */
export function processMemory(work: ArchWork, host: Host, makeJobs: number): Float64Array {
  return work.memoryBytes.map((known, task) => {
    if (known > 0) return known;
    return host.memoryPerJobBytes * (float64At(work.parallelFraction, task) === 0 ? 1 : makeJobs);
  });
}
