import { BuildLog } from './build-log.ts';
import { parseLogHead } from './log-head.ts';
import type { LogReading } from './logged-build.ts';

const ESCAPE = '\u001B';
/** Colours and cursor moves of a terminal. */
const ESCAPES = /\u001B\[[0-9;?]*[A-Za-z]/g;

/**
 * Reads the builds of a text: the log of one, or the console of several; of sbuild 0.57 to 0.89, of Debian's build daemons and of
 * Launchpad; with colours, CRLF or a time before each line.
 * @returns one reading a build, in order; empty when there is no log of sbuild in it. O(length)
 */
export function parseBuildLogs(text: string): readonly LogReading[] {
  const readings: LogReading[] = [];
  const hasEscapes = text.includes(ESCAPE);
  let log: BuildLog | undefined;
  let stamp: RegExp | undefined;
  let number = 1;
  for (let start = 0; start < text.length; number++) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed;
    const raw = text.slice(start, text.charCodeAt(end - 1) === 13 ? end - 1 : end);
    start = end + 1;
    const line = hasEscapes ? raw.replaceAll(ESCAPES, '') : raw;
    const head = parseLogHead(line);
    if (head !== undefined) {
      if (log !== undefined) readings.push(log.finish());
      log = new BuildLog(head, number);
      stamp = head.stamp;
    } else log?.add((stamp === undefined ? line : line.replace(stamp, '')).trimEnd());
  }
  if (log !== undefined) readings.push(log.finish());
  return readings;
}
