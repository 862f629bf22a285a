import type { Diagnostic } from '../../base/diagnostic.ts';
import { nearestName } from '../../base/nearest-name.ts';
import type { CycleOrder } from '../../parse/starlingx/cycle-orders.ts';
import type { Contradiction } from './order-preferences.ts';

/** How many sets or lines a message names. */
const SHOWN = 3;

export function unknownSource(
  name: string,
  users: readonly CycleOrder[],
  known: Iterable<string>,
): Diagnostic {
  const [first] = users;
  const near = nearestName(name, known);
  return {
    code: 'cycle-unknown-source',
    severity: 'warning',
    message: `no suite has a source '${name}', which ${lines(users)} ${users.length === 1 ? 'names' : 'name'}`,
    ...(first === undefined ? {} : { location: first.location }),
    hint:
      near === undefined
        ? 'delete these entries; their build orders have no effect'
        : `delete these entries, or did you mean ${near}?`,
  };
}

export function duplicateEntry(entry: CycleOrder, earlier: CycleOrder): Diagnostic {
  const isSame = entry.order.join(' ') === earlier.order.join(' ');
  return {
    code: 'cycle-entry-duplicate',
    severity: 'warning',
    message:
      `the set ${entry.set.join(' ')} stands in line ${earlier.location.line} already` +
      (isSame ? '' : `, with another order: that one counts`),
    location: entry.location,
    hint: 'delete this entry',
  };
}

/** @param reasons why platforms that have all of its sources do not use it, each with their labels */
export function deadEntry(entry: CycleOrder, reasons: ReadonlyMap<string, readonly string[]>): Diagnostic {
  const texts = [...reasons].map(([reason, labels]) => `${reason} (${labels.join(', ')})`);
  return {
    code: 'cycle-entry-dead',
    severity: 'warning',
    message:
      `no build can use the entry of ${entry.set.join(' ')}: ` +
      (texts.length === 0 ? 'no layer of any suite has all of these sources' : texts.join('; ')),
    location: entry.location,
    hint: 'delete the entry',
  };
}

export function unjudgedEntry(entry: CycleOrder, untold: readonly string[]): Diagnostic {
  return {
    code: 'cycle-entry-unjudged',
    severity: 'note',
    message: `no build seems to use the entry of ${entry.set.join(' ')}, but nothing tells what ${untold.join(' ')} needs`,
    location: entry.location,
    hint: 'give a Sources index that has a stanza for it',
  };
}

/** @param isLive whether builds use all of the entries concerned */
export function contradiction(
  { first, then, forward, backward }: Contradiction,
  isLive: boolean,
): Diagnostic {
  const [entry] = backward;
  return {
    code: 'cycle-orders-contradict',
    severity: isLive ? 'warning' : 'note',
    message:
      `${lines(forward)} ${forward.length === 1 ? 'builds' : 'build'} ${first} before ${then}, ` +
      `${lines(backward)} ${then} before ${first}` +
      (isLive ? '' : ' (not all of these entries are in use)'),
    ...(entry === undefined ? {} : { location: entry.orderLocation }),
    hint: 'build them in one order everywhere, or say in a comment why the sets differ',
  };
}

export function brokenHardNeed(
  entry: CycleOrder,
  name: string,
  need: string,
  platform: string,
  chain: string | undefined,
): Diagnostic {
  const why = chain === undefined ? '' : `: ${chain}`;
  return {
    code: 'cycle-order-breaks-need',
    severity: 'error',
    message: `the order builds ${name} before ${need}, but no existing binary serves instead in ${platform}${why}`,
    location: entry.orderLocation,
    hint: `move ${need} before ${name}`,
  };
}

/** @param labels the platforms concerned */
export function missingSet(labels: readonly string[], set: string): Diagnostic {
  return {
    code: 'cycle-set-missing',
    severity: 'error',
    message: `a build of ${labels.join(', ')} stops: no entry has the set ${set}`,
    hint: 'add it; "debplan cycles --write FILE" writes the file with an order for each set',
  };
}

/** Sets of a component that have no entry. */
export interface MissingParts {
  /** Names of the component, with blanks between them. */
  readonly component: string;
  /** The sets without an entry, the smallest first, each with blanks between its names. */
  readonly parts: readonly string[];
  /** How many sets were looked at. */
  readonly count: number;
  /** Whether these are all that the component has. */
  readonly isComplete: boolean;
}

/** @param labels the platforms concerned */
export function missingSubsets(labels: readonly string[], missing: MissingParts): Diagnostic {
  const { component, parts, count, isComplete } = missing;
  const shown = parts.slice(0, SHOWN).map((part) => `'${part}'`);
  const more = parts.length > SHOWN ? ` and ${parts.length - SHOWN} more` : '';
  return {
    code: 'cycle-subsets-missing',
    severity: 'warning',
    message:
      `of ${isComplete ? '' : 'the first '}${count} sets of ${component} that can be left over in ${labels.join(', ')}, ` +
      `${parts.length} ${parts.length === 1 ? 'has' : 'have'} no entry: a build of just ${shown.join(', ')}${more} stops`,
    hint: 'add the sets that are built by themselves; "debplan cycles --write FILE" writes all of them',
  };
}

function lines(entries: readonly CycleOrder[]): string {
  const all = entries.map(({ location }) => location.line);
  const shown = all.slice(0, SHOWN + 1).join(', ');
  return `${all.length === 1 ? 'line' : 'lines'} ${shown}${all.length > SHOWN + 1 ? ', …' : ''}`;
}
