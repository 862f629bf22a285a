import type { LoggedBuild } from './logged-build.ts';

const KIB = 1024;

/** `Key: value` lines of a log's head or summary; blanks in keys are hyphens. */
export class LogFields {
  readonly problems: string[] = [];
  readonly #fields = new Map<string, string>();

  /** Notes a line, if it is a field. A later one of the same name wins: the summary is written last. */
  add(line: string): void {
    const match = /^([A-Z][A-Za-z -]{2,30}): (.*)$/.exec(line);
    const [, key = '', value = ''] = match ?? [];
    if (value.trim() !== '') this.#fields.set(key.replaceAll(' ', '-'), value.trim());
  }

  get(key: string): string | undefined {
    return this.#fields.get(key);
  }

  /** Whole seconds, as ms; 0 of a build that failed is a time that nobody took. */
  milliseconds(key: string, isBuilt: boolean): number | undefined {
    const value = this.#whole(key, 'number of seconds');
    return value === undefined || (value === 0 && !isBuilt) ? undefined : value * 1000;
  }

  /** Whole KiB, as `du -k` prints them, as bytes; `n/a` and 0 are not known. */
  kibibytes(key: string): number | undefined {
    if (this.get(key) === 'n/a') return undefined;
    const value = this.#whole(key, 'number of KiB');
    return value === undefined || value === 0 ? undefined : value * KIB;
  }

  #whole(key: string, what: string): number | undefined {
    const text = this.get(key);
    if (text === undefined) return undefined;
    if (/^-?\d{1,15}$/.test(text)) return Number(text);
    this.problems.push(`${key}: '${text.slice(0, 40)}' is no whole ${what}`);
    return undefined;
  }
}

const OUTCOMES: ReadonlyMap<string, LoggedBuild['outcome']> = new Map([
  ['successful', 'built'],
  ['built', 'built'],
  ['failed', 'failed'],
  ['attempted', 'failed'],
  ['given-back', 'given-back'],
  ['dep-wait', 'given-back'],
  ['bd-uninstallable', 'given-back'],
  ['needs-build', 'given-back'],
]);

/** What became of a build that sbuild calls so; undefined: nothing was built. */
export function outcomeOf(status: string): LoggedBuild['outcome'] | undefined {
  return OUTCOMES.get(status);
}

/** `Build Type` or what it was called before; undefined: not known. */
export function kindOf(type: string | undefined): LoggedBuild['kind'] {
  if (type === 'full' || type === 'binary') return 'binary';
  return type === 'any' || type === 'all' ? type : undefined;
}
