import type { CommandTemplate } from '../../emit/command/parse-template.ts';
import type { RamHolds } from '../../history/record.ts';
import type { Attempt } from '../attempt.ts';
import type { BuildCommand } from './build-command.ts';

/** How builds are made, the same for all of a run. */
export interface BuilderSettings {
  readonly backend: 'command' | 'sbuild';
  /** The distribution's codename. */
  readonly suite: string;
  /** What `command` runs. */
  readonly template: CommandTemplate;
  readonly sbuild: SbuildSettings;
}

export interface SbuildSettings {
  readonly mode: 'unshare' | 'schroot';
  /**
   * `unshare`: a tarball, absolute, or a name below ~/.cache/sbuild; `schroot`: a chroot's name. A chroot an architecture that builds
   * run on; without one sbuild looks for what is named after suite and architecture.
   */
  readonly chroots: ReadonlyMap<string, string>;
  /** More words for sbuild, behind all others. */
  readonly args: readonly string[];
}

/** Another user than root, who builds where root runs debplan. */
export interface BuildUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

/** One build to be made. */
export interface BuildRequest {
  readonly attempt: Attempt;
  readonly settings: BuilderSettings;
  /** The source package's .dsc, absolute; undefined: there is none, and the command finds the source by itself. */
  readonly dsc: string | undefined;
  /** Where chroot and build tree are to be; undefined: the shim makes it, and tells it as DEBPLAN_WORK. */
  readonly workFolder: string | undefined;
  /** Undefined: who runs debplan. */
  readonly user: BuildUser | undefined;
  /** What debplan was started with. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A file that a build's command reads, in its attempt's folder. */
export interface AttemptFile {
  /** Made here: no text of a plan. */
  readonly name: string;
  readonly content: string;
}

/** A way to build a source package. */
export interface Backend {
  /** For people: lower case, no full stop. */
  readonly describe: string;
  /** What it puts into DEBPLAN_WORK; undefined: nothing, so that a RAM disk there would stay empty. */
  readonly holds: (settings: BuilderSettings) => RamHolds | undefined;
  /** Whether it runs as root of a user namespace that knows no other user. */
  readonly livesInNamespace: (settings: BuilderSettings) => boolean;
  /** Whether other users than the builder come to DEBPLAN_WORK, so that the folders above it must let them pass. */
  readonly comesAsOthers: boolean;
  /** The packages are to lie in the attempt's `out` afterwards. */
  readonly build: (request: BuildRequest) => BuildCommand;
  /** What must lie in the attempt's folder before the command is run. */
  readonly files: (request: BuildRequest) => readonly AttemptFile[];
}
