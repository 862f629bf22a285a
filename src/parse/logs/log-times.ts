import { instantOf, parseInstant } from '../../base/instant.ts';

const MONTHS: readonly string[] = [
  ...['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
];

/**
 * Reads a time as sbuild and dpkg have written them over the years: `2026-11-23T06:47:37Z`, `20150728-0308`,
 * `Mon, 23 Nov 2026 06:46:01 +0000`, `28 Jul 2015 03:07`. Without a zone it is taken for UTC.
 * @returns ms since 1970; undefined when the text is no such time
 */
export function parseLogTime(text: string): number | undefined {
  const trimmed = text.trim();
  return parseInstant(trimmed) ?? parseCompact(trimmed) ?? parseMailDate(trimmed);
}

function parseCompact(text: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)?$/.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((digits: string | undefined) => Number(digits ?? '0'));
  return instantOf({ year, month, day, hour, minute, second });
}

/** @see RFC 5322, 3.3 */
function parseMailDate(text: string): number | undefined {
  const match =
    /^(?:[A-Za-z]{3}, )?(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d\d):(\d\d)(?::(\d\d))?(?: ([+-])(\d\d)(\d\d)| (?:UTC|GMT))?$/.exec(
      text,
    );
  if (match === null) return undefined;
  const [, day, month = '', year, hour, minute, second = '0', sign, zoneHours = '0', zoneMinutes = '0'] =
    match;
  const local = instantOf({
    year: Number(year),
    month: MONTHS.indexOf(month.toLowerCase()) + 1,
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
  });
  if (local === undefined) return undefined;
  const offsetMs = (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60_000;
  return sign === '-' ? local + offsetMs : local - offsetMs;
}
