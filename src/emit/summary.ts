import { formatBytes, formatDuration } from '../base/quantity.ts';
import type { Plan, PlanArchitecture } from '../plan/plan.ts';
import type { Style } from './style.ts';
import { chainTitle, criticalChain } from './summary/critical-chain.ts';
import { estimates } from './summary/estimates.ts';
import { formatGap, headline, paintGap, searchHint } from './summary/headline.ts';
import { largeBuilds } from './summary/large-builds.ts';
import { leftOut } from './summary/left-out.ts';
import type { Shown } from './summary/lines.ts';
import { countNotWaiting, notWaitedFor } from './summary/not-waited-for.ts';
import { nameUnits, type UnitNames } from './summary/unit-names.ts';
import { textTable } from './text-table.ts';

export interface SummaryOptions {
  /** Every build of each list: any number of lines. */
  readonly all: boolean;
  readonly style: Style;
}

/** The lines of a screen. */
const SCREEN = 40;
/** An empty line, and that there is more. */
const HINT = 2;

/**
 * The plan as a person reads it, on one screen: how long and how good, per architecture; what is critical; where the large
 * builds go; what isn't waited for; what is left out. Lists that don't fit are shortened; all of it stands in the plan in full.
 * @example
 * const plan = readPlan(await readFile('plan.json', 'utf8'), 'plan.json');
 * emitSummary(plan, { all: false, style: plainStyle }).includes('critical chain'); // → true
 */
export function emitSummary(plan: Plan, { all, style }: SummaryOptions): string {
  const names = nameUnits(plan);
  const head = [...headline(plan, names, style), ...searchHint(plan), '', ...architectures(plan, style)];
  const sections = sectionsOf(plan, names, style);
  const unfolded = all ? new Set(sections) : fitting(sections, SCREEN - HINT - head.length);
  const isCut = sections.some((one) => !unfolded.has(one));
  const lines = [
    ...head,
    ...sections.flatMap((one) => (unfolded.has(one) ? one.all() : one.some)),
    ...(isCut ? ['', style.dim('--all shows the rest')] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** A part of the summary, with its title, short and whole. */
interface Section {
  readonly some: readonly string[];
  /** Made when it is asked for: of a whole archive it has ten thousands of lines. */
  readonly all: () => readonly string[];
  /** How many lines all of it has at least. */
  readonly least: number;
  /** Which one gets its whole list first where there is room; the lowest. */
  readonly rank: number;
}

function sectionsOf(plan: Plan, names: UnitNames, style: Style): readonly Section[] {
  const section = (
    rank: number,
    title: string,
    lines: (shown: Shown) => readonly string[],
    least = 0,
  ): Section => {
    const titled = (entries: readonly string[]): readonly string[] =>
      entries.length === 0 ? [] : ['', style.bold(title), ...entries.map((entry) => `  ${entry}`)];
    return { rank, least, some: titled(lines('some')), all: () => titled(lines('all')) };
  };
  return [
    section(
      3,
      chainTitle(plan),
      (shown) => criticalChain(plan, names, shown, style),
      plan.criticalChain.length,
    ),
    section(4, 'builds larger than half of the RAM disk', (shown) => largeBuilds(plan, names, shown, style)),
    section(
      2,
      'not waited for',
      (shown) => notWaitedFor(plan, names, shown, style),
      countNotWaiting(plan, names),
    ),
    section(1, 'not in the plan', (shown) => leftOut(plan, names, shown, style)),
    section(0, 'estimates', () => estimates(plan)),
  ];
}

/** The sections that can be whole so that all together take at most so many lines. */
function fitting(sections: readonly Section[], limit: number): ReadonlySet<Section> {
  const whole = new Set<Section>();
  let left = limit - sections.reduce((sum, { some }) => sum + some.length, 0);
  for (const section of [...sections].sort((a, b) => a.rank - b.rank)) {
    const { some, all, least } = section;
    if (least - some.length > Math.max(0, left)) continue;
    const more = all().length - some.length;
    if (more > left && more > 0) continue;
    left -= more;
    whole.add(section);
  }
  return whole;
}

const COLUMNS = ['', 'builds', 'makespan', 'bound', 'gap', 'RAM disk at peak', 'left out'];

function architectures({ architectures: rows }: Plan, style: Style): readonly string[] {
  const cells = rows.map((row) => [
    row.arch,
    String(row.taskCount),
    formatDuration(row.makespanMs),
    formatDuration(row.lowerBoundMs),
    formatGap(row.makespanMs, row.lowerBoundMs),
    `${formatBytes(row.ramDiskPeakBytes)} of ${formatBytes(row.ramDiskBytes)}`,
    String(row.unbuildableCount + row.notForArchCount),
  ]);
  const paint = (cell: string, column: number, line: number): string => {
    const row = rows[line - 1];
    return row === undefined ? style.dim(cell) : paintFigure(cell, COLUMNS[column] ?? '', row, style);
  };
  return textTable([COLUMNS, ...cells], [false, true, true, true, true, true, true], paint);
}

function paintFigure(cell: string, column: string, row: PlanArchitecture, style: Style): string {
  switch (column) {
    case 'gap':
      return paintGap(cell, row.makespanMs, row.lowerBoundMs, style);
    case 'left out':
      return row.unbuildableCount === 0 ? cell : style.yellow(cell);
    default:
      return cell;
  }
}
