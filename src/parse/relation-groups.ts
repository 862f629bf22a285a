import type { Alternatives, Relation, VersionConstraint, VersionOperator } from '../debian/relation.ts';
import { isArchitecture, meansArchitecture } from '../debian/architecture.ts';
import { versionProblem } from '../debian/version.ts';
import { isPackageName } from './package-name.ts';
import { skipBlanks } from './scan.ts';

/** What makes a relation unusable: it is left out. */
export type UnusableKind =
  | 'bad-package-name'
  | 'bad-qualifier'
  | 'bad-relation'
  | 'unclosed-bracket'
  | 'bad-operator'
  | 'bad-architecture-list'
  | 'bad-profiles';

/** What is wrong at one place of a relation; `relation-diagnostics.ts` words it. */
export type RelationProblem =
  | {
      readonly kind:
        UnusableKind | 'missing-comma' | 'empty-alternative' | 'mixed-architectures' | 'unknown-architecture';
      readonly text: string;
    }
  | { readonly kind: 'obsolete-operator'; readonly text: string; readonly meant: VersionOperator }
  | { readonly kind: 'bad-version'; readonly text: string; readonly reason: string };

/** A problem and its index in the text. */
export interface PlacedProblem {
  readonly problem: RelationProblem;
  readonly offset: number;
}

/**
 * What stands between two commas: one group as a rule; several where a comma is missing, none where only substitution
 * variables or unreadable relations stand.
 */
export interface ParsedGroups {
  readonly groups: readonly Alternatives[];
  /** Where each group begins. */
  readonly offsets: readonly number[];
  readonly problems: readonly PlacedProblem[];
}

/** Reads the text between two commas, without comments. Never fails: what can't be read is a problem. O(length) */
export function parseGroups(text: string): ParsedGroups {
  return new GroupReader(text).read();
}

const SPACE = 32;
const DOLLAR = 36;
const PARENTHESIS = 40;
const COLON = 58;
const ANGLE = 60;
const BRACKET = 91;
const BAR = 124;

/** The parts of a relation behind its name, while they are read. */
interface Parts {
  version: VersionConstraint | undefined;
  architectures: readonly string[];
  readonly profiles: (readonly string[])[];
  /** False: something about it can't be read, or stands in a substitution variable; it is left out. */
  usable: boolean;
}

class GroupReader {
  readonly #text: string;
  readonly #groups: Alternatives[] = [];
  readonly #offsets: number[] = [];
  readonly #problems: PlacedProblem[] = [];
  #group: Relation[] = [];
  #groupStart = 0;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): ParsedGroups {
    let expectsRelation = false;
    while (this.#moveToNext()) {
      if (this.#code() === BAR) {
        this.#complain({ kind: 'empty-alternative', text: this.#text }, this.#at++);
        expectsRelation = true;
        continue;
      }
      const start = this.#at;
      const relation = this.#readRelation();
      if (relation !== undefined) {
        if (this.#group.length === 0) this.#groupStart = start;
        this.#group.push(relation);
      }
      expectsRelation = this.#moveToNext() && this.#code() === BAR;
      if (expectsRelation) this.#at++;
      else this.#closeGroup();
      if (!expectsRelation && this.#at < this.#text.length) {
        this.#complain({ kind: 'missing-comma', text: this.#text.slice(this.#at) }, this.#at);
      }
    }
    if (expectsRelation) this.#complain({ kind: 'empty-alternative', text: this.#text }, this.#at);
    this.#closeGroup();
    return { groups: this.#groups, offsets: this.#offsets, problems: this.#problems };
  }

  #closeGroup(): void {
    if (this.#group.length === 0) return;
    this.#groups.push(this.#group);
    this.#offsets.push(this.#groupStart);
    this.#group = [];
  }

  /** Reads one relation; undefined when it is left out. Moves on by one character at least. */
  #readRelation(): Relation | undefined {
    const start = this.#at;
    const name = this.#readWord();
    let archQualifier: string | undefined;
    const parts: Parts = { version: undefined, architectures: [], profiles: [], usable: true };
    if (name.includes('${')) parts.usable = false;
    else if (!isPackageName(name)) this.#refuse(parts, { kind: 'bad-package-name', text: name }, start);
    if (this.#code() === COLON) {
      const colon = this.#at++;
      archQualifier = this.#readWord();
      if (archQualifier.includes('${')) parts.usable = false;
      else if (!/^[a-z0-9][a-z0-9-]*$/i.test(archQualifier)) {
        this.#refuse(parts, { kind: 'bad-qualifier', text: archQualifier }, colon);
      } else if (!isQualifier(archQualifier)) {
        this.#complain({ kind: 'unknown-architecture', text: archQualifier }, colon + 1);
      }
    }
    while (this.#moveToNext() && this.#readPart(parts));
    const { version, architectures, profiles, usable } = parts;
    return usable ? { package: name, archQualifier, version, architectures, profiles } : undefined;
  }

  /** Reads one bracketed part; false when there is none here. */
  #readPart(parts: Parts): boolean {
    const start = this.#at;
    switch (this.#code()) {
      case PARENTHESIS:
        this.#readVersion(parts, this.#readBracket(')', parts), start);
        return true;
      case BRACKET:
        this.#readArchitectures(parts, this.#readBracket(']', parts), start);
        return true;
      case ANGLE:
        this.#readProfiles(parts, this.#readBracket('>', parts), start);
        return true;
      default:
        return false;
    }
  }

