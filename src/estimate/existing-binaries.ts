import type { Unit } from '../archive/unit.ts';
import type { Universe } from '../archive/universe.ts';
import type { BinaryPackage } from '../debian/package.ts';
import { compareVersions } from '../debian/version.ts';

/** What a build's binaries take, in bytes. */
export interface InstalledSizes {
  /** Of architecture-dependent binaries; 0 when this build makes none. */
  readonly anyBytes: number;
  /** Of binaries of `Architecture: all`; 0 when this build makes none. */
  readonly allBytes: number;
  /** All of them as compressed packages; 0: not known. */
  readonly downloadBytes: number;
  /** Whether one of them is linked with C++'s library. */
  readonly hasCxx: boolean;
}

/** The binaries of indexes, found by the source that built them. */
export interface ExistingBinaries {
  /**
   * The sizes of what a unit makes, as it was when its source was last built; undefined where no index lists a binary of the
   * source with its size. Names that the source no longer lists count too: libraries change theirs.
   */
  installedBy(unit: Unit): InstalledSizes | undefined;
}

/** Reads what exists on a universe's architectures once. O(binaries) */
export function existingBinariesOf({ contexts, packages: { index } }: Universe): ExistingBinaries {
  const bySource: BySource = new Map();
  const architectures = new Set(contexts.flatMap(({ arch, buildArch }) => [buildArch, arch]));
  for (const arch of architectures)
    for (let name = 0; name < index.packageCount; name++)
      for (const binary of index.versions(arch, name)) addBinary(binary, bySource);
  return { installedBy: (unit) => installedBy(unit, bySource) };
}

function addBinary(binary: BinaryPackage, bySource: BySource): void {
  if (binary.installedBytes === undefined) return;
  const { source, architecture, sourceVersion } = binary;
  let builds = bySource.get(source);
  if (builds === undefined) bySource.set(source, (builds = []));
  const place = builds.findIndex((one) => one.architecture === architecture);
  const known = builds[place];
  const isSame = known?.version === sourceVersion;
  const order = known === undefined ? 1 : isSame ? 0 : compareVersions(sourceVersion, known.version);
  if (known !== undefined && order === 0) known.binaries.set(binary.name, binary);
  if (order <= 0) return;
  const newest: Built = { architecture, version: sourceVersion, binaries: new Map() };
  newest.binaries.set(binary.name, binary);
  builds[place < 0 ? builds.length : place] = newest;
}

/** The binaries of the newest version of a source that an index has, for one architecture or `all`; by name. */
interface Built {
  readonly architecture: string;
  readonly version: string;
  readonly binaries: Map<string, BinaryPackage>;
}

/** Those of a source, one an architecture. */
type BySource = Map<string, Built[]>;

function installedBy(unit: Unit, bySource: BySource): InstalledSizes | undefined {
  const { name, binaries } = unit.source;
  const builds = bySource.get(name) ?? [];
  const any = builds.find(({ architecture }) => architecture === unit.target.arch);
  const all = builds.find(({ architecture }) => architecture === 'all');
  if (any === undefined && all === undefined) return undefined;
  const leftOut = unit.binaries.length === binaries.length ? NO_NAMES : leftOutBy(unit);
  const anySum = unit.target.kind === 'all' ? NOTHING : sum(any, leftOut);
  const allSum = unit.target.kind === 'any' ? NOTHING : sum(all, leftOut);
  return {
    anyBytes: anySum.installedBytes,
    allBytes: allSum.installedBytes,
    downloadBytes: anySum.downloadBytes + allSum.downloadBytes,
    hasCxx: anySum.hasCxx,
  };
}

const NO_NAMES: ReadonlySet<string> = new Set();

/** The names that the source lists but this unit doesn't make. */
function leftOutBy({ binaries, source }: Unit): ReadonlySet<string> {
  const made = new Set(binaries.map((binary) => binary.name));
  return new Set(source.binaries.map((binary) => binary.name).filter((listed) => !made.has(listed)));
}

const NOTHING: BinarySum = { installedBytes: 0, downloadBytes: 0, hasCxx: false };

interface BinarySum {
  readonly installedBytes: number;
  readonly downloadBytes: number;
  readonly hasCxx: boolean;
}

function sum(built: Built | undefined, leftOut: ReadonlySet<string>): BinarySum {
  let installedBytes = 0;
  let downloadBytes = 0;
  let hasCxx = false;
  for (const binary of built?.binaries.values() ?? []) {
    if (leftOut.has(binary.name)) continue;
    installedBytes += binary.installedBytes ?? 0;
    downloadBytes += binary.downloadBytes ?? 0;
    hasCxx ||= dependsOnCxx(binary);
  }
  return { installedBytes, downloadBytes, hasCxx };
}

function dependsOnCxx({ depends }: BinaryPackage): boolean {
  if (depends === undefined) return false;
  for (const group of depends.groups)
    for (const relation of group) if (relation.package === CXX_LIBRARY) return true;
  return false;
}

const CXX_LIBRARY = 'libstdc++6';
