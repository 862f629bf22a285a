/**
 * One build that took place, as a line of a history file tells it. What is not known is left out. Times are integer
 * milliseconds, sizes integer bytes.
 */
export interface BuildRecord {
  readonly schema: typeof BUILD_SCHEMA;
  readonly source: string;
  readonly version: string;
  /** What it was built for: a Debian architecture. `all` when only independent binaries were built. */
  readonly arch: string;
  /** The architecture that it ran on, where that is another one. */
  readonly buildArch?: string;
  /** Active build profiles, `nocheck` of DEB_BUILD_OPTIONS among them; sorted. */
  readonly profiles?: readonly string[];
  /** The machine, as the plan or the log calls it. */
  readonly builder?: string;
  /** When it began: `2026-11-23T06:43:57Z`. */
  readonly startedAt?: string;
  /** From the begin of the chroot to the packages: what it held a slot for. */
  readonly wallMs?: number;
  /** Of it: installing build dependencies. */
  readonly installMs?: number;
  /** Of it: from unpacking the source to the packages. */
  readonly buildMs?: number;
  /** User and system time of all processes. */
  readonly cpuMs?: number;
  readonly makeJobs?: number;
  readonly mode?: 'ram' | 'disk';
  /** What `endBytes` and `peakBytes` count: the chroot with all that is in it, or the build folder alone. */
  readonly holds?: RamHolds;
  /** What the RAM disk or folder held when the build ended. */
  readonly endBytes?: number;
  /** The most that it held at once. */
  readonly peakBytes?: number;
  /** What the chroot held when the build itself began: base, apt's files, build dependencies. */
  readonly chrootBytes?: number;
  /** Unpacked source, build tree and packages when the build ended: sbuild's Build-Space. */
  readonly treeBytes?: number;
  /** The largest resident size of the build's processes together, RAM-disk pages not counted. */
  readonly memoryBytes?: number;
  readonly outcome: BuildOutcome;
  /** Where it failed, as sbuild calls it: `build`, `install-deps`, `create-session`, … */
  readonly failStage?: string;
  /** Where the record comes from. */
  readonly from: RecordOrigin;
}

export const BUILD_SCHEMA = 'debplan/build@1';

/** What lies on the RAM disk: the whole chroot, or the build tree alone. */
export type RamHolds = 'chroot' | 'build';

/**
 * `built`; `failed`: the package doesn't build; `no-space`: the disk was full; `given-back`: the build could not begin, or the
 * builder gave up; `killed`: a timeout or a person ended it.
 */
export type BuildOutcome = 'built' | 'failed' | 'no-space' | 'given-back' | 'killed';

export interface RecordOrigin {
  readonly tool: 'sbuild' | 'stats-dir' | 'buildinfo' | 'changes' | 'measure' | 'run';
  /** As the tool tells it: `0.85.0`. */
  readonly toolVersion?: string;
  /** Base name of the log. */
  readonly file?: string;
}
