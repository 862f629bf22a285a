import { formatAlternatives, type Alternatives } from '../debian/relation.ts';
import { parseGroups, type ParsedGroups } from './relation-groups.ts';

/**
 * The groups of one run, each stored once: an archive's 700,000 groups are 100,000 different ones. Equal groups give the
 * same `Alternatives` object however they are spaced.
 */
export class RelationTable {
  readonly #byText = new Map<string, ParsedGroups>();
  readonly #byFormat = new Map<string, Alternatives>();

  /** Number of different groups. */
  get size(): number {
    return this.#byFormat.size;
  }

  /** Parses the text between two commas, trimmed and without comments; O(1) for a text that was seen before. */
  read(text: string): ParsedGroups {
    const known = this.#byText.get(text);
    if (known !== undefined) return known;
    const parsed = parseGroups(text);
    const shared = { ...parsed, groups: parsed.groups.map((group) => this.#share(group)) };
    this.#byText.set(text, shared);
    return shared;
  }

  #share(group: Alternatives): Alternatives {
    const key = formatAlternatives(group);
    const known = this.#byFormat.get(key);
    if (known !== undefined) return known;
    this.#byFormat.set(key, group);
    return group;
  }
}
