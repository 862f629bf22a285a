import type { AccuracyDocument, Prediction, QuantityAccuracy } from '../../accuracy/accuracy-document.ts';
import { MARKS } from './marks.ts';
import { describePanel, drawPanel, LEFT, PLOT, TOP } from './panel.ts';
import { inkSheet, type Ink } from '../svg/ink-sheet.ts';
import { escapeXml, svgText } from '../svg/svg-text.ts';

const PANEL = LEFT + PLOT + 24;
const LEGEND_TOP = TOP + PLOT + 66;
const LINE = 20;

/**
 * Predicted against actual as a picture: a panel for time and one for RAM disk, both logarithmic, with the band that holds
 * 90 % of builds. Stands alone, and can be put into a page: it loads nothing, its classes and ids begin with `acc-`, and
 * it is light or dark as the reader's system is.
 */
export function emitAccuracySvg(document: AccuracyDocument): string {
  const panels = [document.duration, document.ramDisk].filter(({ builds }) => builds > 0);
  const legend = legendOf(panels);
  const width = PANEL * Math.max(1, panels.length);
  const height = LEGEND_TOP + 4 + LINE * Math.ceil(legend.length / (panels.length > 1 ? 4 : 2));
  const description = panels.map(describePanel).join(' ');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="acc-title acc-desc" class="acc-plot">`,
    `<title id="acc-title">Predicted against actual builds</title>`,
    `<desc id="acc-desc">${escapeXml(description === '' ? 'There is nothing to compare.' : description)}</desc>`,
    `<style>${styleSheet()}</style>`,
    `<rect width="${width}" height="${height}" class="acc-paper"/>`,
    ...panels.flatMap((panel, place) => [
      `<g transform="translate(${place * PANEL} 0)">`,
      ...drawPanel(panel),
      '</g>',
    ]),
    ...placeLegend(legend, panels.length > 1 ? 4 : 2),
    '</svg>',
    '',
  ].join('\n');
}

interface LegendEntry {
  /** SVG about a point at the origin. */
  readonly mark: string;
  readonly words: string;
}

function legendOf(panels: readonly QuantityAccuracy[]): readonly LegendEntry[] {
  if (panels.length === 0) return [{ mark: '', words: 'no build of the history could be compared' }];
  const used = new Set(panels.flatMap(({ predictions }) => predictions.map(({ estimator }) => estimator)));
  const marks = ESTIMATORS.filter((estimator) => used.has(estimator)).map((estimator) => ({
    mark: `<path d="${MARKS[estimator].path}" class="acc-mark acc-${estimator}"/>`,
    words: MARKS[estimator].words,
  }));
  return [
    ...marks,
    { mark: '<path d="M-8 5 8-5" class="acc-diagonal"/>', words: 'as predicted' },
    { mark: '<rect x="-8" y="-5" width="16" height="10" class="acc-band"/>', words: '90 % of builds' },
  ];
}

function placeLegend(legend: readonly LegendEntry[], columns: number): readonly string[] {
  return legend.flatMap(({ mark, words }, index) => {
    const left = LEFT + 8 + (index % columns) * 196;
    const top = LEGEND_TOP + Math.floor(index / columns) * LINE;
    return [`<g transform="translate(${left} ${top})">${mark}${svgText(16, 4, words)}</g>`];
  });
}

const ESTIMATORS: readonly Prediction['estimator'][] = [
  'override',
  'declared',
  'history',
  'prior',
  'default',
];

/** Colours of everything that is no mark. */
const INKS: readonly Ink[] = [
  { of: 'acc-paper', property: 'fill', light: '#ffffff', dark: '#15181c' },
  { of: 'acc-plot text', property: 'fill', light: '#24292f', dark: '#dfe4ea' },
  { of: 'acc-frame', property: 'stroke', light: '#8c959f', dark: '#6e7681' },
  { of: 'acc-grid', property: 'stroke', light: '#d8dde3', dark: '#343a42' },
  { of: 'acc-diagonal', property: 'stroke', light: '#57606a', dark: '#a5adb8' },
  { of: 'acc-band', property: 'fill', light: '#dde6f2', dark: '#232f3f' },
];

function styleSheet(): string {
  const marks = ESTIMATORS.map((name): Ink => {
    const { light, dark } = MARKS[name];
    return { of: `acc-${name}`, property: 'both', light, dark };
  });
  return [
    '.acc-plot text{font:12px system-ui,sans-serif}.acc-plot .acc-title{font-weight:600;font-size:14px}',
    '.acc-frame,.acc-grid,.acc-diagonal{fill:none}.acc-diagonal{stroke-dasharray:5 4}',
    '.acc-mark{fill-opacity:.45;stroke-width:1.3}',
    inkSheet([...INKS, ...marks]),
  ].join('\n');
}
