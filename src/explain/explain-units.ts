import type { Universe } from '../archive/universe.ts';
import type { Unit } from '../archive/unit.ts';
import { at } from '../base/column.ts';
import { quantileOf, type LogNormal } from '../base/log-normal.ts';
import { DURATION_JOBS } from '../dispatch/parse-builder.ts';
import type { Builder } from '../dispatch/problem.ts';
import { findFault, leastFootprint } from '../estimate/declared.ts';
import type { Estimate, EstimateContext } from '../estimate/estimate.ts';
import { estimateSubject } from '../estimate/estimate-units.ts';
import { blend } from '../estimate/blend.ts';
import { featuresOf } from '../estimate/features.ts';
import { standingBytes } from '../estimate/footprint.ts';
import { layGrounds } from '../estimate/lay-grounds.ts';
import type { Sighting } from '../estimate/sightings.ts';
import { plannedSpeed } from '../estimate/planned-speed.ts';
import { SIZE_RULES, TIME_RULES, type Learned, type Subject } from '../estimate/subject.ts';
import { learnedSpeeds, timeObservations, wallOf } from '../estimate/time-model.ts';
import { treeObservations, treeOf } from '../estimate/tree-model.ts';
import type { UnitFacts } from '../estimate/unit-facts.ts';
import type { BuildRecord } from '../history/record.ts';
import { buildsOn } from './builds-on.ts';
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
  /** At the speeds that they are planned at. */
  readonly builders: readonly Builder[];
}

/**
 * Where the estimates of some units come from. The figures are those that `estimateUnits` gives in the same context.
 * @param units of the context's universe
 * @param builders whose times are told; with `isSpeedGiven: false` at the speed that the history tells
 */
export function explainUnits(
  context: EstimateContext,
  units: readonly Unit[],
  builders: readonly (Builder & { readonly isSpeedGiven?: boolean })[] = [],
): ExplainDocument {
  const { universe, installability, options, history } = context;
  const explained = subjectsOf(context, units, builders);
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

function subjectsOf(
  context: EstimateContext,
  units: readonly Unit[],
  given: readonly (Builder & { readonly isSpeedGiven?: boolean })[],
): readonly Explained[] {
  const { factsOf, subjectOf, sightingsOf, learned } = layGrounds(context);
  const speeds = learnedSpeeds(learned.time, context.builders);
  const builders = given.map((builder) => ({ ...builder, speed: plannedSpeed(builder, speeds) }));
  return units.map((unit) => {
    const own = factsOf(unit);
    return { subject: subjectOf(own), own: sightingsOf(own), learned, builders };
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
      subject.facts,
      own.map(({ record }) => record),
    ),
    memory: memoryOf(subject, estimate),
    parallelFraction: estimate.parallelFraction,
    features: featuresFor(subject, universe),
  };
}

function explainDuration(
  { subject, own, learned, builders }: Explained,
  estimate: Estimate,
): DurationExplanation {
  const timed = own.filter(({ record }) => wallOf(record) !== undefined);
  const observations = timeObservations(learned.time, subject.facts, own);
  return {
    medianMs: estimate.durationMs,
    upperMs: estimate.durationUpperMs,
    by: estimate.durationBy,
    overrideMs: subject.override.durationMs ?? null,
    on: buildsOn(subject.facts, estimate, builders),
    // with the noise of one build, as where nothing else is known
    prior: spreadOf(blend(subject.priorMs, [], TIME_RULES).predicted),
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
      prior: spreadOf(blend(subject.priorTree, [], SIZE_RULES).predicted),
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

function declaredOf(
  { unit: { source }, chroot }: UnitFacts,
  builds: readonly BuildRecord[],
): DeclaredExplanation | null {
  const bytes = source.buildSizeBytes;
  const standing = standingBytes(chroot);
  if (bytes === undefined) return null;
  const found = findFault(bytes, builds, standing);
  if (found === undefined) return { bytes, verdict: 'counts', refutedBy: null };
  const { version, arch } = found.record;
  const took = leastFootprint(found.record, standing) ?? 0;
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
