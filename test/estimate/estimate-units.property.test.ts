import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import type { Estimate, EstimateContext } from '../../src/estimate/estimate.ts';
import { estimateUnits } from '../../src/estimate/estimate-units.ts';
import { medianFactor, shareWithin, shuffled, simulateWorld, type World } from './simulated-world.ts';

/** Estimates of the units that have at least, or at most, so many records, each with its place. */
function estimatesWith(
  world: World,
  isMeant: (records: number) => boolean,
  context: EstimateContext = world.context,
): readonly (readonly [Estimate, number])[] {
  const { estimates } = estimateUnits(context);
  return estimates
    .map((estimate, unit) => [estimate, unit] as const)
    .filter(([, unit]) => isMeant(at(world.recordCounts, unit)));
}

const build = { ramQuantile: 0.9, ramHolds: 'build' } as const;

describe('estimates in a simulated world', () => {
  const world = simulateWorld({ seed: 6, sources: 600, records: 6, wildEvery: 0 });

  it('come to what builds take where there are records', () => {
    const known = estimatesWith(world, (records) => records >= 4);
    expect(known.length).toBeGreaterThan(150);
    expect(known.every(([{ durationBy }]) => durationBy === 'history')).toBe(true);
    expect(medianFactor(known.map(([own, unit]) => [own.durationMs, at(world.trueMs, unit)]))).toBeLessThan(
      1.1,
    );
  });
  it('learn the scale for what was never built', () => {
    const unknown = estimatesWith(world, (records) => records === 0);
    expect(unknown.every(([{ durationBy }]) => durationBy === 'prior')).toBe(true);
    const over = unknown.filter(([own, unit]) => own.durationMs > at(world.trueMs, unit)).length;
    expect(over / unknown.length).toBeGreaterThan(0.35);
    expect(over / unknown.length).toBeLessThan(0.65);
  });
  it('learn how builders differ', () => {
    const { speeds } = estimateUnits(world.context);
    const ratio = (speeds.get('b1') ?? 0) / (speeds.get('b3') ?? 1);
    expect(ratio / 2).toBeGreaterThan(0.93);
    expect(ratio / 2).toBeLessThan(1.07);
  });
  it.each([
    ['without records', (records: number) => records === 0],
    ['with one', (records: number) => records === 1],
    ['with several', (records: number) => records > 2],
  ])('cover 85 to 95 in 100 of the next builds by upper values, %s', (_, isMeant) => {
    const worlds = [1, 2, 3].map((seed) => simulateWorld({ seed, sources: 600, records: 5, wildEvery: 0 }));
    const times = worlds.flatMap((one) =>
      estimatesWith(one, isMeant).map(([own, unit]) => [at(one.nextMs, unit), own.durationUpperMs] as const),
    );
    const sizes = worlds.flatMap((one) =>
      estimatesWith(one, isMeant, { ...one.context, options: build }).map(
        ([own, unit]) => [at(one.nextTreeBytes, unit), own.ramDiskUpperBytes] as const,
      ),
    );
    for (const share of [shareWithin(times), shareWithin(sizes)]) {
      expect(share).toBeGreaterThanOrEqual(0.85);
      expect(share).toBeLessThanOrEqual(0.95);
    }
  });
  it('hardly move when one build in ten took fifty times as long', () => {
    const wild = simulateWorld({ seed: 6, sources: 600, records: 12, wildEvery: 10 });
    const tame = simulateWorld({ seed: 6, sources: 600, records: 12, wildEvery: 0 });
    const [before, after] = [tame, wild].map((one) => estimateUnits(one.context).estimates);
    const pairs = (after ?? []).map(
      ({ durationMs }, unit) => [durationMs, before?.[unit]?.durationMs ?? 0] as const,
    );
    expect(medianFactor(pairs)).toBeLessThan(1.08);
    const never = pairs.filter((_, unit) => wild.recordCounts[unit] === 0).map(([own, other]) => own / other);
    expect(never.length).toBeGreaterThan(20);
    expect(Math.max(...never)).toBeLessThan(1.2);
  });
});

