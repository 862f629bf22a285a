interface Overload {
  /** The task whose start oversubscribes the builder. */
  readonly task: number;
  readonly builder: number;
  readonly atMs: number;
  readonly usedBytes: number;
  readonly capacityBytes: number;
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
      readonly kind: 'footprint-exceeds-ram-disk';
      readonly task: number;
      readonly builder: number;
      readonly footprintBytes: number;
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
      readonly kind: 'slot-overlap';
      readonly task: number;
      /** The task that still runs there. */
      readonly other: number;
      readonly builder: number;
      readonly slot: number;
      readonly atMs: number;
    }
  | (Overload & { readonly kind: 'ram-disk-exceeded' })
  | (Overload & { readonly kind: 'memory-exceeded' })
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
      return `task ${violation.task} needs ${violation.footprintBytes} bytes in RAM, more than all of builder ${violation.builder}`;
    case 'wrong-order':
      return `task ${violation.task} at place ${violation.index} starts before the one in front of it`;
    case 'need-not-finished':
      return `task ${violation.task} starts at ${violation.startMs} ms, its need ${violation.need} ends at ${violation.needEndMs} ms`;
    case 'slot-overlap':
      return `tasks ${violation.other} and ${violation.task} share slot ${violation.slot} of builder ${violation.builder} at ${violation.atMs} ms`;
    case 'ram-disk-exceeded':
      return `${formatOverload(violation)} of RAM disk`;
    case 'memory-exceeded':
      return `${formatOverload(violation)} of memory`;
    case 'wrong-makespan':
      return `the makespan is ${violation.expectedMs} ms, not ${violation.makespanMs} ms`;
  }
}

function formatOverload({ task, builder, atMs, usedBytes, capacityBytes }: Overload): string {
  return `task ${task} makes builder ${builder} use ${usedBytes} of ${capacityBytes} bytes at ${atMs} ms`;
}
