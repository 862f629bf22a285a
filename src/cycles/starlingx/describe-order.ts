import { at } from '../../base/column.ts';
import { row } from '../../base/csr.ts';
import { brokenNeeds } from './broken-needs.ts';
import type { CyclePlatform } from './platform.ts';

/** Most chains that the comments of an entry tell. */
const CHAINS = 16;

/** A platform that has a set. */
export interface SetUser {
  readonly platform: CyclePlatform;
  /** Places of the set's names, ascending. */
  readonly members: readonly number[];
  /** The set is all of a component: what a build of everything meets, not a part of it. */
  readonly isWhole: boolean;
}

/**
 * Comment lines that explain an order: for which platforms it is, and the waits that it does not honour. For a whole
 * component, and for one source alone, each with the chain that makes it and the chains that lead back, so that it is one
 * of a ring; 16 chains at most. For a part of a component the names alone.
 * @param users the platforms that have the set; the first one's waits are told
 * @param order names
 */
export function describeOrder(users: readonly SetUser[], order: readonly string[]): readonly string[] {
  const { platform } = users.find(({ isWhole }) => isWhole) ?? at(users, 0);
  const isWhole = users.some((user) => user.isWhole);
  const labels = `in ${users.map((user) => user.platform.label).join(', ')}`;
  const places = order.map((name) => platform.names.indexOf(name));
  if (order.length > 1 && !isWhole) return [labels, ...nameBroken(platform, places)];
  const lines = order.length === 1 ? [selfNeed(platform, at(places, 0))] : chains(platform, places);
  const more = lines.length - CHAINS;
  return [labels, ...lines.slice(0, CHAINS), ...(more > 0 ? [`… and ${more} more`] : [])];
}

function nameBroken(platform: CyclePlatform, places: readonly number[]): readonly string[] {
  const broken = brokenNeeds(platform, places);
  const tell = (wanted: boolean, verdict: string): readonly string[] => {
    const pairs = broken
      .filter(({ isHard }) => isHard === wanted)
      .map(({ from, to }) => `${at(platform.names, from)} needs ${at(platform.names, to)}`);
    return pairs.length === 0 ? [] : [`built against ${verdict}: ${pairs.join(', ')}`];
  };
  return [...tell(true, 'something that nothing provides'), ...tell(false, 'the existing one')];
}

function selfNeed(platform: CyclePlatform, place: number): string {
  return `${chain(platform, place, place)}: built against the existing one`;
}

function chains(platform: CyclePlatform, places: readonly number[]): readonly string[] {
  const told = new Set<string>();
  return brokenNeeds(platform, places).flatMap(({ from, to, isHard }) => {
    const verdict = isHard ? 'something that nothing provides' : 'the existing one';
    const back = wayBack(platform, places, to, from)
      .map((step) => `back: ${chain(platform, step.from, step.to)}`)
      .filter((text) => !told.has(text));
    for (const text of back) told.add(text);
    return [`${chain(platform, from, to)}: built against ${verdict}`, ...back];
  });
}

function chain(platform: CyclePlatform, from: number, to: number): string {
  return platform.explain(from, to) ?? `${at(platform.names, from)}(s) -b> (${at(platform.names, to)})`;
}

/** The shortest way from one source to another along the needs inside a set. */
function wayBack(
  { needs }: CyclePlatform,
  set: readonly number[],
  start: number,
  goal: number,
): readonly { readonly from: number; readonly to: number }[] {
  const cameFrom = new Map<number, number>();
  const queue = [start];
  for (const node of queue) {
    if (node === goal) break;
    for (const next of row(needs, node)) {
      if (next === start || cameFrom.has(next) || !set.includes(next)) continue;
      cameFrom.set(next, node);
      queue.push(next);
    }
  }
  const way: { readonly from: number; readonly to: number }[] = [];
  for (let to = goal; to !== start;) {
    const from = cameFrom.get(to);
    if (from === undefined) return [];
    way.unshift({ from, to });
    to = from;
  }
  return way;
}
