import { formatDuration } from '../../base/quantity.ts';
import type { ComparedLink, ComparisonDocument } from '../../compare/comparison-document.ts';
import { count } from '../summary/lines.ts';
import { alignChains, type ChainRow } from './align-chains.ts';
import { rowsOf, shownOf, type Section } from './section.ts';
import { cutMiddle, type UnitNamer } from './short-names.ts';

/** The critical chains side by side, what is on both in one row; nothing where they are the same throughout. */
export function chainSection({ sides, counts }: ComparisonDocument, name: UnitNamer): Section {
  const [left, right] = sides;
  const rows = alignChains([left.criticalChain, right.criticalChain]);
  const isSame = rows.every(([ours, theirs]) => ours?.durationMs === theirs?.durationMs);
  const lengths = `${String(left.criticalChain.length)} and ${count(right.criticalChain.length, 'build')}`;
  return {
    title: `critical chains (${lengths}, ${String(counts.chainCommon)} of them common)`,
    head: [left.label, '', '', right.label, ''],
    rows: rowsOf(isSame ? [] : rows, (row) => formatRow(row, name)),
    brief: longest(rows).map((row) => formatRow(row, name)),
    alignRight: [false, true, false, false, true],
    isProse: false,
  };
}

/** How many rows are shown when not all are. */
const SHOWN = 8;

function longest(rows: readonly ChainRow[]): readonly ChainRow[] {
  const byDuration = [...rows].sort((a, b) => durationMs(b) - durationMs(a));
  const chosen = new Set(byDuration.slice(0, shownOf(rows.length, SHOWN)));
  return rows.filter((row) => chosen.has(row));
}

function durationMs([left, right]: ChainRow): number {
  return Math.max(left?.durationMs ?? 0, right?.durationMs ?? 0);
}

function formatRow([left, right]: ChainRow, name: UnitNamer): readonly string[] {
  const isShared = left !== undefined && right !== undefined;
  return [...cells(left, name), isShared ? '=' : '', ...cells(right, name)];
}

function cells(link: ComparedLink | undefined, name: UnitNamer): readonly [string, string] {
  return link === undefined ? ['', ''] : [cutMiddle(name(link.unit), WIDTH), formatDuration(link.durationMs)];
}

/** Two names and their durations fit into 100 columns. */
const WIDTH = 34;
