const POWERS = 'kMGT';

/** What one run of apt says that it will fetch and unpack, in bytes; undefined: this line doesn't tell. */
export interface AptSizes {
  readonly downloadBytes?: number;
  readonly dependsBytes?: number;
}

/**
 * Reads `Need to get 58.2 MB/65.0 MB of archives.` (the first: what has to be fetched) and `After this operation, 222 MB of
 * additional disk space will be used.`, or trixie's `Download size: 58.2 MB` and `Space needed: 222 MB / 5840 MB available`. apt's
 * prefixes are powers of 1000, and it rounds to three digits.
 */
export function parseAptSizes(line: string): AptSizes | undefined {
  const fetched = /^(?:Need to get|Download size:|  Download size:) ([\d.,]+) ?([kMGT]?)B/.exec(line);
  if (fetched !== null) return { downloadBytes: bytesOf(fetched[1], fetched[2]) };
  const installed =
    /^After (?:this operation|unpacking),? ([\d.,]+) ?([kMGT]?)B of additional disk space/.exec(line) ??
    /^ *Space needed: ([\d.,]+) ?([kMGT]?)B/.exec(line);
  return installed === null ? undefined : { dependsBytes: bytesOf(installed[1], installed[2]) };
}

function bytesOf(number = '', prefix = ''): number {
  const power = prefix === '' ? 0 : POWERS.indexOf(prefix) + 1;
  const value = Number(number.replaceAll(',', ''));
  return Number.isFinite(value) ? Math.round(value * 1000 ** power) : 0;
}
