import type { Archive } from './analyse.ts';
import type { AnalyseOptions } from './analysis.ts';
import { buildUniverse } from './archive/build-universe.ts';
import { chooseSources } from './archive/choose-sources.ts';
import { makeUnits } from './archive/unit.ts';
import type { Reading } from './archive/context.ts';
import { compareText } from './base/compare.ts';
import type { Report } from './base/diagnostic.ts';
import { makeCyclePlatforms } from './cycles/starlingx/make-platforms.ts';
import type { CyclePlatform } from './cycles/starlingx/platform.ts';
import { weighAsDebian } from './cycles/starlingx/weigh-as-debian.ts';
import { chooseIn, type Walkable } from './graph/universe-graph.ts';

/** What decides which platforms there are. */
export type PlatformOptions = Pick<AnalyseOptions, 'architectures' | 'layers'>;

/**
 * What StarlingX's build would order for each suite, architecture, layer and build type of the inputs: for the lint and
 * for the writer of cycle-order files. Always all sources, as StarlingX reads them: without build profiles, and with
 * `Architecture: all` built on each architecture; how firm a wait is, is judged by Debian's reading.
 * @param suite what the inputs are called, if they are one suite
 */
export function cyclePlatforms(
  archive: Archive,
  options: PlatformOptions,
  suite: string,
): readonly CyclePlatform[] {
  const read = (part: Archive, name: string): readonly CyclePlatform[] =>
    weighAsDebian(
      makeCyclePlatforms(walkable(part, options, 'starlingx'), name),
      makeCyclePlatforms(walkable(part, options, 'debian'), name),
    );
  const suites = splitSuites(archive);
  return suites === undefined
    ? read(archive, suite)
    : suites.flatMap(({ name, archive: part }) => read(part, name));
}

function walkable(archive: Archive, { architectures, layers }: PlatformOptions, reading: Reading): Walkable {
  const silent: Report = () => undefined;
  const sources = chooseSources(archive.sources, [], silent);
  const targets = {
    architectures,
    allOn: undefined,
    kind: 'binary',
    buildArch: undefined,
    profiles: [],
  } as const;
  const { units } = makeUnits(sources, targets, silent);
  const rules = {
    indexedArchitectures: archive.indexedArchitectures,
    layers,
    needsBuildEssential: false,
    reading,
    implicit: [],
    counts: () => true,
    alternatives: 'any',
  } as const;
  return chooseIn(buildUniverse(units, sources, archive.binaries, rules, silent));
}

interface Suite {
  readonly name: string;
  readonly archive: Archive;
}

/**
 * Several suites in one run: `trixie.Sources` and `bullseye.Sources`, each with a Packages index that is called after it,
 * `trixie-amd64.Packages`. Read together, the newer version of each source would hide the older suite's.
 * @returns undefined unless there are two or more, each with an index of its own
 */
function splitSuites({ sources, binaries, indexedArchitectures }: Archive): readonly Suite[] | undefined {
  if (sources.some(({ origin }) => origin !== 'index')) return undefined;
  const files = [...new Set(sources.map(({ location }) => location.file))].sort(compareText);
  if (files.length < 2) return undefined;
  const names = new Map(files.map((file) => [file, suiteName(file)]));
  const suiteOf = new Map<string, string>();
  for (const { location } of binaries) {
    if (suiteOf.has(location.file)) continue;
    const owners = [...names.values()].filter((name) => isCalledAfter(location.file, name));
    suiteOf.set(location.file, owners.sort((a, b) => b.length - a.length)[0] ?? '');
  }
  const found = files.map((file): Suite => {
    const name = names.get(file) ?? '';
    const own = binaries.filter(({ location }) => suiteOf.get(location.file) === name);
    const listed = new Set(own.flatMap(({ indexArchitectures }) => indexArchitectures));
    return {
      name,
      archive: {
        sources: sources.filter(({ location }) => location.file === file),
        binaries: own,
        indexedArchitectures: indexedArchitectures.filter((arch) => listed.has(arch)),
      },
    };
  });
  const isClear = new Set(names.values()).size === files.length;
  return isClear && found.every(({ archive }) => archive.binaries.length > 0) ? found : undefined;
}

/** `some/folder/trixie.Sources.xz` → `trixie`. */
function suiteName(file: string): string {
  return baseName(file).replace(/\..*$/s, '');
}

function isCalledAfter(file: string, suite: string): boolean {
  const base = baseName(file);
  return suite !== '' && base.startsWith(suite) && /^[-_.]/.test(base.slice(suite.length));
}

function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
