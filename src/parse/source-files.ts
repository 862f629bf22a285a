import type { SourcePackage, SourceTarballs } from '../debian/package.ts';
import { badSize } from './diagnostics.ts';
import { placesIn, valueLocation, valueText, type Field } from './field.ts';
import type { ParseContext } from './parse-context.ts';

export type SourceSizes = Pick<SourcePackage, 'sourceBytes' | 'tarballs'>;

/**
 * Reads `Files` or `Checksums-*`: lines of checksum, size, name.
 * @returns undefined sizes, and reported, when a line is none. O(length)
 * @see Debian Policy 5.6.21; dsc(5)
 */
export function readSourceFiles(field: Field, file: string, context: ParseContext): SourceSizes {
  const text = valueText(field);
  const sum = new TarballSum();
  let sourceBytes = 0;
  for (let start = 0; start < text.length;) {
    const lineEnd = text.indexOf('\n', start);
    const end = lineEnd === -1 ? text.length : lineEnd;
    const row = text.slice(start, end);
    const match = SIZE_ROW.exec(row);
    if (match === null && /\S/.test(row)) {
      const offset = start + (/^\s*\S+\s+(?=\S)/.exec(row)?.[0].length ?? row.search(/\S/));
      const location = placesIn(text, valueLocation(field, file))(offset);
      context.report(badSize(location, field.name, row.trim()));
      return { sourceBytes: undefined, tarballs: undefined };
    }
    const bytes = Number(match?.[1] ?? 0);
    sourceBytes += bytes;
    sum.add(row, bytes);
    start = end + 1;
  }
  return { sourceBytes, tarballs: sum.tarballs() };
}

/** Checksum, size, name. */
const SIZE_ROW = /^\s*\S+\s+(\d{1,15})(?!\S)/;
const TAR = '.tar';
const DIFF = '.diff.gz';
/** What may stand behind `.tar`: the compression's suffix; `.tar.gz.asc` is a signature. */
const COMPRESSION = /^(?:\.([a-z0-9]+))?\s*$/;

/** The tarballs of one source, as its files are read. */
class TarballSum {
  #upstreamBytes = 0;
  #debianBytes = 0;
  #largestBytes = -1;
  #compression = '';

  /** @param row ends in the file's name */
  add(row: string, bytes: number): void {
    if (row.includes(DIFF)) {
      if (row.trimEnd().endsWith(DIFF)) this.#debianBytes += bytes;
      return;
    }
    const tar = row.lastIndexOf(TAR);
    if (tar === -1) return;
    const match = COMPRESSION.exec(row.slice(tar + TAR.length));
    if (match === null) return;
    if (row.endsWith('.debian', tar)) {
      this.#debianBytes += bytes;
      return;
    }
    this.#upstreamBytes += bytes;
    if (bytes <= this.#largestBytes) return;
    this.#largestBytes = bytes;
    this.#compression = match[1] ?? 'tar';
  }

  /** Undefined without one of upstream's. */
  tarballs(): SourceTarballs | undefined {
    if (this.#largestBytes < 0) return undefined;
    return {
      upstreamBytes: this.#upstreamBytes,
      debianBytes: this.#debianBytes,
      compression: this.#compression,
    };
  }
}
