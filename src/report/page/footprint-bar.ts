import { at } from '../../base/column.ts';
import { formatBytes } from '../../base/quantity.ts';
import { FOOTPRINT_PARTS, type ReportTasks } from '../report-data.ts';
import { makeElement } from './make-element.ts';
import { paintOf } from './palette.ts';

const WORDS: Readonly<Record<(typeof FOOTPRINT_PARTS)[number], string>> = {
  baseBytes: 'chroot',
  listsBytes: "apt's lists",
  dependsBytes: 'build dependencies',
  downloadsBytes: 'downloads',
  treeBytes: 'build tree',
  peakBytes: 'peak',
  reserveBytes: 'reserve',
};

/** What a build's reserved bytes are made of, as a bar and its legend. */
export function makeFootprint(tasks: ReportTasks, task: number): HTMLElement {
  const parts = FOOTPRINT_PARTS.map((part, index) => ({
    word: WORDS[part],
    bytes: at(tasks.ramDiskParts, task * FOOTPRINT_PARTS.length + index),
    fill: paintOf(index).fill,
  })).filter(({ bytes }) => bytes > 0);
  const total = Math.max(
    parts.reduce((sum, { bytes }) => sum + bytes, 0),
    1,
  );
  const bar = makeElement('div', { class: 'stack', 'aria-hidden': 'true' });
  const legend = makeElement('ul', { class: 'stack-legend' });
  for (const { word, bytes, fill } of parts) {
    const piece = makeElement('span');
    piece.style.width = `${String((bytes / total) * 100)}%`;
    piece.style.background = fill;
    bar.append(piece);
    const swatch = makeElement('span', { class: 'swatch', 'aria-hidden': 'true' });
    swatch.style.background = fill;
    legend.append(
      makeElement('li', {}, swatch, `${word} `, makeElement('span', { class: 'note' }, formatBytes(bytes))),
    );
  }
  return makeElement('div', { class: 'footprint' }, bar, legend);
}
