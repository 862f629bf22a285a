import { parseLogTime } from './log-times.ts';

/** The first line of a log. */
export interface LogHead {
  readonly toolVersion: string;
  readonly builder: string;
  /** `hello_2.10-3` and its architecture, where the first line has them: logs before sbuild 0.60, and Launchpad's until 2015. */
  readonly job?: { readonly name: string; readonly arch: string };
  /** What each line of the log begins with, where something noted the time of each. */
  readonly stamp?: RegExp;
}

const STAMP = /^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[\d.,]*(?:Z|[+-]\d\d:?\d\d)?\]?(?: \d\d[OE][+ ]?| )?/;

/** Reads the line that begins a log of sbuild; undefined for all others. */
export function parseLogHead(line: string): LogHead | undefined {
  if (!line.includes('sbuild')) return undefined;
  const stamp = STAMP.exec(line)?.[0] ?? '';
  const text = line.slice(stamp.length);
  const stamped = stamp === '' ? {} : { stamp: STAMP };
  const modern = /^sbuild \(Debian sbuild\) (\S+)(?: \([^)]*\))? on (\S+)$/.exec(text);
  if (modern !== null) return { toolVersion: modern[1] ?? '', builder: modern[2] ?? '', ...stamped };
  const old = /^Automatic build of (\S+) on (\S+) by sbuild\/(\S+) (\S+)$/.exec(text);
  if (old === null) return undefined;
  const [, name = '', builder = '', arch = '', toolVersion = ''] = old;
  return { toolVersion, builder, job: { name, arch }, ...stamped };
}

/** What the box at the head of a log tells: `jq 1.6-2 (amd64)   Mon, 23 Nov 2026 06:46:01 +0000`. */
export interface HeadBox {
  readonly startedMs: number | undefined;
  /** In cross builds. */
  readonly hostArch: string | undefined;
  readonly buildArch: string | undefined;
}

/** Reads the box at the head of a log; undefined for other boxes. */
export function parseHeadBox(title: string): HeadBox | undefined {
  const match = /^\S+ (?:\S+ )?\(([^)]*)\) *(.*)$/.exec(title);
  if (match === null) return undefined;
  const [, arch = '', time = ''] = match;
  const cross = /^CROSS host=([^/]+)\/build=(.+)$/.exec(arch);
  const startedMs = parseLogTime(time);
  if (startedMs === undefined && cross === null) return undefined;
  return { startedMs, hostArch: cross?.[1], buildArch: cross?.[2] };
}
