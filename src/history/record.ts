/**
 * One build that took place, as a line of a history file tells it. What is not known is left out. Times are integer
 * milliseconds, sizes integer bytes. `check-record.ts` says what is too absurd to be true.
 */
export interface BuildRecord {
  readonly schema: typeof BUILD_SCHEMA;
  readonly source: string;
  readonly version: string;
  /** What it was built for: a Debian architecture. `all` when only independent binaries were built. */
  readonly arch: string;
  /** The architecture that it ran on, where that is another one. */
  readonly buildArch?: string | undefined;
  /** Which of its binaries were built: those of the architecture, the independent ones, or both. */
  readonly kind?: 'any' | 'all' | 'binary' | undefined;
  /** The suite it was built for: `bookworm`. */
  readonly suite?: string | undefined;
  /** Active build profiles, `nocheck` of DEB_BUILD_OPTIONS among them; sorted. */
  readonly profiles?: readonly string[] | undefined;
  /** The machine, as the plan or the log calls it. */
  readonly builder?: string | undefined;
  /** When it began: `2026-11-23T06:43:57Z`. Old logs tell no time zone: theirs is taken for UTC. */
  readonly startedAt?: string | undefined;
  /** When its packages were there, or it had failed. */
  readonly endedAt?: string | undefined;
  /**
   * What it held a slot for. By `measure` and `run` the whole command; by sbuild's logs from the begin of the chroot to the
   * packages, without lintian, piuparts and autopkgtest, which come later. Failed builds keep it: how long until they failed.
   */
  readonly wallMs?: number | undefined;
  /** Of it: installing build dependencies. */
  readonly installMs?: number | undefined;
  /** Of it: from unpacking the source to the packages. */
  readonly buildMs?: number | undefined;
  /** User and system time of all processes. */
  readonly cpuMs?: number | undefined;
  readonly makeJobs?: number | undefined;
  readonly mode?: 'ram' | 'disk' | undefined;
  /** What `endBytes` and `peakBytes` count: the chroot with all that is in it, or the build folder alone. */
  readonly holds?: RamHolds | undefined;
  /** What the RAM disk or folder held when the build ended. */
  readonly endBytes?: number | undefined;
  /** The most that it held at once. */
  readonly peakBytes?: number | undefined;
  /** What the chroot held before anything was installed or fetched. */
  readonly baseBytes?: number | undefined;
  /** What the chroot held when the build itself began: base, apt's files, build dependencies, the unpacked source. */
  readonly chrootBytes?: number | undefined;
  /** What the build dependencies took once installed, as apt tells it; those that the base held already not counted. */
  readonly dependsBytes?: number | undefined;
  /** What apt fetched for them. */
  readonly downloadBytes?: number | undefined;
  /** Unpacked source, build tree and packages when the build ended: sbuild's Build-Space. */
  readonly treeBytes?: number | undefined;
  /** Its packages, debug symbols among them. */
  readonly packageBytes?: number | undefined;
  /** How many packages the chroot held when it was built. */
  readonly installedPackages?: number | undefined;
  /** The largest resident size of the build's processes together, RAM-disk pages not counted. */
  readonly memoryBytes?: number | undefined;
  readonly outcome: BuildOutcome;
  /** Where it failed, as sbuild calls it: `build`, `install-deps`, `create-session`, … */
  readonly failStage?: string | undefined;
  /** Where the record comes from. */
  readonly from: RecordOrigin;
  /** Fields of later versions of debplan, kept as they are. Not a field of the file itself. */
  readonly others?: ReadonlyMap<string, unknown> | undefined;
}

export const BUILD_SCHEMA = 'debplan/build@1';

/** What lies on the RAM disk: the whole chroot, or the build tree alone. */
export type RamHolds = 'chroot' | 'build';

/**
 * `built`; `failed`: the package doesn't build; `no-space`: the disk was full; `given-back`: the build could not begin, or the
 * builder gave up; `killed`: a timeout or a person ended it.
 */
export type BuildOutcome = (typeof BUILD_OUTCOMES)[number];

export const BUILD_OUTCOMES = ['built', 'failed', 'no-space', 'given-back', 'killed'] as const;

export interface RecordOrigin {
  /** `sbuild`, `buildinfo`, `changes` (what `learn` reads), `measure`, `run`, or another one that wrote the line. */
  readonly tool: string;
  /** As the tool tells it: `0.85.0`. */
  readonly toolVersion?: string | undefined;
  /** Base name of the log; `-` for standard input. */
  readonly file?: string | undefined;
}
