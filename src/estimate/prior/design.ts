import type { SourceFeatures } from '../features.ts';
import type { Toolchain } from '../toolchains.ts';

/** What the model adds up, each raised to a power: sizes in 10^6 bytes, counts, and what every build has. */
export const PARTS = [
  ...(['upstream', 'debian', 'any', 'all', 'binaries', 'buildDepends'] as const),
  ...(['go', 'rust', 'haskell', 'java', 'base'] as const),
] as const;
export type Part = (typeof PARTS)[number];

/** What multiplies the sum: exp(coefficient × value). A value of 0 says nothing. */
export const TERMS = [
  ...([
    'xz',
    'bz2',
    'dependent',
    'cxx',
    'packing',
    'packingSquared',
    'tests',
    'binariesLog',
    'buildDependsLog',
  ] as const),
] as const;
export type Term = (typeof TERMS)[number];

/** Features as the model takes them; what is not known is 0. */
export interface Design {
  readonly parts: Readonly<Record<Part, number>>;
  readonly terms: Readonly<Record<Term, number>>;
  readonly toolchains: ReadonlySet<Toolchain>;
}

export const MEGABYTE = 1e6;
/** Installed size over compressed size, as a logarithm, of the median source: below are pictures, above is text. */
const USUAL_PACKING = 1.35;
/** The suffixes of what packs about as tightly as xz does. */
const TIGHT: ReadonlySet<string> = new Set(['xz', 'lzma', 'zst']);

export function designOf(features: SourceFeatures): Design {
  const { upstreamBytes = 0, debianBytes = 0, installed, anyCount, allCount, compression } = features;
  const binaries = anyCount + allCount;
  return {
    parts: {
      upstream: upstreamBytes / MEGABYTE,
      debian: debianBytes / MEGABYTE,
      any: (installed?.anyBytes ?? 0) / MEGABYTE,
      all: (installed?.allBytes ?? 0) / MEGABYTE,
      binaries,
      buildDepends: features.buildDependsCount,
      go: Number(features.toolchains.has('go')),
      rust: Number(features.toolchains.has('rust')),
      haskell: Number(features.toolchains.has('haskell')),
      java: Number(features.toolchains.has('java')),
      base: 1,
    },
    terms: {
      xz: Number(compression !== undefined && TIGHT.has(compression)),
      bz2: Number(compression === 'bz2'),
      dependent: Number(anyCount > 0),
      cxx: Number(
        anyCount > 0 && (installed?.hasCxx ?? CXX_TOOLS.some((name) => features.toolchains.has(name))),
      ),
      packing: packingOf(features),
      packingSquared: packingOf(features) ** 2,
      tests: Number(features.runsTests),
      binariesLog: Math.log1p(binaries),
      buildDependsLog: Math.log1p(features.buildDependsCount),
    },
    toolchains: features.toolchains,
  };
}

/** What C++ is built with, for sources of which no binary is known. */
const CXX_TOOLS: readonly Toolchain[] = ['boost', 'cmake', 'eigen', 'gtest', 'kde', 'qt'];

/** How much the binaries shrink when they are packed, against the usual; 0 where it is not known. */
function packingOf({ installed }: SourceFeatures): number {
  if (installed === undefined || installed.downloadBytes === 0) return 0;
  const installedBytes = installed.anyBytes + installed.allBytes;
  if (installedBytes < MEGABYTE / 5) return 0;
  const ratio = Math.log(installedBytes / installed.downloadBytes) - USUAL_PACKING;
  return Math.max(-USUAL_PACKING, Math.min(USUAL_PACKING, ratio));
}
