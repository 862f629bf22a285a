import { formatDuration } from '../../base/quantity.ts';
import type { BenchPoint, ReportBench, ReportBenchTable } from '../report-bench.ts';
import { makeElement, makeSection, type Child } from './make-element.ts';
import { makeTable } from './summary-section.ts';
import { count, formatShare } from './words.ts';

/** How good the plan is against other policies and from night to night, as `debplan bench` has measured it. */
export function makeBench(bench: ReportBench): HTMLElement {
  const { subject, measured, label, planning } = bench;
  const when = measured === null ? '' : ` on ${measured}`;
  const lead = `${subject.name} with ${count(subject.builds, 'build')}, measured${when}; from ${label}.`;
  const stages = planning?.map(({ stage, cpuMs }) => `${stage} ${seconds(cpuMs)}`).join(', ');
  return makeSection(
    'bench',
    'Bench',
    makeElement('p', { class: 'lead' }, lead),
    ...(stages === undefined
      ? []
      : [makeElement('p', { class: 'note' }, `Processor time of planning: ${stages}.`)]),
    ...bench.tables.flatMap(makeRows),
    ...makeTrend(bench.trend),
  );
}

function makeRows({ title, rows }: ReportBenchTable, index: number): readonly HTMLElement[] {
  const isRandom = rows.some(({ runs }) => runs > 1);
  const cells = rows.map((row): readonly Child[] => [
    row.arch === null ? row.policy : `${row.policy}, ${row.arch}`,
    formatDuration(row.makespanMs),
    ...(isRandom ? [formatDuration(row.p95Ms)] : []),
    row.lowerBoundMs === null ? '–' : formatDuration(row.lowerBoundMs),
    row.gap === null ? '–' : formatShare(row.gap),
    formatShare(row.slotUse),
    formatShare(row.ramUse),
    row.planningMs === null || row.arch !== null ? '–' : seconds(row.planningMs),
    makeChange(row.makespanMs, row.before?.makespanMs),
  ]);
  const times = isRandom ? ['Mean', 'By then 95 %'] : ['Makespan'];
  const heads = ['Policy', ...times, 'Bound', 'Gap', 'Slots', 'RAM disk', 'Planning', 'Change'];
  const table = makeTable(`bench-${String(index)}`, heads, cells);
  return [makeElement('h3', {}, title), makeElement('div', { class: 'scroll-x tall' }, table)];
}

function makeTrend(trend: readonly BenchPoint[]): readonly HTMLElement[] {
  if (trend.length < 2) return [];
  const longestMs = trend.reduce((longest, { makespanMs }) => Math.max(longest, makespanMs), 1);
  const rows = trend
    .map((point, index): readonly Child[] => [
      point.measured ?? '–',
      makeBar(point, longestMs),
      formatDuration(point.makespanMs),
      point.lowerBoundMs === null ? '–' : formatDuration(point.lowerBoundMs),
      point.gap === null ? '–' : formatShare(point.gap),
      makeChange(point.makespanMs, trend[index - 1]?.makespanMs),
      point.hasSameInputs ? '' : 'other inputs',
    ])
    .reverse();
  const heads = ['Measured', '', 'Makespan', 'Bound', 'Gap', 'Change', ''];
  return [
    makeElement('h3', {}, 'The plan itself, from bench to bench'),
    makeElement('div', { class: 'scroll-x tall' }, makeTable('bench-trend', heads, rows)),
  ];
}

/** Makespan against the longest one, with the part that is above the bound; of all of it where there is none. */
function makeBar({ makespanMs, lowerBoundMs }: BenchPoint, longestMs: number): HTMLElement {
  const bar = makeElement('div', { class: 'trend', 'aria-hidden': 'true' });
  const boundMs = lowerBoundMs ?? makespanMs;
  for (const [name, ms] of [
    ['bound', boundMs],
    ['gap', makespanMs - boundMs],
  ] as const) {
    const piece = makeElement('span', { class: name });
    piece.style.width = `${String((ms / longestMs) * 100)}%`;
    bar.append(piece);
  }
  return bar;
}

function makeChange(nowMs: number, beforeMs: number | undefined): HTMLElement | string {
  if (beforeMs === undefined) return '–';
  if (beforeMs === nowMs || beforeMs === 0) return makeElement('span', { class: 'muted' }, '±0');
  const share = (nowMs - beforeMs) / beforeMs;
  return makeElement('span', { class: 'strong' }, `${share > 0 ? '+' : '−'}${formatShare(Math.abs(share))}`);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
