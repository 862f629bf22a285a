import fc from 'fast-check';
import { parseBuilder } from '../../src/dispatch/parse-builder.ts';
import type { EstimateOverride } from '../../src/estimate/estimate.ts';
import type { Inputs } from '../../src/io/inputs.ts';
import type { PlanOptions } from '../../src/pipeline.ts';
import type { AnalyseOptions } from '../../src/analysis.ts';
import { smallUniverse, textsOf, type UniverseShape } from './small-universe.ts';
import { readTexts, type Texts } from './texts.ts';

const GIB = 1024 ** 3;

/** A job for the whole pipe. */
export interface PlanJob {
  readonly inputs: Inputs;
  readonly options: PlanOptions;
}

/** Two builders for amd64, one of them slow and without RAM disk, and one for arm64. */
export const BUILDERS = [
  'name=arm,arch=arm64,slots=2,ram-disk=6GiB',
  'name=old,arch=amd64,slots=1,speed=0.5',
  'name=x86,arch=amd64,slots=2,ram-disk=8GiB,memory=16GiB,jobs=2/4',
].map((text) => parseBuilder(text, { diskFactor: 1.5 }));

/** The inputs that texts would be. */
export function inputsOf(texts: Texts): Inputs {
  const files = [{ name: 'Sources', sha256: '0'.repeat(64) }];
  return { ...readTexts(texts), files, paths: new Map() };
}

/** Options of a plan on `BUILDERS`. */
export function planOptionsOf(
  options: AnalyseOptions,
  overrides: readonly EstimateOverride[] = [],
): PlanOptions {
  return { ...options, builders: BUILDERS, overrides };
}

const overrides: fc.Arbitrary<readonly EstimateOverride[]> = fc.array(
  fc.record({
    source: fc.constantFrom('s0', 's1', 's2', 's3', 's4', 's5'),
    arch: fc.constantFrom(undefined, 'amd64', 'arm64'),
    durationMs: fc.option(fc.integer({ min: 0, max: 100_000 }), { nil: undefined }),
    ramDiskBytes: fc.option(
      fc.integer({ min: 0, max: 10 }).map((size) => size * GIB),
      { nil: undefined },
    ),
    memoryBytes: fc.option(
      fc.integer({ min: 0, max: 4 }).map((size) => size * GIB),
      { nil: undefined },
    ),
    parallelFraction: fc.constantFrom(undefined, 0, 0.5),
  }),
  { maxLength: 5 },
);

/** Any small universe with estimates for some of its sources. */
export function planJob(shape: UniverseShape): fc.Arbitrary<PlanJob> {
  return fc.tuple(smallUniverse(shape), overrides).map(([universe, rows]) => ({
    inputs: inputsOf(textsOf(universe)),
    options: planOptionsOf(universe.options, rows),
  }));
}
