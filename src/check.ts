import type { Archive, AnalyseOptions } from './analyse.ts';
import { buildUniverse } from './archive/build-universe.ts';
import { selectSources } from './archive/choose-sources.ts';
import { makeUnits, type NotForArch, type Unit } from './archive/unit.ts';
import type { Universe } from './archive/universe.ts';
import type { Report } from './base/diagnostic.ts';
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
  const all = archive.sources.filter((source) => !source.extraSourceOnly);
  const sources = options.select.length === 0 ? all : selectSources(all, options.select);
  const { units, notForArch } = makeUnits(sources, options, report);
  const { indexedArchitectures, binaries } = archive;
  const counts = countsAs(options.available);
  const rules = { ...options, indexedArchitectures, counts, needsBuildEssential: true };
  const universe = buildUniverse(units, all, binaries, rules, report);
  return { universe, notForArch, ...judge(universe) };
}

function countsAs(available: Available): (unit: Unit) => boolean {
  switch (available) {
    case 'existing':
      return () => false;
    case 'planned':
      return () => true;
    case 'auto':
      return ({ source }) => source.origin !== 'index' || source.layer !== undefined;
  }
}
