import { groupBy } from '../../base/group-by.ts';
import { formatDuration } from '../../base/quantity.ts';
import type {
  ChangedUnit,
  ComparedLink,
  ComparedMetric,
  ComparisonDocument,
} from '../../compare/comparison-document.ts';
import { formatDifference, formatMetric, metricWords } from './comparison-words.ts';
import { makeFolded } from './breaks-section.ts';
import { LEFT_OUT_KINDS } from './left-out-groups.ts';
import { makeElement, makeSection, type Child } from './make-element.ts';
import { makeTable } from './summary-section.ts';
import { count, formatCount, formatShare, formatTime } from './words.ts';

/** As many rows of a list are shown. */
const SHOWN = 40;

/** A button that shows a unit, of the left (0) or right side, by its id; `label` says something else than its name. */
type OpenUnit = (id: string, side: 0 | 1, label?: string) => HTMLElement;

/** Two schedules side by side: what differs, and why. */
export function makeComparison(comparison: ComparisonDocument, open: OpenUnit): HTMLElement {
  const [left, right] = comparison.sides;
  const { counts } = comparison;
  const lead = comparison.isSame
    ? 'The schedules are alike.'
    : `${count(counts.both, 'unit')} on both sides, ${left.hasRun || right.hasRun ? 'planned, and as they took place' : `${formatCount(counts.changed)} of them planned otherwise`}; ${formatCount(counts.lone[0])} only in ${left.label}, ${formatCount(counts.lone[1])} only in ${right.label}.`;
  return makeSection(
    'comparison',
    'Comparison',
    makeElement('p', { class: 'lead' }, lead),
    makeElement(
      'div',
      { class: 'side-by-side' },
      makeElement('div', { class: 'scroll-x' }, makeMetrics(comparison)),
      ...makeChains(comparison, open),
    ),
    ...makeChanged(comparison, open),
    ...makeLone(comparison, open),
    ...makeEdges(comparison),
    ...makeBreaks(comparison),
    ...makeLosses(comparison),
    ...makeSettings(comparison),
  );
}

function makeMetrics({ sides: [left, right], metrics }: ComparisonDocument): HTMLElement {
  const rows = metrics.map((metric): readonly Child[] => [
    makeElement('span', { title: metric.describe }, metricWords(metric.name)),
    formatMetric(metric.values[0], metric.unit),
    formatMetric(metric.values[1], metric.unit),
    makeDifference(metric),
  ]);
  return makeTable('comparison-metrics', ['', left.label, right.label, 'Difference'], rows);
}

function makeDifference({ difference, values, unit }: ComparedMetric): HTMLElement {
  const share =
    unit === 'share' || values[0] === 0 || difference === 0
      ? ''
      : `${difference > 0 ? '+' : '−'}${formatShare(Math.abs(difference / values[0]))}`;
  return makeElement(
    'span',
    {},
    makeElement('span', { class: difference === 0 ? 'muted' : 'strong' }, formatDifference(difference, unit)),
    makeElement('span', { class: 'note' }, share),
  );
}

function makeChains({ sides }: ComparisonDocument, open: OpenUnit): readonly HTMLElement[] {
  return ([0, 1] as const).map((side) => {
    const { label, criticalChain } = sides[side];
    return makeElement(
      'div',
      {},
      makeElement('h3', {}, `Critical chain: ${label}`),
      makeElement(
        'ol',
        { class: 'compact' },
        ...criticalChain.slice(0, SHOWN).map((link) => makeLink(link, side, open)),
      ),
      ...(criticalChain.length > SHOWN
        ? [makeElement('p', { class: 'note' }, `${formatCount(criticalChain.length - SHOWN)} more`)]
        : []),
    );
  });
}

function makeLink(link: ComparedLink, side: 0 | 1, open: OpenUnit): HTMLElement {
  return makeElement(
    'li',
    { class: link.isCommon ? 'common' : '' },
    open(link.id, side),
    makeElement(
      'span',
      { class: 'note' },
      `${formatTime(link.startMs)}, takes ${formatDuration(link.durationMs)}`,
    ),
    ...(link.isCommon ? [makeElement('span', { class: 'badge' }, 'on both')] : []),
  );
}

function makeChanged(
  { changed, sides: [left, right] }: ComparisonDocument,
  open: OpenUnit,
): readonly HTMLElement[] {
  if (changed.length === 0) return [];
  const rows = changed
    .slice(0, SHOWN)
    .map((unit: ChangedUnit): readonly Child[] => [
      unit.unit,
      open(unit.tasks[0].id, 0, formatTime(unit.tasks[0].startMs)),
      open(unit.tasks[1].id, 1, formatTime(unit.tasks[1].startMs)),
      makeElement('span', { class: 'strong' }, formatDifference(unit.startMs, 'ms')),
      formatDifference(unit.durationMs, 'ms'),
      makeElement(
        'span',
        { class: 'wrapped' },
        unit.changes.map((change) => change.replaceAll('-', ' ')).join(', '),
      ),
    ]);
  const heads = ['Unit', `Starts in ${left.label}`, `in ${right.label}`, 'Start', 'Takes', 'What differs'];
  const rest = changed.length - rows.length;
  return [
    makeElement('h3', {}, 'Moved most'),
    makeElement('div', { class: 'scroll-x tall' }, makeTable('comparison-changed', heads, rows)),
    ...(rest > 0
      ? [
          makeElement(
            'p',
            { class: 'note' },
            `${formatCount(rest)} more: debplan compare --json lists them all`,
          ),
        ]
      : []),
  ];
}

