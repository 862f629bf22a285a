import type { Prediction, QuantityAccuracy } from '../../accuracy/accuracy-document.ts';
import { formatBytes } from '../../base/quantity.ts';
import { formatMark } from '../svg/time-axis.ts';
import { logAxis, placeOn, type LogAxis } from './log-axis.ts';
import { MARKS } from './marks.ts';
import { escapeXml, pixels, svgText } from '../svg/svg-text.ts';

/** Side of the square that the points lie in. */
export const PLOT = 340;
/** Around it: axis words and title. */
export const LEFT = 78;
export const TOP = 48;

/** How a quantity is named and counted. */
interface Scale {
  readonly title: string;
  readonly format: (value: number) => string;
  /** Ascending. */
  readonly round: readonly number[];
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const SCALES: Readonly<Record<QuantityAccuracy['unit'], Scale>> = {
  ms: {
    title: 'Time',
    format: formatMark,
    round: [
      ...[10, 30, 100, 300, SECOND, 3 * SECOND, 10 * SECOND, 30 * SECOND],
      ...[MINUTE, 3 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 3 * HOUR, 10 * HOUR, DAY, 3 * DAY, 10 * DAY],
    ],
  },
  bytes: {
    title: 'RAM disk',
    format: formatBytes,
    round: Array.from({ length: 36 }, (_, power) => 1024 * 2 ** power),
  },
};

/** One quantity: actual over predicted, both logarithmic, so that the same factor is the same distance everywhere. */
export function drawPanel(accuracy: QuantityAccuracy): readonly string[] {
  const { title, format, round } = SCALES[accuracy.unit];
  const axis = logAxis(
    accuracy.predictions.flatMap(({ predicted, actual }) => [predicted, actual]),
    round,
  );
  return [
    svgText(LEFT, 20, panelTitle(title, accuracy), 'class="acc-title"'),
    `<rect x="${LEFT}" y="${TOP}" width="${PLOT}" height="${PLOT}" class="acc-frame"/>`,
    ...bandOf(axis, accuracy.estimators[0]?.factor90 ?? 1),
    ...ticksOf(axis, format),
    svgText(LEFT + PLOT / 2, TOP + PLOT + 40, 'predicted', 'text-anchor="middle"'),
    `<text transform="translate(14 ${pixels(TOP + PLOT / 2)})rotate(-90)" text-anchor="middle">actual</text>`,
    ...marksOf(accuracy.predictions, axis, format),
  ];
}

/** The panel in a sentence, for who doesn't see it. */
export function describePanel(accuracy: QuantityAccuracy): string {
  const { title } = SCALES[accuracy.unit];
  const [figures] = accuracy.estimators;
  if (figures === undefined) return '';
  const { builds, medianFactor, factor90, bias } = figures;
  return `${title}: of ${String(builds)} builds half are within a factor of ${String(medianFactor)} of what was predicted, 90 % within ${String(factor90)}; the median of actual over predicted is ${String(bias)}.`;
}

function panelTitle(title: string, { builds, estimators }: QuantityAccuracy): string {
  const [figures] = estimators;
  const within = figures === undefined ? '' : `, 90 % within ×${figures.factor90.toFixed(2)}`;
  return `${title}: ${String(builds)} ${builds === 1 ? 'build' : 'builds'}${within}`;
}

function x(axis: LogAxis, value: number): number {
  return LEFT + PLOT * placeOn(axis, value);
}

function y(axis: LogAxis, value: number): number {
  return TOP + PLOT * (1 - placeOn(axis, value));
}

/** The diagonal, and between which factors 90 % of builds lie; cut off at the frame. */
function bandOf(axis: LogAxis, factor90: number): readonly string[] {
  const { low, high } = axis;
  const factor = Math.min(factor90, high / low);
  const corners = [
    [low, low * factor],
    [high / factor, high],
    [high, high],
    [high, high / factor],
    [low * factor, low],
    [low, low],
  ];
  const points = corners.map(([a = low, b = low]) => `${pixels(x(axis, a))},${pixels(y(axis, b))}`);
  return [
    `<polygon points="${points.join(' ')}" class="acc-band"/>`,
    `<path d="M${LEFT} ${TOP + PLOT}L${LEFT + PLOT} ${TOP}" class="acc-diagonal"/>`,
  ];
}

function ticksOf(axis: LogAxis, format: Scale['format']): readonly string[] {
  return axis.ticks.flatMap((tick) => {
    const [across, down] = [x(axis, tick), y(axis, tick)];
    return [
      `<path d="M${pixels(across)} ${TOP}v${PLOT}M${LEFT} ${pixels(down)}h${PLOT}" class="acc-grid"/>`,
      svgText(across, TOP + PLOT + 18, format(tick), 'text-anchor="middle"'),
      svgText(LEFT - 8, down + 4, format(tick), 'text-anchor="end"'),
    ];
  });
}

/** A mark for each build; those that fall on one spot share it, so that no history makes a picture too large to show. */
function marksOf(
  predictions: readonly Prediction[],
  axis: LogAxis,
  format: Scale['format'],
): readonly string[] {
  const spots = new Map<string, { readonly own: Prediction; readonly place: string; count: number }>();
  for (const own of predictions) {
    const place = `${String(Math.round(x(axis, own.predicted)))} ${String(Math.round(y(axis, own.actual)))}`;
    const key = `${own.estimator} ${place}`;
    const spot = spots.get(key);
    if (spot === undefined) spots.set(key, { own, place, count: 1 });
    else spot.count++;
  }
  return [...spots.values()].map(({ own, place, count }) => {
    const more = count === 1 ? '' : `, and ${String(count - 1)} more`;
    const name = `${own.source} ${own.version} ${own.arch}`;
    const words = `${name}: predicted ${format(own.predicted)}, took ${format(own.actual)}${more}`;
    return `<path transform="translate(${place})" d="${MARKS[own.estimator].path}" class="acc-mark acc-${own.estimator}"><title>${escapeXml(words)}</title></path>`;
  });
}
