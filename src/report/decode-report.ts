import { at } from '../base/column.ts';
import { parseNumbers } from './number-text.ts';
import { COLUMNS, type Packed } from './packed.ts';
import type { ReportData } from './report-data.ts';

/**
 * What `encodeReport` wrote, in the page or elsewhere. O(data)
 * @throws Error for anything else, as far as that is noticed
 */
export function decodeReport(text: string): ReportData {
  const packed: unknown = JSON.parse(text);
  const data = isPacked(packed) ? unpack(packed) : undefined;
  if (!isReport(data)) throw new Error('BUG: this is no report');
  return data;
}

/** The page and its data were made by one program: their beginning tells enough. */
function isPacked(value: unknown): value is Packed {
  return Array.isArray(value);
}

function isReport(value: unknown): value is ReportData {
  return typeof value === 'object' && value !== null && 'plans' in value;
}

function unpack(packed: Packed): unknown {
  if (typeof packed !== 'object' || packed === null) return packed;
  switch (packed[0]) {
    case 'column':
      return new COLUMNS[packed[1]](parseNumbers(packed[2]));
    case 'list':
      return packed[1].map(unpack);
    case 'record':
      return Object.fromEntries(Object.entries(packed[1]).map(([key, value]) => [key, unpack(value)]));
    case 'numbers':
      return [...parseNumbers(packed[1])];
    case 'texts':
      return joinTexts(parseNumbers(packed[1]), packed[2]);
    case 'of': {
      const distinct = unpackList(packed[1]);
      return Array.from(parseNumbers(packed[2]), (index) => at(distinct, index));
    }
    case 'lists': {
      const elements = unpackList(packed[2]);
      let end = 0;
      return Array.from(parseNumbers(packed[1]), (length) => elements.slice(end, (end += length)));
    }
    case 'table':
      return unpackTable(packed[1], packed[2]);
  }
}

function unpackList(packed: Packed): readonly unknown[] {
  const list = unpack(packed);
  if (!Array.isArray(list)) throw new Error('BUG: this is no list');
  return list;
}

function joinTexts(shared: Float64Array, pieces: readonly string[]): readonly string[] {
  let last = '';
  return pieces.map((piece, index) => {
    last = last.slice(0, at(shared, index)) + piece;
    return last;
  });
}

function unpackTable(
  count: number,
  fields: readonly (readonly [key: string, owners: string, values: Packed])[],
): readonly object[] {
  const entries = Array.from({ length: count }, (): (readonly [string, unknown])[] => []);
  for (const [key, owners, values] of fields) {
    const places = owners === '' ? undefined : parseNumbers(owners);
    unpackList(values).forEach((value, index) => {
      at(entries, places === undefined ? index : at(places, index)).push([key, value]);
    });
  }
  return entries.map((own) => Object.fromEntries(own));
}
