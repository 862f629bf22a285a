import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceFeatures } from '../../src/internal.ts';
import { featuresOfRow } from './features-of-row.ts';
import { readTable, type Row } from './read-table.ts';

/** Where a figure comes from; each has a scale of its own. */
export type Dataset = 'debian' | 'sbuild' | 'lfs' | 'lfs-j4' | 'lfs-j8' | 't2' | 'slackbuilds' | 'spack';
export type Quantity = 'tree' | 'work' | 'memory';

/** One published figure of one source. */
export interface Observation {
  readonly source: string;
  readonly dataset: Dataset;
  readonly quantity: Quantity;
  readonly features: SourceFeatures;
  /** 10^6 bytes or seconds; > 0. */
  readonly value: number;
  /** The true figure lies below. */
  readonly isUpperLimit: boolean;
  /**
   * How far apart the sources are that the features and the figure belong to: |ln| of the ratio of their tarballs' sizes; 0
   * where it was the same.
   */
  readonly drift: number;
}

export interface Figures {
  readonly observations: readonly Observation[];
  /** What was read: name, SHA-256, rows. */
  readonly files: readonly { readonly name: string; readonly sha256: string; readonly rows: number }[];
}

const MEGABYTE = 1e6;
/** One LFS figure is of one configuration of the kernel, Debian's features are of six with debug information. */
const OTHER_THING: ReadonlySet<string> = new Set(['linux']);

/** @param folder of the public figures; @param own folder of `more-builds.tsv` */
export function readFigures(folder: string, own: string): Figures {
  const files: { name: string; sha256: string; rows: number }[] = [];
  const read = (path: string, name: string): readonly Row[] => {
    const text = readFileSync(join(path, name), 'utf8');
    const rows = readTable(text);
    files.push({ name, sha256: createHash('sha256').update(text).digest('hex'), rows: rows.length });
    return rows;
  };
  const joined = read(folder, 'joined.tsv');
  const measured = read(folder, 'debian_measured.tsv');
  const more = read(own, 'more-builds.tsv');
  const cxx = new Set(read(own, 'cxx-sources.tsv').map((row) => row.text('source') ?? ''));
  const features = new Map([...more, ...joined].map((row) => [row.text('source') ?? '', row]));
  const observations = [
    ...measured.flatMap((row) => measuredObservations(row, features.get(row.text('source') ?? ''), cxx)),
    ...more.flatMap((row) => moreObservations(row, cxx)),
    ...joined.flatMap((row) => joinedObservations(row, cxx)),
  ];
  return { observations, files };
}

type Figure = number | undefined;

/** @param features of the row's source; undefined: not known, so nothing is observed */
function measuredObservations(
  row: Row,
  features: Row | undefined,
  cxx: ReadonlySet<string>,
): readonly Observation[] {
  if (features === undefined) return [];
  const figures = [row.number('peak_mb'), row.number('cpu_s')] as const;
  return debianObservations(features, cxx, figures, 'debian', row.number('maxrss_mb'));
}

function moreObservations(row: Row, cxx: ReadonlySet<string>): readonly Observation[] {
  const figures = [row.number('tree_mb'), row.number('cpu_s')] as const;
  return debianObservations(row, cxx, figures, 'sbuild', row.number('maxrss_mb'));
}

/** @param memoryOf what `memory` was measured of: `debian` is the largest process, `sbuild` all together */
function debianObservations(
  row: Row,
  cxx: ReadonlySet<string>,
  [tree, work]: readonly [Figure, Figure],
  memoryOf: Dataset,
  memory: Figure,
): readonly Observation[] {
  const source = row.text('source') ?? '';
  const common = { source, features: featuresOfRow(row, cxx), isUpperLimit: false, drift: 0 };
  return [
    ...observed({ ...common, dataset: 'debian', quantity: 'tree' }, tree),
    ...observed({ ...common, dataset: 'debian', quantity: 'work' }, work),
    ...observed({ ...common, dataset: memoryOf, quantity: 'memory' }, memory),
  ];
}

function joinedObservations(row: Row, cxx: ReadonlySet<string>): readonly Observation[] {
  const source = row.text('source') ?? '';
  const features = featuresOfRow(row, cxx);
  const common = { source, features, isUpperLimit: false, drift: 0 };
  return [
    ...(OTHER_THING.has(source) ? [] : lfsObservations(row, common)),
    ...observed({ ...common, dataset: 't2', quantity: 'work' }, positive(row.number('t2_sbu'), 0.005)),
    ...observed({ ...common, dataset: 'slackbuilds', quantity: 'work' }, row.number('sbo_secs')),
    ...observed({ ...common, dataset: 'spack', quantity: 'work' }, row.number('spack_s_median')),
    ...observed({ ...common, dataset: 'spack', quantity: 'memory' }, row.number('spack_mem_mb_max')),
  ];
}

/** What was built there was another version, with a tarball of its own: that one's size counts. */
function lfsObservations(
  row: Row,
  common: Omit<Observation, 'dataset' | 'quantity' | 'value'>,
): readonly Observation[] {
  const debian = common.features.upstreamBytes ?? 0;
  const upstreamBytes = (row.number('lfs_download_mb') ?? debian / MEGABYTE) * MEGABYTE;
  const drift = Math.abs(Math.log(upstreamBytes / debian));
  const lfs = { ...common, dataset: 'lfs' as const, drift };
  const isUpperLimit = row.text('lfs_cens') === 'lt';
  const withTests = (column: string): SourceFeatures => ({
    ...common.features,
    upstreamBytes,
    runsTests: row.text(column) === 'incl',
  });
  return [
    ...observed(
      { ...lfs, quantity: 'tree', features: withTests('lfs_disk_tests') },
      row.number('lfs_disk_mb'),
    ),
    ...observed(
      {
        ...lfs,
        quantity: 'work',
        dataset: row.text('lfs_par') === '4' ? 'lfs-j4' : row.text('lfs_par') === '8' ? 'lfs-j8' : 'lfs',
        features: withTests('lfs_tests'),
        isUpperLimit,
      },
      // "less than 0.1" stands there as 0.05
      (row.number('lfs_sbu') ?? 0) * (isUpperLimit ? 2 : 1),
    ),
  ];
}

/** T2 rounds to hundredths: 0.00 is something below. */
function positive(value: number | undefined, least: number): number | undefined {
  return value === undefined ? undefined : Math.max(value, least);
}

function observed(rest: Omit<Observation, 'value'>, value: number | undefined): readonly Observation[] {
  return value === undefined || value <= 0 ? [] : [{ ...rest, value }];
}
