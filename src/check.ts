import type { Archive } from './analyse.ts';
import type { AnalyseOptions } from './analysis.ts';
import { buildUniverse } from './archive/build-universe.ts';
import { selectSources } from './archive/choose-sources.ts';
import { refuseStrangeLayers } from './archive/layers.ts';
import { makeUnits, type NotForArch } from './archive/unit.ts';
import type { Universe, UniverseOptions } from './archive/universe.ts';
import type { Report } from './base/diagnostic.ts';
import type { SourcePackage } from './debian/package.ts';
import { judge, type Judgement } from './resolve/judge.ts';

/**
 * Which binaries count as there. `existing`: those of the `Packages` indexes; `planned`: also all that the sources build;
 * `auto`: also what trees, `.dsc` files and sources of a StarlingX layer build, but not what a `Sources` index lists: that
 * one tells of builds that are done.
 */
export type Available = 'auto' | 'existing' | 'planned';

export interface CheckOptions extends Pick<
  AnalyseOptions,
  | 'architectures'
  | 'profiles'
  | 'alternatives'
  | 'reading'
  | 'layers'
  | 'select'
  | 'kind'
  | 'buildArch'
  | 'implicit'
> {
  readonly available: Available;
  /** The architecture that builds `Architecture: all`; undefined: it is asked of each. */
  readonly allOn: string | undefined;
}

/** What can be built, before it is put into words. */
export interface Check extends Judgement {
  /** A unit for each source, version and architecture. */
  readonly universe: Universe;
  readonly notForArch: readonly NotForArch[];
}

/** Judges every version of every source on each architecture. */
export function checkSources(archive: Archive, options: CheckOptions, report: Report): Check {
  return judgeSources(archive, checkedSources(archive, options), options, report);
}

/**
 * Judges some of the sources, and those whose builds count as available, which the verdicts may rest on: all others leave
 * no trace in the universe but the names of their binaries.
 */
export function judgeSome(
  archive: Archive,
  asked: readonly SourcePackage[],
  options: CheckOptions,
  report: Report,
): Check {
  const counting = checkedSources(archive, options).filter(countsAs(options.available));
  return judgeSources(archive, [...new Set([...asked, ...counting])], options, report);
}

/** All that are selected; `Extra-Source-Only` stanzas are passed over. */
function checkedSources(archive: Archive, options: CheckOptions): readonly SourcePackage[] {
  const all = archive.sources.filter((source) => !source.extraSourceOnly);
  return options.select.length === 0 ? all : selectSources(all, options.select);
}

function judgeSources(
  archive: Archive,
  sources: readonly SourcePackage[],
  options: CheckOptions,
  report: Report,
): Check {
  const known = archive.sources.filter((source) => !source.extraSourceOnly);
  refuseStrangeLayers(options.layers, archive.sources);
  const { units, notForArch } = makeUnits(sources, options, report);
  const { indexedArchitectures, binaries } = archive;
  const isCounted = countsAs(options.available);
  const counts: UniverseOptions['counts'] = ({ source }) => isCounted(source);
  const rules = { ...options, indexedArchitectures, counts, needsBuildEssential: true };
  const universe = buildUniverse(units, known, binaries, rules, report);
  return { universe, notForArch, ...judge(universe) };
}

/** Whether what a source builds is there to be installed. */
function countsAs(available: Available): (source: SourcePackage) => boolean {
  switch (available) {
    case 'existing':
      return () => false;
    case 'planned':
      return () => true;
    case 'auto':
      return ({ origin, layer }) => origin !== 'index' || layer !== undefined;
  }
}
