import type { LogReading, SkipReason } from './logged-build.ts';
import { parseBuildLogs } from './parse-build-logs.ts';
import { parseUpload, readUpload } from './parse-uploads.ts';

/** What is looked at to tell other tools' files. */
const BEGINNING = 8192;
/** A text with a NUL this near to its start is none. */
const BINARY_PREFIX = 512;
const STATS_FILE = /(?:^|\/)(?:build-time|install-download-time)$/;

/** What the first lines of other files look like. */
const OTHERS: readonly (readonly [RegExp, SkipReason])[] = [
  [
    /^(?:I|W|E): (?:pbuilder|Running in no-targz mode|using cowbuilder|Copying COW|Building the build Environment)/m,
    'pbuilder',
  ],
  [/^I: (?:pbuilder-time-stamp|Obtaining the cached apt archive|Current time: .*\npbuilder)/m, 'pbuilder'],
  [/^Log started: \d{4}-\d\d-\d\d/m, 'apt-log'],
  [/^Start-Date: \d{4}-\d\d-\d\d/m, 'apt-log'],
  [/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (?:startup|status|install|upgrade|configure) /m, 'dpkg-log'],
  [
    /^[ \t]*(?:dpkg-buildpackage(?: -|: info: source package)|debian\/rules (?:clean|build|binary))/m,
    'dpkg-log',
  ],
  [/^\{"schema":"debplan\/build@/m, 'history'],
];

/**
 * Reads what a file tells of builds, whatever it is called: logs of sbuild, `.buildinfo`, `.changes`; other files give one reading that
 * says why they are passed over.
 * @param file label; sbuild's --stats-dir files are told by their names
 */
export function readLog(text: string, file: string): readonly LogReading[] {
  if (text.trim() === '') return [skipped('empty')];
  if (text.slice(0, BINARY_PREFIX).includes('\0')) return [skipped('binary')];
  const builds = parseBuildLogs(text);
  if (builds.length > 0) return builds;
  const upload = readUpload(text);
  if (upload !== undefined) return [parseUpload(upload.kind, upload.stanza)];
  const beginning = text.slice(0, BEGINNING);
  if (STATS_FILE.test(file) && /^-?\d+\s/.test(beginning)) return [skipped('stats-dir')];
  const other = OTHERS.find(([pattern]) => pattern.test(beginning));
  return [skipped(other?.[1] ?? 'unknown')];
}

function skipped(reason: SkipReason): LogReading {
  return { kind: 'skipped', line: 1, reason };
}
