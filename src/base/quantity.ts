const KIB = 1024;
const POWERS = 'KMGTP';

/**
 * Reads a size as people write it: `39GB`, `15G`, `18 GiB`, `512MiB`, `1.5G`, `1048576`. All prefixes are powers of 1024,
 * as StarlingX reads `Build-Size`.
 * @returns integer bytes, or undefined when the text is no size
 * @example
 * parseBytes('39GB'); // → 41_875_931_136
 * parseBytes('a lot'); // → undefined
 */
export function parseBytes(text: string): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([kmgtp]?)(?:i?b)?\s*$/i.exec(text);
  if (match?.[1] === undefined) return undefined;
  const prefix = (match[2] ?? '').toUpperCase();
  const bytes = Math.round(Number(match[1]) * KIB ** (prefix === '' ? 0 : POWERS.indexOf(prefix) + 1));
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/**
 * `parseBytes` backwards, for people: `1536` → `1.5 KiB`. One decimal at most.
 * @example
 * formatBytes(1536); // → '1.5 KiB'
 */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let power = 0;
  while (Math.round(value) >= KIB && power < POWERS.length) {
    value /= KIB;
    power++;
  }
  const digits = value >= 99.95 || Number.isInteger(value) ? 0 : 1;
  return `${value.toFixed(digits)} ${power === 0 ? 'B' : `${POWERS.charAt(power - 1)}iB`}`;
}

const MS_PER: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['min', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

/**
 * Reads a duration as people write it: `1h30m`, `45m`, `90s`, `2.5h`, `250ms`; a bare number is seconds.
 * @returns integer milliseconds, or undefined when the text is no duration
 * @example
 * parseDuration('1h30m'); // → 5_400_000
 */
export function parseDuration(text: string): number | undefined {
  const trimmed = text.trim().toLowerCase();
  if (/^\d+(?:\.\d+)?$/.test(trimmed)) return safe(Number(trimmed) * 1000);
  if (!/^(?:\d+(?:\.\d+)?\s*(?:ms|min|[smhd])\s*)+$/.test(trimmed)) return undefined;
  let total = 0;
  for (const part of trimmed.matchAll(/(\d+(?:\.\d+)?)\s*(ms|min|[smhd])/g)) {
    total += Number(part[1]) * (MS_PER.get(part[2] ?? '') ?? 0);
  }
  return safe(total);
}

/**
 * A duration for people, two units at most: `1d 2h`, `2h 05m`, `3m 20s`, `45s`, `250ms`.
 * @example
 * formatDuration(5_400_000); // → '1h 30m'
 */
export function formatDuration(durationMs: number): string {
  if (durationMs < 1000) return `${String(durationMs)}ms`;
  const seconds = Math.round(durationMs / 1000);
  if (seconds < 60) return `${String(seconds)}s`;
  if (seconds < 3600) return `${String(Math.floor(seconds / 60))}m ${pad(seconds % 60)}s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 24 * 60) return `${String(Math.floor(minutes / 60))}h ${pad(minutes % 60)}m`;
  const hours = Math.round(minutes / 60);
  return `${String(Math.floor(hours / 24))}d ${pad(hours % 24)}h`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

function safe(value: number): number | undefined {
  const rounded = Math.round(value);
  return Number.isSafeInteger(rounded) ? rounded : undefined;
}
