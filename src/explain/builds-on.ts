import { DURATION_JOBS } from '../dispatch/parse-builder.ts';
import { largestFootprint, scaleDuration, type Builder } from '../dispatch/problem.ts';
import type { Estimate } from '../estimate/estimate.ts';
import { sharedWork, type UnitFacts } from '../estimate/unit-facts.ts';
import type { BuilderExplanation } from './explain-document.ts';

/**
 * What a unit takes on each builder that can build it, with each number of make jobs that it may get there, as a plan
 * computes it.
 * @param builders at the speeds that they are planned at
 */
export function buildsOn(
  { unit: { target } }: UnitFacts,
  { durationMs, parallelFraction, ramDiskBytes }: Estimate,
  builders: readonly Builder[],
): readonly BuilderExplanation[] {
  const arch = target.buildArch ?? target.arch;
  const usual = sharedWork(parallelFraction, DURATION_JOBS);
  return builders
    .filter((builder) => builder.arch === arch)
    .flatMap((builder) => {
      // what no make jobs share gets the fewest
      const choices = parallelFraction === 0 ? builder.makeJobs.slice(0, 1) : builder.makeJobs;
      return choices.map((makeJobs): BuilderExplanation => {
        const factor = makeJobs === DURATION_JOBS ? 1 : sharedWork(parallelFraction, makeJobs) / usual;
        const fits = ramDiskBytes <= largestFootprint(builder);
        return {
          builder: builder.name,
          speed: builder.speed,
          makeJobs,
          ramMs: fits ? scaleDuration(durationMs * factor, builder, 'ram') : null,
          diskMs: builder.diskSlots > 0 ? scaleDuration(durationMs * factor, builder, 'disk') : null,
        };
      });
    });
}