describe('estimates of any history', () => {
  const worlds = fc
    .integer({ min: 1, max: 1e6 })
    .map((seed) => simulateWorld({ seed, sources: 12, records: 4, wildEvery: 5 }));
  const runs = { seed: 6, numRuns: 25 };

  it('don’t depend on the order of the records', () => {
    fc.assert(
      fc.property(worlds, fc.integer(), ({ context }, seed) => {
        const other = estimateUnits({ ...context, history: shuffled(context.history, seed) });
        expect(other).toEqual(estimateUnits(context));
      }),
      runs,
    );
  });
  it('double with all times', () => {
    fc.assert(
      fc.property(worlds, ({ context }) => {
        fc.pre(context.history.length > 8);
        const history = context.history.map((record) => ({ ...record, wallMs: 2 * (record.wallMs ?? 0) }));
        const [once, twice] = [estimateUnits(context), estimateUnits({ ...context, history })];
        once.estimates.forEach(({ durationMs, durationBy }, unit) => {
          if (durationBy !== 'history') return;
          const ratio = at(twice.estimates, unit).durationMs / durationMs;
          expect(ratio).toBeGreaterThan(1.9);
          expect(ratio).toBeLessThan(2.1);
        });
      }),
      runs,
    );
  });
  it('never fall when a build of the source took longer or more room', () => {
    fc.assert(
      fc.property(
        worlds,
        fc.nat(),
        fc.double({ min: 1, max: 5, noNaN: true }),
        ({ context }, pick, factor) => {
          fc.pre(context.history.length > 0);
          const place = pick % context.history.length;
          const { source } = at(context.history, place);
          const history = context.history.map((record, index) =>
            index === place
              ? {
                  ...record,
                  wallMs: Math.ceil((record.wallMs ?? 0) * factor),
                  peakBytes: Math.ceil((record.peakBytes ?? 0) * factor),
                }
              : record,
          );
          const unit = context.universe.units.findIndex((own) => own.source.name === source);
          const [before, after] = [context, { ...context, history }].map((one) =>
            at(estimateUnits(one).estimates, unit),
          );
          // rounds of reweighing end before the last per mille
          expect(after?.durationMs).toBeGreaterThanOrEqual((before?.durationMs ?? 0) * 0.999);
          expect(after?.ramDiskMedianBytes).toBeGreaterThanOrEqual((before?.ramDiskMedianBytes ?? 0) * 0.999);
        },
      ),
      runs,
    );
  });
  it('are whole, positive and in order', () => {
    fc.assert(
      fc.property(worlds, fc.constantFrom('chroot' as const, 'build' as const), ({ context }, ramHolds) => {
        const { estimates } = estimateUnits({ ...context, options: { ramQuantile: 0.95, ramHolds } });
        for (const own of estimates) {
          const figures = [
            own.durationMs,
            own.durationUpperMs,
            own.ramDiskMedianBytes,
            own.ramDiskUpperBytes,
          ];
          expect(
            [...figures, own.ramDiskBytes].every((value) => Number.isSafeInteger(value) && value > 0),
          ).toBe(true);
          expect(own.durationUpperMs).toBeGreaterThanOrEqual(own.durationMs);
          expect(own.ramDiskUpperBytes).toBeGreaterThanOrEqual(own.ramDiskMedianBytes);
          expect(own.ramDiskBytes).toBeGreaterThanOrEqual(own.ramDiskUpperBytes);
          const parts = Object.values(own.parts).map(Number);
          expect(parts.reduce((sum, bytes) => sum + bytes, 0)).toBe(own.ramDiskBytes);
          expect(parts.every((bytes) => bytes >= 0)).toBe(true);
        }
      }),
      runs,
    );
  });
});