const LONE_KINDS: Readonly<Record<string, string>> = {
  ...LEFT_OUT_KINDS,
  'arch-not-planned': 'The architecture is not planned there',
  'other-version': 'Another version is built there',
  'other-layer': 'Built in another layer there',
  'other-halves': 'Halves are built together there, or apart',
  stage: 'Built once there',
  'not-selected': 'Not selected there',
  'not-read': 'Not among what was read there',
  unknown: 'No reason known',
};

function makeLone({ lone, sides }: ComparisonDocument, open: OpenUnit): readonly HTMLElement[] {
  const groups = groupBy(lone, ({ side, why }) => `${String(side)} ${why.kind}`);
  const folded = [...groups.values()].map((units) => {
    const [{ side, why }] = units;
    const items = units.map(
      ({ task, why: { reason } }) =>
        (): HTMLElement =>
          makeElement('li', {}, open(task.id, side), makeElement('div', { class: 'note reason' }, reason)),
    );
    return makeFolded(
      `Only in ${sides[side].label}: ${LONE_KINDS[why.kind] ?? why.kind}`,
      count(units.length, 'build'),
      items,
    );
  });
  return folded.length === 0 ? [] : [makeElement('h3', {}, 'On one side only'), ...folded];
}

function makeEdges({ edges, sides }: ComparisonDocument): readonly HTMLElement[] {
  return ([0, 1] as const).flatMap((side) => {
    const own = edges.filter((edge) => edge.side === side);
    if (own.length === 0) return [];
    const items = own.map(
      ({ unit, needs, brokenBy }) =>
        (): HTMLElement =>
          makeElement('li', {}, `${unit} → ${needs}`, makeElement('span', { class: 'note' }, brokenBy ?? '')),
    );
    return [makeFolded(`Waits only in ${sides[side].label}`, count(own.length, 'edge'), items)];
  });
}

function makeBreaks({ breaks, sides: [left, right] }: ComparisonDocument): readonly HTMLElement[] {
  if (breaks.length === 0) return [];
  const items = breaks.map(
    ({ unit, needs, breaks: [one, other] }) =>
      (): HTMLElement =>
        makeElement(
          'li',
          {},
          `${unit} does not wait for ${needs}`,
          makeElement(
            'div',
            { class: 'note reason' },
            `${left.label}: ${one?.kind ?? 'waits'}; ${right.label}: ${other?.kind ?? 'waits'}`,
          ),
        ),
  );
  return [makeFolded('Cycles opened otherwise', count(breaks.length, 'edge'), items)];
}

function makeLosses({ leftOut, sides: [left, right] }: ComparisonDocument): readonly HTMLElement[] {
  if (leftOut.length === 0) return [];
  const items = leftOut.map(
    ({ unit, reasons: [one, other] }) =>
      (): HTMLElement =>
        makeElement(
          'li',
          {},
          unit,
          makeElement('div', { class: 'note reason' }, `${left.label}: ${one.reason}`),
          makeElement('div', { class: 'note reason' }, `${right.label}: ${other.reason}`),
        ),
  );
  return [makeFolded('Left out on both sides, for different reasons', count(leftOut.length, 'unit'), items)];
}

function makeSettings({
  settings,
  inputs,
  sides: [left, right],
}: ComparisonDocument): readonly HTMLElement[] {
  const rows = settings.map(({ name, values }): readonly Child[] => [
    name,
    values[0] ?? '–',
    values[1] ?? '–',
  ]);
  const files = inputs.map(
    ({ name, sha256: [one, other] }) =>
      (): HTMLElement =>
        makeElement(
          'li',
          {},
          name,
          makeElement(
            'span',
            { class: 'note' },
            one === null
              ? `only in ${right.label}`
              : other === null
                ? `only in ${left.label}`
                : 'other contents',
          ),
        ),
  );
  return [
    ...(rows.length === 0
      ? []
      : [
          makeElement('h3', {}, 'Settings that differ'),
          makeElement(
            'div',
            { class: 'scroll-x' },
            makeTable('comparison-settings', ['', left.label, right.label], rows),
          ),
        ]),
    ...(files.length === 0 ? [] : [makeFolded('Inputs that differ', count(files.length, 'file'), files)]),
  ];
}
