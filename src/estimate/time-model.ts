import { float64At } from '../base/cells.ts';
import type { LogNormal } from '../base/log-normal.ts';
import { DURATION_JOBS } from '../dispatch/parse-builder.ts';
import type { BuildRecord } from '../history/record.ts';
import type { Observation } from './blend.ts';
import { distanceVariance, recencyWeights } from './circumstances.ts';
import type { EstimateBuilder } from './estimate.ts';
import { EFFECTS_EACH, fitEffects, groupNumbers } from './fit-effects.ts';
import { heldBack } from './hold-back.ts';
import { Machines } from './machines.ts';
import { runsTests, type Sighting, type SourceSightings } from './sightings.ts';
import { learnSpread, type SpreadSample } from './spread.ts';
import { PARALLEL_FRACTION, withMakeJobs, type UnitFacts } from './unit-facts.ts';

/** Builds of the same source on the same machine: 68 % lie within ± 15 %. */
export const TIME_NOISE = 0.15;
/** Nobody knows how fast one's machines are: one log has to be enough to tell. */
const SCALE_SIGMA = 1.5;
const ARCH_SIGMA = 0.4;
const BUILDER_SIGMA = 0.35;
/** Of a source that the inputs don't have: its own records tell how builders differ, and nothing of the scale. */
const UNKNOWN_SIGMA = 1e4;

/** What the history says of machines: ratios on the logarithmic scale, larger is slower. */
export interface TimeModel {
  readonly machines: Machines;
  /** One an effect of `machines`. */
  readonly effects: Float64Array;
  /** How much slower than the reference machine a builder of speed 1 is, by architecture. */
  readonly references: ReadonlyMap<string, number>;
  /** Architectures on which a source of the inputs was built. */
  readonly seenArches: ReadonlySet<string>;
  /** Variance of the scale; 0 without any history: then the reference machine is the measure. */
  readonly scaleVariance: number;
  /** How far sources lie from the prior, over how far it says. */
  readonly spread: number;
}

/** Fits the effects of scale, architectures and builders. O(records) */
export function learnTime(
  sources: readonly SourceSightings[],
  builders: readonly EstimateBuilder[],
): TimeModel {
  const machines = new Machines(
    sources.flatMap(({ sightings }) => sightings.filter(isTimed).map(({ record }) => record)),
    builders,
  );
  const timed = timedGroups(sources, machines);
  const all = timed.flat();
  const group = groupNumbers(timed);
  const groupSigma = Float64Array.from(timed, ([first]) => first?.facts?.wallMs.sigma ?? UNKNOWN_SIGMA);
  const effects = new Int32Array(all.length * EFFECTS_EACH);
  all.forEach(({ record }, place) => {
    const arch = machines.runArch(record);
    const own = place * EFFECTS_EACH;
    effects[own + 1] = machines.archEffect(arch);
    effects[own + 2] = machines.machineEffect(arch, record.builder);
  });
  const value = Float64Array.from(all, (sighting) => deviationOf(machines, sighting));
  const variance = new Float64Array(all.length).fill(TIME_NOISE ** 2);
  const effectSigma = new Float64Array(machines.count).fill(BUILDER_SIGMA);
  for (const arch of machines.knownArches()) {
    const effect = machines.archEffect(arch);
    if (effect >= 0) effectSigma[effect] = ARCH_SIGMA;
  }
  effectSigma[0] = SCALE_SIGMA;
  const found = fitEffects(heldBack({ group, effects, value, variance, groupSigma, effectSigma }));
  const samples = deviations(timed, value, machines, found);
  const precision = samples.reduce((total, sample) => total + 1 / sample.variance, 0);
  const scaleVariance = precision === 0 ? 0 : 1 / (1 / SCALE_SIGMA ** 2 + precision);
  const references = new Map(
    machines.knownArches().map((arch) => [arch, referenceLog(machines, found, arch)] as const),
  );
  const known = all.filter(({ facts }) => facts !== undefined);
  const seenArches = new Set(known.map(({ record }) => machines.runArch(record)));
  return { machines, effects: found, references, seenArches, scaleVariance, spread: learnSpread(samples) };
}

