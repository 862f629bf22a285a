import type { Universe } from '../archive/universe.ts';
import type { Unit } from '../archive/unit.ts';
import { at } from '../base/column.ts';
import { quantileOf, type LogNormal } from '../base/log-normal.ts';
import { DURATION_JOBS } from '../dispatch/parse-builder.ts';
import { findFault, leastFootprint } from '../estimate/declared.ts';
import { checkDeclarations } from '../estimate/declarations.ts';
import type { Estimate, EstimateContext } from '../estimate/estimate.ts';
import { estimateSubject } from '../estimate/estimate-units.ts';
import { featuresOf } from '../estimate/features.ts';
import { sightSources, type Sighting } from '../estimate/sightings.ts';
import {
  learn,
  Overrides,
  sightingsByName,
  subjectOf,
  type Learned,
  type Subject,
} from '../estimate/subject.ts';
import { timeObservations, wallOf } from '../estimate/time-model.ts';
import { treeObservations, treeOf } from '../estimate/tree-model.ts';
import { unitFacts } from '../estimate/unit-facts.ts';
import type { BuildRecord } from '../history/record.ts';
import {
  EXPLAIN_SCHEMA,
  type DeclaredExplanation,
  type DurationExplanation,
  type ExplainDocument,
  type FeaturesExplanation,
  type RamDiskExplanation,
  type Spread,
  type UnitExplanation,
} from './explain-document.ts';
import { largestDepends } from './largest-depends.ts';
import { dateOf, seenBuilds, thousandths } from './seen-builds.ts';

/** A unit's subject, with the builds of its source. */
interface Explained {
  readonly subject: Subject;
  readonly own: readonly Sighting[];
  readonly learned: Learned;
}

/**
 * Where the estimates of some units come from. The figures are those that `estimateUnits` gives in the same context.
 * @param units of the context's universe
 */
export function explainUnits(context: EstimateContext, units: readonly Unit[]): ExplainDocument {
  const { universe, installability, options, history } = context;
  const explained = subjectsOf(context, units);
  const depends = largestDepends(
    universe,
    installability,
    units.map(({ id }) => id),
  );
  return {
    schema: EXPLAIN_SCHEMA,
    ramQuantile: options.ramQuantile,
    ramHolds: options.ramHolds,
    makeJobs: DURATION_JOBS,
    records: history.length,
    units: explained.map((own, place) => explainOne(own, universe, at(depends, place))),
  };
}

function subjectsOf(context: EstimateContext, units: readonly Unit[]): readonly Explained[] {
  const facts = unitFacts(context);
  const sources = sightSources(context.history, facts);
  const learned = learn(sources, context.builders);
  const byName = sightingsByName(sources);
  const declared = checkDeclarations(facts, byName, () => undefined);
  const overrides = new Overrides(context.overrides);
  return units.map((unit) => {
    const ownFacts = at(facts, unit.id);
    const own = byName.get(unit.source.name) ?? [];
    const override = overrides.of(ownFacts);
    const subject = subjectOf(learned, ownFacts, own, context.options, override, declared[unit.id]);
    return { subject, own, learned };
  });
}

function explainOne(
  explained: Explained,
  universe: Universe,
  depends: UnitExplanation['depends'],
): UnitExplanation {
  const { subject, own } = explained;
  const { unit } = subject.facts;
  const estimate = estimateSubject(subject);
  return {
    unit: unit.key,
    source: unit.source.name,
    version: unit.version,
    arch: unit.target.arch,
    duration: explainDuration(explained, estimate),
    ramDisk: explainRamDisk(explained, estimate),
    depends,
    declared: declaredOf(
      unit,
      own.map(({ record }) => record),
    ),
    memory: memoryOf(subject, estimate),
    parallelFraction: estimate.parallelFraction,
    features: featuresFor(subject, universe),
  };
}

function explainDuration({ subject, own, learned }: Explained, estimate: Estimate): DurationExplanation {
  const timed = own.filter(({ record }) => wallOf(record) !== undefined);
  const observations = timeObservations(learned.time, subject.facts, own);
  return {
    medianMs: estimate.durationMs,
    upperMs: estimate.durationUpperMs,
    by: estimate.durationBy,
    overrideMs: subject.override.durationMs ?? null,
    prior: spreadOf(subject.priorMs),
    ownShare: thousandths(subject.time.ownShare),
    builds: seenBuilds(timed, observations, ({ record }) => Math.round(wallOf(record) ?? 0)),
  };
}

function explainRamDisk({ subject, own, learned }: Explained, estimate: Estimate): RamDiskExplanation {
  const { chroot } = learned.tree;
  const treeBytes = (sighting: Sighting): number | undefined => treeOf(sighting, chroot)?.bytes;
  const sized = own.filter((sighting) => treeBytes(sighting) !== undefined);
  const observations = treeObservations(learned.tree, subject.facts, own);
  return {
    reservedBytes: estimate.ramDiskBytes,
    medianBytes: estimate.ramDiskMedianBytes,
    upperBytes: estimate.ramDiskUpperBytes,
    by: estimate.ramDiskBy,
    overrideBytes: subject.override.ramDiskBytes ?? null,
    parts: estimate.parts,
    tree: {
      prior: spreadOf(subject.priorTree),
      ownShare: thousandths(subject.tree.ownShare),
      builds: seenBuilds(sized, observations, (sighting) => Math.round(treeBytes(sighting) ?? 0)),
    },
  };
}

function memoryOf({ override, memoryBytes }: Subject, estimate: Estimate): UnitExplanation['memory'] {
  if (estimate.memoryBytes === 0) return null;
  const seen = memoryBytes === undefined ? 'prior' : 'history';
  return { bytes: estimate.memoryBytes, by: override.memoryBytes === undefined ? seen : 'override' };
}

function spreadOf(known: LogNormal): Spread {
  return { median: Math.round(quantileOf(known, 0.5)), upper: Math.round(quantileOf(known, 0.9)) };
}

function declaredOf({ source }: Unit, builds: readonly BuildRecord[]): DeclaredExplanation | null {
  const bytes = source.buildSizeBytes;
  if (bytes === undefined) return null;
  const found = findFault(bytes, builds);
  if (found === undefined) return { bytes, verdict: 'counts', refutedBy: null };
  const { version, arch } = found.record;
  const took = leastFootprint(found.record) ?? 0;
  const refutedBy = { version, arch, startedAt: dateOf(found.record), bytes: took };
  return { bytes, verdict: found.fault, refutedBy };
}

function featuresFor({ facts }: Subject, universe: Universe): FeaturesExplanation {
  const features = featuresOf(facts.unit, universe);
  return {
    knows: facts.prior.knows,
    upstreamBytes: features.upstreamBytes ?? null,
    compression: features.compression ?? null,
    anyBinaries: features.anyCount,
    allBinaries: features.allCount,
    installedAnyBytes: features.installed?.anyBytes ?? null,
    installedAllBytes: features.installed?.allBytes ?? null,
    buildDepends: features.buildDependsCount,
    toolchains: [...features.toolchains].sort(),
    runsTests: features.runsTests,
  };
}
