/** A part of a comparison for people, to be set as text or as Markdown. */
export interface Section {
  /** Lower case; says how many there are. */
  readonly title: string;
  /** What the columns hold; empty where the rows speak for themselves. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Which columns hold numbers. */
  readonly alignRight: readonly boolean[];
  /** Those that are shown when not all are: the most telling ones, in the same order. */
  readonly brief: readonly (readonly string[])[];
  /** Whether the last cell is a sentence, which is broken where a line ends. */
  readonly isProse: boolean;
}

/** The first rows; all of them where only one more is there. */
export function firstRows<Row>(rows: readonly Row[], limit: number): readonly Row[] {
  return rows.length <= limit + 1 ? rows : rows.slice(0, limit);
}
