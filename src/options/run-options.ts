import {
  DEFAULT_BUILDER_COMMAND,
  parseTemplate,
  type CommandTemplate,
} from '../emit/command/parse-template.ts';
import { isArchitecture } from '../debian/architecture.ts';
import type { RunPlace } from '../journal/run-event.ts';
import type { KeepFolders } from '../run/tidy-attempt.ts';
import type { SlurmOptions } from '../run/slurm/slurm-options.ts';
import { resolveHistoryFile } from './history-file.ts';
import { byArchitecture, duration, namesIn, size, wholeNumber } from './run-texts.ts';
import { resolveSlurmOptions, type RawSlurmOptions } from './slurm-options.ts';
import { unknownArchitecture, usage } from './usage-error.ts';

/** The options of `debplan run` as they were typed. */
export interface RawRunOptions extends RawSlurmOptions {
  readonly work?: string | undefined;
  readonly resume: boolean;
  readonly retryFailed: boolean;
  readonly builders?: readonly string[] | undefined;
  readonly arch?: readonly string[] | undefined;
  readonly with?: 'command' | 'sbuild' | undefined;
  readonly builderCommand?: string | undefined;
  readonly suite?: string | undefined;
  readonly sources?: readonly string[] | undefined;
  readonly fetch?: 'apt' | undefined;
  readonly chroot?: readonly string[] | undefined;
  readonly chrootMode?: 'unshare' | 'schroot' | undefined;
  readonly user?: string | undefined;
  readonly buildOptions?: readonly string[] | undefined;
  readonly timeout?: string | undefined;
  readonly idleTimeout?: string | undefined;
  readonly retries?: string | undefined;
  readonly transient?: readonly string[] | undefined;
  readonly maxLog?: string | undefined;
  readonly ramDir?: string | undefined;
  /** Undefined: yes. */
  readonly ramDisk?: boolean | undefined;
  /** Undefined: yes. */
  readonly isolate?: boolean | undefined;
  readonly keep?: KeepFolders | undefined;
  readonly history?: string | undefined;
  readonly events?: string | undefined;
  readonly on?: RunPlace | undefined;
  readonly emulate?: boolean | undefined;
}

/** How a plan is run. */
export interface RunOptions {
  /** Path of the work folder, as it was typed. */
  readonly work: string;
  readonly isResumed: boolean;
  readonly retriesFailed: boolean;
  /** Names of the plan's builders; undefined: those of `architectures`. */
  readonly builders: readonly string[] | undefined;
  /** Undefined: this machine's. */
  readonly architectures: readonly string[] | undefined;
  readonly backend: BackendOptions;
  /** The distribution's codename. */
  readonly suite: string;
  /** Folders with source packages. */
  readonly sources: readonly string[];
  /** Whether apt downloads source packages that are in none of them. */
  readonly isFetching: boolean;
  /** Who builds; undefined: who runs debplan. */
  readonly user: string | undefined;
  /** Words of DEB_BUILD_OPTIONS beside `parallel`. */
  readonly buildOptions: readonly string[];
  /** How long a build may take; undefined: as long as it likes. */
  readonly timeoutMs: number | undefined;
  /** How long it may say nothing. */
  readonly idleTimeoutMs: number | undefined;
  /** How many tries may follow the first. */
  readonly retries: number;
  /** Log lines that mean: the same might succeed at another time. */
  readonly transient: readonly RegExp[];
  readonly maxLogBytes: number;
  /** A RAM disk that is there already, for all builds; undefined: one is mounted for each. */
  readonly ramDirectory: string | undefined;
  readonly usesRamDisks: boolean;
  /** Whether builds have namespaces of their own where the system gives them no control group. */
  readonly isIsolating: boolean;
  readonly keep: KeepFolders;
  /** Beside the work folder's own. */
  readonly history: string | undefined;
  /** Gets the journal's lines too. */
  readonly events: string | undefined;
  readonly place: RunPlace;
  readonly slurm: SlurmOptions;
  /** Whether builds of other architectures than this machine's are run, emulated. */
  readonly isEmulating: boolean;
}

export type BackendOptions =
  | { readonly name: 'command'; readonly template: CommandTemplate }
  | {
      readonly name: 'sbuild';
      readonly chrootMode: 'unshare' | 'schroot';
      /** File or name, by architecture; the empty name stands for all that have no own. */
      readonly chroots: ReadonlyMap<string, string>;
    };

const MOST_RETRIES = 100;
const MAX_LOG_BYTES = 2 ** 30;

