import { formatBytes, formatDuration } from '../base/quantity.ts';
import type { BuildRecord } from '../history/record.ts';
import type { Style } from './style.ts';
import { count } from './summary/lines.ts';
import { textTable } from './text-table.ts';

const HEADER: readonly string[] = [
  ...[
    'source',
    'version',
    'arch',
    'builder',
    'start (UTC)',
    'wall',
    'peak',
    'end',
    'tree',
    'outcome',
    'from',
  ],
];
const RIGHT: readonly boolean[] = HEADER.map((name) => ['wall', 'peak', 'end', 'tree'].includes(name));

/** Builds as people read them: one a line, and how many there are. */
export function formatHistory(records: readonly BuildRecord[], style: Style): string {
  if (records.length === 0) return 'no builds\n';
  const [header = '', ...lines] = textTable([HEADER, ...records.map(rowOf)], RIGHT);
  return `${[style.bold(header), ...lines, '', totals(records)].join('\n')}\n`;
}

/** `14 builds of 12 sources, 2 of them failed`. */
export function totals(records: readonly BuildRecord[]): string {
  const sources = new Set(records.map(({ source }) => source)).size;
  const failed = records.filter(({ outcome }) => outcome !== 'built').length;
  const tail = failed === 0 ? '' : `, ${String(failed)} of them failed`;
  return `${count(records.length, 'build')} of ${count(sources, 'source')}${tail}`;
}

function rowOf(record: BuildRecord): readonly string[] {
  const { startedAt, endedAt, failStage, outcome } = record;
  const start = startedAt ?? (endedAt === undefined ? '' : `to ${endedAt}`);
  return [
    record.source,
    record.version,
    record.arch,
    record.builder ?? '',
    start.replace('T', ' ').replace(/:\d\dZ$/, ''),
    record.wallMs === undefined ? '' : formatDuration(record.wallMs),
    bytes(record.peakBytes),
    bytes(record.endBytes),
    bytes(record.treeBytes),
    failStage === undefined ? outcome : `${outcome} (${failStage})`,
    record.from.tool,
  ];
}

function bytes(value: number | undefined): string {
  return value === undefined ? '' : formatBytes(value);
}
