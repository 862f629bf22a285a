import { float64At } from '../base/cells.ts';
import { at } from '../base/column.ts';
import { shareOf } from '../base/ratio.ts';
import type { Placement, Problem } from '../dispatch/problem.ts';

/** A plan, or one architecture's builders of it. */
export interface Scope {
  /** Null: all. */
  readonly arch: string | null;
  readonly slots: number;
  readonly ramDiskBytes: number;
}

/** One schedule, or one run, in one scope. */
export interface ScopeFigures {
  readonly makespanMs: number;
  /** Slot-time that builds took until the last end; 0 .. 1. */
  readonly slotUse: number;
  /** Byte-time of RAM disk that was reserved until then; 0 .. 1. */
  readonly ramUse: number;
}

/** All of the plan, then each architecture that has builders, by name; one architecture alone is all there is. */
export function scopesOf({ builders }: Problem): readonly Scope[] {
  const archs = [...new Set(builders.map(({ arch }) => arch))].sort();
  const scope = (arch: string | null): Scope => {
    const own = builders.filter((builder) => arch === null || builder.arch === arch);
    return {
      arch,
      slots: own.reduce((sum, { slots }) => sum + slots, 0),
      ramDiskBytes: own.reduce((sum, { ramDiskBytes }) => sum + ramDiskBytes, 0),
    };
  };
  return [null, ...(archs.length > 1 ? archs : [])].map(scope);
}

/** What was built where and when, in figures. O(placements) */
export function measureScope(
  problem: Problem,
  placements: readonly Pick<Placement, 'task' | 'builder' | 'mode' | 'startMs' | 'endMs'>[],
  { arch, slots, ramDiskBytes }: Scope,
): ScopeFigures {
  let makespanMs = 0;
  let slotMs = 0;
  let byteMs = 0;
  for (const { task, builder, mode, startMs, endMs } of placements) {
    if (arch !== null && at(problem.builders, builder).arch !== arch) continue;
    makespanMs = Math.max(makespanMs, endMs);
    slotMs += endMs - startMs;
    if (mode === 'ram') byteMs += (endMs - startMs) * float64At(problem.ramDiskBytes, task);
  }
  return {
    makespanMs,
    slotUse: shareOf(slotMs, slots * makespanMs),
    ramUse: shareOf(byteMs, ramDiskBytes * makespanMs),
  };
}
