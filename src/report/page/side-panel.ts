import { at } from '../../base/column.ts';
import { sayTask } from './explain-start.ts';
import { makeButton, makeElement } from './make-element.ts';
import type { PageStore } from './page-state.ts';
import { fullName, type PlanView } from './plan-view.ts';
import { describeUnit } from './unit-panel.ts';

/**
 * The panel that tells of the selected build; hidden while none is. Going from name to name inside it keeps the focus there.
 * @param say tells a screen reader
 */
export function makeSidePanel(
  store: PageStore,
  views: readonly PlanView[],
  say: (text: string) => void,
): HTMLElement {
  const panel = makeElement('aside', { id: 'unit', 'aria-labelledby': 'unit-title' });
  const shut = (): void => {
    store.update({ selected: '' });
    document.getElementById('gantt')?.focus();
  };
  panel.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') shut();
  });
  store.subscribe((state, previous) => {
    if (state !== previous && state.selected === previous.selected && state.plan === previous.plan) return;
    const view = at(views, state.plan);
    const task = view.taskById.get(state.selected);
    const hadFocus = panel.contains(document.activeElement);
    panel.hidden = task === undefined;
    document.body.classList.toggle('has-unit', task !== undefined);
    if (task === undefined) return;
    const close = makeButton('×', { class: 'close', 'aria-label': 'Close', id: 'unit-close' }, shut);
    const title = makeElement('h2', { id: 'unit-title', tabindex: '-1' }, fullName(view, task));
    const id = makeElement('p', { class: 'muted unit-id' }, at(view.plan.tasks.ids, task));
    panel.replaceChildren(
      makeElement('div', { class: 'unit-head' }, title, close),
      id,
      ...describeUnit(view, task, store),
    );
    panel.scrollTop = 0;
    if (hadFocus) title.focus();
    if (state !== previous) say(sayTask(view, task));
  });
  return panel;
}
