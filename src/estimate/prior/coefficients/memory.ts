// Made by `npm run bench:fit-prior -- FOLDER --write`; not for editing.
import type { Models } from '../model.ts';

/** Medians in 10^6 bytes. */
export const MEMORY_MODELS: Models = {
  all: {
    parts: {
      upstream: { weight: 13.76, exponent: 0.6033 },
      any: { weight: 20.19, exponent: 0.7093 },
      go: { weight: 151.8, exponent: 1 },
      rust: { weight: 445.7, exponent: 1 },
      haskell: { weight: 557.3, exponent: 1 },
      java: { weight: 235.4, exponent: 1 },
      base: { weight: 120.2, exponent: 1 },
    },
    terms: { cxx: 0.2864, tests: 0 },
    toolchains: {},
    sigma: 0.4832,
  },
  source: {
    parts: {
      upstream: { weight: 20.42, exponent: 0.5817 },
      go: { weight: 140.9, exponent: 1 },
      rust: { weight: 498.4, exponent: 1 },
      haskell: { weight: 595.1, exponent: 1 },
      java: { weight: 242.8, exponent: 1 },
      base: { weight: 136, exponent: 1 },
    },
    terms: { cxx: 0.4955, tests: 0 },
    toolchains: {},
    sigma: 0.5803,
  },
  binaries: {
    parts: {
      any: { weight: 21.94, exponent: 0.7364 },
      go: { weight: 144.7, exponent: 1 },
      rust: { weight: 472.4, exponent: 1 },
      haskell: { weight: 580.6, exponent: 1 },
      java: { weight: 251.2, exponent: 1 },
      base: { weight: 140.3, exponent: 1 },
    },
    terms: { cxx: 0.2879, tests: 0 },
    toolchains: {},
    sigma: 0.5835,
  },
  counts: {
    parts: {
      binaries: { weight: 3.564, exponent: 0.8046 },
      buildDepends: { weight: 2.214, exponent: 0.799 },
      go: { weight: 159.4, exponent: 1 },
      rust: { weight: 604.1, exponent: 1 },
      haskell: { weight: 690.3, exponent: 1 },
      java: { weight: 313.8, exponent: 1 },
      base: { weight: 157, exponent: 1 },
    },
    terms: { cxx: 0.5109, tests: 0 },
    toolchains: {},
    sigma: 0.6264,
  },
};
