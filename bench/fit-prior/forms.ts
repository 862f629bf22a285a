import type { Prior, SourceFeatures } from '../../src/internal.ts';
import type { Form } from './fit-sum-model.ts';
import type { Quantity } from './observations.ts';

const TREE: Form = {
  reference: 'debian',
  parts: {
    upstream: { weight: 5, exponent: 1 },
    any: { weight: 2, exponent: 1 },
    all: { weight: 1, exponent: 1 },
    go: { weight: 10, exponent: 1 },
    rust: { weight: 10, exponent: 1 },
    haskell: { weight: 5, exponent: 1 },
    base: { weight: 0.3, exponent: 1 },
  },
  terms: ['xz', 'bz2', 'dependent', 'tests', 'packing', 'packingSquared', 'binariesLog', 'buildDependsLog'],
  toolchains: ['docbook', 'doxygen', 'llvm', 'python', 'qt', 'rust', 'sphinx'],
  // Debian compiles with debug information: it weighs on what is compiled, most of all on C++
  slopes: [
    { dataset: 'debian', term: 'dependent' },
    { dataset: 'debian', term: 'cxx' },
  ],
  noise: { lfs: 0.45, debian: 0.45 },
};

const WORK: Form = {
  reference: 'debian',
  parts: {
    upstream: { weight: 0.03, exponent: 0.9 },
    any: { weight: 0.05, exponent: 0.9 },
    all: { weight: 0.01, exponent: 0.9 },
    go: { weight: 0.1, exponent: 1 },
    rust: { weight: 0.2, exponent: 1 },
    haskell: { weight: 0.2, exponent: 1 },
    java: { weight: 0.2, exponent: 1 },
    base: { weight: 0.02, exponent: 1 },
  },
  terms: [
    ...(['xz', 'bz2', 'dependent', 'cxx', 'tests', 'packing'] as const),
    ...(['packingSquared', 'binariesLog', 'buildDependsLog'] as const),
  ],
  toolchains: [
    ...(['autotools', 'boost', 'check', 'docbook', 'doxygen', 'fortran', 'gtest', 'gtk', 'kde'] as const),
    ...(['llvm', 'meson', 'mpi', 'perl', 'pyext', 'python', 'qt', 'rust', 'sphinx', 'tex'] as const),
  ],
  slopes: [],
  noise: {
    ...{ lfs: 0.7, 'lfs-j4': 0.6, 'lfs-j8': 0.6, t2: 0.8 },
    ...{ slackbuilds: 0.9, spack: 0.7, debian: 0.6 },
  },
};

const MEMORY: Form = {
  reference: 'sbuild',
  parts: {
    upstream: { weight: 20, exponent: 0.6 },
    any: { weight: 20, exponent: 0.6 },
    go: { weight: 50, exponent: 1 },
    rust: { weight: 100, exponent: 1 },
    haskell: { weight: 200, exponent: 1 },
    java: { weight: 100, exponent: 1 },
    base: { weight: 100, exponent: 1 },
  },
  terms: ['cxx'],
  toolchains: [],
  slopes: [],
  noise: { spack: 0.6, debian: 0.5, sbuild: 0.4 },
};

/** What stands in for sizes that are not known. */
const COUNTS: Form['parts'] = {
  binaries: { weight: 1, exponent: 0.8 },
  buildDepends: { weight: 1, exponent: 0.8 },
};

type Knows = Prior['knows'];

export const QUANTITIES: readonly Quantity[] = ['tree', 'work', 'memory'];
export const KNOWS: readonly Knows[] = ['all', 'source', 'binaries', 'counts'];

/** The form of a quantity's model where only some sizes are known. */
export function formOf(quantity: Quantity, knows: Knows): Form {
  const form = { tree: TREE, work: WORK, memory: MEMORY }[quantity];
  const { upstream, any, all, ...others } = form.parts;
  const hasSource = knows === 'all' || knows === 'source';
  const hasBinaries = knows === 'all' || knows === 'binaries';
  const binaries = { ...(any === undefined ? {} : { any }), ...(all === undefined ? {} : { all }) };
  return {
    ...form,
    parts: {
      ...(hasSource && upstream !== undefined ? { upstream } : {}),
      ...(hasBinaries ? binaries : {}),
      ...(knows === 'counts' ? COUNTS : {}),
      ...others,
    },
    terms: form.terms.filter((term) => {
      if (term === 'xz' || term === 'bz2') return hasSource;
      return term === 'packing' || term === 'packingSquared' ? hasBinaries : true;
    }),
  };
}

/** The features without what is not known. */
export function masked(features: SourceFeatures, knows: Knows): SourceFeatures {
  const hasSource = knows === 'all' || knows === 'source';
  const hasBinaries = knows === 'all' || knows === 'binaries';
  return {
    ...features,
    ...(hasSource ? {} : { upstreamBytes: undefined, debianBytes: undefined, compression: undefined }),
    ...(hasBinaries ? {} : { installed: undefined }),
  };
}
