import { at } from '../../base/column.ts';
import { compareText } from '../../base/compare.ts';
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { CycleOrderText } from '../../parse/starlingx/cycle-orders.ts';
import { brokenNeeds } from './broken-needs.ts';
import { connectedSets, type ConnectedSetLimits, type ConnectedSets } from './connected-sets.ts';
import { describeOrder, type SetUser } from './describe-order.ts';
import type { OrderOf } from './common-order.ts';
import type { CyclePlatform } from './platform.ts';
import { simulateCycleOrders } from './simulate.ts';

export interface WriteOptions {
  /** How many sets of one component are written at most. */
  readonly limits: ConnectedSetLimits;
  /** The order for a set: all of its members, one twice where it has to be built twice. `commonOrder` makes a good one. */
  readonly orderOf: OrderOf;
}

/** All sets of a component of up to 12 sources; of a larger one those of few sources, and itself. */
export const WRITE_LIMITS: ConnectedSetLimits = { sets: 4096, tried: 100_000 };

export interface WrittenOrders {
  /** The smaller sets before the larger, then by name: so no set is taken while a part of it could go alone. */
  readonly orders: readonly CycleOrderText[];
  /** Sets left out, and orders that no order can make right. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * A cycle-order file for the given platforms: an entry for every set of sources that StarlingX's build can be stuck at,
 * whichever of a platform's sources are built, so that every subset has an order; see `connectedSets` for why these are
 * the ones. A set that several platforms have gets one order: of those that `orderOf` gives, the one that breaks fewest
 * hard waits in all of them. Of a component too large for the limits, larger sets are left out; a diagnostic says which.
 * @param platforms of all suites that the file is to serve, from graphs of `reading: 'starlingx'`
 */
export function writeCycleOrders(platforms: readonly CyclePlatform[], options: WriteOptions): WrittenOrders {
  const diagnostics: Diagnostic[] = [];
  const users = new Map<string, SetUser[]>();
  for (const platform of platforms) {
    for (const component of connectedSets(platform, options.limits)) {
      if (component.completeSize < component.members.length)
        diagnostics.push(setsLeftOut(platform, component));
      for (const members of component.sets) {
        const isWhole = members.length === component.members.length;
        const key = namesOf(platform, members).join(' ');
        users.set(key, [...(users.get(key) ?? []), { platform, members, isWhole }]);
      }
    }
  }
  const orders = [...users.values()].map((those) => writeOrder(those, options, diagnostics));
  orders.sort((a, b) => a.set.length - b.set.length || compareText(a.set.join(' '), b.set.join(' ')));
  for (const platform of platforms) {
    const { stuck } = simulateCycleOrders(platform, orders);
    if (stuck.length > 0) throw new Error(`BUG: the file written leaves ${stuck.join(' ')}`);
  }
  return { orders, diagnostics };
}

function writeOrder(
  users: readonly SetUser[],
  { orderOf }: WriteOptions,
  diagnostics: Diagnostic[],
): CycleOrderText {
  const { platform, members } = at(users, 0);
  const set = namesOf(platform, members);
  let best: readonly string[] = [];
  let least = Infinity;
  for (const user of users) {
    const order = namesOf(user.platform, orderOf(user.platform, user.members));
    if ([...new Set(order)].sort(compareText).join(' ') !== set.join(' '))
      throw new Error(`BUG: ${order.join(' ')} is no order of ${set.join(' ')}`);
    const broken = users.flatMap((other) => hardBroken(other.platform, order)).length;
    if (broken >= least) continue;
    least = broken;
    best = order;
  }
  if (least > 0) diagnostics.push(orderBreaksHard(users, best));
  return { set, order: best, comments: describeOrder(users, best) };
}

/** Each as `a before b`. */
function hardBroken(platform: CyclePlatform, order: readonly string[]): readonly string[] {
  const places = order.map((name) => platform.names.indexOf(name));
  return brokenNeeds(platform, places)
    .filter(({ isHard }) => isHard)
    .map(({ from, to }) => `${at(platform.names, from)} before ${at(platform.names, to)}`);
}

function namesOf({ names }: CyclePlatform, places: readonly number[]): readonly string[] {
  return places.map((place) => at(names, place));
}

function setsLeftOut(platform: CyclePlatform, { members, completeSize }: ConnectedSets): Diagnostic {
  const size = members.length;
  const names = namesOf(platform, [...members]).join(' ');
  return {
    code: 'cycle-sets-left-out',
    severity: 'warning',
    message:
      `${platform.label}: ${size} sources need each other, and only their sets of up to ${completeSize} sources, ` +
      `and all of them, get an entry: ${names}`,
    hint: `a build of more than ${completeSize} of them, but not all, may stop: build all, or break the cycle`,
  };
}

function orderBreaksHard(users: readonly SetUser[], order: readonly string[]): Diagnostic {
  const broken = users.flatMap(({ platform }) =>
    hardBroken(platform, order).map((text) => `${text} (${platform.label})`),
  );
  return {
    code: 'cycle-order-breaks-need',
    severity: 'error',
    message: `no order of ${order.join(' ')} honours all that its sources can't do without: it builds ${broken.join(', ')}`,
    hint: 'give a Packages index that has these binaries, or build one of the sources in a stage',
  };
}
