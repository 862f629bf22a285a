import { at } from '../../base/column.ts';
import { formatBytes, formatDuration } from '../../base/quantity.ts';
import { waitedForWords } from './explain-start.ts';
import { makeElement, makeSection, type Child } from './make-element.ts';
import type { PageStore } from './page-state.ts';
import type { PlanView } from './plan-view.ts';
import { makeTable } from './summary-section.ts';
import { makeUnitLink } from './unit-panel.ts';
import { count, formatShare, formatTime } from './words.ts';

/** As many of the largest builds are listed, and all that are built on disk. */
const LARGEST = 15;

/** More rows than these are not listed: the table of all builds has them. */
const MOST = 300;

/** The builds that make the plan as long as it is, first to last. */
export function makeChain(view: PlanView, store: PageStore): HTMLElement {
  const { tasks, builders, criticalChain } = view.plan;
  const chain = [...criticalChain];
  const held = chain.filter((task) => !['', 'what it needs'].includes(waitedForWords(view, task))).length;
  const rows = chain
    .slice(0, MOST)
    .map((task, index): readonly Child[] => [
      makeUnitLink(view, task, store),
      formatTime(at(tasks.startMs, task)),
      formatDuration(at(tasks.durationMs, task)),
      makeShareBar(at(tasks.durationMs, task) / Math.max(view.plan.makespanMs, 1)),
      `${at(builders, at(tasks.builderOf, task)).name}, ${at(tasks.isInRam, task) === 1 ? 'RAM' : 'disk'}`,
      index === 0 ? 'starts with the plan' : waitedForWords(view, task),
    ]);
  const what = `${count(chain.length, 'build')}, each of which starts when the one before ends${held === 0 ? '' : `; ${String(held)} of them were held up by a full builder, not by what they need`}.`;
  const heads = ['Build', 'Start', 'Takes', 'Of the makespan', 'Where', 'Waited for'];
  return makeSection(
    'chain',
    'Critical chain',
    makeElement('p', { class: 'lead' }, what),
    makeElement('div', { class: 'scroll-x tall' }, makeTable('chain-table', heads, rows)),
  );
}

/** What takes most room in the RAM disk, and what is built on disk. */
export function makeLarge(view: PlanView, store: PageStore): HTMLElement {
  const { tasks, builders } = view.plan;
  const all = Array.from({ length: tasks.count }, (_, task) => task);
  const bytes = (task: number): number => at(tasks.ramDiskBytes, task);
  all.sort((a, b) => bytes(b) - bytes(a) || a - b);
  const onDisk = all.filter((task) => at(tasks.isInRam, task) === 0);
  const largest = all
    .filter((task, place) => place < LARGEST || at(tasks.isInRam, task) === 0)
    .slice(0, MOST);
  const most = Math.max(bytes(all[0] ?? 0), 1);
  const rows = largest.map((task): readonly Child[] => [
    makeUnitLink(view, task, store),
    formatBytes(bytes(task)),
    makeShareBar(bytes(task) / most),
    at(tasks.isInRam, task) === 1 ? 'RAM' : 'disk',
    at(builders, at(tasks.builderOf, task)).name,
    formatTime(at(tasks.startMs, task)),
    formatDuration(at(tasks.durationMs, task)),
  ]);
  const what =
    onDisk.length === 0
      ? 'Every build fits into the RAM disk; these take most of it.'
      : `${count(onDisk.length, 'build')} (${formatShare(onDisk.length / Math.max(tasks.count, 1))}) run on disk, where they take longer.`;
  const heads = ['Build', 'Reserved', '', 'Mode', 'Builder', 'Start', 'Takes'];
  return makeSection(
    'large',
    'Large builds',
    makeElement('p', { class: 'lead' }, what),
    makeElement('div', { class: 'scroll-x tall' }, makeTable('large-table', heads, rows)),
  );
}

function makeShareBar(share: number): HTMLElement {
  const fill = makeElement('span', { class: 'meter-fill slots' });
  fill.style.width = `${String(Math.min(share * 100, 100))}%`;
  return makeElement('span', { class: 'meter-track wide', title: formatShare(share) }, fill);
}
