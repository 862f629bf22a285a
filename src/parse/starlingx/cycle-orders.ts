import type { Location, Report } from '../../base/diagnostic.ts';
import { isPackageName } from '../package-name.ts';
import {
  badSourceName,
  emptyCycleSet,
  keywordMisspelt,
  lineWithoutKeyword,
  orderWithoutSet,
  repeatedSetName,
  setWithoutOrder,
  setUnlikeOrder,
  tabbedNames,
  wideGap,
} from './cycle-order-diagnostics.ts';

/** What an entry of StarlingX's cycle-order file (`circular_dep.conf`) says, wherever it comes from. */
export interface CycleOrderText {
  /** Source names in code-unit order, without doubles; at least one. */
  readonly set: readonly string[];
  /** The same names in the order in which they are built; a name that stands twice is built twice. */
  readonly order: readonly string[];
  /** The comment lines below, without their `#` and the blanks at their ends. */
  readonly comments: readonly string[];
}

/** An entry of a file: two lines, `SRC SET: a b` and `BUILD ORDER: b a`. */
export interface CycleOrder extends CycleOrderText {
  /** Of the line with the set. */
  readonly location: Location;
  /** Of the line with the order. */
  readonly orderLocation: Location;
}

/**
 * A line without the blanks at both ends. A byte order mark is none: StarlingX's reader doesn't see the keyword behind one. A
 * pattern that ends in `+$` would try each of a million blanks as the first.
 */
function withoutBlankEnds(line: string): string {
  let start = 0;
  let end = line.length;
  while (start < end && isBlank(line, start)) start++;
  while (end > start && isBlank(line, end - 1)) end--;
  return line.slice(start, end);
}

function isBlank(line: string, index: number): boolean {
  return /[^\S\ufeff]/.test(line.charAt(index));
}

/** Of one line: where more is wrong it is no list of names. */
const MOST_REPORTED = 20;

const KEYWORDS = ['SRC SET:', 'BUILD ORDER:'] as const;
type Keyword = (typeof KEYWORDS)[number];

/** A line with a keyword. `names` is undefined where it is of no use: then it has been reported. */
interface KeywordLine {
  readonly keyword: Keyword;
  readonly names: readonly string[] | undefined;
  readonly location: Location;
}

/**
 * Reads a cycle-order file. StarlingX's reader stops the build at the first fault, or passes over the line without a word
 * (a misspelt keyword, text without one); here each is reported, its entry does not count, and the good ones do.
 * @returns the entries in the order of the file, which is the order in which StarlingX's build tries them
 * @see starlingx/root, build-tools/stx/dsc_depend.py: class Circular_break
 */
export function parseCycleOrders(text: string, file: string, report: Report): readonly CycleOrder[] {
  const orders: (CycleOrder & { readonly comments: string[] })[] = [];
  let open: KeywordLine | undefined;
  let comments: string[] | undefined;
  text.split(/\r\n|\r|\n/).forEach((content, index) => {
    const location = { file, line: index + 1 };
    const trimmed = withoutBlankEnds(content);
    if (trimmed.startsWith('#')) {
      comments?.push(trimmed.replace(/^#+\s*/, ''));
      return;
    }
    comments = undefined;
    const line = readLine(withoutBlankEnds(trimmed.replace(/#.*/s, '')), location, report);
    if (line === undefined) return;
    if (line.keyword === 'SRC SET:') {
      if (open?.names !== undefined) report(setWithoutOrder(open.location, line.location));
      open = line;
      return;
    }
    if (open === undefined) report(orderWithoutSet(location));
    const order = open === undefined ? undefined : joinEntry(open, line, report);
    open = undefined;
    if (order === undefined) return;
    orders.push(order);
    comments = order.comments;
  });
  if (open?.names !== undefined) report(setWithoutOrder(open.location, undefined));
  return orders;
}

function readLine(content: string, location: Location, report: Report): KeywordLine | undefined {
  if (content === '') return undefined;
  const keyword = KEYWORDS.find((known) => content.startsWith(known));
  if (keyword !== undefined) {
    return { keyword, names: readNames(content.slice(keyword.length), keyword, location, report), location };
  }
  const meant = KEYWORDS.find((known) => isMeant(content, known));
  if (meant === undefined) {
    report(lineWithoutKeyword(location, content));
    return undefined;
  }
  report(keywordMisspelt(location, content, meant));
  return { keyword: meant, names: undefined, location };
}

/** Whether a line begins with the keyword but for its case, punctuation and one or two letters. */
function isMeant(content: string, keyword: Keyword): boolean {
  const [first = '', second = ''] = keyword.slice(0, -1).split(' ');
  const letters = content.toUpperCase().replace(/^[^A-Z]+/, '');
  const words = /^([A-Z]+)[^A-Z0-9]*([A-Z]*)/.exec(letters);
  const [, one = '', two = ''] = words ?? [];
  if (one === first + second) return true;
  return isNear(one, first) && isNear(two, second);
}

/** Equal but for one letter more, less, other, or two exchanged. */
function isNear(word: string, meant: string): boolean {
  if (word === meant) return true;
  let start = 0;
  while (start < word.length && word[start] === meant[start]) start++;
  const rest = word.slice(start);
  const other = meant.slice(start);
  const [a = '', b = ''] = rest;
  return (
    rest.slice(1) === other ||
    rest === other.slice(1) ||
    rest.slice(1) === other.slice(1) ||
    b + a + rest.slice(2) === other
  );
}

function readNames(
  text: string,
  keyword: Keyword,
  location: Location,
  report: Report,
): readonly string[] | undefined {
  const content = text.trim();
  if (content === '') {
    report(emptyCycleSet(location, keyword));
    return undefined;
  }
  if (content.includes('\t')) {
    report(tabbedNames(location, keyword));
    return undefined;
  }
  if (content.includes('  ')) report(wideGap(location, keyword));
  const names = content.split(/ +/);
  const bad = names.filter((name) => !isPackageName(name));
  for (const name of new Set(bad.slice(0, MOST_REPORTED))) report(badSourceName(location, name));
  return bad.length > 0 ? undefined : names;
}

/** The entry of two lines; undefined where one of them is of no use or both don't fit. */
function joinEntry(
  set: KeywordLine,
  order: KeywordLine,
  report: Report,
): (CycleOrder & { readonly comments: string[] }) | undefined {
  if (set.names === undefined || order.names === undefined) return undefined;
  const names = [...new Set(set.names)].sort();
  if (names.length < set.names.length) report(repeatedSetName(set.location, doubles(set.names)));
  const ordered = new Set(order.names);
  const wanted = new Set(names);
  const missing = names.filter((name) => !ordered.has(name));
  const unknown = [...ordered].filter((name) => !wanted.has(name));
  if (missing.length > 0 || unknown.length > 0) {
    report(setUnlikeOrder(order.location, set.location.line, missing, unknown));
    return undefined;
  }
  return {
    set: names,
    order: order.names,
    comments: [],
    location: set.location,
    orderLocation: order.location,
  };
}

function doubles(names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return [...new Set(names.filter((name) => seen.size === seen.add(name).size))];
}
