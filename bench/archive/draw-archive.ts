import { seededRandom, type Random } from '../../src/internal.ts';
import { DEBIAN_SHAPE, type ArchiveShape } from './debian-shape.ts';
import { drawQuantile, pick } from './draw.ts';

export interface ArchiveOptions {
  readonly sources: number;
  readonly seed: number;
  /** Left out: Debian's. */
  readonly shape?: ArchiveShape;
  /** Pairs of sources that need the newest of each other, which no index has yet; left out: one in a thousand sources. */
  readonly hardPairs?: number;
}

/** What is built of a source. */
export type SourceKind = keyof ArchiveShape['kinds'];

/**
 * An archive before it is written: what others may refer to. Sources stand by popularity, the one that most need first;
 * binaries by source. All else is drawn when a stanza is written, from the seed and the number of the source or binary alone.
 */
export interface GeneratedArchive {
  readonly shape: ArchiveShape;
  readonly seed: number;
  readonly sourceNames: readonly string[];
  readonly versions: readonly string[];
  readonly kinds: readonly SourceKind[];
  /** First binary of each source, and at last their number. */
  readonly firstBinary: Int32Array;
  readonly binaryNames: readonly string[];
  readonly sourceOfBinary: Int32Array;
  /** 1: `Architecture: all`; one cell a binary, as all below. */
  readonly isAll: Uint8Array;
  /** 1: `Multi-Arch: allowed`. */
  readonly isAny: Uint8Array;
  /** 1: it provides other names beside its own. */
  readonly provides: Uint8Array;
  /** 1: the source's binaries were built again without a new version of it; one cell a source. */
  readonly isRebuilt: Uint8Array;
  /** The other of a pair that needs the newest of each other; -1: none. One cell a source. */
  readonly partner: Int32Array;
}

const FIXED: readonly (readonly [source: string, ...binaries: string[]])[] = [
  ['glibc', 'libc6', 'libc6-dev'],
  ['debhelper', 'debhelper'],
  ['python3-defaults', 'python3', 'python3-all'],
  ['build-essential', 'build-essential'],
  ['perl', 'perl', 'perl-base'],
  ['gcc-defaults', 'gcc', 'g++'],
  ['make-dfsg', 'make'],
  ['dpkg', 'dpkg', 'dpkg-dev'],
];
/** What debhelper-compat (= 13) and g++ are asked for is there. */
const FIXED_VERSION = '13.11.4';
const ALLOWED: readonly string[] = ['python3', 'perl'];
const SYLLABLES = ['ba', 'cor', 'di', 'el', 'fa', 'gri', 'ho', 'in', 'ju', 'ka', 'lo', 'mu', 'ne', 'or', 'pi', 'qua', 'ra', 'sti', 'ta', 'ul', 've', 'wy', 'xe', 'zo'] as const; // prettier-ignore
const PREFIXES = ['', '', '', 'lib', 'lib', 'python-', 'golang-', 'rust-', 'node-', 'ruby-', 'haskell-', 'r-cran-', 'php-', 'fonts-'] as const; // prettier-ignore
const SUFFIXES = ['-dev', '-doc', '-data', '-common', '-bin', '-tools', '-utils', '-plugins'] as const;
/** Sources that only some architectures build are not what much rests on. */
const RARE_FROM = 0.3;
const PAIRS_FROM = 0.4;

