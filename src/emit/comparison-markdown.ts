import type { ComparisonDocument } from '../compare/comparison-document.ts';
import { formatChange, formatMetric, formatRelative } from '../compare/format-metric.ts';
import { headline, metricRows, summary, withPlainLabels } from './comparison/headline.ts';
import type { Section } from './comparison/section.ts';
import { sectionsOf } from './comparison/sections.ts';
import { showControls } from './visible-controls.ts';

/**
 * A comparison for a merge request: the same as the text, the figures in view and each list folded. Every name is shown as it is,
 * whatever characters it has.
 * @param all every row, instead of the most telling ones
 */
export function emitComparisonMarkdown(given: ComparisonDocument, all: boolean): string {
  const document = withPlainLabels(given);
  const [left, right] = document.sides;
  const rows = metricRows(document, all).map(({ name, unit, values, difference }) => [
    name,
    formatMetric(unit, values[0]),
    formatMetric(unit, values[1]),
    formatChange(unit, difference),
    formatRelative(unit, values[0], difference),
  ]);
  const blocks = [
    `### ${escape(headline(document))}`,
    escape(`${summary(document)}.`),
    ...conditions(document),
    table(['', left.label, right.label, '', ''], rows, [false, true, true, true, true]),
    ...sectionsOf(document).map((section) => formatSection(section, all)),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function conditions({ conditions: checked }: ComparisonDocument): readonly string[] {
  if (checked.length === 0) return [];
  const lines = checked.map(
    ({ isMet, message }) => `- ${isMet ? '❌ **failed**' : '✅ kept'}: ${escape(message)}`,
  );
  return [lines.join('\n')];
}

function formatSection({ title, head, rows, brief, alignRight }: Section, all: boolean): string {
  const visible = all ? rows.first(rows.count) : brief;
  const rest = rows.count - visible.length;
  const width = Math.max(...visible.map((row) => row.length));
  const heading = Array.from({ length: width }, (_, column) => head[column] ?? '');
  const more = rest > 0 ? [`… and ${String(rest)} more`] : [];
  return [
    `<details><summary>${escape(title)}</summary>`,
    [table(heading, visible, alignRight), ...more].join('\n\n'),
    '</details>',
  ].join('\n\n');
}

function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  alignRight: readonly boolean[],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (alignRight[column] === true ? '---:' : '---'));
  return [line(head.map(escape)), line(rule), ...rows.map((row) => line(row.map(escape)))].join('\n');
}

/**
 * Text without any mark-up: what has a meaning in Markdown or HTML stands for itself. What GitHub or GitLab would take for a person,
 * an issue, a label or a formula is code, in which they look for none.
 */
function escape(text: string): string {
  const escaped = showControls(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_{}[\]|~]/g, (found) => `\\${found}`);
  return /(?:^|\W)[@#!~%$&]\w/.test(text) ? `<code>${escaped}</code>` : escaped;
}
