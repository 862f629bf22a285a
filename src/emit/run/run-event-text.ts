import { formatBytes, formatDuration } from '../../base/quantity.ts';
import type { AfterEnd, EndEvent, RunEvent, RunOutcome, StartEvent } from '../../journal/run-event.ts';
import type { Style } from '../style.ts';
import { count } from '../summary/lines.ts';
import { showControls } from '../visible-controls.ts';
import { cutName, MOST_ID_LETTERS } from './painted-line.ts';

/** What a line tells beside its event. */
export interface EventContext {
  /** A moment (ms since 1970) as time of day, where the reader is: `12:04:31`. */
  readonly clock: (ms: number) => string;
  /** How long the attempt was expected to take on its builder; undefined: the event is of no attempt, or nobody knows. */
  readonly expectedMs: number | undefined;
  /** Builds done by then, this one with them. */
  readonly built: number;
  readonly total: number;
  /** How many builds are not tried because this one is given up. */
  readonly blocks: number;
}

/**
 * One event of a run as a line of a log, without a line feed:
 * `12:04:31  built    libquay_2.5.0-1/amd64  47s (planned 52s)  61/113`.
 */
export function formatRunEvent(event: RunEvent, context: EventContext, style: Style): string {
  const { word, paint, parts } = describe(event, context, style);
  return [style.dim(context.clock(event.atMs)), paint(word.padEnd(7)), ...parts].join('  ');
}

interface Described {
  readonly word: string;
  readonly paint: (text: string) => string;
  readonly parts: readonly string[];
}

function describe(event: RunEvent, context: EventContext, style: Style): Described {
  const plain = (text: string): string => text;
  switch (event.event) {
    case 'begin': {
      const where = event.on === 'slurm' ? 'on Slurm' : `on ${event.builders.map(shown).join(', ')}`;
      const parts = [`${count(context.total, 'build')} of ${shown(event.plan)} ${where}`];
      return { word: 'begin', paint: style.bold, parts: [...parts, ...doneBefore(context)] };
    }
    case 'start':
      return { word: 'start', paint: plain, parts: [named(event.task), startText(event, context)] };
    case 'submit':
      return { word: 'submit', paint: plain, parts: [named(event.task), `job ${shown(event.job)}`] };
    case 'end':
      return describeEnd(event, context, style);
    case 'stop':
      return { word: 'stop', paint: style.bold, parts: [STOPPED[event.reason]] };
  }
}

const STOPPED = {
  done: 'nothing is left that can be built',
  interrupted: 'as asked; --resume goes on',
  error: 'it could not go on',
} as const;

function doneBefore({ built }: EventContext): readonly string[] {
  return built === 0 ? [] : [`${String(built)} built before`];
}

function startText(event: StartEvent, { expectedMs }: EventContext): string {
  const { builder, slot, mode, ramDiskBytes, attempt } = event;
  const place = mode === 'ram' ? `in RAM (${formatBytes(ramDiskBytes)})` : 'on disk';
  return [
    `${shown(builder)}.${String(slot)} ${place}`,
    ...(expectedMs === undefined ? [] : [`expected ${formatDuration(expectedMs)}`]),
    ...(attempt === 1 ? [] : [`attempt ${String(attempt)}`]),
  ].join(', ');
}

function describeEnd(event: EndEvent, context: EventContext, style: Style): Described {
  const { task, outcome, then, reason, startedMs, endedMs, node } = event;
  const took = formatDuration(Math.max(0, endedMs - startedMs));
  const { built, total, expectedMs, blocks } = context;
  const where = node === undefined ? [] : [`on ${shown(node)}`];
  if (then === 'done') {
    const planned = expectedMs === undefined ? '' : ` (planned ${formatDuration(expectedMs)})`;
    const parts = [named(task), `${took}${planned}`, ...where, `${String(built)}/${String(total)}`];
    return { word: 'built', paint: style.green, parts };
  }
  const why = `${WHY[outcome]} after ${took}${reason === undefined ? '' : `: ${shown(reason)}`}`;
  const next = then === 'given-up' && blocks > 0 ? [`${count(blocks, 'build')} blocked`] : AFTER[then];
  const word = outcome === 'interrupted' ? 'stopped' : then === 'given-up' ? 'failed' : 'again';
  const paint = then === 'given-up' ? style.red : style.yellow;
  return { word, paint, parts: [named(task), why, ...where, ...next] };
}

/** Why a build was not built, in a word or two. */
export const WHY: Readonly<Record<RunOutcome, string>> = {
  built: 'built',
  failed: 'failed',
  'no-space': 'RAM disk full',
  'disk-full': 'disk full',
  'given-back': 'could not begin',
  'timed-out': 'timed out',
  killed: 'killed',
  lost: 'lost',
  interrupted: 'stopped',
};

const AFTER: Readonly<Record<AfterEnd, readonly string[]>> = {
  done: [],
  again: ['will be tried again'],
  'again-on-disk': ['will be built on disk'],
  'given-up': [],
};

function named(id: string): string {
  return cutName(showControls(id), MOST_ID_LETTERS);
}

function shown(text: string): string {
  return showControls(text);
}
