import { at } from '../base/column.ts';
import { formatAlternatives, type Alternatives } from '../debian/relation.ts';
import { withoutComments } from './field.ts';
import { parseGroups, type ParsedGroups, type PlacedProblem } from './relation-groups.ts';
import { skipBlanks, trimEnd } from './scan.ts';
import { parseSimpleGroup } from './simple-group.ts';

/** The value of a relation field; offsets of problems count from its start. */
export interface ParsedField {
  readonly groups: readonly Alternatives[];
  readonly problems: readonly PlacedProblem[];
}

/**
 * The groups of one run, each stored once: the 940,000 groups of bookworm for two architectures are 134,000 different
 * ones. Equal groups give the same `Alternatives` object however they are spaced. Equal fields, as of one package on two
 * architectures, are parsed once.
 * @example
 * const context = { relations: new RelationTable(), report: console.warn };
 * const place = { file: 'control', line: 7 };
 * const [one] = parseRelationField('Depends', 'x (>= 1)', place, context).groups;
 * const [other] = parseRelationField('Depends', 'x(>=1)', place, context).groups;
 * one === other; // → true
 */
export class RelationTable {
  readonly #fields = new Map<string, ParsedField>();
  /** By text as it was read, and by the group as Debian writes it, which as a rule is the same. */
  readonly #groups = new Map<string, ParsedGroups>();
  /** The groups of the field that is being read. */
  readonly #scratch: Alternatives[] = [];
  #size = 0;

  /** Number of different groups. */
  get size(): number {
    return this.#size;
  }

  /** Parses a whole value as it stands, with comment lines. O(length); one look-up for one that was seen before, but for the longest. */
  readField(text: string): ParsedField {
    // one group, two fields in five: what is known of it is what the field says
    if (isOneGroup(text)) return this.#readGroups(text);
    const known = text.length > LONGEST_KNOWN ? undefined : this.#fields.get(text);
    if (known !== undefined) return known;
    const plain = withoutComments(text);
    let problems: PlacedProblem[] | undefined;
    this.#scratch.length = 0;
    for (let start = nextGroupText(plain, 0); start < plain.length;) {
      const comma = plain.indexOf(',', start);
      const end = comma === -1 ? plain.length : comma;
      const parsed = this.#readGroups(plain.slice(start, trimEnd(plain, start, end)));
      for (let index = 0; index < parsed.groups.length; index++) this.#scratch.push(at(parsed.groups, index));
      for (const { problem, offset } of parsed.problems)
        (problems ??= []).push({ problem, offset: offset + start });
      start = nextGroupText(plain, end);
    }
    const field = { groups: this.#scratch.slice(), problems: problems ?? NO_PROBLEMS };
    if (text.length <= LONGEST_KNOWN) this.#fields.set(text, field);
    return field;
  }

  /** Parses the text between two commas, trimmed and without comments. */
  #readGroups(text: string): ParsedGroups {
    const known = this.#groups.get(text);
    if (known !== undefined) return known;
    const simple = parseSimpleGroup(text);
    if (simple !== undefined) this.#size++;
    const parsed = simple ?? this.#shared(text, parseGroups(text));
    this.#groups.set(text, parsed);
    return parsed;
  }

  /** The same, with those groups that were seen before as the object that they were given then. */
  #shared(text: string, parsed: ParsedGroups): ParsedGroups {
    const groups = parsed.groups.map((group) => {
      const key = formatAlternatives(group);
      const known = this.#groups.get(key)?.groups[0];
      if (known !== undefined) return known;
      this.#size++;
      if (key !== text) this.#groups.set(key, { groups: [group], offsets: [0], problems: NO_PROBLEMS });
      return group;
    });
    return { groups, offsets: parsed.offsets, problems: parsed.problems };
  }
}

/** Whether a value is one text between commas, trimmed, without comments. */
function isOneGroup(text: string): boolean {
  return text.charCodeAt(0) > SPACE && !text.includes(',') && !text.includes('\n#') && endsSolid(text);
}

function endsSolid(text: string): boolean {
  return text.charCodeAt(text.length - 1) > SPACE;
}

/** Where the next text between two commas begins, at `start` or behind it; empty ones are passed over. */
export function nextGroupText(plain: string, start: number): number {
  let index = skipBlanks(plain, start, plain.length);
  while (index < plain.length && plain.charCodeAt(index) === COMMA)
    index = skipBlanks(plain, index + 1, plain.length);
  return index;
}

/** V8 hashes longer strings by their length alone: of thousands of one length, each would be compared with all. */
const LONGEST_KNOWN = 16_000;
const SPACE = 32;
const COMMA = 44;
const NO_PROBLEMS: readonly PlacedProblem[] = [];
