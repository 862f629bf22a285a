import { formatDuration } from '../../base/quantity.ts';
import { tasksByStart } from '../../plan/make-tasks.ts';
import type { Plan, PlanChainLink } from '../../plan/plan.ts';
import type { Style } from '../style.ts';
import { textTable } from '../text-table.ts';
import { count, type Shown } from './lines.ts';
import { paintPlace, placeOf, startOf } from './place.ts';
import { labelUnit, type UnitNames } from './unit-names.ts';

/** How many of the longest are shown. */
const SHOWN = 5;

/** How long the chain is, and what holds it up. */
export function chainTitle({ criticalChain: chain }: Plan): string {
  const isHeldUp = ({ waitedFor }: PlanChainLink): boolean =>
    waitedFor !== 'start' && waitedFor !== 'need' && waitedFor !== 'release';
  const waits = chain.filter(isHeldUp).length;
  const why =
    waits === 0 ? 'each needs the one before' : `${String(waits)} of them held up by a full builder`;
  return `critical chain: ${count(chain.length, 'build')}${chain.length < 2 ? '' : `, ${why}`}`;
}

/** The longest of the chain, or all of it, in order of time. */
export function criticalChain(plan: Plan, names: UnitNames, shown: Shown, style: Style): readonly string[] {
  const wanted = new Set(plan.criticalChain.map(({ id }) => id));
  const own = tasksByStart(plan.targets).filter(({ id }) => wanted.has(id));
  const byId = new Map(own.map((task) => [task.id, task]));
  const links = plan.criticalChain.flatMap(({ id, waitedFor }) => {
    const task = byId.get(id);
    return task === undefined ? [] : [{ task, waitedFor }];
  });
  const byDuration = [...links].sort((a, b) => b.task.durationMs - a.task.durationMs);
  const longest = new Set(byDuration.slice(0, shown === 'all' ? Infinity : SHOWN));
  const rows = links
    .filter((link) => longest.has(link))
    .map(({ task, waitedFor }) => [
      startOf(task),
      labelUnit(task.id, names, plan),
      placeOf(task),
      formatDuration(task.durationMs),
      WAITED_FOR[waitedFor],
    ]);
  const rest = links.length - rows.length;
  const more = rest === 0 ? [] : [`… and ${String(rest)} shorter ${rest === 1 ? 'one' : 'ones'}`];
  const paint = (cell: string, column: number): string =>
    column === 2 ? paintPlace(cell, style) : column === 4 ? style.yellow(cell) : cell;
  return [...textTable(rows, [true, false, false, true], paint), ...more];
}

const WAITED_FOR = {
  start: '',
  need: '',
  release: 'not before',
  slot: 'waited for a slot',
  'ram-disk': 'waited for RAM disk',
  memory: 'waited for memory',
  'disk-slot': 'waited for a build on disk to end',
  cores: 'waited for cores',
} as const;
