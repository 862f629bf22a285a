/**
 * JSON that is short where lists are long: what is no scalar is a tuple that begins with how it is written. Numbers are texts
 * as `formatNumbers` writes them.
 */
export type Packed =
  | null
  | boolean
  | number
  | string
  /** A typed array. */
  | readonly ['column', ColumnKind, string]
  | readonly ['list', readonly Packed[]]
  | readonly ['record', Readonly<Record<string, Packed>>]
  /** A list of numbers. */
  | readonly ['numbers', string]
  /** A list of texts: each starts with so many characters of the one before, and goes on with its piece. */
  | readonly ['texts', string, readonly string[]]
  /** A list in which values repeat: the distinct ones, and which of them stands in each place. */
  | readonly ['of', Packed, string]
  /** A list of lists: their lengths, and all their elements as one list. */
  | readonly ['lists', string, Packed]
  /** A list of records: how many, and for each key which records have it (empty: all), and their values. */
  | readonly ['table', number, readonly (readonly [key: string, owners: string, values: Packed])[]];

export const COLUMNS = { Uint8Array, Uint16Array, Uint32Array, Float64Array } as const;
export type ColumnKind = keyof typeof COLUMNS;
