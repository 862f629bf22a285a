import { formatDuration } from '../../base/quantity.ts';
import { dayOf } from '../../benchmark/names.ts';
import type { BenchDocument, BenchRow } from '../../benchmark/bench-document.ts';
import { formatRelative } from '../../compare/format-metric.ts';
import type { Style } from '../style.ts';
import { count, wrap } from '../summary/lines.ts';
import { textTable } from '../text-table.ts';
import { benchTables, chooseRows, titleTable, type ShownTable } from './bench-tables.ts';

interface Shown {
  /** Everything, instead of what fits a screen. */
  readonly all: boolean;
  readonly style: Style;
}

/** Lines of a screen, without the one of the prompt. */
const SCREEN = 39;

/** A bench as people read it: how good the plan is, then a table for each noise and set of builders, the best policy first. */
export function formatBench(document: BenchDocument, { all, style }: Shown): string {
  const head = [style.bold(headline(document)), ...secondLine(document), ...planningLines(document)];
  const tables = benchTables(document);
  const notes = legend(document);
  const room = all ? Infinity : SCREEN - head.length - notes.length - 2;
  const shown = chooseRows(tables, room);
  const hidden = tables.length - shown.length;
  const more = hidden === 0 ? [] : ['', `… and ${count(hidden, 'more table')} (--all)`];
  const lines = shown.flatMap((table) => formatTable(document, table, style));
  return `${[...head, ...lines, ...more, '', ...notes].join('\n')}\n`;
}

function headline({ subject, rows }: BenchDocument): string {
  const { name, builds, builders, architectures } = subject;
  const size = `${name}: ${count(builds, 'build')} on ${count(builders, 'builder')} for ${architectures.join(' and ')}`;
  const own = rows.find(({ jitter, sizeJitter, runs }) => jitter === 0 && sizeJitter === 0 && runs === 1);
  if (own === undefined) return size;
  if (own.gap === null)
    return `${size} in ${formatDuration(own.makespanMs)}: ${own.givenUp.toFixed(1)} given up`;
  const gap = own.gap === 0 ? 'no plan is shorter' : `${percent(own.gap)} above the bound`;
  return `${size} in ${formatDuration(own.makespanMs)}: ${gap}`;
}

function secondLine({ against, rows }: BenchDocument): readonly string[] {
  if (against === null) return [];
  const own = rows.filter(({ policy, before }) => policy === 'plan' && before !== null);
  const changed = own.filter(({ before, makespanMs }) => before?.makespanMs !== makespanMs).length;
  const inputs = against.hasSameInputs ? 'the same inputs' : 'other inputs';
  const last = against.at === null ? 'the bench before' : `the bench of ${dayOf(against.at)} UTC`;
  const since = against.by === 'last' ? last : `the ${against.by} of the last ten up to ${last}`;
  const what = changed === 0 ? 'it takes as long' : 'see change';
  return [`against ${since}, ${inputs}: ${own.length === 0 ? 'no row in common' : what}`];
}

function planningLines({ planning }: BenchDocument): readonly string[] {
  if (planning === null) return [];
  const totalMs = planning.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
  const stages = planning.map(({ stage, cpuMs }) => `${stage} ${seconds(cpuMs)}`).join(', ');
  return wrap(`planned in ${seconds(totalMs)} of processor time: ${stages}`, '', 3);
}

interface Column {
  readonly head: string;
  readonly cell: (row: BenchRow) => string;
}

function formatTable(
  document: BenchDocument,
  { table, rows, more }: ShownTable,
  style: Style,
): readonly string[] {
  const columns = columnsOf(document, table.whole);
  const cells = [columns.map(({ head }) => head), ...rows.map((row) => columns.map(({ cell }) => cell(row)))];
  const alignRight = columns.map((_, index) => index > 0);
  const paint = (cell: string, column: number, line: number): string =>
    column === columns.length - 1 && line > 0 ? paintChange(cell, style) : cell;
  const lines = textTable(cells, alignRight, document.against === null ? undefined : paint);
  return [
    '',
    style.bold(titleTable(table)),
    ...lines,
    ...(more === 0 ? [] : [`… and ${count(more, 'more row')} (--all)`]),
  ];
}

/** The columns that say something in this table. */
function columnsOf(document: BenchDocument, whole: readonly BenchRow[]): readonly Column[] {
  const isRandom = whole.some(({ runs }) => runs > 1);
  const isTimed = document.rows.some(({ planningMs }) => planningMs !== null);
  const hasLosses = document.rows.some(({ givenUp }) => givenUp > 0);
  return [
    { head: 'policy', cell: ({ arch, policy }) => (arch === null ? policy : `${policy}, ${arch}`) },
    { head: isRandom ? 'mean' : 'makespan', cell: ({ makespanMs }) => formatDuration(makespanMs) },
    ...(isRandom ? [{ head: 'p95', cell: ({ p95Ms }: BenchRow) => formatDuration(p95Ms) }] : []),
    {
      head: 'bound',
      cell: ({ lowerBoundMs }) => (lowerBoundMs === null ? '–' : formatDuration(lowerBoundMs)),
    },
    { head: 'gap', cell: ({ gap }) => (gap === null ? '–' : percent(gap)) },
    { head: 'slots', cell: ({ slotUse }) => percent(slotUse) },
    { head: 'RAM', cell: ({ ramUse }) => percent(ramUse) },
    ...(hasLosses ? [{ head: 'given up', cell: ({ givenUp }: BenchRow) => givenUp.toFixed(1) }] : []),
    ...(isTimed ? [{ head: 'planning', cell: planningCell }] : []),
    ...(document.against === null ? [] : [{ head: 'change', cell: changeCell }]),
  ];
}

function planningCell({ arch, planningMs }: BenchRow): string {
  return planningMs === null || arch !== null ? '' : seconds(planningMs);
}

/** Of the makespan. */
function changeCell({ makespanMs, before }: BenchRow): string {
  if (before === null) return 'new';
  if (before.makespanMs === makespanMs) return '=';
  return formatRelative('ms', before.makespanMs, makespanMs - before.makespanMs);
}

function paintChange(cell: string, style: Style): string {
  if (cell.startsWith('+')) return style.red(cell);
  return cell.startsWith('−') ? style.green(cell) : cell;
}

function seconds(ms: number): string {
  return ms < 10_000 ? `${(ms / 1000).toFixed(2)}s` : formatDuration(ms);
}

function percent(part: number): string {
  const value = part * 100;
  if (value > 0 && value < 0.05) return '< 0.1 %';
  return `${value.toFixed(Math.abs(value) < 99.95 ? 1 : 0)} %`;
}

function legend(document: BenchDocument): readonly string[] {
  const isRandom = document.rows.some(({ runs }) => runs > 1);
  const isTimed = document.rows.some(({ planningMs }) => planningMs !== null);
  const hasLosses = document.rows.some(({ givenUp }) => givenUp > 0);
  return [
    isRandom
      ? 'plan: as planned; under noise, what is ready starts by its priorities; static: its order a slot'
      : 'plan: as planned; the others: the same builds in another order',
    hasLosses
      ? 'bound: no schedule of all builds is shorter (–: some were given up); gap: above it'
      : 'bound: no schedule is shorter; under noise none that knows what each build will take; gap: above it',
    'slots, RAM: how much is taken, and reserved of the RAM disk, until the last end',
    ...(isTimed ? ['planning: processor time'] : []),
    ...(document.against === null ? [] : ['change: of the makespan']),
  ];
}
