import type { Report } from '../base/diagnostic.ts';
import { versionProblem } from '../debian/version.ts';
import { badVersion, noChangelogEntry } from './diagnostics.ts';
import { placesIn } from './field.ts';

/** `hello (2.10-3) unstable; urgency=medium`; lines before it are passed over. @see deb-changelog(5) */
const ENTRY = /^\uFEFF?[a-z0-9][a-z0-9+.-]*[ \t]+\(([^()\s]+)\)/im;

/**
 * The version of a changelog's newest entry; undefined, and reported, when there is no entry or dpkg would refuse its
 * version.
 */
export function readChangelogVersion(text: string, file: string, report: Report): string | undefined {
  const match = ENTRY.exec(text);
  const version = match?.[1];
  if (match === null || version === undefined) {
    report(noChangelogEntry(file));
    return undefined;
  }
  const reason = versionProblem(version);
  if (reason === undefined) return version;
  const placeOf = placesIn(text, { file, line: 1, column: 1 });
  report(badVersion(placeOf(match.index + match[0].lastIndexOf('(') + 1), version, reason));
  return undefined;
}
