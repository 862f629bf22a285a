import type {
  AccuracyDocument,
  ErrorFigures,
  Prediction,
  QuantityAccuracy,
  ReserveAccuracy,
} from '../accuracy/accuracy-document.ts';
import { formatBytes, formatDuration } from '../base/quantity.ts';
import type { Style } from './style.ts';
import { count, wrap } from './summary/lines.ts';
import { textTable } from './text-table.ts';

/** How far estimates are from what came, as people read it: errors, upper bounds, reserves, the worst predictions. */
export function formatAccuracy(document: AccuracyDocument, style: Style): string {
  const { history, duration, ramDisk, reserve } = document;
  const head = `${count(history.records, 'build')} of ${count(history.sources, 'source')}, each estimated from all the others`;
  const leftOut = document.leftOut.map(({ reason, records }) => `${String(records)} ${reason}`);
  const sections = [
    ...errorSection('time', duration, style),
    ...errorSection('RAM disk', ramDisk, style),
    ...calibrationSection(duration, ramDisk, style),
    ...reserveSection(reserve, style),
    ...worstSection('time', duration, formatDuration, style),
    ...worstSection('RAM disk', ramDisk, formatBytes, style),
  ];
  const nothing = duration.builds + ramDisk.builds === 0 ? ['', 'nothing to compare'] : [];
  return [
    style.bold(head),
    ...(leftOut.length === 0 ? [] : wrap(`not counted: ${leftOut.join(', ')}`, '', 4)),
    ...sections,
    ...nothing,
  ]
    .map((line) => `${line}\n`)
    .join('');
}

const RIGHT: readonly boolean[] = [false, ...Array.from<boolean>({ length: 8 }).fill(true)];

function errorSection(title: string, accuracy: QuantityAccuracy, style: Style): readonly string[] {
  if (accuracy.builds === 0) return [];
  const rows = [
    ...accuracy.estimators.map((each) => figuresRow(each.estimator, each)),
    ...namedRows(accuracy.builders, 'on'),
    ...namedRows(accuracy.architectures, 'for'),
  ];
  const head = [title, 'builds', 'half within', '90 % within', 'actual/predicted'];
  return section(textTable([head, ...rows], RIGHT), style);
}

/** A single builder or architecture would repeat the line for all. */
function namedRows(
  named: readonly (ErrorFigures & { readonly name: string })[],
  word: string,
): readonly (readonly string[])[] {
  return named.length < 2 ? [] : named.map((each) => figuresRow(`  ${word} ${each.name}`, each));
}

function figuresRow(name: string, { builds, medianFactor, factor90, bias }: ErrorFigures): readonly string[] {
  return [name, String(builds), `×${factor(medianFactor)}`, `×${factor(factor90)}`, `×${factor(bias)}`];
}

function calibrationSection(
  duration: QuantityAccuracy,
  ramDisk: QuantityAccuracy,
  style: Style,
): readonly string[] {
  const columns = [
    { title: 'time', rows: duration.calibration },
    { title: 'RAM disk', rows: ramDisk.calibration },
  ].filter(({ rows }) => rows.length > 0);
  const levels = columns[0]?.rows.map(({ level }) => level) ?? [];
  if (levels.length === 0) return [];
  const table = [
    ['builds that took no more than', ...columns.map(({ title }) => title)],
    ...levels.map((level, index) => [
      `  what ${percent(level)} should`,
      ...columns.map(({ rows }) => shareText(rows[index])),
    ]),
  ];
  return section(textTable(table, RIGHT), style);
}

function reserveSection(
  { quantiles, overrunCost, advice }: ReserveAccuracy,
  style: Style,
): readonly string[] {
  if (quantiles.length === 0) return [];
  const head = ['RAM disk reserved', 'overruns', 'reserved', 'used', 'idle', 'loss'];
  const rows = quantiles.map((own) => [
    `  --ram-quantile ${String(own.quantile)}`,
    shareText(own.overrunShare),
    formatBytes(own.reservedBytes),
    formatBytes(own.usedBytes),
    percent(own.wastedShare),
    percent(own.loss),
  ]);
  const meaning = `loss: byte-time reserved for nothing, an overrun counted as ${String(overrunCost)} builds, of what builds needed`;
  const advised =
    advice === null
      ? 'too few builds for advice on --ram-quantile'
      : `least is lost at --ram-quantile ${String(advice.quantile)}: ${percent(advice.loss)}`;
  return [...section(textTable([head, ...rows], RIGHT), style), meaning, style.bold(advised)];
}

function worstSection(
  title: string,
  { worst }: QuantityAccuracy,
  format: (value: number) => string,
  style: Style,
): readonly string[] {
  if (worst.length === 0) return [];
  const head = [`worst: ${title}`, 'predicted', 'at most', 'actual', 'factor', 'by', 'where and when'];
  const rows = worst.map((own) => [
    `  ${own.source}_${own.version}/${own.arch}`,
    ...[format(own.predicted), format(own.upper), `${own.isInferred ? '~' : ''}${format(own.actual)}`],
    factorOf(own),
    own.estimator,
    [own.builder, own.startedAt ?? own.file].filter((part) => part !== null).join(' '),
  ]);
  const legend = '  ~: only the end was seen, and this is the peak that usually goes with it';
  return [
    ...section(textTable([head, ...rows], [false, true, true, true, true, false, false]), style),
    ...(worst.some(({ isInferred }) => isInferred) ? [legend] : []),
  ];
}

function section([head = '', ...body]: readonly string[], style: Style): readonly string[] {
  return ['', style.bold(head), ...body];
}

/** `×2.1`: took so many times as much; `÷2.1`: so many times less. */
function factorOf({ ratio }: Prediction): string {
  return ratio >= 1 || ratio === 0 ? `×${factor(ratio)}` : `÷${factor(1 / ratio)}`;
}

/** `80 % (64–90)`. */
function shareText(
  own: { readonly share: number; readonly low: number; readonly high: number } | undefined,
): string {
  if (own === undefined) return '';
  return `${percent(own.share)} (${(100 * own.low).toFixed(0)}–${(100 * own.high).toFixed(0)})`;
}

function percent(part: number): string {
  const value = part * 100;
  return `${value > 0 && value < 9.95 && !Number.isInteger(value) ? value.toFixed(1) : value.toFixed(0)} %`;
}

function factor(value: number): string {
  return value < 9.995 ? value.toFixed(2) : value < 99.95 ? value.toFixed(1) : value.toFixed(0);
}
