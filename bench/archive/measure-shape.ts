import { readStanzas, type Report } from '../../src/internal.ts';

/** What of an archive's shape can be read off its indexes, to be held against another archive's. Shares are of 1. */
export interface MeasuredShape {
  readonly sources: number;
  readonly binaries: number;
  /** Bytes of an average stanza. */
  readonly sourceStanzaBytes: number;
  readonly packageStanzaBytes: number;
  /** At a tenth, half, nine tenths and 99 of 100. */
  readonly binariesOfSource: readonly number[];
  readonly buildGroups: readonly number[];
  readonly runGroups: readonly number[];
  readonly installedKib: readonly number[];
  /** Of references, to the 10, 100 and 1,000 names that most refer to. */
  readonly buildTop: readonly number[];
  readonly runTop: readonly number[];
  /** Of all groups of that kind. */
  readonly buildVersioned: number;
  readonly buildProfiled: number;
  readonly buildVirtual: number;
  readonly runVersioned: number;
  readonly runAlternatives: number;
  readonly runVirtual: number;
  /** Of binaries. */
  readonly all: number;
  readonly multiArch: number;
  readonly provides: number;
  /** Of sources' versions. */
  readonly epoch: number;
  readonly native: number;
}

interface Groups {
  /** Groups of each package. */
  readonly counts: readonly number[];
  readonly texts: readonly string[];
}

const SHARES = [0.1, 0.5, 0.9, 0.99] as const;
const TOPS = [10, 100, 1000] as const;

/** Measures `Sources` and the `Packages` of one architecture. Stanzas with `Extra-Source-Only` don't count. */
export function measureShape(sourcesText: string, packagesText: string): MeasuredShape {
  const sources = readFields(sourcesText).filter((own) => !own.has('extra-source-only'));
  const packages = readFields(packagesText);
  const build = groupsOf(sources, ['build-depends', 'build-depends-arch', 'build-depends-indep']);
  const run = groupsOf(packages, ['pre-depends', 'depends']);
  const real = new Set(packages.map((own) => own.get('package')));
  const shareOf = (texts: readonly string[], pattern: RegExp): number =>
    texts.filter((text) => pattern.test(text)).length / texts.length;
  const virtualIn = ({ texts }: Groups): number =>
    texts.filter((text) => !real.has(nameOf(text))).length / texts.length;
  const withField = (name: string): number => packages.filter((own) => own.has(name)).length / packages.length; // prettier-ignore
  const versions = sources.map((own) => own.get('version') ?? '');
  return {
    sources: sources.length,
    binaries: packages.length,
    sourceStanzaBytes: sourcesText.length / sources.length,
    packageStanzaBytes: packagesText.length / packages.length,
    binariesOfSource: quantilesOf(sources.map((own) => splitGroups(own.get('binary')).length)),
    buildGroups: quantilesOf(build.counts),
    runGroups: quantilesOf(run.counts),
    installedKib: quantilesOf(packages.map((own) => Number(own.get('installed-size') ?? 0))),
    buildTop: topShares(build.texts),
    runTop: topShares(run.texts),
    buildVersioned: shareOf(build.texts, /\(/),
    buildProfiled: shareOf(build.texts, /<!/),
    buildVirtual: virtualIn(build),
    runVersioned: shareOf(run.texts, /\(/),
    runAlternatives: shareOf(run.texts, /\|/),
    runVirtual: virtualIn(run),
    all: packages.filter((own) => own.get('architecture') === 'all').length / packages.length,
    multiArch: withField('multi-arch'),
    provides: withField('provides'),
    epoch: shareOf(versions, /:/),
    native: shareOf(versions, /^[^-]*$/),
  };
}

function readFields(text: string): readonly ReadonlyMap<string, string>[] {
  const silent: Report = () => undefined;
  return Array.from(
    readStanzas(text, '', silent),
    ({ fields }) => new Map([...fields].map(([name, field]) => [name, field.text])),
  );
}

function groupsOf(stanzas: readonly ReadonlyMap<string, string>[], fields: readonly string[]): Groups {
  const lists = stanzas.map((own) => fields.flatMap((field) => splitGroups(own.get(field))));
  return { counts: lists.map((groups) => groups.length), texts: lists.flat() };
}

function splitGroups(text = ''): readonly string[] {
  return text
    .split(',')
    .map((group) => group.trim())
    .filter((group) => group !== '');
}

function nameOf(group: string): string {
  return /^[^\s:([<|]*/.exec(group)?.[0] ?? '';
}

function quantilesOf(values: readonly number[]): readonly number[] {
  const sorted = Float64Array.from(values).sort();
  return SHARES.map((share) => sorted[Math.floor(share * sorted.length)] ?? 0);
}

function topShares(groups: readonly string[]): readonly number[] {
  const counts = new Map<string, number>();
  for (const group of groups) counts.set(nameOf(group), (counts.get(nameOf(group)) ?? 0) + 1);
  const sorted = [...counts.values()].sort((a, b) => b - a);
  return TOPS.map((top) => sorted.slice(0, top).reduce((sum, count) => sum + count, 0) / groups.length);
}
