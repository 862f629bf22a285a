import { ESTIMATE_OPTIONS, type EstimateBuilder, type EstimateContext } from '../../src/estimate/estimate.ts';
import { unitFacts, type UnitFacts } from '../../src/estimate/unit-facts.ts';
import { at } from '../../src/base/column.ts';
import { normalQuantile } from '../../src/base/log-normal.ts';
import { seededRandom, type Random } from '../../src/base/random.ts';
import type { BuildRecord } from '../../src/history/record.ts';
import { analyseTexts, optionsOf, source } from '../support/texts.ts';

export interface WorldOptions {
  readonly seed: number;
  readonly sources: number;
  /** Records of each source: 0 .. so many. */
  readonly records: number;
  /** One build in so many is wild: it takes 50 times as long; 0: none. */
  readonly wildEvery: number;
}

/** A world in which everything is known: what builds take by the model, and a history of some of them. */
export interface World {
  readonly context: EstimateContext;
  readonly facts: readonly UnitFacts[];
  /** Median wall ms of each unit on the mean builder of its architecture; what nobody can see but in records. */
  readonly trueMs: readonly number[];
  readonly trueTreeBytes: readonly number[];
  /** What each unit's next build takes. */
  readonly nextMs: readonly number[];
  readonly nextTreeBytes: readonly number[];
  readonly recordCounts: readonly number[];
  /** Slowness of the builders, as factors. */
  readonly slowness: ReadonlyMap<string, number>;
}

const SCALE = 3;
const NOISE = 0.15;
const TREE_NOISE = 0.06;
const SLOWNESS: ReadonlyMap<string, number> = new Map([
  ['b1', 0.7],
  ['b2', 1],
  ['b3', 1.4],
]);
const BUILDERS: readonly EstimateBuilder[] = [...SLOWNESS.keys()].map((name) => ({
  name,
  arch: 'amd64',
  speed: 1,
  diskFactor: 1.35,
}));

/** Sources of 30 kB to 300 MB whose builds are as far from the prior as it says, on three builders. */
export function simulateWorld({ seed, sources, records, wildEvery }: WorldOptions): World {
  const random = seededRandom(seed);
  const { universe, installability } = universeOf(sources, random);
  const facts = unitFacts({ universe, installability });
  const trueMs = facts.map(({ wallMs }) => SCALE * wallMs.median * Math.exp(wallMs.sigma * normal(random)));
  const trueTreeBytes = facts.map(({ prior: { treeBytes } }) =>
    Math.ceil(treeBytes.median * Math.exp(treeBytes.sigma * normal(random))),
  );
  const recordCounts = facts.map(() => Math.floor(random() * (records + 1)));
  let count = 0;
  const history = facts.flatMap(({ unit }, index) =>
    Array.from({ length: at(recordCounts, index) }, (_, build): BuildRecord => {
      const { name: builder } = at(BUILDERS, Math.floor(random() * BUILDERS.length));
      const wild = wildEvery > 0 && ++count % wildEvery === 0 ? 50 : 1;
      const wallMs =
        at(trueMs, index) * (SLOWNESS.get(builder) ?? 1) * Math.exp(NOISE * normal(random)) * wild;
      return {
        schema: 'debplan/build@1',
        source: unit.source.name,
        version: unit.version,
        arch: 'amd64',
        kind: unit.target.kind,
        builder,
        startedAt: `2026-01-${String(build + 1).padStart(2, '0')}T00:00:00Z`,
        wallMs: Math.ceil(wallMs),
        holds: 'build',
        peakBytes: Math.ceil(at(trueTreeBytes, index) * Math.exp(TREE_NOISE * normal(random))),
        makeJobs: 4,
        outcome: 'built',
        from: { tool: 'run' },
      };
    }),
  );
  return {
    context: {
      universe,
      installability,
      overrides: [],
      history,
      builders: BUILDERS,
      options: ESTIMATE_OPTIONS,
    },
    facts,
    trueMs,
    trueTreeBytes,
    nextMs: trueMs.map((median) => median * Math.exp(NOISE * normal(random))),
    nextTreeBytes: trueTreeBytes.map((median) => median * Math.exp(TREE_NOISE * normal(random))),
    recordCounts,
    slowness: SLOWNESS,
  };
}

/** The share of pairs in which the first is at most the second. */
export function shareWithin(pairs: readonly (readonly [number, number])[]): number {
  return pairs.filter(([value, limit]) => value <= limit).length / pairs.length;
}

/** The middle of the factors between pairs, ≥ 1. */
export function medianFactor(pairs: readonly (readonly [number, number])[]): number {
  const errors = pairs.map(([one, other]) => Math.abs(Math.log(one / other))).sort((a, b) => a - b);
  return Math.exp(at(errors, errors.length >> 1));
}

/** The same things in another order. */
export function shuffled<T>(things: readonly T[], seed: number): readonly T[] {
  const random = seededRandom(seed);
  return things
    .map((thing) => ({ thing, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ thing }) => thing);
}

function universeOf(count: number, random: Random): Pick<EstimateContext, 'universe' | 'installability'> {
  const sources = Array.from({ length: count }, (_, index) => {
    const bytes = Math.round(3e4 * 10 ** (4 * random()));
    const name = `s${String(index).padStart(4, '0')}`;
    return source(name, { Files: `\n d41d8cd9 ${String(bytes)} ${name}_1.orig.tar.gz` });
  });
  const { universe, planned } = analyseTexts({ sources }, optionsOf());
  return { universe, installability: planned.installability };
}

function normal(random: Random): number {
  return normalQuantile(Math.min(1 - 1e-9, Math.max(1e-9, random())));
}
