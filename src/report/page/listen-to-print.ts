import type { BuildsSection } from './builds-section.ts';
import type { GanttView } from './gantt/gantt-view.ts';

/** What fits across a landscape page. In pixels. */
const PAPER_WIDTH = 1040;

/** On paper all is light, the Gantt is drawn whole, tables and groups are unfolded; afterwards all is as before. */
export function listenToPrint(gantt: GanttView, builds: BuildsSection): void {
  let folded: HTMLDetailsElement[] = [];
  const root = document.documentElement;
  addEventListener('beforeprint', () => {
    root.dataset['printing'] = '';
    folded = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open], .too-long)')];
    for (const details of folded) {
      details.open = true;
      // the browser tells of it only later, when the paper is full
      details.dispatchEvent(new Event('toggle'));
    }
    gantt.drawWhole(PAPER_WIDTH);
    builds.unfold(true);
  });
  addEventListener('afterprint', () => {
    delete root.dataset['printing'];
    for (const details of folded) details.open = false;
    gantt.drawWhole(undefined);
    builds.unfold(false);
  });
}
