import { groupBy } from '../../base/group-by.ts';
import { formatDuration } from '../../base/quantity.ts';
import type {
  ChangedUnit,
  ComparedBreak,
  ComparisonDocument,
  SideIndex,
} from '../../compare/comparison-document.ts';
import { formatChange, formatRelative } from '../../compare/format-metric.ts';
import { count } from '../summary/lines.ts';
import { showControls } from '../visible-controls.ts';
import { chainSection } from './chain-section.ts';
import { rowsOf, shownOf, type Rows, type Section } from './section.ts';
import { shortNames, type UnitNamer } from './short-names.ts';

/** What differs, the most telling first; no section is empty. */
export function sectionsOf(document: ComparisonDocument): readonly Section[] {
  const name = shortNames(document);
  const sections = [
    ...[settings(document), lone(document, name, 0), lone(document, name, 1)].map(toSection),
    chainSection(document, name),
    ...[
      ...[moved(document, name), durations(document, name), places(document, name)],
      ...[versions(document, name), estimates(document, name)],
      ...[edges(document, name), breaks(document, name), leftOut(document, name), inputs(document)],
    ].map(toSection),
  ];
  return sections.filter(({ rows }) => rows.count > 0).map(withoutControls);
}

/** Whatever characters names have, a cell is text in one line. */
function withoutControls(section: Section): Section {
  const { rows, brief } = section;
  const visible = (row: readonly string[]): readonly string[] => row.map((cell) => showControls(cell));
  const shown: Rows = { ...rows, first: (count) => rows.first(count).map(visible) };
  return { ...section, rows: shown, brief: brief.map(visible) };
}

/** A section whose first rows are the most telling ones. */
interface Draft extends Omit<Section, 'brief'> {
  readonly limit: number;
}

function toSection({ limit, ...section }: Draft): Section {
  const { rows } = section;
  return { ...section, brief: rows.first(shownOf(rows.count, limit)) };
}

/** How many names of a group are shown. */
const NAMES = 3;

function nameSome(units: readonly string[], name: UnitNamer): string {
  const more = units.length - NAMES;
  const shown = more > 1 ? units.slice(0, NAMES) : units;
  return `${shown.map(name).join(', ')}${more > 1 ? ` and ${String(more)} more` : ''}`;
}

function settings({ settings: differing, sides }: ComparisonDocument): Draft {
  return {
    title: sides.some(({ hasRun }) => hasRun) ? 'run with other options' : 'planned with other options',
    head: [],
    rows: rowsOf(differing, ({ name, values }) => [
      name,
      `${values[0] ?? 'not there'} → ${values[1] ?? 'not there'}`,
    ]),
    alignRight: [],
    limit: 4,
    isProse: true,
  };
}

const NO_ROWS = rowsOf([], () => []);

function inputs({ inputs: differing, kind, sides }: ComparisonDocument): Draft {
  const groups = groupBy(differing, ({ sha256: [left, right] }) =>
    left === null ? `only in ${sides[1].label}` : right === null ? `only in ${sides[0].label}` : 'changed',
  );
  return {
    title: 'planned from other inputs',
    head: [],
    rows:
      kind === 'architectures'
        ? NO_ROWS
        : rowsOf([...groups], ([what, files]) => [
            `${what} (${count(files.length, 'file')})`,
            nameSome(
              files.map(({ name }) => name),
              (file) => file,
            ),
          ]),
    alignRight: [],
    limit: 2,
    isProse: true,
  };
}

function lone({ lone: units, sides, counts }: ComparisonDocument, name: UnitNamer, side: SideIndex): Draft {
  const groups = groupBy(
    units.filter((unit) => unit.side === side),
    ({ why: { kind, reason } }) => `${kind} ${reason}`,
  );
  const rows = rowsOf([...groups.values()], (group) => [
    nameSome(
      group.map(({ unit }) => unit),
      name,
    ),
    group[0].why.reason,
  ]);
  return {
    title: `only in ${sides[side].label} (${count(counts.lone[side], 'unit')})`,
    head: [],
    rows,
    alignRight: [],
    limit: 3,
    isProse: true,
  };
}

function changedBy(
  { changed }: ComparisonDocument,
  ...wanted: ChangedUnit['changes']
): readonly ChangedUnit[] {
  return changed.filter(({ changes }) => changes.some((change) => wanted.includes(change)));
}

function moved(document: ComparisonDocument, name: UnitNamer): Draft {
  const units = changedBy(document, 'start');
  return {
    title: `starts that moved (${count(units.length, 'unit')})`,
    head: ['', ...document.sides.map(({ label }) => label), '', 'position'],
    rows: rowsOf(units, ({ unit, tasks: [left, right], startMs }) => [
      name(unit),
      moment(left.startMs),
      moment(right.startMs),
      formatChange('ms', startMs),
      `${String(left.position)} → ${String(right.position)}`,
    ]),
    alignRight: [false, true, true, true, true],
    limit: 5,
    isProse: false,
  };
}

function moment(startMs: number): string {
  return startMs === 0 ? '0s' : formatDuration(startMs);
}

