import { formatMs } from '../results/format-results.ts';
import type { BenchResults, CaseResult, ProgramResult } from '../results/results-schema.ts';

/** The rows of the README: what stands for each suite. The first case that a run has counts. */
const ROWS: readonly (readonly [stage: string, suite: string, name: string])[] = [
  ['parse `Sources`', 'parse', 'Sources: records'],
  ['parse `Packages`', 'parse', 'Packages: records'],
  ['compare all versions', 'version compare', 'any two'],
  ['number packages and relations', 'resolve', 'number packages and relations'],
  ['what can be installed', 'resolve', 'what can be installed'],
  ['graph of install sets', 'graph', 'edges of install sets'],
  ['components', 'components', 'components of install sets'],
  ['open all cycles', 'cuts', 'open all cycles'],
  ['list schedule', 'list schedule', 'of the archive'],
  ['200 schedules searched', 'population search', '200 schedules'],
  ['lower bound', 'bounds', 'lower bound'],
  ['verify', 'verify', 'verify'],
  ['write `plan.json`', 'emit', 'plan.json: write'],
  ['make the report’s data', 'report', 'make'],
  ['files to `plan.json`', 'end to end', 'files to plan.json'],
];
/** Cases that libraries were timed at too, by suite and name. */
const SHARED: readonly (readonly [what: string, suite: string, name: string])[] = [
  ['stanzas of `Packages`, all fields', 'parse', 'Packages: stanzas, all fields'],
  ['store the direct edges', 'graph', 'store direct edges'],
  ['components of the direct edges', 'components', 'components of direct edges'],
  ['topological order of the direct edges', 'components', 'topological order of direct edges'],
];

export const TABLE_BEGIN = '<!-- bench:begin -->';
export const TABLE_END = '<!-- bench:end -->';

/** The README's tables, as Markdown, of one run. Same results, same text. */
export function benchTable(results: BenchResults): string {
  const sizes = [...new Set(results.cases.map(({ size }) => size))];
  return [
    describeRun(results),
    stageTable(results, sizes),
    'Median of one run in a warm process, two architectures, by number of sources. Libraries beside it, in the same process:',
    libraryTable(results, sizes),
    'Whole processes, start included, CPU time (user and system) and largest resident set:',
    programTable(results),
    ...(results.skipped.length === 0 ? [] : [describeSkipped(results)]),
  ].join('\n\n');
}

/**
 * Puts the table between the markers of a text.
 * @throws Error when there are none
 */
export function putTable(text: string, table: string): string {
  const begin = text.indexOf(TABLE_BEGIN);
  const end = text.indexOf(TABLE_END);
  if (begin === -1 || end < begin) throw new Error(`no lines ${TABLE_BEGIN} and ${TABLE_END}`);
  return `${text.slice(0, begin + TABLE_BEGIN.length)}\n${table}\n${text.slice(end)}`;
}

function describeRun({ machine, versions, date }: BenchResults): string {
  const named = Object.entries(versions).filter(([name]) => !['node', 'debplan', 'tinybench'].includes(name));
  const peers = named.map(([name, version]) => `${name} ${version}`).join(', ');
  const own = `debplan ${versions['debplan'] ?? ''} on Node ${versions['node'] ?? ''}`;
  const hardware = `${machine.cores} cores of ${machine.processor}, ${machine.memoryGib} GiB, ${machine.system}`;
  return `${date.slice(0, 10)}, ${own}; ${hardware}; beside it ${peers}.`;
}

function stageTable({ cases }: BenchResults, sizes: readonly string[]): string {
  const rows = ROWS.map(([stage, suite, name]) => {
    const cells = sizes.map((size) => formatTime(find(cases, suite, size, name)));
    return [stage, ...cells];
  });
  const known = rows.filter((cells) => cells.slice(1).some((cell) => cell !== ''));
  return markdown(['stage', ...sizes], known);
}

function libraryTable({ cases }: BenchResults, sizes: readonly string[]): string {
  const rows = SHARED.flatMap(([what, suite, name]) => {
    const peers = [...new Set(cases.filter((own) => own.suite === suite && own.case === name).map(({ peer }) => peer))]; // prettier-ignore
    return peers.map((peer) => [
      what,
      peer ?? '**debplan**',
      ...sizes.map((size) => {
        const found = find(cases, suite, size, name, peer);
        const own = find(cases, suite, size, name);
        return peer === undefined ? formatTime(found) : withRatio(formatTime(found), found?.medianMs, own?.medianMs); // prettier-ignore
      }),
    ]);
  });
  return markdown(['what', 'who', ...sizes], rows);
}

function programTable({ programs }: BenchResults): string {
  const rows = programs.map((program) => {
    const own = programs.find((other) => other.isOwn && other.question === program.question);
    const cpu = `${program.cpuS.toFixed(2)} s`;
    const peak = program.peakMib === undefined ? '' : `${program.peakMib.toFixed(0)} MiB`;
    const from = program.from === undefined ? program.size : `${program.size}; ${program.from}`;
    return [
      `${program.question}, ${from}`,
      program.isOwn ? `**${program.program}**` : program.program,
      program.isOwn ? cpu : withRatio(cpu, program.cpuS, own?.cpuS),
      peak,
    ];
  });
  return markdown(['question, sources', 'program', 'CPU', 'peak'], rows);
}

function describeSkipped({ skipped }: BenchResults): string {
  return `Not measured: ${skipped.map(({ what, why }) => `${what} (${why})`).join(', ')}.`;
}

function find(
  cases: readonly CaseResult[],
  suite: string,
  size: string,
  name: string,
  peer?: string,
): CaseResult | undefined {
  return cases.find((own) => own.suite === suite && own.size === size && own.case === name && own.peer === peer); // prettier-ignore
}

function formatTime(found: CaseResult | undefined): string {
  if (found === undefined) return '';
  return found.medianMs >= 1000
    ? `${(found.medianMs / 1000).toFixed(2)} s`
    : `${formatMs(found.medianMs)} ms`;
}

function withRatio(text: string, theirs: ProgramResult['cpuS'] | undefined, own: number | undefined): string {
  if (theirs === undefined || own === undefined) return text;
  const ratio = theirs / own;
  return `${text} (× ${ratio >= 10 ? ratio.toFixed(0) : Number(ratio.toPrecision(2))})`;
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}
