import { at } from '../../src/base/column.ts';
import type { Mode, Placement, Problem } from '../../src/dispatch/problem.ts';

/** A build in a place, whenever it is there. */
export type Use = Pick<Placement, 'task' | 'builder' | 'mode' | 'makeJobs' | 'chroot'>;

/** What a builder has left. */
export interface Room {
  readonly slots: number;
  readonly ramDiskBytes: number;
  readonly memoryBytes: number;
  readonly diskSlots: number;
  readonly cores: number;
  /** The chroots that nobody uses, the smallest first. */
  readonly chroots: readonly number[];
}

export function roomBeside(problem: Problem, index: number, users: readonly Use[]): Room {
  const builder = at(problem.builders, index);
  const here = users.filter((user) => user.builder === index);
  const inRamBytes = sum(here, ({ task, mode }) => footprint(problem, task, mode));
  const hasBudget = builder.ramDiskChroots.length === 0;
  return {
    slots: builder.slots - here.length,
    ramDiskBytes: hasBudget ? builder.ramDiskBytes - inRamBytes : 0,
    memoryBytes: builder.memoryBytes - inRamBytes - sum(here, ({ task }) => at(problem.memoryBytes, task)),
    diskSlots: builder.diskSlots - here.filter(({ mode }) => mode === 'disk').length,
    cores: builder.cores - sum(here, ({ makeJobs }) => makeJobs),
    chroots: [...builder.ramDiskChroots.keys()]
      .filter((chroot) => here.every((user) => user.chroot !== chroot))
      .reverse(),
  };
}

/** Whether nothing is taken that isn't there. */
export function isWithinLimits(room: Room): boolean {
  return Math.min(room.slots, room.ramDiskBytes, room.memoryBytes, room.diskSlots, room.cores) >= 0;
}

/** Whether a build has room, in any chroot but `kept`. */
export function hasRoomFor(problem: Problem, room: Room, use: Omit<Use, 'chroot'>, kept = -1): boolean {
  const { task, mode, makeJobs } = use;
  const { ramDiskBytes, ramDiskChroots } = at(problem.builders, use.builder);
  const footprintBytes = footprint(problem, task, mode);
  const fitsRamDisk =
    ramDiskChroots.length > 0
      ? room.chroots.some((chroot) => chroot !== kept && footprintBytes <= at(ramDiskChroots, chroot))
      : ramDiskBytes > 0 && footprintBytes <= room.ramDiskBytes;
  return (
    room.slots >= 1 &&
    footprintBytes + at(problem.memoryBytes, task) <= room.memoryBytes &&
    makeJobs <= room.cores &&
    (mode === 'disk' ? room.diskSlots >= 1 : fitsRamDisk)
  );
}

function footprint(problem: Problem, task: number, mode: Mode): number {
  return mode === 'ram' ? at(problem.ramDiskBytes, task) : 0;
}

function sum(users: readonly Use[], amount: (user: Use) => number): number {
  return users.reduce((total, user) => total + amount(user), 0);
}
