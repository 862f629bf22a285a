import { BUILD_SCHEMA, type BuildRecord, type RecordOrigin } from './record.ts';

/** The fields of a line, in the order in which they are written. */
const ORDER: Readonly<Record<Exclude<keyof BuildRecord, 'others'>, true>> = {
  schema: true,
  source: true,
  version: true,
  arch: true,
  buildArch: true,
  kind: true,
  suite: true,
  profiles: true,
  builder: true,
  startedAt: true,
  endedAt: true,
  outcome: true,
  failStage: true,
  wallMs: true,
  installMs: true,
  buildMs: true,
  cpuMs: true,
  makeJobs: true,
  mode: true,
  holds: true,
  endBytes: true,
  peakBytes: true,
  baseBytes: true,
  chrootBytes: true,
  dependsBytes: true,
  downloadBytes: true,
  treeBytes: true,
  packageBytes: true,
  installedPackages: true,
  memoryBytes: true,
  from: true,
};

/** The names of a line's fields, in the order in which they are written. */
export const RECORD_FIELDS: readonly string[] = Object.keys(ORDER);

/**
 * A record as a line of a history file, with its line feed: the known fields in one fixed order, then those of later
 * versions in theirs. Equal records give equal bytes.
 * @example
 * const text = await readFile('history.jsonl', 'utf8');
 * const records = parseHistory(text, 'history.jsonl', console.warn);
 * parseHistory(formatRecord(records[0]), 'line', console.warn)[0].source; // → 'hello'
 */
export function formatRecord(record: BuildRecord): string {
  const fields = new Map<string, unknown>(Object.entries(record));
  fields.set('schema', BUILD_SCHEMA);
  fields.set('from', originFields(record.from));
  const known = RECORD_FIELDS.flatMap((name): readonly (readonly [string, unknown])[] => {
    const value = fields.get(name);
    return value === undefined ? [] : [[name, value]];
  });
  // An object would move a field called 2048 to the front.
  const texts = [...known, ...(record.others ?? [])].map(
    ([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`,
  );
  return `{${texts.join(',')}}\n`;
}

function originFields({ tool, toolVersion, file }: RecordOrigin): object {
  return { tool, toolVersion, file };
}
