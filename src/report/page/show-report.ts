import { at } from '../../base/column.ts';
import type { ComparisonDocument } from '../../compare/comparison-document.ts';
import type { ReportData } from '../report-data.ts';
import { makeBench } from './bench-section.ts';
import { makeAbout } from './about-section.ts';
import { makeBreaksSection } from './breaks-section.ts';
import { makeBuilds } from './builds-section.ts';
import { makeChain, makeLarge } from './chain-section.ts';
import { makeComparison } from './comparison-section.ts';
import { makeLeftOut, revealLeftOut } from './left-out-section.ts';
import { makeButton, makeElement } from './make-element.ts';
import { listenToJumps, makeHeader } from './page-header.ts';
import { PageStore } from './page-state.ts';
import { viewPlan, type PlanView } from './plan-view.ts';
import { makePlanTabs } from './plans-section.ts';
import { listenToPrint } from './listen-to-print.ts';
import { makeSearchBox } from './search-box.ts';
import { makeSidePanel } from './side-panel.ts';
import { readAddress, writeAddress } from './state-address.ts';
import { makeSummary } from './summary-section.ts';
import { makeTimeline } from './timeline-section.ts';
import { nameUnit } from './breaks-section.ts';

/** Builds the page in the body and keeps it and its address in step. */
export function showReport(report: ReportData): void {
  const views = report.plans.map(viewPlan);
  const store = new PageStore(readAddress(location.hash.slice(1), views.length));
  const live = makeLive();
  const say = (text: string): void => {
    live.textContent = text;
  };
  const timeline = makeTimeline(store, views, say);
  const builds = makeBuilds(store, views);
  const showTask = (task: number): void => {
    store.update({ selected: at(at(views, store.state.plan).plan.tasks.ids, task) });
    timeline.gantt.scrollToSelected();
  };
  const search = makeSearchBox(store, views, { showTask, showLeftOut: revealLeftOut });
  const title = report.plans.map(({ label }) => label).join(' | ');
  document.title = `${title} – build plan`;
  const main = makeElement(
    'main',
    {},
    ...(views.length > 1 ? [makePlanTabs(store, report.plans)] : []),
    perPlan(store, views, (view) => [makeSummary(view.plan)]),
    timeline.element,
    ...makeComparisons(report.comparison, store, views),
    ...makeBenches(report),
    builds.element,
    perPlan(store, views, (view) => [
      makeChain(view, store),
      makeLarge(view, store),
      makeBreaksSection(view, store),
      makeLeftOut(view),
      makeAbout(view),
    ]),
  );
  const redraw = (): void => {
    timeline.gantt.redrawTheme();
  };
  document.body.append(
    makeElement('a', { class: 'skip', href: '#timeline', 'data-jump': '' }, 'Skip to the timeline'),
    makeHeader(title, search, missingSections(report), redraw),
    makeElement('div', { class: 'page' }, main, makeSidePanel(store, views, say)),
    live,
  );
  listenToJumps();
  listenToPrint(timeline.gantt, builds);
  keepAddress(store, views.length);
}

/** What is said to those who don't see the page. */
function makeLive(): HTMLElement {
  return makeElement('div', { id: 'live', role: 'status', 'aria-live': 'polite', class: 'hidden-text' });
}

function makeBenches({ bench }: ReportData): readonly HTMLElement[] {
  return bench === null ? [] : [makeBench(bench)];
}

function missingSections({ comparison, bench }: ReportData): readonly string[] {
  return [...(comparison === null ? ['comparison'] : []), ...(bench === null ? ['bench'] : [])];
}

/** What is made anew whenever another plan is chosen. */
function perPlan(
  store: PageStore,
  views: readonly PlanView[],
  make: (view: PlanView) => readonly HTMLElement[],
): HTMLElement {
  const holder = makeElement('div', { class: 'per-plan' });
  store.subscribe((state, previous) => {
    if (state !== previous && state.plan === previous.plan) return;
    holder.replaceChildren(...make(at(views, state.plan)));
  });
  return holder;
}

/** The comparison is of the first two plans, or of two architectures of one. */
function makeComparisons(
  comparison: ComparisonDocument | null,
  store: PageStore,
  views: readonly PlanView[],
): readonly HTMLElement[] {
  if (comparison === null) return [];
  const open = (id: string, side: 0 | 1, label?: string): HTMLElement => {
    const plan = comparison.kind === 'plans' ? side : 0;
    const name = nameUnit(at(views, plan), id);
    const attributes = label === undefined ? {} : { 'aria-label': `${name}, ${label}`, title: name };
    return makeButton(label ?? name, { class: 'link', 'data-unit': id, ...attributes }, () => {
      store.update({ plan, selected: id });
    });
  };
  return [makeComparison(comparison, open)];
}

/** Writes what is shown into the address, and shows what somebody writes there. */
function keepAddress(store: PageStore, planCount: number): void {
  store.subscribe((state) => {
    const address = writeAddress(state);
    // replaced, not pushed: going back leaves the page, not the last zoom
    if (address !== location.hash.slice(1)) history.replaceState(null, '', `#${address}`);
  });
  addEventListener('hashchange', () => {
    const state = readAddress(location.hash.slice(1), planCount);
    if (writeAddress(state) !== writeAddress(store.state)) store.update(state);
  });
}
