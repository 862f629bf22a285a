import { at } from '../../base/column.ts';
import { compareNumber } from '../../base/compare.ts';
import { formatBytes, formatDuration } from '../../base/quantity.ts';
import { BREAK_KINDS } from './break-groups.ts';
import { countWaiting, dependentsOf, needsOf, waitingFor } from './dependents.ts';
import { estimatorWords } from './dimensions.ts';
import { explainStart } from './explain-start.ts';
import { makeFootprint } from './footprint-bar.ts';
import { endMs } from './lanes.ts';
import { makeButton, makeElement, type Child } from './make-element.ts';
import type { PageStore } from './page-state.ts';
import { archOf, fullName, type PlanView } from './plan-view.ts';
import { typeExplain, typeWhy } from './typed-commands.ts';
import { count, formatCount, formatTime } from './words.ts';

/** So many names of a list are shown at first. */
const SHOWN = 12;

/** So many more when asked. */
const AT_ONCE = 200;

/** What the side panel tells of a build. */
export function describeUnit(view: PlanView, task: number, store: PageStore): readonly HTMLElement[] {
  return [
    makeFacts(view, task),
    makeStart(view, task, store),
    makeNeeds(view, task, store),
    makeWaiting(view, task, store),
    makeEstimate(view, task),
    ...makeBreaks(view, task, store),
    makeCommands(view, task),
  ];
}

/** A unit's name that opens it. */
export function makeUnitLink(view: PlanView, task: number, store: PageStore): HTMLElement {
  const id = at(view.plan.tasks.ids, task);
  return makeButton(fullName(view, task), { class: 'link', 'data-unit': id }, () => {
    store.update({ selected: id });
  });
}

function makePart(title: string, ...children: readonly Child[]): HTMLElement {
  return makeElement('section', { class: 'part' }, makeElement('h3', {}, title), ...children);
}

/** Words and what they mean for this unit, in pairs. */
export function makePairs(pairs: readonly (readonly [string, Child])[]): HTMLElement {
  return makeElement(
    'dl',
    {},
    ...pairs.flatMap(([word, meaning]) => [makeElement('dt', {}, word), makeElement('dd', {}, meaning)]),
  );
}

function makeFacts(view: PlanView, task: number): HTMLElement {
  const { tasks, builders } = view.plan;
  const builder = at(builders, at(tasks.builderOf, task));
  const layer = at(tasks.layers, at(tasks.layerOf, task));
  const stage = at(tasks.stages, at(tasks.stageOf, task));
  const place = at(view.chainPlace, task);
  const mode = at(tasks.isInRam, task) === 1 ? 'in RAM' : 'on disk';
  return makePairs([
    ['Version', at(tasks.versions, task)],
    ['Built for', archOf(tasks, task)],
    ...(layer === '' ? [] : [['Layer', layer] as const]),
    ...(stage === '' ? [] : [['Stage', stage] as const]),
    ['Runs on', `${builder.name}, slot ${String(at(tasks.slot, task) + 1)}, ${mode}`],
    ['When', `${formatTime(at(tasks.startMs, task))} – ${formatTime(endMs(tasks, task))}`],
    [
      'Takes',
      `${formatDuration(at(tasks.durationMs, task))} with ${count(at(tasks.makeJobs, task), 'make job')}`,
    ],
    ...(place === 0
      ? []
      : [
          [
            'Critical',
            `build ${formatCount(place)} of ${formatCount(view.plan.criticalChain.length)} in the chain`,
          ] as const,
        ]),
  ]);
}

function makeStart(view: PlanView, task: number, store: PageStore): HTMLElement {
  const reason = explainStart(view, task);
  const link = reason.task === undefined ? [] : [makeUnitLink(view, reason.task, store)];
  return makePart('Why it starts then', makeElement('p', { id: 'unit-start' }, reason.text, ...link));
}

function makeNeeds(view: PlanView, task: number, store: PageStore): HTMLElement {
  const { tasks } = view.plan;
  const needs = [...needsOf(tasks, task)].sort(
    (a, b) => endMs(tasks, b) - endMs(tasks, a) || compareNumber(a, b),
  );
  const last = needs[0] === undefined ? 0 : endMs(tasks, needs[0]);
  return makePart(
    `Needs ${formatCount(needs.length)}`,
    needs.length === 0
      ? makeElement('p', { class: 'muted' }, 'Nothing that this plan builds.')
      : makeUnitList(view, needs, store, 'unit-needs', (need) =>
          endMs(tasks, need) === last
            ? `ended ${formatTime(last)}, the last`
            : `ended ${formatTime(endMs(tasks, need))}`,
        ),
  );
}