/** Draws names, versions, kinds and binaries of so many sources. Same options, same archive. O(sources) */
export function drawArchive(options: ArchiveOptions): GeneratedArchive {
  const { sources: count, seed, shape = DEBIAN_SHAPE, hardPairs = Math.floor(count / 1000) } = options;
  const sourceNames: string[] = [];
  const versions: string[] = [];
  const kinds: SourceKind[] = [];
  const firstBinary = new Int32Array(count + 1);
  const binaryNames: string[] = [];
  const sourceOfBinary: number[] = [];
  const isAll: number[] = [];
  const isAny: number[] = [];
  const provides: number[] = [];
  const isRebuilt = new Uint8Array(count);
  const taken = new Set<string>(FIXED.flat());
  for (let source = 0; source < count; source++) {
    const random = seededRandom(seed * 7919 + source);
    const [fixed, ...fixedBinaries] = FIXED[source] ?? [];
    const name = fixed ?? drawName(taken, random);
    const kind = fixed === undefined ? drawKind(shape, source / count, random) : 'any';
    sourceNames.push(name);
    kinds.push(kind);
    versions.push(fixed === undefined ? drawVersion(shape, random) : FIXED_VERSION);
    isRebuilt[source] = random() < shape.versions.rebuilt ? 1 : 0;
    firstBinary[source] = binaryNames.length;
    const own =
      fixed === undefined ? drawBinaries(name, drawQuantile(shape.binaries, random)) : fixedBinaries;
    for (const [place, binary] of own.entries()) {
      binaryNames.push(binary);
      sourceOfBinary.push(source);
      isAll.push(kind === 'all' || (kind === 'mixed' && place === own.length - 1 && place > 0) ? 1 : 0);
      isAny.push(ALLOWED.includes(binary) || random() < shape.multiArch.allowed ? 1 : 0);
      provides.push(random() < shape.provides.share ? 1 : 0);
    }
  }
  firstBinary[count] = binaryNames.length;
  return {
    ...{ shape, seed, sourceNames, versions, kinds, firstBinary, binaryNames, isRebuilt },
    sourceOfBinary: Int32Array.from(sourceOfBinary),
    isAll: Uint8Array.from(isAll),
    isAny: Uint8Array.from(isAny),
    provides: Uint8Array.from(provides),
    partner: pairUp(count, hardPairs),
  };
}

/** Neighbours in the less popular part, evenly apart. */
function pairUp(count: number, pairs: number): Int32Array {
  const partner = new Int32Array(count).fill(-1);
  const from = Math.ceil(count * PAIRS_FROM);
  const step = Math.max(2, Math.floor((count - from) / Math.max(1, pairs)));
  for (let pair = 0; pair < pairs; pair++) {
    const first = from + pair * step;
    if (first + 1 >= count) break;
    partner[first] = first + 1;
    partner[first + 1] = first;
  }
  return partner;
}

function drawKind({ kinds }: ArchiveShape, place: number, random: Random): SourceKind {
  const drawn = random();
  if (place > RARE_FROM && drawn < kinds.some / (1 - RARE_FROM)) return 'some';
  const rest = random() * (kinds.all + kinds.any + kinds.mixed);
  if (rest < kinds.all) return 'all';
  return rest < kinds.all + kinds.any ? 'any' : 'mixed';
}

function drawName(taken: Set<string>, random: Random): string {
  const prefix = pick(PREFIXES, random);
  let name = prefix;
  while (name === prefix || taken.has(name) || name.length < 4) name += pick(SYLLABLES, random);
  taken.add(name);
  return name;
}

/** The first binary is what is used at run time, the second what others are built with. */
function drawBinaries(source: string, count: number): readonly string[] {
  return Array.from({ length: Math.max(1, count) }, (_, place) => {
    if (place === 0) return source;
    const suffix = SUFFIXES[(place - 1) % SUFFIXES.length] ?? '';
    const round = Math.floor((place - 1) / SUFFIXES.length);
    return round === 0 ? `${source}${suffix}` : `${source}-${round}${suffix}`;
  });
}

function drawVersion({ versions }: ArchiveShape, random: Random): string {
  const number = (below: number): number => Math.floor(random() ** 2 * below);
  const epoch = random() < versions.epoch ? `${1 + number(2)}:` : '';
  const extra = random();
  const upstream = `${number(12)}.${number(30)}.${number(12)}`;
  const tail =
    extra < versions.plus
      ? pick(['+dfsg', '+ds', '+git20220815'], random)
      : extra < versions.plus + versions.tilde
        ? pick(['~rc1', '~beta2', '~git20210101'], random)
        : '';
  const revision = random() < versions.native ? '' : `-${1 + number(9)}`;
  return `${epoch}${upstream}${tail}${revision}`;
}

/** The version in a source's stanza. A source with a partner is newer than its binaries. */
export function newestVersion({ versions, partner }: GeneratedArchive, source: number): string {
  const version = versions[source] ?? '';
  return partner[source] === -1 ? version : `${version}+new1`;
}

/** The version of a binary in the index. */
export function binaryVersion(archive: GeneratedArchive, binary: number): string {
  const source = archive.sourceOfBinary[binary] ?? 0;
  const version = archive.versions[source] ?? '';
  return archive.isRebuilt[source] === 1 && archive.isAll[binary] === 0 ? `${version}+b1` : version;
}
