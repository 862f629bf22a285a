import type { Unit } from '../archive/unit.ts';
import { compareText } from '../base/compare.ts';
import { groupBy } from '../base/group-by.ts';
import { compareRecords } from '../history/compare-records.ts';
import type { BuildRecord } from '../history/record.ts';
import type { UnitFacts } from './unit-facts.ts';

/** A build that took place, and which build of today it is compared with. */
export interface Sighting {
  readonly record: BuildRecord;
  /** The unit of the same source that is most like it; undefined: the source isn't in the plan. */
  readonly facts: UnitFacts | undefined;
}

/** All builds of one source, in the order of `compareRecords`. */
export interface SourceSightings {
  readonly source: string;
  readonly sightings: readonly Sighting[];
}

/** Sources in code-unit order: whatever the order of the records, the same. O(records + units), sorted source by source. */
export function sightSources(
  history: readonly BuildRecord[],
  facts: readonly UnitFacts[],
): readonly SourceSightings[] {
  const units = groupBy(facts, ({ unit }) => unit.source.name);
  return [...groupBy(history, ({ source }) => source)]
    .sort(([a], [b]) => compareText(a, b))
    .map(([source, own]) => ({
      source,
      sightings: [...own]
        .sort(compareRecords)
        .map((record): Sighting => ({ record, facts: mostAlike(record, units.get(source) ?? []) })),
    }));
}

/** How unlike a unit and a record are; 0: the same build, but for the version. */
export function unlikeness(unit: Unit, record: BuildRecord): number {
  const kind = record.kind ?? (record.arch === 'all' ? 'all' : undefined);
  const isOtherArch = record.arch !== 'all' && record.arch !== unit.target.arch;
  const isOtherKind = kind !== undefined && kind !== unit.target.kind;
  const isOnlyAll = isOtherKind && (kind === 'all' || unit.target.kind === 'all');
  return (
    (isOnlyAll ? 8 : isOtherKind ? 1 : 0) +
    (unit.stage === '' ? 0 : 4) +
    (isOtherArch ? 2 : 0) +
    (runsTests(record) === !unit.target.profiles.includes('nocheck') ? 0 : 1)
  );
}

export function runsTests(record: BuildRecord): boolean {
  return record.profiles?.includes('nocheck') !== true;
}

/** Ties: the version of the record, then the lower unit id. */
function mostAlike(record: BuildRecord, candidates: readonly UnitFacts[]): UnitFacts | undefined {
  let best: UnitFacts | undefined;
  let least = Infinity;
  for (const own of candidates) {
    const distance = unlikeness(own.unit, record) * 2 + Number(own.unit.version !== record.version);
    if (distance >= least) continue;
    best = own;
    least = distance;
  }
  return best;
}
