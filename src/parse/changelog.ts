/** The newest entry of a changelog. */
export interface ChangelogVersion {
  readonly name: string;
  readonly version: string;
}

/**
 * The name and version of a changelog's first entry: `hello (2.10-3) unstable; urgency=medium`. Lines before it are
 * passed over.
 * @returns undefined when there is no entry. The version is as it stands: judge it with `versionProblem`
 * @see deb-changelog(5)
 */
export function parseChangelogVersion(text: string): ChangelogVersion | undefined {
  const match = /^\uFEFF?([a-z0-9][a-z0-9+.-]*)[ \t]+\(([^()\s]+)\)/im.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  return { name: match[1], version: match[2] };
}
