import type { Diagnostic } from '../base/diagnostic.ts';
import type { WrittenOrders } from '../cycles/starlingx/write.ts';
import { plainStyle, type Style } from './style.ts';

const HEADER = [
  'Orders for sources that need each other to be built, written by debplan.',
  'An entry is two lines: "SRC SET:" names the sources, "BUILD ORDER:" the order in which they are built, one at a time.',
  'It counts when all of its sources are left to build and need, of what is left, exactly each other.',
  'a(s) -b> b -r> c(d): source a build-depends on b, which depends on c, which source d builds.',
];

/**
 * The text of a cycle-order file (`circular_dep.conf`): single spaces between names, comments below each entry, a blank
 * line between entries. `parseCycleOrders` reads the same entries back.
 */
export function formatCycleOrders({ orders }: Pick<WrittenOrders, 'orders'>): string {
  const blocks = orders.map(({ set, order, comments }) => [
    `SRC SET: ${set.join(' ')}`,
    `BUILD ORDER: ${order.join(' ')}`,
    ...comments.map(comment),
  ]);
  return [HEADER.map(comment), ...blocks].map((lines) => `${lines.join('\n')}\n`).join('\n');
}

function comment(text: string): string {
  return `# ${text}`.trimEnd();
}

/** What the kinds of findings are called in the last line. Kinds without a row are told by their code. */
const KINDS: Readonly<Record<string, string>> = {
  'cycle-entry-dead': 'dead',
  'cycle-entry-duplicate': 'duplicates',
  'cycle-entry-unjudged': 'not judged',
  'cycle-orders-contradict': 'contradictions',
  'cycle-order-breaks-need': 'orders that break a need',
  'cycle-set-missing': 'sets missing',
  'cycle-subsets-missing': 'cycles with subsets missing',
  'cycle-unknown-source': 'unknown sources',
};

/**
 * Findings about a cycle-order file, one a paragraph: `FILE:LINE: warning: message [code]`, and what to do below; then
 * one line that counts them.
 * @param findings of the parser and of the lint, in the order in which they are to be read
 * @param entryCount how many entries the file has
 */
export function formatCycleLint(
  findings: readonly Diagnostic[],
  file: string,
  entryCount: number,
  style: Style = plainStyle,
): string {
  const lines: string[] = [];
  for (const [index, { code, severity, message, location, hint }] of findings.entries()) {
    const place = location === undefined ? file : `${location.file}:${location.line}`;
    const paint = severity === 'error' ? style.red : severity === 'warning' ? style.yellow : style.cyan;
    lines.push(`${place}: ${paint(`${severity}:`)} ${message} ${style.dim(`[${code}]`)}`);
    const next = findings[index + 1];
    if (hint !== undefined && (next?.code !== code || next.hint !== hint))
      lines.push(`  ${style.cyan('hint:')} ${hint}`);
  }
  return [...lines, summary(findings, file, entryCount)].map((line) => `${line}\n`).join('');
}

function summary(findings: readonly Diagnostic[], file: string, entryCount: number): string {
  const counts = new Map<string, number>();
  for (const { code } of findings) counts.set(code, (counts.get(code) ?? 0) + 1);
  const parts = [...counts].map(([code, count]) => `${KINDS[code] ?? code}: ${count}`);
  const entries = `${entryCount} ${entryCount === 1 ? 'entry' : 'entries'}`;
  return `${file}: ${entries}; ${parts.length === 0 ? 'nothing to change' : parts.join(', ')}`;
}
