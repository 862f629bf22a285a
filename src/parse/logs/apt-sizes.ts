const POWERS = 'kMGT';

/** What one run of apt or aptitude says that it will fetch and unpack, in bytes; undefined: this line doesn't tell. */
export interface AptSizes {
  readonly downloadBytes?: number;
  readonly dependsBytes?: number;
}

/**
 * Reads `Need to get 58.2 MB/65.0 MB of archives.` (the first: what has to be fetched) and `After this operation, 222 MB of
 * additional disk space will be used.`, trixie's `Download size: 58.2 MB` and `Space needed: 222 MB / 5840 MB available`, and
 * aptitude's `Need to get 58.2MB of archives. After unpacking 222MB will be used.` Prefixes are powers of 1000, and sizes are
 * rounded to three digits. The digits may be marked as another locale marks them.
 */
export function parseAptSizes(line: string): AptSizes | undefined {
  const fetched = /^(?:Need to get| {0,2}Download size:) ([\d.,]+) ?([kMGT]?)B/.exec(line);
  const installed =
    /^After this operation,? ([\d.,]+) ?([kMGT]?)B of additional disk space/.exec(line) ??
    /^(?:Need to get .* )?After unpacking,? ([\d.,]+) ?([kMGT]?)B (?:of additional disk space )?will be used/.exec(
      line,
    ) ??
    /^ *Space needed: ([\d.,]+) ?([kMGT]?)B/.exec(line);
  const downloadBytes = fetched === null ? undefined : bytesOf(fetched[1], fetched[2]);
  const dependsBytes = installed === null ? undefined : bytesOf(installed[1], installed[2]);
  if (downloadBytes === undefined && dependsBytes === undefined) return undefined;
  return {
    ...(downloadBytes === undefined ? {} : { downloadBytes }),
    ...(dependsBytes === undefined ? {} : { dependsBytes }),
  };
}

function bytesOf(text = '', prefix = ''): number | undefined {
  const power = prefix === '' ? 0 : POWERS.indexOf(prefix) + 1;
  const number = numberOf(text);
  return number === undefined ? undefined : Math.round(number * 1000 ** power);
}

/**
 * A comma before three digits parts thousands (apt tells no more than one digit behind the point), any other one begins the
 * fraction: `1,234` is 1234, `58,2` is 58.2. With both marks the last one begins the fraction.
 */
function numberOf(text: string): number | undefined {
  if (/^\d{1,12}(?:[.,]\d{1,2})?$/.test(text)) return Number(text.replace(',', '.'));
  if (/^\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,3})?$/.test(text)) return Number(text.replaceAll(',', ''));
  if (/^\d{1,3}(?:\.\d{3}){1,4}(?:,\d{1,3})$/.test(text)) {
    return Number(text.replaceAll('.', '').replace(',', '.'));
  }
  return /^\d{1,12}\.\d{1,6}$/.test(text) ? Number(text) : undefined;
}
