import { formatBytes, formatDuration } from '../../base/quantity.ts';
import type { BuilderView, RunView, SlotView } from '../../next/run-view.ts';
import type { Style } from '../style.ts';
import { showControls } from '../visible-controls.ts';
import { cutName, paintLine, type Piece } from './painted-line.ts';
import { countPieces } from './run-counts.ts';

/** Cells of a bar. */
const BAR = 16;
/** Wider lines are hard to follow. */
const MOST_WIDTH = 110;
const LEAST_NAME = 20;

/** A line, and how readily it is left out where there are too many; 0: never. */
interface Line {
  readonly pieces: readonly Piece[];
  readonly rank: number;
}

/**
 * A run as a table for a terminal: each builder's RAM disk and slots, then counts, times, and what comes next. No more lines than
 * `height`, none longer than `width`; where that is too little, free slots go first, then what comes next, then builds. No line feed at
 * the end.
 * @param width ≥ 20
 * @param height ≥ 4
 */
export function formatRunTable(view: RunView, style: Style, width: number, height: number): string {
  const columns = Math.min(width, MOST_WIDTH);
  const builds = view.builders.flatMap((builder) => builderLines(builder, view, style, columns));
  return shorten([...builds, ...footLines(view, style)], height)
    .map(({ pieces }) => paintLine(pieces, columns))
    .join('\n');
}

function builderLines(builder: BuilderView, view: RunView, style: Style, width: number): readonly Line[] {
  const slots = builder.slots.map((slot, index): Line => {
    const label = `  ${String(index).padStart(2)} `;
    if (slot === undefined) return { pieces: [[`${label}free`, style.dim]], rank: 3 };
    return { pieces: [[label, style.dim], ...slotPieces(slot, view.nowMs, style, width)], rank: 1 };
  });
  const head: Line = {
    pieces: [[showControls(builder.name), style.bold], [`  ${ramDiskText(builder)}`]],
    rank: 0,
  };
  return [head, ...slots];
}

/** `RAM disk ███░░░ 12.4 GiB of 32 GiB given out, 3.1 GiB full`. */
function ramDiskText({ ramDiskBytes, reservedBytes, usedBytes }: BuilderView): string {
  if (ramDiskBytes === 0) return 'no RAM disk';
  const used = usedBytes === undefined ? '' : `, ${formatBytes(usedBytes)} filled`;
  return `RAM disk ${bar(reservedBytes / ramDiskBytes)} ${formatBytes(reservedBytes)} of ${formatBytes(ramDiskBytes)} given out${used}`;
}

function slotPieces(slot: SlotView, nowMs: number, style: Style, width: number): readonly Piece[] {
  const ranMs = Math.max(0, nowMs - slot.startedMs);
  const isLate = ranMs > slot.expectedMs;
  const paint = isLate ? style.yellow : style.green;
  const times = `${shortTime(ranMs)} of ${formatDuration(slot.expectedMs)}`.padStart(18);
  const attempt = slot.attempt > 1 ? ` (attempt ${String(slot.attempt)})` : '';
  // label, mode, times and the blanks between them
  const room = width - 5 - 5 - times.length - 2 - attempt.length;
  const hasBar = room - BAR - 1 >= LEAST_NAME;
  const nameWidth = Math.max(1, hasBar ? room - BAR - 1 : room);
  const name = cutName(showControls(slot.id), nameWidth);
  return [
    [slot.mode.padEnd(5)],
    [name],
    [attempt, style.yellow],
    [`${' '.repeat(nameWidth - name.length)} `],
    [times, isLate ? style.yellow : undefined],
    ...(hasBar ? ([[' '], [bar(ranMs / slot.expectedMs), paint]] satisfies readonly Piece[]) : []),
  ];
}

function footLines({ counts, ...view }: RunView, style: Style): readonly Line[] {
  const { elapsedMs, remainingMs, planMs } = view;
  const inAll = shortTime(elapsedMs + remainingMs);
  const times = `${shortTime(elapsedMs)} so far, about ${shortTime(remainingMs)} to go: ${inAll} in all, planned ${formatDuration(planMs)}`;
  const next = view.nextUp.map(({ id, builder, mode, inMs }) => {
    const where = `${showControls(builder)} ${mode === 'ram' ? 'in RAM' : 'on disk'}`;
    return `${showControls(id)} on ${where}${inMs === 0 ? '' : ` in ${shortTime(inMs)}`}`;
  });
  return [
    { pieces: countPieces(counts, style), rank: 0 },
    { pieces: [[times]], rank: 0 },
    ...(next.length === 0 ? [] : [{ pieces: [['next: ', style.dim], [next.join('; ')]], rank: 2 } as const]),
  ];
}

/** As many lines as fit: those of the highest rank go first, of one rank the last. */
function shorten(lines: readonly Line[], height: number): readonly Line[] {
  const kept = [...lines];
  for (let rank = 3; rank >= 1; rank--) {
    for (let index = kept.length - 1; index >= 0 && kept.length > height; index--)
      if (kept[index]?.rank === rank) kept.splice(index, 1);
  }
  return kept.slice(-height);
}

function bar(part: number): string {
  const filled = Math.max(0, Math.min(BAR, Math.round(part * BAR)));
  return `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)}`;
}

/** Whole seconds: what changes ten times a second can't be read. */
function shortTime(ms: number): string {
  return formatDuration(Math.floor(ms / 1000) * 1000).replace(/^0ms$/, '0s');
}
