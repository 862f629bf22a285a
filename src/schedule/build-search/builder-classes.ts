import { at } from '../../base/column.ts';
import type { Builder } from '../../dispatch/problem.ts';

/**
 * Builders that differ in nothing but their names: what runs on one runs as well on the others. Their resources are numbered
 * 0 .. capacities.length - 1; the first are the slots, the others are only there when they can run short.
 */
export interface BuilderClass {
  readonly builder: Builder;
  /** Indices into `Problem.builders`, ascending. */
  readonly members: Int32Array;
  /** Of each member: builds, processors, bytes. */
  readonly capacities: Float64Array;
  /** Sizes of the chroots, ascending, each once; chroots of one size are one resource. */
  readonly chrootSizes: readonly number[];
  // The numbers of the resources; -1: can't run short.
  readonly diskSlots: number;
  readonly cores: number;
  readonly memory: number;
  readonly ramDisk: number;
  /** Of the smallest chroots; those of the other sizes follow. */
  readonly chroots: number;
}

/** The resource of the slots. */
export const SLOTS = 0;

/** The classes in the order of their first members. O(builders²) for builders that all differ */
export function builderClasses(builders: readonly Builder[]): readonly BuilderClass[] {
  const membersOf = new Map<string, number[]>();
  builders.forEach((builder, index) => {
    // JSON has no Infinity: null stands for no limit.
    const key = JSON.stringify({ ...builder, name: '' });
    const members = membersOf.get(key);
    if (members === undefined) membersOf.set(key, [index]);
    else members.push(index);
  });
  return [...membersOf.values()].map((members) =>
    describeClass(at(builders, at(members, 0)), Int32Array.from(members)),
  );
}

function describeClass(builder: Builder, members: Int32Array): BuilderClass {
  const capacities: number[] = [builder.slots];
  const add = (capacity: number, canRunShort: boolean): number =>
    canRunShort ? capacities.push(capacity) - 1 : -1;
  const mostJobs = at(builder.makeJobs, builder.makeJobs.length - 1);
  const hasBudget = builder.ramDiskBytes > 0 && builder.ramDiskChroots.length === 0;
  const numbers = {
    diskSlots: add(builder.diskSlots, builder.diskSlots > 0 && builder.diskSlots < builder.slots),
    cores: add(builder.cores, builder.cores < builder.slots * mostJobs),
    memory: add(builder.memoryBytes, builder.memoryBytes < Infinity),
    ramDisk: add(builder.ramDiskBytes, hasBudget),
  };
  const chrootSizes = [...new Set(builder.ramDiskChroots)].sort((a, b) => a - b);
  const chroots = chrootSizes.length === 0 ? -1 : capacities.length;
  for (const size of chrootSizes)
    capacities.push(builder.ramDiskChroots.filter((chroot) => chroot === size).length);
  return { builder, members, capacities: Float64Array.from(capacities), chrootSizes, ...numbers, chroots };
}
