import { at } from '../base/column.ts';
import { quantileOf, sigmaBetween, type LogNormal } from '../base/log-normal.ts';
import { DURATION_JOBS } from '../dispatch/parse-builder.ts';
import type { BuildRecord, RamHolds } from '../history/record.ts';
import { chrootOfBuild, largestSum } from './chroot-model.ts';
import { findFault } from './declared.ts';
import type { EstimateContext } from './estimate.ts';
import type { EstimatorName } from './estimator-name.ts';
import { firstThatKnows, ramDiskQuantile } from './estimate-units.ts';
import { ESTIMATORS, type RamDiskAnswer } from './estimators.ts';
import { ESTIMATOR_NAMES } from './estimator-name.ts';
import { standingBytes } from './footprint.ts';
import { isPositive } from './is-positive.ts';
import { PEAK_SLACK_BYTES } from './peak-ratio.ts';
import { sightSources, type Sighting, type SourceSightings } from './sightings.ts';
import { aloneBlends, learn, Overrides, subjectOf, type Learned, type Subject } from './subject.ts';
import { circumstanceLog, machineLog, referenceOf, wallOf } from './time-model.ts';
import { unitFacts, withMakeJobs, type UnitFacts } from './unit-facts.ts';

/** One quantity of one build, and what is estimated for it where that build isn't in the history. */
export interface Predicted {
  /** Integer ms, or bytes at the peak; > 0. */
  readonly actual: number;
  /** Nobody saw the peak: `actual` is what usually goes with the end. */
  readonly isInferred: boolean;
  /** On the same builder in the same mode with the same make jobs, of what its RAM disk held. */
  readonly predicted: LogNormal;
  readonly by: EstimatorName;
  /** What each estimator that knows anything says alone: the prior without builds of the source, builds without the prior. */
  readonly alone: readonly { readonly estimator: EstimatorName; readonly predicted: LogNormal }[];
}

export interface RecordPrediction {
  readonly record: BuildRecord;
  /** Undefined: the build failed, or its time is not known, or its source is none of the units'. */
  readonly duration: Predicted | undefined;
  /** Undefined: the build failed, or its size is not known, or its source is none of the units'. */
  readonly ramDisk: Predicted | undefined;
}

/** With fewer records the general effects are fitted anew for each of them, else for so many folds. */
const FOLDS = 20;
const EACH_BELOW = 60;

/**
 * Predicts every build of a history from all the others. Builds of the same source are left out one at a time; what the
 * history says in general (speeds of machines, scale, chroots) is fitted without a twentieth of the records that the build
 * belongs to. In the order of sources, then of `compareRecords`. O(folds × records + units × install set)
 * @param onFold told before each of these fits how many are done
 */
export function predictHistory(
  context: EstimateContext,
  onFold: (done: number, total: number) => void = () => undefined,
): readonly RecordPrediction[] {
  const facts = unitFacts(context);
  const sources = sightSources(context.history, facts);
  const overrides = new Overrides(context.overrides);
  const count = context.history.length;
  const folds = count < EACH_BELOW ? count : FOLDS;
  const foldOf = new Map<Sighting, number>();
  for (const { sightings } of sources) for (const own of sightings) foldOf.set(own, foldOf.size % folds);
  const learned = Array.from({ length: folds }, (_, fold) => {
    const others = without(sources, (sighting) => foldOf.get(sighting) === fold);
    onFold(fold, folds);
    return learn(others, context.builders);
  });
  return sources.flatMap(({ sightings }) =>
    sightings.map((sighting): RecordPrediction => {
      const { record } = sighting;
      if (sighting.facts === undefined) return { record, duration: undefined, ramDisk: undefined };
      const others = sightings.filter((other) => other !== sighting);
      const trial = {
        sighting,
        facts: sighting.facts,
        others,
        learned: at(learned, foldOf.get(sighting) ?? 0),
      };
      return predictOne(trial, context, overrides);
    }),
  );
}

interface TrialOf {
  readonly sighting: Sighting;
  readonly facts: UnitFacts;
  readonly others: readonly Sighting[];
  readonly learned: Learned;
}

function predictOne(trial: TrialOf, { options }: EstimateContext, overrides: Overrides): RecordPrediction {
  const { sighting, facts, others, learned } = trial;
  const { record } = sighting;
  const seen = footprintOf(record, facts, learned);
  const held = { ...options, ramHolds: seen?.holds ?? options.ramHolds };
  const override = overrides.of(facts);
  const { buildSizeBytes } = facts.unit.source;
  const isRefuted =
    buildSizeBytes !== undefined &&
    findFault(
      buildSizeBytes,
      others.map((other) => other.record),
      standingBytes(facts.chroot),
    ) !== undefined;
  const subject = subjectOf(learned, facts, others, held, override, isRefuted ? undefined : buildSizeBytes);
  const views = viewsOf(subject, trial);
  const wall = wallOf(record);
  return {
    record,
    duration: wall === undefined ? undefined : predictTime(wall, views, trial),
    ramDisk: seen === undefined ? undefined : predictRamDisk(seen, views),
  };
}

