import { TOOLCHAINS, type SourceFeatures, type Toolchain } from '../../src/internal.ts';
import type { Row } from './read-table.ts';

const KB = 1000;
const KIB = 1024;

/** The features of a source as `joined.tsv` has them, for a build without tests of all that it makes. */
export function featuresOfRow(row: Row, cxx: ReadonlySet<string>): SourceFeatures {
  const allCount = row.number('n_all') ?? 0;
  const anyCount = anyCountOf(row, allCount);
  const anyBytes = (row.number('inst_any_kb') ?? 0) * KIB;
  const allBytes = (row.number('inst_all_kb') ?? 0) * KIB;
  return {
    upstreamBytes: (row.number('orig_kb') ?? 0) * KB,
    debianBytes: (row.number('debian_kb') ?? 0) * KB,
    compression: row.text('comp'),
    anyCount,
    allCount,
    installed:
      anyBytes + allBytes === 0
        ? undefined
        : {
            anyBytes,
            allBytes,
            downloadBytes: (row.number('deb_kb') ?? 0) * KB,
            hasCxx: cxx.has(row.text('source') ?? ''),
          },
    buildDependsCount: row.number('n_bd') ?? 0,
    toolchains: toolchainsOf(row),
    runsTests: false,
  };
}

/** `n_any` counts the binaries of every architecture (linux: 1,556); `n_deb` those of one. */
function anyCountOf(row: Row, allCount: number): number {
  const listed = row.number('n_any') ?? 0;
  const built = row.number('n_deb');
  return built === undefined || built === 0 ? listed : Math.min(listed, Math.max(built - allCount, 0));
}

function toolchainsOf(row: Row): ReadonlySet<Toolchain> {
  const named = new Set(row.text('toolchains')?.split(' ') ?? []);
  const isThere = (toolchain: Toolchain): boolean =>
    named.has(toolchain) || row.text(`f_${COLUMNS.get(toolchain) ?? toolchain}`) === '1';
  return new Set(TOOLCHAINS.filter(isThere));
}

/** Toolchains whose column has another name. */
const COLUMNS: ReadonlyMap<Toolchain, string> = new Map([
  ['kde', 'kf5'],
  ['gtest', 'cxx'],
]);
