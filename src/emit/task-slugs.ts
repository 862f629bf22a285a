import { compareText } from '../base/compare.ts';
import { groupBy } from '../base/group-by.ts';
import type { Plan } from '../plan/plan.ts';

/**
 * A name for each task that any program takes for a plain word and any file system for a file: `hello_2.10-3/amd64` →
 * `hello_2.10-3.amd64`. Letters, digits and `._+-`, first a letter or digit, 100 letters at most; different also where case
 * doesn't count. It is the id with dots for slashes and `_` for what no such name may hold; where that makes two alike, or too
 * long, a hash of the id ends it. So it depends on the id, and on those alone that are nearly the same. O(tasks)
 */
export function taskSlugs(plan: Plan): ReadonlyMap<string, string> {
  return uniqueNames(plan.targets.flatMap(({ tasks }) => tasks.map(({ id }) => id)));
}

/** The same for the plan's builders, of letters, digits and `._-` only. */
export function builderSlugs({ builders }: Plan): ReadonlyMap<string, string> {
  const names = builders.map(({ name }) => name);
  const slugs = uniqueNames(names.map((name) => name.replaceAll('+', '~')));
  return new Map(names.map((name) => [name, slugs.get(name.replaceAll('+', '~')) ?? '']));
}

function uniqueNames(texts: readonly string[]): ReadonlyMap<string, string> {
  const ids = [...texts].sort(compareText);
  const alike = groupBy(ids, (id) => plainName(id).toLowerCase());
  const slugs = new Map<string, string>();
  const taken = new Set<string>();
  for (const id of ids) {
    const plain = plainName(id);
    const isFit = plain.length <= MOST_LETTERS && alike.get(plain.toLowerCase())?.length === 1;
    if (isFit) taken.add(plain.toLowerCase());
    if (isFit) slugs.set(id, plain);
  }
  for (const id of ids) {
    if (slugs.has(id)) continue;
    let round = 0;
    let slug = hashed(id, round);
    while (taken.has(slug.toLowerCase())) slug = hashed(id, ++round);
    taken.add(slug.toLowerCase());
    slugs.set(id, slug);
  }
  return slugs;
}

const MOST_LETTERS = 100;

function plainName(id: string): string {
  const plain = id.replaceAll('/', '.').replaceAll(/[^A-Za-z0-9._+-]/g, '_');
  return /^[A-Za-z0-9]/.test(plain) ? plain : `x${plain}`;
}

function hashed(id: string, round: number): string {
  const hash = fnv(`${id}\n${String(round)}`)
    .toString(16)
    .padStart(8, '0');
  return `${plainName(id).slice(0, MOST_LETTERS - 9)}-${hash}`;
}

/** FNV-1a of 32 bits over code units: same on every machine, no secret. */
function fnv(text: string): number {
  let hash = 0x811c9dc5;
  for (let place = 0; place < text.length; place++) {
    hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193);
  }
  return hash >>> 0;
}
