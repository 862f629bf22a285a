/** What a log, a `.buildinfo` or a `.changes` tells of one build. What it doesn't tell is undefined; nothing is judged yet. */
export interface LoggedBuild {
  readonly tool: 'sbuild' | 'buildinfo' | 'changes';
  readonly toolVersion?: string | undefined;
  readonly source: string;
  /** Of the source: without the `+b1` of a rebuild. */
  readonly version: string;
  /** `all` when only independent binaries were built. */
  readonly arch: string;
  /** The architecture that it ran on. */
  readonly buildArch?: string | undefined;
  readonly kind?: 'any' | 'all' | 'binary' | undefined;
  readonly suite?: string | undefined;
  /** Sorted; undefined when nothing tells which were active. */
  readonly profiles?: readonly string[] | undefined;
  readonly builder?: string | undefined;
  /** ms since 1970. */
  readonly startedMs?: number | undefined;
  readonly endedMs?: number | undefined;
  readonly wallMs?: number | undefined;
  readonly installMs?: number | undefined;
  readonly buildMs?: number | undefined;
  readonly makeJobs?: number | undefined;
  readonly mode?: 'ram' | undefined;
  readonly endBytes?: number | undefined;
  readonly baseBytes?: number | undefined;
  readonly chrootBytes?: number | undefined;
  readonly dependsBytes?: number | undefined;
  readonly downloadBytes?: number | undefined;
  readonly treeBytes?: number | undefined;
  readonly packageBytes?: number | undefined;
  readonly installedPackages?: number | undefined;
  readonly outcome: 'built' | 'failed' | 'no-space' | 'given-back' | 'killed';
  readonly failStage?: string | undefined;
  /** Checks that sbuild ran behind the time that it tells: `lintian`, … */
  readonly checks?: readonly string[] | undefined;
}

/** One build of a file, or why there is none to learn. */
export type LogReading =
  | {
      readonly kind: 'build';
      readonly build: LoggedBuild;
      /** Where it begins. */
      readonly line: number;
      /** Values that were left out, with the reason: `Build-Time: '1h' is no whole number of seconds`. */
      readonly problems: readonly string[];
    }
  | { readonly kind: 'skipped'; readonly line: number; readonly reason: SkipReason };

/** Why a file teaches nothing. `skip-reasons.ts` has the words. */
export type SkipReason =
  | 'cut-short'
  | 'not-built'
  | 'source-only'
  | 'no-version'
  | 'pbuilder'
  | 'apt-log'
  | 'dpkg-log'
  | 'stats-dir'
  | 'history'
  | 'empty'
  | 'binary'
  | 'unknown'
  | 'dangling';
