import fc from 'fast-check';
import { at } from '../../src/base/column.ts';
import { MUTATORS, type MutatorName, type Pick } from './mutators.ts';
import type { Target } from './target.ts';

/** One change: which, and where. */
export interface Mutation {
  readonly name: MutatorName;
  readonly picks: readonly number[];
}

/** How a file is made; few and small numbers are what fast-check shrinks to. */
export interface Recipe {
  readonly seed: number;
  readonly mutations: readonly Mutation[];
}

const NAMES: readonly MutatorName[] = Object.keys(MUTATORS).filter(
  (name): name is MutatorName => name in MUTATORS,
);
/** Larger files are cut: what is slow there is slow in smaller ones. */
const MOST_BYTES = 2_000_000;

/** Any recipe with up to six changes. */
export function recipes(target: Target): fc.Arbitrary<Recipe> {
  return fc.record({
    seed: fc.nat({ max: target.seeds().length - 1 }),
    mutations: fc.array(
      fc.record({
        name: fc.constantFrom(...NAMES),
        picks: fc.array(fc.nat({ max: 0x7fff_ffff }), { minLength: 3, maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 6, size: 'max' },
    ),
  });
}

/** The file that a recipe makes. */
export function cook(target: Target, { seed, mutations }: Recipe): Uint8Array {
  let text = Buffer.from(at(target.seeds(), seed)).toString('latin1');
  for (const { name, picks } of mutations) {
    let next = 0;
    const pick: Pick = (bound) => (bound <= 0 ? 0 : at(picks, next++ % picks.length) % bound);
    text = MUTATORS[name](text, pick).slice(0, MOST_BYTES);
  }
  return Buffer.from(text, 'latin1');
}
