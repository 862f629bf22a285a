import { compareText } from '../base/compare.ts';
import { formatInstant, parseInstant } from '../base/instant.ts';
import { isVersion } from '../debian/version.ts';
import { excerpt } from '../parse/diagnostics.ts';
import { isPackageName } from '../parse/package-name.ts';
import { isTooDeep, jsonExcerpt } from './json-text.ts';
import type { RecordOrigin } from './record.ts';

/** More than any build or disk takes. */
const MOST_MS = 60 * 86_400_000;
const MOST_BYTES = 1024 ** 5;
const MOST_COUNT = 65_536;
/** Debian began in 1993. */
const FIRST_YEAR = '1993';
const LAST_YEAR = '2200';
const LONGEST_TEXT = 1000;
const UNKNOWN_ORIGIN: RecordOrigin = { tool: 'unknown' };

/** A JSON object that was parsed. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Takes the fields of one record; what is wrong is left out and noted. */
export class RecordReader {
  readonly problems: string[] = [];
  readonly #fields: JsonObject;

  constructor(fields: JsonObject) {
    this.#fields = fields;
  }

  complain(name: string, reason: string): void {
    this.problems.push(`${name}: ${reason}`);
  }

  /** The field as it is; `null` counts as missing. */
  take(name: string): unknown {
    return this.has(name) ? (this.#fields[name] ?? undefined) : undefined;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#fields, name) && this.#fields[name] !== null;
  }

  /** All fields but the known ones, sorted by name; those that are nested too deep to be written again are left out. */
  others(known: ReadonlySet<string>): ReadonlyMap<string, unknown> | undefined {
    const given = Object.keys(this.#fields).filter((name) => !known.has(name) && this.has(name));
    const names = given.filter((name) => !isTooDeep(this.#fields[name]));
    for (const name of given) {
      if (isTooDeep(this.#fields[name])) this.complain(excerpt(name), 'is nested too deep to be kept');
    }
    if (names.length === 0) return undefined;
    return new Map(names.sort(compareText).map((name) => [name, this.#fields[name]]));
  }

  text(name: string): string | undefined {
    return this.#word(name, () => true, 'line of text');
  }

  packageName(name: string): string | undefined {
    return this.#word(name, isPackageName, 'name of a package');
  }

  version(name: string): string | undefined {
    return this.#word(name, isVersion, 'version');
  }

  /** Also architectures that dpkg doesn't know: derivatives have their own. */
  architecture(name: string): string | undefined {
    return this.#word(name, (text) => /^[a-z0-9][a-z0-9-]*$/.test(text), 'architecture');
  }

  choice<T extends string>(name: string, choices: readonly T[]): T | undefined {
    const value = this.take(name);
    if (value === undefined) return undefined;
    const found = choices.find((choice) => choice === value);
    if (found === undefined) this.complain(name, `${jsonExcerpt(value)} is none of ${choices.join(', ')}`);
    return found;
  }

  /** Sorted, without doubles. */
  names(name: string): readonly string[] | undefined {
    const value = this.take(name);
    if (value === undefined) return undefined;
    if (Array.isArray(value) && value.every(isPlain)) return [...new Set(value)].sort(compareText);
    this.complain(name, `${jsonExcerpt(value)} is no list of names`);
    return undefined;
  }

  /** As `2026-11-23T06:43:57Z`. */
  instant(name: string): string | undefined {
    const value = this.take(name);
    if (value === undefined) return undefined;
    const ms = typeof value === 'string' ? parseInstant(value) : undefined;
    if (ms === undefined) {
      this.complain(name, `${jsonExcerpt(value)} is no time`);
      return undefined;
    }
    const text = formatInstant(ms);
    const year = text.slice(0, 4);
    const isPossible = text.length === 20 && year >= FIRST_YEAR && year <= LAST_YEAR;
    return this.#checked(name, text, isPossible, `${jsonExcerpt(value)} lies outside 1993 .. 2200`);
  }

  /** @param factor how many times longer than a build it may be */
  duration(name: string, least = 1, factor = 1): number | undefined {
    const value = this.#integer(name, 'duration in ms', least);
    if (value === undefined) return undefined;
    return this.#checked(name, value, value <= MOST_MS * factor, `${String(value)} ms is more than 60 days`);
  }

  bytes(name: string): number | undefined {
    const value = this.#integer(name, 'size in bytes', 0);
    if (value === undefined) return undefined;
    return this.#checked(name, value, value <= MOST_BYTES, `${String(value)} bytes is more than 1 PiB`);
  }

  /** Of make jobs or packages. */
  count(name: string): number | undefined {
    const value = this.#integer(name, 'number from 1 on', 1);
    if (value === undefined) return undefined;
    return this.#checked(name, value, value <= MOST_COUNT, `${String(value)} is more than any machine has`);
  }

  /** A missing or bad origin is `unknown`. */
  origin(name: string): RecordOrigin {
    const value = this.take(name);
    if (!isJsonObject(value)) {
      if (value !== undefined) this.complain(name, `${jsonExcerpt(value)} is no origin`);
      return UNKNOWN_ORIGIN;
    }
    const inner = new RecordReader(value);
    const origin = {
      tool: inner.text('tool') ?? UNKNOWN_ORIGIN.tool,
      toolVersion: inner.text('toolVersion'),
      file: inner.text('file'),
    };
    for (const problem of inner.problems) this.complain(name, problem);
    return origin;
  }

  #word(name: string, isGood: (text: string) => boolean, what: string): string | undefined {
    const value = this.take(name);
    if (value === undefined) return undefined;
    if (isPlain(value) && isGood(value)) return value;
    this.complain(name, `${jsonExcerpt(value)} is no ${what}`);
    return undefined;
  }

  #integer(name: string, what: string, least: number): number | undefined {
    const value = this.take(name);
    if (value === undefined) return undefined;
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value;
    this.complain(name, `${jsonExcerpt(value)} is no ${what}`);
    return undefined;
  }

  #checked<T>(name: string, value: T, isGood: boolean, reason: string): T | undefined {
    if (isGood) return value;
    this.complain(name, reason);
    return undefined;
  }
}

/** A short text in one line. */
function isPlain(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST_TEXT && !/\p{Cc}/u.test(value);
}
