import { compareText } from '../base/compare.ts';
import type { UserError } from '../base/diagnostic.ts';
import type { Available, CheckOptions } from '../check.ts';
import { isArchitecture } from '../debian/architecture.ts';
import type { Machine } from '../io/this-machine.ts';
import { resolveAnalyseOptions, withPreset, type RawOptions } from './analyse-options.ts';
import { unknownArchitecture, usage } from './usage-error.ts';

/** The options of a check as they come from the command line. */
export interface RawCheckOptions extends RawOptions {
  readonly available?: Available | undefined;
  readonly buildArch?: string | undefined;
  readonly hostArch?: string | undefined;
}

/** What a check needs, and the architectures whose indexes it reads. */
export interface ResolvedCheck {
  readonly options: CheckOptions;
  /** Of the builds, and of the machine that they run on. */
  readonly readArchitectures: readonly string[];
}

/**
 * Fills what a check needs. Without `allOn` arch:all is asked of each architecture, but the preset `buildd` asks the first.
 * @throws UserError as `resolveAnalyseOptions`, and for a cross build that doesn't name one host architecture
 * @example
 * const packages = [{ path: 'amd64.Packages', arch: 'amd64' }];
 * const request = { paths: ['tree'], packages, apt: false, architectures: ['amd64'], suite: undefined };
 * const inputs = await readInputs(request);
 * const machine = { arch: 'amd64', cpus: 8, memoryBytes: 64 * 2 ** 30 };
 * const { options } = resolveCheckOptions({ layers: ['base', 'runtime', 'apps'] }, machine);
 * options.available; // → 'auto'
 */
export function resolveCheckOptions(given: RawCheckOptions, machine: Machine): ResolvedCheck {
  const raw = withPreset(given);
  const { hostArch, buildArch } = raw;
  if (hostArch === undefined && buildArch !== undefined) throw needsHostArch(buildArch);
  if (hostArch !== undefined && raw.arch !== undefined) throw twoHostArchs(hostArch);
  const runsOn = hostArch === undefined ? undefined : (buildArch ?? machine.arch);
  if (hostArch !== undefined && !isArchitecture(hostArch))
    throw unknownArchitecture(`--host-arch ${hostArch}`, hostArch);
  if (hostArch !== undefined && raw.allOn !== undefined) throw noAllOn(raw.allOn);
  if (runsOn !== undefined && !isArchitecture(runsOn))
    throw unknownArchitecture(`--build-arch ${runsOn}`, runsOn);
  const arch = hostArch === undefined ? raw.arch : [hostArch];
  const resolved = resolveAnalyseOptions({ ...raw, arch, like: undefined }, machine);
  const isOnce = raw.allOn !== undefined || raw.like === 'buildd';
  const options = {
    ...resolved,
    allOn: isOnce ? resolved.allOn : undefined,
    buildArch: runsOn === hostArch ? undefined : runsOn,
    available: raw.available ?? 'auto',
  };
  const readArchitectures = [
    ...new Set([...resolved.architectures, ...(runsOn === undefined ? [] : [runsOn])]),
  ].sort(compareText);
  return { options, readArchitectures };
}

function needsHostArch(buildArch: string): UserError {
  return usage(
    `--build-arch ${buildArch} has no effect without --host-arch`,
    'name what is built for: --host-arch arm64; for native builds --arch is enough',
  );
}

function twoHostArchs(hostArch: string): UserError {
  return usage(
    `--host-arch ${hostArch} and --arch both say what is built for`,
    'leave --arch out: a cross check is of one architecture',
  );
}

function noAllOn(allOn: string): UserError {
  return usage(
    `--all-on ${allOn} has no effect beside --host-arch`,
    'leave it out: a cross check is of one architecture',
  );
}
