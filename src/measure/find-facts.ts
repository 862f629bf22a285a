import type { RamHolds } from '../history/record.ts';
import { readChangelogVersion } from '../parse/changelog.ts';
import type { CommandFacts } from './command-facts.ts';
import { readSourceFacts, type SourceFacts } from './dsc-facts.ts';
import type { BuildFacts } from './make-record.ts';
import { hostName, readIfThere } from './surroundings.ts';

/** What the user said of the build; the rest is found. */
export interface GivenFacts {
  readonly source: string | undefined;
  readonly version: string | undefined;
  readonly arch: string | undefined;
  readonly builder: string | undefined;
  readonly makeJobs: number | undefined;
  readonly holds: RamHolds | undefined;
}

/** What is not known and must be: nothing can be recorded. */
export interface MissingFact {
  readonly missing: 'source' | 'version';
}

/**
 * What is built: as the user says, else as the `.dsc` on the command line says, else as its name says, else as the source tree
 * in the working directory says.
 * @param mode of the place that is measured, if one is
 */
export function findFacts(
  given: GivenFacts,
  command: CommandFacts,
  { mode, machineArch }: { readonly mode: BuildFacts['mode']; readonly machineArch: string },
): BuildFacts | MissingFact {
  const found = sourceOf(command);
  const source = given.source ?? found.source ?? command.source;
  const isOther = given.source !== undefined && given.source !== (found.source ?? command.source);
  const version = given.version ?? (isOther ? undefined : (found.version ?? command.version));
  if (source === undefined) return { missing: 'source' };
  if (version === undefined) return { missing: 'version' };
  return {
    source,
    version,
    arch: given.arch ?? (found.isIndependent ? 'all' : (command.arch ?? machineArch)),
    builder: given.builder ?? hostName(),
    profiles: command.profiles,
    makeJobs: given.makeJobs ?? command.makeJobs,
    mode,
    holds: given.holds ?? (command.makesChroot ? 'chroot' : 'build'),
  };
}

function sourceOf({ dsc, source }: CommandFacts): SourceFacts {
  const text = dsc === undefined ? undefined : readIfThere(dsc);
  if (dsc !== undefined && text !== undefined) return readSourceFacts(text, dsc);
  if (source !== undefined) return { isIndependent: false };
  const [control, changelog] = [readIfThere('debian/control'), readIfThere('debian/changelog')];
  if (control === undefined || changelog === undefined) return { isIndependent: false };
  const facts = readSourceFacts(control, 'debian/control');
  const version = readChangelogVersion(changelog, 'debian/changelog', () => undefined);
  return { ...facts, ...(version === undefined ? {} : { version }) };
}
