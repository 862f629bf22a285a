/** A binary package in a list of files, and its size. */
export interface PackageLine {
  readonly file: string;
  readonly bytes: number;
}

/**
 * Reads a line of `Files`, `Checksums-Sha1` or `Checksums-Sha256`: `<checksum> 63984 utils optional jq_1.6-2_amd64.deb`; undefined for
 * what is no binary package. Each package stands there for each kind of checksum.
 * @see deb-changes(5)
 */
export function parsePackageLine(line: string): PackageLine | undefined {
  const match = /^\s*[0-9a-f]{32,64} (\d{1,15})(?: \S+ \S+)? (\S+\.[ud]*deb)$/.exec(line);
  return match === null ? undefined : { file: match[2] ?? '', bytes: Number(match[1]) };
}