  #readVersion(parts: Parts, body: string | undefined, start: number): void {
    if (body === undefined) return;
    if (parts.version !== undefined) this.#refuse(parts, { kind: 'bad-relation', text: `(${body})` }, start);
    if (body.includes('${')) return;
    const trimmed = body.trim();
    const sign = /^[^\s\w.+~:-]*/.exec(trimmed)?.[0] ?? '';
    const version = trimmed.slice(sign.length).trimStart();
    const operator = OPERATORS.get(sign);
    if (operator === undefined || version === '' || /\s/.test(version)) {
      this.#refuse(parts, { kind: 'bad-operator', text: `(${body})` }, start);
      return;
    }
    if (operator !== sign)
      this.#complain({ kind: 'obsolete-operator', text: `(${body})`, meant: operator }, start);
    const reason = versionProblem(version);
    if (reason !== undefined) {
      const offset = start + 1 + body.lastIndexOf(version);
      this.#complain({ kind: 'bad-version', text: version, reason }, offset);
    }
    parts.version = { operator, version };
  }

  #readArchitectures(parts: Parts, body: string | undefined, start: number): void {
    if (body === undefined) return;
    const entries = words(body);
    if (parts.architectures.length > 0)
      this.#refuse(parts, { kind: 'bad-relation', text: `[${body}]` }, start);
    else if (entries.length === 0 || !entries.every((entry) => /^!?[a-z0-9][a-z0-9-]*$/i.test(entry))) {
      this.#refuse(parts, { kind: 'bad-architecture-list', text: `[${body}]` }, start);
    } else {
      const negated = entries.filter((entry) => entry.startsWith('!')).length;
      if (negated !== 0 && negated !== entries.length) {
        this.#complain({ kind: 'mixed-architectures', text: `[${body}]` }, start);
      }
      for (const { 1: spec = '', index } of body.matchAll(/!?(\S+)/g)) {
        if (meansArchitecture(spec.toLowerCase())) continue;
        const offset = start + 1 + index + Number(body[index] === '!');
        this.#complain({ kind: 'unknown-architecture', text: spec }, offset);
      }
      parts.architectures = entries;
    }
  }

  #readProfiles(parts: Parts, body: string | undefined, start: number): void {
    if (body === undefined) return;
    const terms = words(body);
    if (terms.length === 0 || !terms.every(isProfileTerm)) {
      this.#refuse(parts, { kind: 'bad-profiles', text: `<${body}>` }, start);
    } else parts.profiles.push(terms);
  }

  /** The text inside the bracket at the cursor; undefined, and the rest is skipped, when it isn't closed. */
  #readBracket(close: string, parts: Parts): string | undefined {
    const start = this.#at;
    const end = this.#text.indexOf(close, start);
    if (end === -1) {
      this.#refuse(parts, { kind: 'unclosed-bracket', text: this.#text.slice(start) }, start);
      this.#at = this.#text.length;
      return undefined;
    }
    this.#at = end + 1;
    return this.#text.slice(start + 1, end);
  }

  /** Up to a blank, a colon, a bar or an opening bracket; `${…}` counts as one character. Unclosed, it takes the rest. */
  #readWord(): string {
    const start = this.#at;
    while (this.#at < this.#text.length) {
      const code = this.#code();
      if (code === DOLLAR && this.#text.startsWith('${', this.#at)) {
        const end = this.#text.indexOf('}', this.#at);
        this.#at = end === -1 ? this.#text.length : end + 1;
      } else if (code <= SPACE || code === COLON || code === BAR || isOpening(code)) break;
      else this.#at++;
    }
    return this.#text.slice(start, this.#at);
  }

  /** Skips blanks; false at the end. */
  #moveToNext(): boolean {
    this.#at = skipBlanks(this.#text, this.#at, this.#text.length);
    return this.#at < this.#text.length;
  }

  #code(): number {
    return this.#text.charCodeAt(this.#at);
  }

  #refuse(parts: Parts, problem: RelationProblem, offset: number): void {
    parts.usable = false;
    this.#complain(problem, offset);
  }

  #complain(problem: RelationProblem, offset: number): void {
    this.#problems.push({ problem, offset });
  }
}

/** What is written → what it means: `<` and `>` once meant `<=` and `>=`. */
const OPERATORS: ReadonlyMap<string, VersionOperator> = new Map([
  ['<<', '<<'],
  ['<=', '<='],
  ['=', '='],
  ['>=', '>='],
  ['>>', '>>'],
  ['<', '<='],
  ['>', '>='],
]);

function isOpening(code: number): boolean {
  return code === PARENTHESIS || code === BRACKET || code === ANGLE;
}

function isQualifier(text: string): boolean {
  return text === 'any' || text === 'native' || text === 'all' || isArchitecture(text);
}

function isProfileTerm(text: string): boolean {
  return /^!?[a-z0-9][a-z0-9+.-]*$/i.test(text);
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
