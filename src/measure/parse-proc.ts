/** One process, as `/proc/PID/stat` tells it. Times are in clock ticks. */
export interface ProcessStat {
  readonly pid: number;
  readonly parent: number;
  readonly session: number;
  /** Own time, and that of children that have ended and were waited for. */
  readonly ticks: number;
  /** Clock ticks since boot: tells a process from a later one with the same number. */
  readonly startTicks: number;
}

/** Clock ticks a second, as Linux counts in `/proc` on all of Debian's architectures. */
export const TICKS_PER_SECOND = 100;
/** Fields of `stat` behind the name, counted from the state (field 3). @see proc(5) */
const PARENT = 1;
const SESSION = 3;
const TIMES = [11, 12, 13, 14] as const;
const START = 19;

/** Reads `/proc/PID/stat`; undefined for what is none. The name may hold blanks and brackets: the last bracket ends it. */
export function parseProcessStat(text: string): ProcessStat | undefined {
  const pid = Number.parseInt(text, 10);
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const field = (index: number): number => Number(fields[index] ?? Number.NaN);
  const ticks = TIMES.reduce((sum, index) => sum + field(index), 0);
  const stat = { pid, parent: field(PARENT), session: field(SESSION), ticks, startTicks: field(START) };
  return Object.values(stat).every(Number.isFinite) ? stat : undefined;
}

/**
 * Anonymous resident memory from `/proc/PID/status`: neither mapped files nor RAM disk pages. Everybody may read it, unlike
 * `smaps_rollup`, and it costs the kernel next to nothing. Undefined for a kernel thread, and for what is no status.
 */
export function parseAnonymousBytes(text: string): number | undefined {
  const kib = /^RssAnon:\s+(\d+) kB$/m.exec(text)?.[1];
  return kib === undefined ? undefined : Number(kib) * 1024;
}
