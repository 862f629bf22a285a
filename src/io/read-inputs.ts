import { compareText } from '../base/compare.ts';
import { noProgress, stepOf, type OnProgress } from '../base/progress.ts';
import type { SourcePackage } from '../debian/package.ts';
import { completeUnits } from '../parse/starlingx/index-lookup.ts';
import { findAptLists } from './apt.ts';
import { ANY_ROLE, findInputs, type FoundFile, type NamedPath } from './find-inputs.ts';
import { suiteWithoutTree } from './input-diagnostics.ts';
import type { InputRequest, Inputs } from './inputs.ts';
import { readDebianFile, type ReadRecords, type RequestedFile } from './read-debian.ts';
import { readStarlingx } from './read-starlingx.ts';
import { Session } from './session.ts';

/**
 * Reads all that a command was given: source trees, `.dsc` files, indexes, StarlingX trees, apt's lists. Troubles in one
 * input are reported and don't hide the others. The same inputs give the same result in whatever order they are named.
 * @throws UserError when a StarlingX tree's suite is not settled
 * @example
 * const packages = [{ path: 'amd64.Packages', arch: 'amd64' }];
 * const request = { paths: ['tree'], packages, apt: false, architectures: ['amd64'], suite: undefined };
 * const inputs = await readInputs(request);
 * inputs.sources.some(({ name }) => name === 'libquay'); // → true
 */
export async function readInputs(
  request: InputRequest,
  onProgress: OnProgress = noProgress,
): Promise<Inputs> {
  onProgress(stepOf('looking for packages'));
  const session = new Session(onProgress);
  const { report } = session.context;
  const apt = request.apt ? await findAptLists(request, report) : [];
  const named: readonly NamedPath[] = [
    ...request.paths.map((path) => ({ ...ANY_ROLE, path })),
    ...request.packages.map(({ path, arch }) => ({ path, mustBePackages: true, arch, mayBeEmpty: false })),
    ...apt,
  ];
  const found = await findInputs(named, report);
  const hasTree = found.repositories.length > 0;
  if (request.suite !== undefined && !hasTree) report(suiteWithoutTree(request.suite));
  const [records, units] = await Promise.all([
    Promise.all(
      found.files
        .flatMap(toRequests)
        .map((file) => session.inTurn(file, () => readDebianFile(file, session))),
    ),
    hasTree ? readStarlingx(found.repositories, request.suite, session) : [],
  ]);
  const indexed = records.flatMap((record) => record.indexSources);
  const fromIndex = hasTree ? completeUnits(units, indexed, report) : indexed;
  const sources = [...records.flatMap((record) => record.sources), ...fromIndex];
  return { sources: sources.sort(compareSources), ...gatherBinaries(records), ...session.account() };
}

/** One reading of a file for each architecture that it was named for; without any, one that finds out. */
function toRequests(file: FoundFile): readonly RequestedFile[] {
  const { label, path } = file;
  const named = [...new Set(file.roles.flatMap(({ arch }) => (arch === undefined ? [] : [arch])))].sort(
    compareText,
  );
  const mustBePackages = file.roles.some((role) => role.mustBePackages);
  const mayBeEmpty = file.roles.every((role) => role.mayBeEmpty);
  const archs = named.length === 0 ? [undefined] : named;
  return archs.map((arch) => ({ label, path, mustBePackages, arch, mayBeEmpty }));
}

/** Records come file by file in label order, and a file's in its own order: no sort is needed. */
function gatherBinaries(records: readonly ReadRecords[]): Pick<Inputs, 'binaries' | 'indexedArchitectures'> {
  const architectures = new Set(records.flatMap((record) => record.indexedArchitectures));
  return {
    binaries: records.flatMap((record) => record.binaries),
    indexedArchitectures: [...architectures].sort(compareText),
  };
}

/** By place, which tells all but the units that one folder yields. */
function compareSources(a: SourcePackage, b: SourcePackage): number {
  return (
    compareText(a.location.file, b.location.file) ||
    a.location.line - b.location.line ||
    compareText(a.buildType ?? '', b.buildType ?? '') ||
    compareText(a.layer ?? '', b.layer ?? '') ||
    compareText(a.name, b.name)
  );
}