/** A subject as it is, and as each estimator sees it that doesn't listen to the others. */
interface Views {
  readonly all: Subject;
  readonly alone: Readonly<Record<EstimatorName, Subject>>;
}

function viewsOf(all: Subject, { learned, facts, others }: TrialOf): Views {
  const bare = subjectOf(learned, facts, [], all.options, all.override, all.declaredBytes);
  const plain = { ...bare, override: { ...bare.override, ramDiskBytes: undefined } };
  const own = { ...all, ...aloneBlends(learned, facts, others) };
  return { all, alone: { override: all, declared: bare, history: own, prior: plain, default: plain } };
}

function predictTime(
  actual: number,
  { all, alone }: Views,
  { sighting, learned, facts }: TrialOf,
): Predicted {
  const { time } = learned;
  const shift =
    circumstanceLog(time.machines, sighting) +
    machineLog(time.machines, time.effects, sighting.record) -
    referenceOf(time, facts);
  const makeJobs = sighting.record.makeJobs ?? DURATION_JOBS;
  const shifted = ({ median, sigma }: LogNormal): LogNormal => ({
    median: withMakeJobs(facts, median * Math.exp(shift), DURATION_JOBS, makeJobs),
    sigma,
  });
  const { by, answer } = firstThatKnows((name) => ESTIMATORS[name].durationMs(all));
  return {
    actual,
    isInferred: false,
    predicted: shifted(answer),
    by,
    alone: ESTIMATOR_NAMES.flatMap((estimator) => {
      const found = ESTIMATORS[estimator].durationMs(alone[estimator]);
      return found === undefined ? [] : [{ estimator, predicted: shifted(found) }];
    }),
  };
}

function predictRamDisk({ bytes, isInferred }: SeenPeak, { all, alone }: Views): Predicted {
  const { by, answer } = firstThatKnows((name) => ESTIMATORS[name].ramDisk(all));
  return {
    actual: bytes,
    isInferred,
    predicted: distributionOf(all, answer),
    by,
    alone: ESTIMATOR_NAMES.flatMap((estimator) => {
      const found = ESTIMATORS[estimator].ramDisk(alone[estimator]);
      return found === undefined ? [] : [{ estimator, predicted: distributionOf(alone[estimator], found) }];
    }),
  };
}

function distributionOf(subject: Subject, answer: RamDiskAnswer): LogNormal {
  if (answer.kind === 'total') return answer.total;
  const median = ramDiskQuantile(subject, answer, 0.5);
  return { median, sigma: sigmaBetween(median, ramDiskQuantile(subject, answer, 0.9)) };
}

interface SeenPeak {
  readonly bytes: number;
  readonly holds: RamHolds;
  readonly isInferred: boolean;
}

/** The peak of a build that worked; where only the end is known, of that or of what lay there while dependencies were installed. */
function footprintOf(
  record: BuildRecord,
  facts: UnitFacts,
  { tree: { chroot } }: Learned,
): SeenPeak | undefined {
  const { outcome, holds, peakBytes, endBytes, treeBytes } = record;
  if (outcome !== 'built') return undefined;
  const peakOf = (bytes: number, ratio: LogNormal): number => Math.round(bytes * quantileOf(ratio, 0.5));
  if (holds !== undefined && isPositive(peakBytes)) return { bytes: peakBytes, holds, isInferred: false };
  if (holds === 'chroot' && isPositive(endBytes)) {
    const sum = largestSum(endBytes, chrootOfBuild(chroot, facts, record));
    return { bytes: peakOf(sum, chroot.chrootPeak) + PEAK_SLACK_BYTES, holds, isInferred: true };
  }
  const tree = holds === 'build' && isPositive(endBytes) ? endBytes : treeBytes;
  return isPositive(tree)
    ? { bytes: peakOf(tree, chroot.treePeak), holds: 'build', isInferred: true }
    : undefined;
}

function without(
  sources: readonly SourceSightings[],
  isLeftOut: (sighting: Sighting) => boolean,
): readonly SourceSightings[] {
  return sources.map(({ source, sightings }) => ({
    source,
    sightings: sightings.filter((sighting) => !isLeftOut(sighting)),
  }));
}
