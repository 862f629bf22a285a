import { float64At } from '../base/cells.ts';
import { at } from '../base/column.ts';
import type { Builder, Placement, Problem } from '../dispatch/problem.ts';
import type { Scenario } from './scenario.ts';

/**
 * What really lies on the RAM disk and in the memory of one builder, which the dispatcher does not see. A build takes what was
 * reserved for it from its start on, or what it really needs if that is less; once it has outgrown its reservation all
 * that it needs, as long as there is room.
 */
export class RamDiskFill {
  readonly #builder: Builder;
  /** Tasks that hold more than was reserved for them, and how much more. */
  readonly #excessOf = new Map<number, number>();
  #ramDiskBytes = 0;
  #memoryBytes = 0;

  constructor(builder: Builder) {
    this.#builder = builder;
  }

  /** Whether more lies there than there is room for. */
  get isOverfull(): boolean {
    const { ramDiskBytes, memoryBytes } = this.#builder;
    return this.#ramDiskBytes > ramDiskBytes || this.#ramDiskBytes + this.#memoryBytes > memoryBytes;
  }

  /** The task that is furthest above its reservation, ties by lower id; undefined: none is above it. */
  get worst(): number | undefined {
    let worst: number | undefined;
    let worstBytes = 0;
    for (const [task, bytes] of this.#excessOf) {
      if (bytes > worstBytes || (bytes === worstBytes && worst !== undefined && task < worst)) {
        worst = task;
        worstBytes = bytes;
      }
    }
    return worst;
  }

  /** A build starts. */
  add(ramDiskBytes: number, memoryBytes: number): void {
    this.#ramDiskBytes += ramDiskBytes;
    this.#memoryBytes += memoryBytes;
  }

  /** A build has outgrown its reservation by so much. */
  grow(task: number, excessBytes: number): void {
    this.#excessOf.set(task, excessBytes);
    this.#ramDiskBytes += excessBytes;
  }

  /** A build ends; `ramDiskBytes` and `memoryBytes` as it started. */
  remove(task: number, ramDiskBytes: number, memoryBytes: number): void {
    this.#ramDiskBytes -= ramDiskBytes + (this.#excessOf.get(task) ?? 0);
    this.#memoryBytes -= memoryBytes;
    this.#excessOf.delete(task);
  }
}

/** The most that a build may write before it has outgrown what it was given: its chroot, or what was reserved. Infinity: on disk. */
export function ramDiskLimit(problem: Problem, { task, builder, mode, chroot }: Placement): number {
  if (mode === 'disk') return Infinity;
  if (chroot < 0) return float64At(problem.ramDiskBytes, task);
  return at(at(problem.builders, builder).ramDiskChroots, chroot);
}

/** What a build really lays on the RAM disk before it has outgrown its limit. */
export function filledBytes({ real }: Scenario, { task, mode }: Placement, limitBytes: number): number {
  return mode === 'disk' ? 0 : Math.min(limitBytes, float64At(real.ramDiskBytes, task));
}