/**
 * Builds that are compared with each other: those of a source. Of a source that the inputs don't have, only those on one
 * architecture: nothing tells what they should have taken, so they teach how builders differ and nothing else.
 */
function timedGroups(
  sources: readonly SourceSightings[],
  machines: Machines,
): readonly (readonly Sighting[])[] {
  return sources
    .flatMap(({ sightings }) => {
      const timed = sightings.filter(isTimed);
      if (timed[0]?.facts !== undefined) return [timed];
      const arches = new Set(timed.map(({ record }) => machines.runArch(record)));
      return [...arches].map((arch) => timed.filter(({ record }) => machines.runArch(record) === arch));
    })
    .filter((sightings) => sightings.length > 0);
}

function isTimed({ record }: Sighting): boolean {
  return wallOf(record) !== undefined;
}

/** How far each source that has features is from its prior, machines apart. */
function deviations(
  timed: readonly (readonly Sighting[])[],
  value: Float64Array,
  machines: Machines,
  effects: Float64Array,
): readonly SpreadSample[] {
  const samples: SpreadSample[] = [];
  let place = 0;
  for (const sightings of timed) {
    let sum = 0;
    for (const { record } of sightings)
      sum += float64At(value, place++) - machineLog(machines, effects, record);
    const sigma = sightings[0]?.facts?.wallMs.sigma;
    const count = sightings.length;
    if (sigma !== undefined)
      samples.push({ mean: sum / count, variance: sigma ** 2 + TIME_NOISE ** 2 / count });
  }
  return samples;
}

/** What the prior says of a unit's wall ms, with the learned scale of the machines that will build it. */
export function timePrior(model: TimeModel, facts: UnitFacts): LogNormal {
  const { median, sigma } = facts.wallMs;
  const reference = referenceOf(model, facts);
  return {
    median: median * Math.exp(reference),
    sigma: Math.sqrt((sigma * model.spread) ** 2 + model.scaleVariance),
  };
}

/** What nobody knows of an architecture on which the history has no build of the inputs; 0 without any history. */
export function unseenArchVariance({ seenArches }: TimeModel, facts: UnitFacts): number {
  return seenArches.size === 0 || seenArches.has(archOf(facts)) ? 0 : ARCH_SIGMA ** 2;
}

/** What builds of the same source say of a unit's wall ms. */
export function timeObservations(
  model: TimeModel,
  facts: UnitFacts,
  own: readonly Sighting[],
): readonly Observation[] {
  const timed = own.filter((sighting) => wallOf(sighting.record) !== undefined);
  const weights = recencyWeights(timed.map(({ record }) => record));
  const target = referenceOf(model, facts) + Math.log(facts.wallMs.median);
  return timed.map((sighting, index): Observation => {
    const { record } = sighting;
    const machine = machineLog(model.machines, model.effects, record);
    return {
      value: target + deviationOf(model.machines, sighting) - machine,
      variance:
        TIME_NOISE ** 2 + distanceVariance(facts, sighting) + adjustmentVariance(model, facts, record),
      weight: float64At(weights, index),
      isLeast: false,
    };
  });
}

/**
 * Mean over the plan's builders of an architecture of what they are slower than the reference machine: what a builder of speed 1
 * stands for. Without such a builder: over those of the history, equally.
 */
function referenceLog(machines: Machines, effects: Float64Array, arch: string): number {
  const general = effectAt(effects, 0) + effectAt(effects, machines.archEffect(arch));
  const planned = machines.buildersOf(arch).map((builder) => machines.planEffect(builder));
  const found = planned.length > 0 ? planned : machines.machinesOf(arch);
  const sum = found.reduce((total, effect) => total + effectAt(effects, effect), 0);
  return general + (found.length === 0 ? 0 : sum / found.length);
}

/** The same for the architecture that a unit is built on. */
export function referenceOf(model: TimeModel, facts: UnitFacts): number {
  return model.references.get(archOf(facts)) ?? effectAt(model.effects, 0);
}

/**
 * Speed of each of the plan's builders that the history knows, so that the durations are those of speed 1: what was given,
 * times what its builds say beyond that.
 */