function makeWaiting(view: PlanView, task: number, store: PageStore): HTMLElement {
  const { tasks } = view.plan;
  const waiting = [...waitingFor(dependentsOf(view.plan.tasks), task)];
  const all = countWaiting(dependentsOf(view.plan.tasks), task);
  return makePart(
    `Waited for by ${formatCount(waiting.length)}`,
    ...(all > waiting.length
      ? [makeElement('p', { class: 'muted' }, `${formatCount(all)} with all that wait for those`)]
      : []),
    waiting.length === 0
      ? makeElement('p', { class: 'muted' }, 'Nothing in this plan.')
      : makeUnitList(
          view,
          waiting,
          store,
          'unit-waiting',
          (one) => `starts ${formatTime(at(tasks.startMs, one))}`,
        ),
  );
}

function makeUnitList(
  view: PlanView,
  units: readonly number[],
  store: PageStore,
  id: string,
  note: (task: number) => string,
): HTMLElement {
  const item = (task: number): HTMLElement =>
    makeElement(
      'li',
      {},
      makeUnitLink(view, task, store),
      makeElement('span', { class: 'note' }, note(task)),
    );
  const list = makeElement('ul', { class: 'units', id }, ...units.slice(0, SHOWN).map(item));
  const rest = (): number => units.length - list.childElementCount;
  if (rest() === 0) return list;
  const words = (): string => `${formatCount(rest())} more`;
  const more = makeButton(words(), { class: 'more' }, () => {
    const first = list.childElementCount;
    list.append(...units.slice(first, first + AT_ONCE).map(item));
    if (rest() === 0) more.remove();
    else more.textContent = words();
    list.children[first]?.querySelector('button')?.focus();
  });
  return makeElement('div', {}, list, more);
}

function makeEstimate(view: PlanView, task: number): HTMLElement {
  const { tasks } = view.plan;
  const by = (estimator: number): string => estimatorWords(at(tasks.estimators, estimator));
  return makePart(
    'Estimate',
    makePairs([
      [
        'Work',
        `${formatDuration(at(tasks.workMs, task))}; 90 % of such builds within ${formatDuration(at(tasks.workUpperMs, task))}`,
      ],
      ['Work from', by(at(tasks.durationBy, task))],
      [
        'Footprint',
        `${formatBytes(at(tasks.ramDiskBytes, task))} reserved; half within ${formatBytes(at(tasks.ramDiskMedianBytes, task))}, 90 % within ${formatBytes(at(tasks.ramDiskUpperBytes, task))}`,
      ],
      ['Footprint from', by(at(tasks.ramDiskBy, task))],
      ['Memory', formatBytes(at(tasks.memoryBytes, task))],
    ]),
    makeFootprint(tasks, task),
  );
}

function makeBreaks(view: PlanView, task: number, store: PageStore): readonly HTMLElement[] {
  const id = at(view.plan.tasks.ids, task);
  const name = (unit: string): Child => {
    const other = view.taskById.get(unit);
    return other === undefined ? unit : makeUnitLink(view, other, store);
  };
  const items = view.plan.breaks
    .filter(({ from, to }) => from === id || to === id)
    .slice(0, SHOWN * 2)
    .map(({ from, to, kind, reason, servedBy }) =>
      makeElement(
        'li',
        {},
        ...(from === id ? ['does not wait for ', name(to)] : [name(from), ' does not wait for it']),
        makeElement(
          'div',
          { class: 'note' },
          `${BREAK_KINDS[kind]}${servedBy === undefined ? '' : `: ${servedBy}`}`,
        ),
        makeElement('div', { class: 'note' }, reason),
      ),
    );
  return items.length === 0
    ? []
    : [makePart('Not waited for', makeElement('ul', { class: 'units' }, ...items))];
}

function makeCommands(view: PlanView, task: number): HTMLElement {
  const { tasks } = view.plan;
  const last = [...needsOf(tasks, task)].sort((a, b) => endMs(tasks, b) - endMs(tasks, a) || a - b)[0];
  const id = at(tasks.ids, task);
  const commands = [
    ...(last === undefined ? [] : [typeWhy(id, at(tasks.ids, last))]),
    typeExplain(at(tasks.sources, task)),
  ];
  return makePart(
    'To ask further',
    ...commands.map((line) => makeElement('pre', {}, makeElement('code', {}, line))),
  );
}
