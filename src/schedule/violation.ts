interface Overload {
  /** The task whose start oversubscribes the builder. */
  readonly task: number;
  readonly builder: number;
  readonly atMs: number;
  /** Bytes, builds or make jobs. */
  readonly used: number;
  readonly capacity: number;
}

/** Two builds in one place that holds one. */
interface Overlap {
  readonly task: number;
  /** The task that still runs there. */
  readonly other: number;
  readonly builder: number;
  readonly atMs: number;
}

/** One way in which a schedule breaks its problem; a bug of ours, never of the user's. Tasks and builders are indexes. */
export type Violation =
  | { readonly kind: 'unknown-task'; readonly task: number }
  | { readonly kind: 'unknown-builder'; readonly task: number; readonly builder: number }
  | { readonly kind: 'missing-task'; readonly task: number }
  | { readonly kind: 'repeated-task'; readonly task: number }
  | { readonly kind: 'wrong-architecture'; readonly task: number; readonly builder: number }
  | {
      readonly kind: 'slot-out-of-range';
      readonly task: number;
      readonly builder: number;
      readonly slot: number;
    }
  | {
      /** A time is no integer ms, or lies before the plan's start. */
      readonly kind: 'not-integer';
      readonly task: number;
      readonly startMs: number;
      readonly endMs: number;
    }
  | {
      readonly kind: 'wrong-duration';
      readonly task: number;
      readonly durationMs: number;
      readonly expectedMs: number;
    }
  | {
      /** Larger than the RAM disk that is one budget, or than the chroot. */
      readonly kind: 'footprint-exceeds-ram-disk';
      readonly task: number;
      readonly builder: number;
      readonly footprintBytes: number;
    }
  | {
      /** No chroot of the builder; or one (not -1) for a build on disk, or where the RAM disk is one budget. */
      readonly kind: 'wrong-chroot';
      readonly task: number;
      readonly builder: number;
      readonly chroot: number;
    }
  | {
      /** None of the builder's choices. */
      readonly kind: 'wrong-make-jobs';
      readonly task: number;
      readonly builder: number;
      readonly makeJobs: number;
    }
  | {
      /** The placement at `index` should stand before the one in front of it: by start, then task. */
      readonly kind: 'wrong-order';
      readonly task: number;
      readonly index: number;
    }
  | {
      readonly kind: 'need-not-finished';
      readonly task: number;
      readonly need: number;
      readonly startMs: number;
      readonly needEndMs: number;
    }
  | {
      readonly kind: 'starts-before-release';
      readonly task: number;
      readonly startMs: number;
      readonly releaseMs: number;
    }
  | {
      /** A build that runs already is elsewhere, or from or until another time, than the problem says. */
      readonly kind: 'running-changed';
      readonly task: number;
    }
  | (Overlap & { readonly kind: 'slot-overlap'; readonly slot: number })
  | (Overlap & { readonly kind: 'chroot-overlap'; readonly chroot: number })
  | (Overload & { readonly kind: 'ram-disk-exceeded' })
  | (Overload & { readonly kind: 'memory-exceeded' })
  | (Overload & { readonly kind: 'disk-slots-exceeded' })
  | (Overload & { readonly kind: 'cores-exceeded' })
  | { readonly kind: 'wrong-makespan'; readonly makespanMs: number; readonly expectedMs: number };

/** A violation as one line, with task and builder numbers. */
export function formatViolation(violation: Violation): string {
  switch (violation.kind) {
    case 'unknown-task':
      return `task ${violation.task} does not exist`;
    case 'unknown-builder':
      return `task ${violation.task} is on builder ${violation.builder}, which does not exist`;
    case 'missing-task':
      return `task ${violation.task} is never built`;
    case 'repeated-task':
      return `task ${violation.task} is built more than once`;
    case 'wrong-architecture':
      return `task ${violation.task} is on builder ${violation.builder} of another architecture`;
    case 'slot-out-of-range':
      return `task ${violation.task} is on slot ${violation.slot}, which builder ${violation.builder} does not have`;
    case 'not-integer':
      return `task ${violation.task} runs from ${violation.startMs} to ${violation.endMs}: no integer ms from 0 up`;
    case 'wrong-duration':
      return `task ${violation.task} takes ${violation.durationMs} ms instead of ${violation.expectedMs} ms`;
    case 'footprint-exceeds-ram-disk':
      return `task ${violation.task} needs ${violation.footprintBytes} bytes in RAM, more than builder ${violation.builder} has for it`;
    case 'wrong-chroot':
      return `task ${violation.task} is in chroot ${violation.chroot}, which is none for it on builder ${violation.builder}`;
    case 'wrong-make-jobs':
      return `task ${violation.task} gets ${violation.makeJobs} make jobs, which is no choice of builder ${violation.builder}`;
    case 'wrong-order':
      return `task ${violation.task} at place ${violation.index} starts before the one in front of it`;
    case 'need-not-finished':
      return `task ${violation.task} starts at ${violation.startMs} ms, its need ${violation.need} ends at ${violation.needEndMs} ms`;
    case 'starts-before-release':
      return `task ${violation.task} starts at ${violation.startMs} ms, its release is at ${violation.releaseMs} ms`;
    case 'running-changed':
      return `task ${violation.task} runs already, and not as the schedule says`;
    case 'slot-overlap':
      return `tasks ${violation.other} and ${violation.task} share slot ${violation.slot} of builder ${violation.builder} at ${violation.atMs} ms`;
    case 'chroot-overlap':
      return `tasks ${violation.other} and ${violation.task} share chroot ${violation.chroot} of builder ${violation.builder} at ${violation.atMs} ms`;
    case 'ram-disk-exceeded':
      return formatOverload(violation, 'bytes of RAM disk');
    case 'memory-exceeded':
      return formatOverload(violation, 'bytes of memory');
    case 'disk-slots-exceeded':
      return formatOverload(violation, 'builds on disk');
    case 'cores-exceeded':
      return formatOverload(violation, 'cores');
    case 'wrong-makespan':
      return `the makespan is ${violation.expectedMs} ms, not ${violation.makespanMs} ms`;
  }
}

function formatOverload({ task, builder, atMs, used, capacity }: Overload, what: string): string {
  return `task ${task} makes builder ${builder} use ${used} of ${capacity} ${what} at ${atMs} ms`;
}
