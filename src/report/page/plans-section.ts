import { formatDuration } from '../../base/quantity.ts';
import type { ReportPlan } from '../report-data.ts';
import { makeButton, makeElement } from './make-element.ts';
import type { PageStore } from './page-state.ts';
import { formatShare, gapOf } from './words.ts';

/** Tabs of the plans: how long each takes, on one scale; the one that is pressed is told about below. */
export function makePlanTabs(store: PageStore, plans: readonly ReportPlan[]): HTMLElement {
  const longest = Math.max(...plans.map(({ makespanMs }) => makespanMs), 1);
  const tabs = plans.map((plan, index) => {
    const bar = makeElement('span', { class: 'plan-bar', 'aria-hidden': 'true' });
    const fill = makeElement('span', { class: 'plan-bar-fill' });
    fill.style.width = `${String((plan.makespanMs / longest) * 100)}%`;
    const bound = makeElement('span', { class: 'plan-bar-bound' });
    bound.style.left = `${String((plan.lowerBoundMs / longest) * 100)}%`;
    bar.append(fill, bound);
    const label = makeElement(
      'span',
      { class: 'plan-tab' },
      makeElement('span', { class: 'plan-name' }, plan.label),
      bar,
      makeElement('span', { class: 'plan-time' }, formatDuration(plan.makespanMs)),
      makeElement('span', { class: 'note' }, `gap ${formatShare(gapOf(plan.makespanMs, plan.lowerBoundMs))}`),
    );
    return makeButton(label, { 'data-plan': String(index) }, () => {
      store.update({ plan: index, ...(store.state.isStacked ? {} : { view: null }) });
    });
  });
  store.subscribe(({ plan }) => {
    tabs.forEach((tab, index) => {
      tab.setAttribute('aria-pressed', String(index === plan));
    });
  });
  return makeElement('div', { class: 'plans card', role: 'group', 'aria-label': 'Plans' }, ...tabs);
}
