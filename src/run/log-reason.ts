/** How many lines before make gives up may say why. */
const CAUSE_LINES = 60;
/** make's chain of `***`, from where it broke to the outermost, and what dh and dpkg say behind it. */
const CHAIN_LINES = 60;
const MOST_LETTERS = 200;

const GAVE_UP = /^(?:g?make|ninja)(?:\[\d+\])?: (?:\*\*\* |build stopped)/;
const WRAPPER = /^(?:dh_[a-z_]+|dh|dpkg-buildpackage|debuild|dpkg-source): error: /;
/** A compiler's, linker's, test's or script's own words. */
const CAUSE =
  /(?:^|[\s:])(?:fatal )?error(?::|\[E\d+\]:)|: undefined reference to |^ERROR\b|^E {3}\S|^FAIL(?:ED)?:? |: command not found$|: not found$|^E: |\b(?:Error|Exception): \S|^collect2: |panicked at /;
/** sbuild's own, behind the build. */
const AFTER_BUILD = /^Build finished at \d/;

/**
 * The line of a log that tells a person most about why the build failed: what a compiler or a test said just before make gave up, else
 * where make gave up first, else what dpkg-buildpackage or another tool says at the end.
 * @returns undefined: the log says nothing. Without control characters, of bounded length
 */
export function failureReason(lines: readonly string[]): string | undefined {
  const finished = lines.findLastIndex((line) => AFTER_BUILD.test(line));
  const said = (finished < 0 ? lines : lines.slice(0, finished)).filter((line) => /\w/.test(line));
  const from = Math.max(0, said.length - CHAIN_LINES);
  const end = said.slice(from);
  const gaveUp = end.findIndex((line) => GAVE_UP.test(line));
  const isGivenUp = gaveUp >= 0;
  const until = isGivenUp ? from + gaveUp : said.length;
  const cause = said
    .slice(Math.max(0, until - CAUSE_LINES), until)
    .findLast((line) => CAUSE.test(line) && !WRAPPER.test(line) && !GAVE_UP.test(line));
  const wrapper = end.findLast((line) => WRAPPER.test(line));
  const reason = cause ?? (isGivenUp ? end[gaveUp] : undefined) ?? wrapper ?? said.at(-1);
  return reason === undefined ? undefined : onOneLine(reason);
}

/** A text of a log as it may be shown at a terminal. */
export function onOneLine(text: string): string {
  const plain = text

    .replaceAll(
      /\u001B\[[0-9;?]*[A-Za-z]|[\u0000-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]+/g,
      ' ',
    )
    .replaceAll(/\s+/g, ' ')
    .trim();
  return plain.length > MOST_LETTERS ? `${plain.slice(0, MOST_LETTERS)}…` : plain;
}
