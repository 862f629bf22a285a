/** What single lines of a build's log tell, whatever has written them. */
export interface LogSigns {
  /** A disk was full near the end of the log. */
  readonly isFull: boolean;
  /** The line that says that something could not be fetched, which may be possible at another time. */
  readonly download: string | undefined;
  /** What can't be installed, in apt's or dpkg's words. */
  readonly unmet: string | undefined;
  /** The line that says that a chroot isn't there, or can't be made by this user: no build can begin. */
  readonly noChroot: string | undefined;
  /** The line that says that a builder ended a build which said nothing for too long. */
  readonly silence: string | undefined;
}

/** How near to its end a log must say so: tests try much that goes wrong. */
const NEAR_END_LINES = 200;

const FULL = /No space left on device|don't have enough free space|You don't have enough free space in/;
const DOWNLOAD = new RegExp(
  [
    ...['Failed to fetch ', 'Temporary failure resolving', 'Could not resolve ', 'Could not connect to'],
    ...['Connection (?:timed out|refused|reset)', 'Hash Sum mismatch', 'File has unexpected size'],
    ...['Some index files failed to download', 'Mirror sync in progress', 'Unable to fetch some archives'],
    ...['\\b50[0234] {2}?\\S', 'Network is unreachable', 'Release file .* is not valid yet'],
  ].join('|'),
);
const NO_CHROOT = new RegExp(
  [
    ...[
      '^Unable to find \\S+ in ',
      '^Chroot .* does not exist$',
      '^No entry for \\S+ in /etc/sub[ug]id',
      'invalid idmap$',
      '^E: unable to to unshare$',
    ],
    ...['^\\S+ does not exist, check \\$unshare_tarball', '^\\S+ is not readable$', 'chroot not found'],
    ...[
      '^E: .*: Failed to (?:find|lookup) chroot',
      '^E: Access not authorised',
      '^E: Chroot for distribution .* not found',
      'is not currently an effective member of group sbuild',
    ],
  ].join('|'),
);

export function logSigns(lines: readonly string[]): LogSigns {
  const end = lines.slice(-NEAR_END_LINES);
  return {
    isFull: end.some((line) => FULL.test(line) && !line.includes('/dev/full')),
    download: end.find((line) => DOWNLOAD.test(line)),
    unmet: unmetOf(lines),
    noChroot: end.find((line) => NO_CHROOT.test(line)),
    silence: end.findLast((line) => /Build killed with signal .* after \d+ minutes of inactivity/.test(line)),
  };
}

/**
 * apt tells it in a paragraph: ` PACKAGE : Depends: libfoo-dev (>= 2) but it is not installable`. The package that sbuild makes to install
 * build dependencies says nothing to people.
 */
function unmetOf(lines: readonly string[]): string | undefined {
  const checked = lines.findLast((line) => line.startsWith('dpkg-checkbuilddeps: error: '));
  if (checked !== undefined) return checked.replace('dpkg-checkbuilddeps: error: ', '');
  const head = lines.findLastIndex((line) =>
    line.startsWith('The following packages have unmet dependencies:'),
  );
  const found = /^ (\S+) : (.*)$/.exec(lines[head + 1] ?? '');
  if (head < 0 || found === null) return undefined;
  const [, name = '', relation = ''] = found;
  return name.startsWith('sbuild-build-depends-') ? relation : `${name}: ${relation}`;
}
