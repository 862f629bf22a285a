import type { ComparedMetric, ComparisonDocument } from '../compare/comparison-document.ts';
import { formatChange, formatMetric, formatRelative } from '../compare/format-metric.ts';
import { headline, metricRows, summary, withPlainLabels } from './comparison/headline.ts';
import type { Section } from './comparison/section.ts';
import { sectionsOf } from './comparison/sections.ts';
import type { Style } from './style.ts';
import { wrap } from './summary/lines.ts';
import { textTable } from './text-table.ts';
import { showControls } from './visible-controls.ts';

export interface ComparisonTextOptions {
  /** Everything, instead of what fits a screen. */
  readonly all: boolean;
  readonly style: Style;
}

/**
 * A comparison as people read it: which takes longer and by how much, the figures of both, then what differs, the most telling
 * first. Of two plans, what got better is green, what got worse red; of two architectures neither is.
 */
export function formatComparison(given: ComparisonDocument, { all, style }: ComparisonTextOptions): string {
  const document = withPlainLabels(given);
  const lines = [
    style.bold(headline(document)),
    ...wrap(summary(document), '', Infinity),
    ...conditions(document, style),
    '',
    ...metrics(document, all, style),
  ];
  const unseen: string[] = [];
  for (const section of sectionsOf(document)) {
    const block = formatSection(section, all, style);
    if (all || lines.length + block.length < SCREEN) lines.push(...block);
    else unseen.push(section.title);
  }
  if (unseen.length > 0) lines.push('', ...wrap(`with --all: ${unseen.join(', ')}`, '', 3));
  return `${lines.join('\n')}\n`;
}

/** Lines of a screen; sections that find no room on it are named below. */
const SCREEN = 50;

function metrics(document: ComparisonDocument, all: boolean, style: Style): readonly string[] {
  const rows = metricRows(document, all);
  const cells = rows.map(({ name, unit, values, difference }) => [
    name,
    formatMetric(unit, values[0]),
    formatMetric(unit, values[1]),
    formatChange(unit, difference),
    unit === 'count' ? '' : formatRelative(unit, values[0], difference),
  ]);
  const [left, right] = document.sides;
  const [head = '', ...lines] = textTable(
    [['', left.label, right.label, '', ''], ...cells],
    [false, true, true, true, true],
  );
  const colours = rows.map((row) => (document.kind === 'plans' ? judge(row, style) : unchanged));
  return [head, ...lines.map((line, index) => (colours[index] ?? unchanged)(line))];
}

function judge({ better, difference }: ComparedMetric, style: Style): (text: string) => string {
  if (better === null || difference === 0) return unchanged;
  return (better === 'less') === difference < 0 ? style.green : style.red;
}

function unchanged(text: string): string {
  return text;
}

function formatSection(section: Section, all: boolean, style: Style): readonly string[] {
  const { title, head, rows, brief, alignRight, isProse } = section;
  const visible = all ? rows.first(rows.count) : brief;
  const rest = rows.count - visible.length;
  const lines = isProse
    ? visible.flatMap((row) => wrap(row.join(': '), '', all ? Infinity : 2))
    : textTable([...(head.length === 0 ? [] : [head]), ...visible], alignRight);
  const more = rest > 0 ? [style.dim(`… and ${String(rest)} more (--all)`)] : [];
  return ['', style.bold(title), ...[...lines, ...more].map((line) => `  ${line}`)];
}

function conditions({ conditions: checked }: ComparisonDocument, style: Style): readonly string[] {
  if (checked.length === 0) return [];
  return [
    '',
    style.bold('conditions'),
    ...checked.map(({ isMet, message }) => {
      const verdict = isMet ? style.red('failed') : `${style.green('kept')}  `;
      return `  ${verdict}  ${showControls(message)}`;
    }),
  ];
}
