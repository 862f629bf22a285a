/** A row of a table; a cell that is empty or of no column is undefined. */
export interface Row {
  readonly text: (column: string) => string | undefined;
  /** Undefined too for what is no finite number. */
  readonly number: (column: string) => number | undefined;
}

/** Reads tab-separated columns under a header line; lines that begin with `#` are passed over. */
export function readTable(text: string): readonly Row[] {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const places = new Map(lines[0]?.split('\t').map((name, index) => [name, index]));
  return lines.slice(1).map((line): Row => {
    const cells = line.split('\t');
    const read = (column: string): string | undefined => {
      const cell = cells[places.get(column) ?? -1];
      return cell === '' ? undefined : cell;
    };
    return {
      text: read,
      number: (column) => {
        const value = Number(read(column) ?? NaN);
        return Number.isFinite(value) ? value : undefined;
      },
    };
  });
}
