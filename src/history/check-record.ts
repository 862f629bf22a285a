import { findContradiction, MOST_CORES } from './find-contradiction.ts';
import { RECORD_FIELDS } from './format-record.ts';
import { jsonExcerpt } from './json-text.ts';
import { BUILD_OUTCOMES, BUILD_SCHEMA, type BuildRecord, type RamHolds } from './record.ts';
import { isJsonObject, RecordReader } from './record-reader.ts';

/** A value as a record, and what is wrong with it. */
export interface CheckedRecord {
  /** Undefined when the whole record can't be used. */
  readonly record: BuildRecord | undefined;
  /** What was left out, each with its reason: `wallMs: -5 is no duration`. */
  readonly problems: readonly string[];
}

const HOLDS: readonly RamHolds[] = ['chroot', 'build'];
const MODES: readonly ('ram' | 'disk')[] = ['ram', 'disk'];
const KINDS: readonly ('any' | 'all' | 'binary')[] = ['any', 'all', 'binary'];
const KNOWN: ReadonlySet<string> = new Set(RECORD_FIELDS);

/**
 * Makes a record of a parsed JSON value. What can't be true is left out with a reason: sizes below 0 or above 1 PiB,
 * durations of 0 or above 60 days, times before 1993 or after 2200, an end before the start, a peak below the end size, parts longer
 * than the whole. Without a source, version, architecture or outcome there is no record. Fields that this version does not know
 * are kept.
 */
export function checkRecord(value: unknown): CheckedRecord {
  if (!isJsonObject(value)) return { record: undefined, problems: ['is no JSON object'] };
  const reader = new RecordReader(value);
  const schema = reader.take('schema');
  if (schema !== BUILD_SCHEMA) {
    const given = schema === undefined ? 'has no schema' : `has the schema ${jsonExcerpt(schema)}`;
    return { record: undefined, problems: [`${given}, not "${BUILD_SCHEMA}"`] };
  }
  const source = reader.packageName('source');
  const version = reader.version('version');
  const arch = reader.architecture('arch');
  const outcome = reader.choice('outcome', BUILD_OUTCOMES);
  const from = reader.origin('from');
  if (source === undefined || version === undefined || arch === undefined || outcome === undefined) {
    const missing = ['source', 'version', 'arch', 'outcome'].filter((name) => !reader.has(name));
    const problems = [...reader.problems, ...missing.map((name) => `${name} is missing`)];
    return { record: undefined, problems };
  }
  const record = readRest({ source, version, arch, outcome, from }, reader);
  return { record: withoutContradictions(record, reader), problems: reader.problems };
}

function readRest(
  {
    source,
    version,
    arch,
    outcome,
    from,
  }: Pick<BuildRecord, 'source' | 'version' | 'arch' | 'outcome' | 'from'>,
  reader: RecordReader,
): BuildRecord {
  return {
    schema: BUILD_SCHEMA,
    source,
    version,
    arch,
    outcome,
    from,
    buildArch: reader.architecture('buildArch'),
    kind: reader.choice('kind', KINDS),
    suite: reader.text('suite'),
    profiles: reader.names('profiles'),
    builder: reader.text('builder'),
    startedAt: reader.instant('startedAt'),
    endedAt: reader.instant('endedAt'),
    failStage: reader.text('failStage'),
    wallMs: reader.duration('wallMs'),
    installMs: reader.duration('installMs', 0),
    buildMs: reader.duration('buildMs', 0),
    cpuMs: reader.duration('cpuMs', 0, MOST_CORES),
    makeJobs: reader.count('makeJobs'),
    mode: reader.choice('mode', MODES),
    holds: reader.choice('holds', HOLDS),
    endBytes: reader.bytes('endBytes'),
    peakBytes: reader.bytes('peakBytes'),
    baseBytes: reader.bytes('baseBytes'),
    chrootBytes: reader.bytes('chrootBytes'),
    dependsBytes: reader.bytes('dependsBytes'),
    downloadBytes: reader.bytes('downloadBytes'),
    treeBytes: reader.bytes('treeBytes'),
    packageBytes: reader.bytes('packageBytes'),
    installedPackages: reader.count('installedPackages'),
    memoryBytes: reader.bytes('memoryBytes'),
    others: reader.others(KNOWN),
  };
}

/** Leaves out the values that others of the same record belie. */
function withoutContradictions(record: BuildRecord, reader: RecordReader): BuildRecord {
  let left = record;
  for (let found = findContradiction(left); found !== undefined; found = findContradiction(left)) {
    reader.complain(found.name, found.reason);
    left = { ...left, [found.name]: undefined };
  }
  return left;
}
