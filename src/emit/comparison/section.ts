/** Rows that are made when they are asked for: a section of a whole archive has tens of thousands, and shows three. */
export interface Rows {
  readonly count: number;
  /** The first so many of them. */
  readonly first: (count: number) => readonly (readonly string[])[];
}

/** A row for each of some things. */
export function rowsOf<Thing>(things: readonly Thing[], format: (thing: Thing) => readonly string[]): Rows {
  return { count: things.length, first: (count) => things.slice(0, count).map((thing) => format(thing)) };
}

/** A part of a comparison for people, to be set as text or as Markdown. */
export interface Section {
  /** Lower case; says how many there are. */
  readonly title: string;
  /** What the columns hold; empty where the rows speak for themselves. */
  readonly head: readonly string[];
  readonly rows: Rows;
  /** Which columns hold numbers. */
  readonly alignRight: readonly boolean[];
  /** Those that are shown when not all are: the most telling ones, in the same order. */
  readonly brief: readonly (readonly string[])[];
  /** Whether the last cell is a sentence, which is broken where a line ends. */
  readonly isProse: boolean;
}

/** How many rows are shown: all of them where only one more is there. */
export function shownOf(count: number, limit: number): number {
  return count <= limit + 1 ? count : limit;
}
