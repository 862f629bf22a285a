import type { Advice, ArchAdvice, TriedSetting } from '../../advise/advice.ts';
import { formatBytes } from '../../base/quantity.ts';
import type { Style } from '../style.ts';
import { count } from '../summary/lines.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** From which share above the best a cell gets the next colour. */
const WARM = 0.1;
const HOT = 0.3;

/** A cell of a table: undefined where no setting is possible. */
type Cell = TriedSetting | undefined;

/** Slots down, RAM disks across, each with the make jobs that are fastest. */
export function ramDiskTable(advice: Advice, arch: ArchAdvice, style: Style): readonly string[] {
  const { slots, ramDiskBytes } = arch.grid;
  const rows = slots.map((each) => ramDiskBytes.map((bytes) => cellFor(arch, each, bytes)));
  const jobs = rows.map((row) => spanOf(row.flatMap((cell) => cell?.makeJobs ?? [])));
  const heads = ramDiskBytes.map((bytes) => (bytes === 0 ? 'none' : formatBytes(bytes)));
  return [
    ...heatTable(
      {
        corner: ['slots', 'make jobs'],
        heads,
        labels: slots.map((each, row) => [String(each), jobs[row] ?? '']),
      },
      rows.map((row) => row.map((cell) => cell?.atMostMs)),
      { advice, arch, style },
    ),
    ...legend(advice, rows.flat()),
  ];
}

/** Slots down, make jobs across. */
export function jobsTable(advice: Advice, arch: ArchAdvice, style: Style): readonly string[] {
  const { slots, makeJobs } = arch.grid;
  const rows = slots.map((each) =>
    makeJobs.map((jobs) =>
      leastOf(arch.settings.filter((setting) => setting.slots === each && setting.makeJobs === jobs)),
    ),
  );
  const table = heatTable(
    {
      corner: ['slots'],
      heads: makeJobs.map((jobs) => `${String(jobs)} ${jobs === 1 ? 'job' : 'jobs'}`),
      labels: slots.map((each) => [String(each)]),
    },
    rows.map((row) => row.map((cell) => cell?.makespanMs)),
    { advice, arch, style },
  );
  if (!rows.flat().includes(undefined)) return table;
  return [...table, `– more than ${count(advice.host.cores, 'core')}, or than memory allows`];
}

interface TableFrame {
  readonly corner: readonly string[];
  readonly heads: readonly string[];
  /** One a row, with as many texts as the corner. */
  readonly labels: readonly (readonly string[])[];
}

interface Heat {
  readonly advice: Advice;
  readonly arch: ArchAdvice;
  readonly style: Style;
}

/** Numbers to the right, two blanks apart; colours go around the padded text, so that they don't count as columns. */
function heatTable(
  { corner, heads, labels }: TableFrame,
  cells: readonly (readonly (number | undefined)[])[],
  heat: Heat,
): readonly string[] {
  const texts = cells.map((row) => row.map((ms) => cellText(ms, heat)));
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...texts.map((row) => row[column]?.length ?? 0)),
  );
  const labelWidths = corner.map((text, part) =>
    Math.max(text.length, ...labels.map((label) => label[part]?.length ?? 0)),
  );
  const join = (label: readonly string[], row: readonly string[]): string =>
    [...label.map((text, part) => text.padStart(labelWidths[part] ?? 0)), ...row].join('  ').trimEnd();
  const pad = (text: string, column: number): string => text.padStart(widths[column] ?? 0);
  return [
    join(corner, heads.map(pad)),
    ...texts.map((row, index) =>
      join(
        labels[index] ?? [],
        row.map((text, column) => shade(pad(text, column), cells[index]?.[column], heat)),
      ),
    ),
  ];
}

/** `5:12*`: with a star where it is good enough; a blank else, so that digits stand in columns. */
function cellText(ms: number | undefined, { advice, arch }: Heat): string {
  if (ms === undefined) return '– ';
  const isGood = ms <= limitMs(advice, arch);
  return `${clock(ms, leastMs(arch))}${isGood ? '*' : ' '}`;
}

function shade(text: string, ms: number | undefined, heat: Heat): string {
  const inked = text.trimEnd();
  return colourOf(ms, heat)(inked) + text.slice(inked.length);
}

function colourOf(ms: number | undefined, { advice, arch, style }: Heat): (text: string) => string {
  if (ms === undefined) return style.dim;
  const above = ms / Math.max(1, leastMs(arch)) - 1;
  if (ms <= limitMs(advice, arch)) return (text) => style.bold(style.green(text));
  if (above <= WARM) return style.green;
  return above <= HOT ? style.yellow : style.red;
}

function limitMs({ withinPercent }: Advice, arch: ArchAdvice): number {
  return leastMs(arch) * (1 + withinPercent / 100);
}

/** Of all that is compared; what is named is scheduled better, and may be shorter. */
export function leastMs({ settings }: ArchAdvice): number {
  return settings.reduce((least, { makespanMs }) => Math.min(least, makespanMs), Infinity);
}

/** Hours and minutes, or minutes and seconds where the best is under an hour. */
function clock(ms: number, bestMs: number): string {
  const unitMs = bestMs >= HOUR_MS ? MINUTE_MS : 1000;
  const units = Math.round(ms / unitMs);
  return `${String(Math.floor(units / 60))}:${String(units % 60).padStart(2, '0')}`;
}

function legend({ host, withinPercent }: Advice, cells: readonly Cell[]): readonly string[] {
  const star = `* within ${String(withinPercent)} % of the fastest here`;
  if (!cells.includes(undefined)) return [star];
  return [`${star}   – compilers and RAM disk together exceed ${formatBytes(host.memoryBytes)}`];
}

/** What was tried with these slots and this RAM disk: with the most make jobs. */
function cellFor(arch: ArchAdvice, slots: number, ramDiskBytes: number): Cell {
  return leastOf(
    arch.settings.filter((setting) => setting.slots === slots && setting.ramDiskBytes === ramDiskBytes),
  );
}

function leastOf(settings: readonly TriedSetting[]): Cell {
  let least: Cell;
  for (const setting of settings)
    if (least === undefined || setting.makespanMs < least.makespanMs) least = setting;
  return least;
}

/** `4`, or `2–4`. */
function spanOf(numbers: readonly number[]): string {
  const least = Math.min(...numbers);
  const most = Math.max(...numbers);
  if (numbers.length === 0) return '';
  return least === most ? String(least) : `${String(least)}–${String(most)}`;
}
