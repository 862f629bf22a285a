import { formatDuration } from '../../base/quantity.ts';
import { groupBy } from '../../base/group-by.ts';
import type { RunDocument } from '../../journal/run-document.ts';
import { quoteShell } from '../command/quote-shell.ts';
import type { Style } from '../style.ts';
import { count, joinNames, shorten } from '../summary/lines.ts';
import { showControls } from '../visible-controls.ts';
import { cutName, MOST_ID_LETTERS } from './painted-line.ts';
import { WHY } from './run-event-text.ts';

/** How the run was typed. */
export interface SummaryContext {
  /** The plan file. */
  readonly plan: string;
  /** The work folder, to which paths of the document are relative. */
  readonly work: string;
}

/** Lines of a list before it is cut. */
const MOST = 10;
/** Letters of a list of names. */
const NAMES = 70;

/** How a run ended: what was built, what not and why, how long it took against the plan, and what to type next. */
export function formatRunSummary(document: RunDocument, style: Style, context: SummaryContext): string {
  const { failed, blocked, skipped, left } = document;
  const sections = [
    headLines(document, style),
    section(style.red(`${count(failed.length, 'build')} failed:`), failedLines(document, context)),
    section(
      style.yellow(`${count(blocked.length, 'build')} not tried, since what they need was not built:`),
      blocked.map(({ task, by }) => `${shown(task)} needs ${by.map(shown).join(', ')}`),
    ),
    section(
      style.yellow(`${count(skipped.length, 'build')} not meant to be built here:`),
      [...groupBy(skipped, ({ reason }) => reason)].map(
        ([reason, same]) =>
          `${count(same.length, 'build')}: ${showControls(reason)}: ${joinNames(
            same.map(({ task }) => shown(task)),
            NAMES,
          )}`,
      ),
    ),
    section(style.yellow(`${count(left.length, 'build')} left:`), left.map(shown)),
    nextLines(document, context),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headLines({ built, skipped, plan, reason, ...times }: RunDocument, style: Style): readonly string[] {
  const { workedMs: tookMs, plannedMs } = times;
  const isWhole = built.length === plan.builds;
  const meant = count(plan.builds - skipped.length, 'build');
  const head = `${String(built.length)} of ${meant} built in ${formatDuration(tookMs)}`;
  const again = built.filter(({ attempts }) => attempts > 1).length;
  return [
    isWhole ? style.green(head) : style.bold(head),
    ...(isWhole ? [`planned ${formatDuration(plannedMs)}: ${difference(tookMs, plannedMs)}`] : []),
    ...(again === 0 ? [] : [`${count(again, 'build')} took more than one attempt`]),
    ...(reason === 'interrupted' ? ['stopped as asked'] : []),
    ...(reason === 'error' ? ['stopped because it could not go on'] : []),
  ];
}

/** `2m 10s longer (+7.1 %)`. */
function difference(tookMs: number, plannedMs: number): string {
  const moreMs = tookMs - plannedMs;
  if (plannedMs === 0 || Math.abs(moreMs) < 1000) return 'as planned';
  const percent = `${moreMs > 0 ? '+' : ''}${((100 * moreMs) / plannedMs).toFixed(1)} %`;
  return `${formatDuration(Math.abs(moreMs))} ${moreMs > 0 ? 'longer' : 'shorter'} (${percent})`;
}

function failedLines({ failed }: RunDocument, { work }: SummaryContext): readonly string[] {
  return failed.flatMap(({ task, attempts, outcome, reason, log, blocks }) => {
    const tries = attempts > 1 ? `, ${count(attempts, 'attempt')}` : '';
    const weight = blocks === 0 ? '' : `; blocks ${count(blocks, 'build')}`;
    return [
      `${shown(task)}: ${WHY[outcome]}${tries}: ${showControls(reason)}${weight}`,
      `  log: ${showControls(join(work, log))}`,
    ];
  });
}

/** What somebody types now: to go on, and to look at what took place. */
function nextLines({ failed, left, built }: RunDocument, { plan, work }: SummaryContext): readonly string[] {
  const again = `debplan run --resume --work ${quoteShell(work)}`;
  const actual = quoteShell(join(work, 'actual.json'));
  return [
    ...(left.length > 0 ? [`to go on:         ${again}`] : []),
    ...(left.length === 0 && failed.length > 0 ? [`to try it again:  ${again} --retry-failed`] : []),
    ...(built.length > 0
      ? [`to look at it:    debplan report ${quoteShell(plan)} ${actual} -o run.html`]
      : []),
  ];
}

/** A heading and its lines; nothing where there are none. */
function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...shorten(lines, MOST, 'some').map((line) => `  ${line}`)];
}

function join(folder: string, name: string): string {
  return `${folder.replace(/\/+$/, '')}/${name}`;
}

/** A build's id, of a length that leaves room for what is said of it. */
function shown(id: string): string {
  return cutName(showControls(id), MOST_ID_LETTERS);
}
