import type { SumModel } from './model.ts';
import type { Prior } from './prior.ts';

/** The models of one quantity, by what is known of a source. */
export type Models = Readonly<Record<Prior['knows'], SumModel>>;

const TREE: SumModel = {
  parts: {
    upstream: { weight: 11, exponent: 1 },
    any: { weight: 5, exponent: 0.95 },
    all: { weight: 2, exponent: 1 },
    base: { weight: 0.5, exponent: 1 },
  },
  terms: { xz: 0.35, dependent: 0.5 },
  toolchains: { qt: 0.45, rust: 0.9 },
  sigma: 0.65,
};
const WORK: SumModel = {
  parts: {
    upstream: { weight: 6, exponent: 0.8 },
    any: { weight: 20, exponent: 0.8 },
    all: { weight: 2, exponent: 0.7 },
    base: { weight: 10, exponent: 1 },
  },
  terms: { tests: 0.3 },
  toolchains: { qt: 0.7, rust: 0.9, boost: 0.6, cmake: 0.2 },
  sigma: 1,
};
const MEMORY: SumModel = {
  parts: {
    base: { weight: 100, exponent: 1 },
    any: { weight: 20, exponent: 0.6 },
    upstream: { weight: 20, exponent: 0.6 },
  },
  terms: {},
  toolchains: { rust: 1, go: 0.7, haskell: 1, cmake: 0.3, java: 0.7 },
  sigma: 0.8,
};
const TREE_OF_COUNTS: SumModel = {
  parts: {
    binaries: { weight: 5, exponent: 0.7 },
    buildDepends: { weight: 5, exponent: 0.7 },
    base: { weight: 5, exponent: 1 },
  },
  terms: {},
  toolchains: {},
  sigma: 1.6,
};

/** Medians in 10^6 bytes. */
export const TREE_MODELS: Models = {
  all: TREE,
  source: { ...TREE, sigma: 0.9 },
  binaries: { ...TREE, sigma: 0.9 },
  counts: TREE_OF_COUNTS,
};
/** Medians in seconds. */
export const WORK_MODELS: Models = {
  all: WORK,
  source: { ...WORK, sigma: 1.3 },
  binaries: { ...WORK, sigma: 1.3 },
  counts: { ...TREE_OF_COUNTS, sigma: 1.7 },
};
/** Medians in 10^6 bytes. */
export const MEMORY_MODELS: Models = { all: MEMORY, source: MEMORY, binaries: MEMORY, counts: MEMORY };