/** Fills what a run needs; after this nothing is missing. @throws UserError for a value that can't be used */
export function resolveRunOptions(
  raw: RawRunOptions,
  env: Readonly<Record<string, string | undefined>>,
  isRoot: boolean,
): RunOptions {
  const { ramDir, timeout, idleTimeout, retries, builders, on = 'here', fetch } = raw;
  if (ramDir !== undefined && raw.ramDisk === false)
    throw usage(`--ram-dir ${ramDir} and --no-ram-disk contradict each other`, 'leave one out');
  const backend = backendOf(raw);
  return {
    work: raw.work ?? DEFAULT_WORK,
    isResumed: raw.resume || raw.cancel === true,
    retriesFailed: raw.retryFailed,
    builders: builders === undefined ? undefined : namesIn('builders', builders),
    architectures: architecturesOf(raw.arch),
    backend,
    suite: raw.suite ?? DEFAULT_SUITE,
    sources: raw.sources ?? [],
    isFetching: fetch === 'apt',
    user: userOf(raw.user, backend, env, isRoot && on === 'here'),
    buildOptions: raw.buildOptions === undefined ? [] : buildOptionsOf(raw.buildOptions),
    timeoutMs: timeout === undefined ? undefined : duration('timeout', timeout),
    idleTimeoutMs: idleTimeout === undefined ? undefined : duration('idle-timeout', idleTimeout),
    retries: retries === undefined ? 1 : wholeNumber('retries', retries, [0, MOST_RETRIES]),
    transient: (raw.transient ?? []).map(patternOf),
    maxLogBytes: raw.maxLog === undefined ? MAX_LOG_BYTES : size('max-log', raw.maxLog),
    ramDirectory: ramDir,
    usesRamDisks: raw.ramDisk !== false,
    isIsolating: raw.isolate !== false,
    keep: raw.keep ?? 'none',
    history: raw.history === undefined ? undefined : resolveHistoryFile(raw.history),
    events: raw.events,
    place: on,
    slurm: slurmOptionsOf(raw, on),
    isEmulating: raw.emulate === true,
  };
}

function slurmOptionsOf(raw: RawRunOptions, on: RunPlace): SlurmOptions {
  if (raw.cancel === true && on !== 'slurm')
    throw usage('--cancel is for --on slurm', 'Ctrl-C stops builds on this machine');
  const given = Object.entries(raw).find(([key, value]) => key.startsWith('slurm') && value !== undefined);
  if (on === 'slurm' || given === undefined) return resolveSlurmOptions(raw);
  const option = given[0].replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw usage(`--${option} is for --on slurm`, 'add --on slurm, or leave it out');
}

/** Where a run works whose folder nobody names. */
export const DEFAULT_WORK = 'debplan-run';
const DEFAULT_SUITE = 'unstable';

function architecturesOf(given: readonly string[] | undefined): readonly string[] | undefined {
  if (given === undefined) return undefined;
  const names = namesIn('arch', given);
  const wrong = names.find((name) => !isArchitecture(name));
  if (wrong !== undefined) throw unknownArchitecture(`--arch ${wrong}`, wrong);
  return names;
}

function backendOf({ with: name, builderCommand, chroot, chrootMode }: RawRunOptions): BackendOptions {
  if (name === 'sbuild' || (name === undefined && builderCommand === undefined)) {
    if (builderCommand !== undefined)
      throw usage('--builder-command is for --with command, not for --with sbuild', 'leave one out');
    const chroots = byArchitecture('chroot', chroot ?? []);
    return { name: 'sbuild', chrootMode: chrootMode ?? 'unshare', chroots };
  }
  if (chroot !== undefined || chrootMode !== undefined)
    throw usage('--chroot and --chroot-mode are for --with sbuild', 'name the chroot in --builder-command');
  return { name: 'command', template: parseTemplate(builderCommand ?? DEFAULT_BUILDER_COMMAND) };
}

/** sbuild refuses to work for root in a user namespace, and it should not be root who runs what a package brings. */
function userOf(
  user: string | undefined,
  backend: BackendOptions,
  env: Readonly<Record<string, string | undefined>>,
  isRoot: boolean,
): string | undefined {
  if (user !== undefined) {
    if (!USER_NAME.test(user)) throw usage(`--user ${user} is no name of a user`, 'such as --user builder');
    if (!isRoot) throw usage(`--user ${user}: only root builds as somebody else`, 'leave it out');
    return user;
  }
  if (!isRoot || backend.name === 'command') return undefined;
  const caller = env['SUDO_USER'] ?? '';
  if (caller !== '' && caller !== 'root' && USER_NAME.test(caller)) return caller;
  throw usage(
    'nothing says for whom sbuild builds: it does not build for root',
    '--user NAME, such as a user made with adduser --disabled-password builder',
  );
}

const USER_NAME = /^[a-z_][a-z0-9_-]{0,31}\$?$/i;

/** They become words of DEB_BUILD_OPTIONS, which separates them by blanks. */
function buildOptionsOf(given: readonly string[]): readonly string[] {
  const words = namesIn('build-options', given);
  const wrong = words.find((word) => !/^[a-z0-9][a-zA-Z0-9=:.+_/-]*$/.test(word));
  if (wrong !== undefined)
    throw usage(`--build-options: '${wrong}' is no word of DEB_BUILD_OPTIONS`, 'such as nocheck,nodoc');
  const jobs = words.find((word) => word.startsWith('parallel'));
  if (jobs !== undefined)
    throw usage(`--build-options ${jobs}: the plan says how many make jobs each build gets`, 'leave it out');
  return words;
}

function patternOf(text: string): RegExp {
  try {
    return new RegExp(text, 'u');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw usage(
      `--transient: ${reason}`,
      "a JavaScript regular expression, such as --transient 'Connection (refused|timed out)'",
    );
  }
}
