import { at } from '../base/column.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { quantileOf, type LogNormal } from '../base/log-normal.ts';
import { unseenBuilder } from './diagnostics.ts';
import type { Estimate, EstimateBuilder, EstimateContext, Estimates } from './estimate.ts';
import type { EstimatorName } from './estimator-name.ts';
import { ESTIMATORS, type RamDiskAnswer } from './estimators.ts';
import { ESTIMATOR_NAMES } from './estimator-name.ts';
import { footprintParts, footprintQuantile, partsOfTotal, type Footprint } from './footprint.ts';
import { layGrounds } from './lay-grounds.ts';
import type { Subject } from './subject.ts';
import { learnedSpeeds, type TimeModel } from './time-model.ts';
import { fractionWithin } from './unit-facts.ts';

/** The share of builds that upper values cover. */
const UPPER = 0.9;

/**
 * Estimates every unit: for time and RAM disk each the first of `ESTIMATORS` that knows. The order of the records doesn't
 * matter. O(units × install set + records); 35,000 units of a whole archive take about a second.
 */
export function estimateUnits(context: EstimateContext): Estimates {
  const { factsOf, subjectOf, learned, diagnostics } = layGrounds(context);
  return {
    estimates: context.universe.units.map((unit) => estimateSubject(subjectOf(factsOf(unit)))),
    diagnostics: [...unseenBuilders(learned.time, context.builders), ...diagnostics],
    speeds: learnedSpeeds(learned.time, context.builders),
  };
}

/** One for each builder that the history doesn't name, where it names others of its architecture. */
function unseenBuilders(
  { machines }: TimeModel,
  builders: readonly EstimateBuilder[],
): readonly Diagnostic[] {
  return builders.flatMap(({ name, arch }) => {
    const known = machines.namesOf(arch);
    return known.length === 0 || known.includes(name) ? [] : [unseenBuilder(name, known)];
  });
}

/** What the estimators say of one unit. */
export function estimateSubject(subject: Subject): Estimate {
  const { facts, override } = subject;
  const time = firstThatKnows((name) => ESTIMATORS[name].durationMs(subject));
  const ramDisk = firstThatKnows((name) => ESTIMATORS[name].ramDisk(subject));
  const durationMs = wholeMs(quantileOf(time.answer, 0.5));
  return {
    durationMs,
    durationUpperMs: Math.max(durationMs, wholeMs(quantileOf(time.answer, UPPER))),
    ...ramDiskFigures(subject, ramDisk.answer),
    memoryBytes: override.memoryBytes ?? memoryOf(subject),
    parallelFraction: override.parallelFraction ?? fractionWithin(facts, durationMs),
    durationBy: time.by,
    ramDiskBy: ramDisk.by,
  };
}

function ramDiskFigures(
  subject: Subject,
  answer: RamDiskAnswer,
): Pick<Estimate, 'ramDiskBytes' | 'ramDiskMedianBytes' | 'ramDiskUpperBytes' | 'parts'> {
  const { options } = subject;
  const at = (share: number): number => ramDiskQuantile(subject, answer, share);
  const ramDiskBytes = at(options.ramQuantile);
  const figures = { ramDiskBytes, ramDiskMedianBytes: at(0.5), ramDiskUpperBytes: at(UPPER) };
  const { chroot } = subject;
  const parts =
    answer.kind === 'tree'
      ? footprintParts(footprintOf(subject, answer.tree), figures.ramDiskMedianBytes, ramDiskBytes)
      : partsOfTotal({ holds: options.ramHolds, chroot }, figures.ramDiskMedianBytes, ramDiskBytes);
  return { ...figures, parts };
}

/** What a share of builds doesn't exceed, in whole bytes. */
export function ramDiskQuantile(subject: Subject, answer: RamDiskAnswer, share: number): number {
  if (answer.kind === 'total') return Math.round(Math.min(quantileOf(answer.total, share), answer.mostBytes));
  return footprintQuantile(footprintOf(subject, answer.tree), share);
}

function footprintOf({ options, chroot, chrootPeak }: Subject, tree: LogNormal): Footprint {
  return { holds: options.ramHolds, chroot, tree, ratio: chrootPeak };
}

/** Of own builds as much as is reserved of the RAM disk; of the prior no more than its median: a guess must not keep a build out. */
function memoryOf({ facts, memoryBytes, options }: Subject): number {
  if (memoryBytes !== undefined) return Math.ceil(quantileOf(memoryBytes.predicted, options.ramQuantile));
  return facts.prior.knows === 'counts' ? 0 : Math.round(facts.prior.memoryBytes.median);
}

/** The first answer in the order of the estimators; the last of them always knows. */
export function firstThatKnows<T>(ask: (name: EstimatorName) => T | undefined): {
  readonly by: EstimatorName;
  readonly answer: T;
} {
  for (const by of ESTIMATOR_NAMES) {
    const answer = ask(by);
    if (answer !== undefined) return { by, answer };
  }
  throw new Error(`BUG: ${at(ESTIMATOR_NAMES, ESTIMATOR_NAMES.length - 1)} knows nothing`);
}

function wholeMs(value: number): number {
  return Math.max(1, Math.round(value));
}
