import { compareText } from '../base/compare.ts';
import type { SourcePackage } from '../debian/package.ts';
import { compareVersions } from '../debian/version.ts';
import type { BuildRecord } from '../history/record.ts';

/**
 * Sources of which nothing is known but that they were built, so that a history can be predicted where no index tells more:
 * one for each source that is not known, in the newest version built.
 * @param known names of sources
 * @returns by name
 */
export function bareSources(
  history: readonly BuildRecord[],
  known: ReadonlySet<string>,
): readonly SourcePackage[] {
  const newest = new Map<string, string>();
  for (const { source, version } of history) {
    const other = newest.get(source);
    if (known.has(source) || (other !== undefined && compareVersions(other, version) >= 0)) continue;
    newest.set(source, version);
  }
  return [...newest]
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, version]) => bareSource(name, version));
}

function bareSource(name: string, version: string): SourcePackage {
  const none = { always: undefined, arch: undefined, indep: undefined };
  return {
    name,
    version,
    architectures: ['any', 'all'],
    binaries: [],
    knowsBinaries: false,
    origin: 'index',
    tellsRelations: false,
    buildDepends: none,
    buildConflicts: none,
    extraSourceOnly: false,
    buildSizeBytes: undefined,
    sourceBytes: undefined,
    tarballs: undefined,
    serial: false,
    layer: undefined,
    buildType: undefined,
    location: { file: 'history', line: 1 },
  };
}
