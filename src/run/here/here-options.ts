import type { Report } from '../../base/diagnostic.ts';
import type { OwnGroup } from '../../measure/command-group.ts';
import type { BuilderSettings, BuildUser } from '../backends/backend.ts';
import type { Attempt } from '../attempt.ts';
import type { WorkFolder } from '../work-folder.ts';
import type { Machine } from './machine.ts';
import type { Limits } from './watch.ts';

/** How builds are run on this machine. */
export interface HereOptions {
  readonly work: WorkFolder;
  readonly settings: BuilderSettings;
  readonly limits: Limits;
  /** The .dsc of an attempt, absolute; undefined: there is none, and its command finds the source by itself. */
  readonly sourceOf: (attempt: Attempt) => Promise<string | undefined>;
  /** Who builds; undefined: who runs debplan. Only root may name another. */
  readonly user: BuildUser | undefined;
  /** A RAM disk that is there, for all builds together. */
  readonly ramDirectory: string | undefined;
  /** From `describeMachine`. */
  readonly machine: Machine;
  /** Makes a control group for an attempt, by a name of its own; left out: as far as this user may. */
  readonly makeGroup?: (name: string) => OwnGroup;
  /** Logs that match one of them are of failures that may pass. */
  readonly transientPatterns: readonly RegExp[];
  /** Chroots and build trees on disk stay where they are. */
  readonly keepsFolders: boolean;
  /** What debplan was started with. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** ms since 1970. */
  readonly clock: () => number;
  readonly report: Report;
}