function durations(document: ComparisonDocument, name: UnitNamer): Draft {
  const units = [...changedBy(document, 'duration')].sort(
    (a, b) => Math.abs(b.durationMs) - Math.abs(a.durationMs),
  );
  return {
    title: `durations that differ (${count(units.length, 'unit')})`,
    head: ['', ...document.sides.map(({ label }) => label), '', ''],
    rows: rowsOf(units, ({ unit, tasks: [left, right], durationMs }) => [
      name(unit),
      formatDuration(left.durationMs),
      formatDuration(right.durationMs),
      formatChange('ms', durationMs),
      formatRelative('ms', left.durationMs, durationMs),
    ]),
    alignRight: [false, true, true, true, true],
    limit: 3,
    isProse: false,
  };
}

function places(document: ComparisonDocument, name: UnitNamer): Draft {
  const units = changedBy(document, 'mode', 'builder');
  return {
    title: `built elsewhere (${count(units.length, 'unit')})`,
    head: [],
    rows: rowsOf(units, ({ unit, tasks: [left, right] }) => [
      name(unit),
      `${left.builder} ${left.mode} → ${right.builder} ${right.mode}`,
    ]),
    alignRight: [],
    limit: 3,
    isProse: false,
  };
}

function versions(document: ComparisonDocument, name: UnitNamer): Draft {
  const units = changedBy(document, 'version');
  return {
    title: `other versions (${count(units.length, 'unit')})`,
    head: [],
    rows: rowsOf(units, ({ unit, tasks: [left, right] }) => [
      name(unit),
      `${left.version} → ${right.version}`,
    ]),
    alignRight: [],
    limit: 3,
    isProse: false,
  };
}

function estimates(document: ComparisonDocument, name: UnitNamer): Draft {
  const units = changedBy(document, 'duration-estimate', 'ram-disk-estimate');
  const steps = units.flatMap(({ unit, tasks: [{ estimatedBy: left }, { estimatedBy: right }] }) =>
    [
      { unit, what: 'duration', from: left.duration, to: right.duration },
      { unit, what: 'RAM disk', from: left.ramDisk, to: right.ramDisk },
    ].filter(({ from, to }) => from !== to),
  );
  const groups = groupBy(steps, ({ what, from, to }) => `${what}: ${from} → ${to}`);
  return {
    title: `estimated by other means (${count(units.length, 'unit')})`,
    head: [],
    rows: rowsOf([...groups], ([step, group]) => [
      `${step} (${count(group.length, 'unit')})`,
      nameSome(
        group.map(({ unit }) => unit),
        name,
      ),
    ]),
    alignRight: [],
    limit: 2,
    isProse: true,
  };
}

function edges({ edges: lonely, sides }: ComparisonDocument, name: UnitNamer): Draft {
  const groups = groupBy(lonely, ({ unit, side, brokenBy }) => JSON.stringify([unit, side, brokenBy]));
  return {
    title: `waits on one side only (${String(lonely.length)})`,
    head: [],
    rows: rowsOf([...groups.values()], (group) => {
      const [{ unit, side, brokenBy }] = group;
      const waits = nameSome(
        group.map(({ needs }) => needs),
        name,
      );
      const why = brokenBy === null ? '' : ` (there: ${BROKEN_BY[brokenBy]})`;
      return [name(unit), `waits in ${sides[side].label} for ${waits}${why}`];
    }),
    alignRight: [],
    limit: 3,
    isProse: true,
  };
}

type Opened = NonNullable<ComparedBreak['breaks'][number]>;

const BROKEN_BY: Readonly<Record<Opened['kind'], string>> = {
  'existing-binary': 'an existing binary serves',
  profile: 'a build profile drops it',
  'staged-build': 'a first build serves',
  'arch-all-apart': 'its halves are built apart',
  'cross-build': 'it is built on another architecture',
  'later-layer': 'a later layer is not waited for',
};

function breaks({ breaks: opened, sides }: ComparisonDocument, name: UnitNamer): Draft {
  const groups = groupBy(opened, ({ unit, breaks: [left, right] }) =>
    JSON.stringify([unit, describeBreak(left), describeBreak(right)]),
  );
  return {
    title: `not waited for on one side, or otherwise (${String(opened.length)})`,
    head: [],
    rows: rowsOf([...groups.values()], (group) => {
      const [{ unit, breaks: pair }] = group;
      const needs = nameSome(
        group.map((entry) => entry.needs),
        name,
      );
      const both = pair.map((entry, side) => `${sides[side === 0 ? 0 : 1].label}: ${describeBreak(entry)}`);
      return [name(unit), `${needs}: ${both.join('; ')}`];
    }),
    alignRight: [],
    limit: 2,
    isProse: true,
  };
}

function describeBreak(entry: Opened | null): string {
  if (entry === null) return 'no such break';
  const by = entry.servedBy ?? entry.profile;
  return by === undefined ? BROKEN_BY[entry.kind] : `${BROKEN_BY[entry.kind]}, ${by}`;
}

function leftOut({ leftOut: lost, sides }: ComparisonDocument, name: UnitNamer): Draft {
  return {
    title: `built on neither side, for other reasons (${count(lost.length, 'unit')})`,
    head: [],
    rows: rowsOf(lost, ({ unit, reasons: [left, right] }) => [
      name(unit),
      `${sides[0].label}: ${left.reason}; ${sides[1].label}: ${right.reason}`,
    ]),
    alignRight: [],
    limit: 2,
    isProse: true,
  };
}