export function learnedSpeeds(
  model: TimeModel,
  builders: readonly EstimateBuilder[],
): ReadonlyMap<string, number> {
  const { machines, effects } = model;
  return new Map(
    builders.flatMap((builder): readonly (readonly [string, number])[] => {
      const effect = machines.planEffect(builder);
      if (effect < 0) return [];
      const slowness =
        effectAt(effects, 0) +
        effectAt(effects, machines.archEffect(builder.arch)) +
        effectAt(effects, effect);
      return [
        [builder.name, builder.speed * Math.exp((model.references.get(builder.arch) ?? slowness) - slowness)],
      ];
    }),
  );
}

/** What a record's wall time has to be multiplied by to be that of the reference machine at the record's speed, jobs, mode. */
export function machineLog(machines: Machines, effects: Float64Array, record: BuildRecord): number {
  const arch = machines.runArch(record);
  const general = effectAt(effects, 0) + effectAt(effects, machines.archEffect(arch));
  return general + effectAt(effects, machines.machineEffect(arch, record.builder));
}

/** Logarithm of what brings wall ms of the plan's units to the circumstances of a record: disk, tests, given speed. */
export function circumstanceLog(machines: Machines, { record, facts }: Sighting): number {
  const disk = record.mode === 'disk' ? machines.diskFactorOf(record) : 1;
  const speed = machines.builderOf(record)?.speed ?? 1;
  return Math.log(disk / speed) + testsLog(facts, record);
}

function testsLog(facts: UnitFacts | undefined, record: BuildRecord): number {
  if (facts === undefined) return 0;
  const wants = !facts.unit.target.profiles.includes('nocheck');
  if (wants === runsTests(record)) return 0;
  return (wants ? -1 : 1) * Math.log(facts.testsFactor());
}

/** Wall ms of a build that worked; undefined: not known. */
export function wallOf({ outcome, wallMs, buildMs, installMs }: BuildRecord): number | undefined {
  if (outcome !== 'built') return undefined;
  const found = wallMs ?? (buildMs === undefined ? undefined : buildMs + (installMs ?? 0));
  return found === undefined || !(found > 0) ? undefined : found;
}

/** How much longer a record's build took than the prior says, in the circumstances of the plan's units. */
function deviationOf(machines: Machines, sighting: Sighting): number {
  const { record, facts = UNKNOWN_FACTS } = sighting;
  const wallMs = (wallOf(record) ?? 1) * Math.exp(-circumstanceLog(machines, sighting));
  const makeJobs = record.makeJobs ?? DURATION_JOBS;
  return Math.log(withMakeJobs(facts, wallMs, makeJobs, DURATION_JOBS) / facts.wallMs.median);
}

/** Of a source that the plan doesn't have. */
const UNKNOWN_FACTS = {
  wallMs: { median: 300_000, sigma: UNKNOWN_SIGMA },
  setupMs: 0,
  sharedFraction: PARALLEL_FRACTION,
};

function effectAt(effects: Float64Array, effect: number): number {
  return effect < 0 ? 0 : float64At(effects, effect);
}

function archOf({ unit }: UnitFacts): string {
  return unit.target.buildArch ?? unit.target.arch;
}

/** What bringing a record to a unit's make jobs, disk and machine leaves uncertain. */
function adjustmentVariance({ machines }: TimeModel, facts: UnitFacts, record: BuildRecord): number {
  const makeJobs = record.makeJobs ?? DURATION_JOBS;
  const builders = machines.buildersOf(archOf(facts));
  const isUsual = builders.some((builder) => builder.makeJobs?.includes(makeJobs) === true);
  const jobs = isUsual ? 0 : 0.15 * Math.log(makeJobs / DURATION_JOBS);
  const disk = record.mode === 'disk' ? 0.1 : 0;
  const arch = machines.runArch(record);
  const machine = machines.machineEffect(arch, record.builder);
  const planned = builders.map((builder) => machines.planEffect(builder));
  const isElsewhere = planned.length > 0 && !planned.includes(machine);
  return jobs ** 2 + disk ** 2 + (isElsewhere ? 0.1 ** 2 : 0);
}
