import type { Report } from '../../base/diagnostic.ts';
import { badInstanceNumber, instanceCount, instanceCut, unsupportedInstance } from './diagnostics.ts';
import type { PsplibMode } from './instance.ts';
import { readNumbers, type ReadInstance } from './numbers.ts';

/** The file while it is read: what each reader below takes. */
interface Source {
  readonly lines: readonly string[];
  readonly file: string;
  readonly report: Report;
}

interface Counts {
  readonly jobs: number;
  readonly renewable: number;
  readonly nonrenewable: number;
}

/** A row of a section: its numbers and its line, from 1. */
interface Row {
  readonly numbers: readonly number[];
  readonly line: number;
}

/** PSPLIB's own format: sections between rows of stars. */
export function parseSections(text: string, file: string, report: Report): ReadInstance | undefined {
  const source = { lines: text.split(/\r?\n/), file, report };
  const counts = readCounts(source);
  if (counts === undefined) return undefined;
  const precedence = readRows(source, /^PRECEDENCE RELATIONS/i, 'the precedence relations');
  if (precedence === undefined) return undefined;
  const requests = readRows(source, /^REQUESTS\/DURATIONS/i, 'the durations and requests');
  if (requests === undefined) return undefined;
  const availabilities = readRows(source, /^RESOURCE ?AVAILABILITIES/i, 'the resource availabilities');
  if (availabilities === undefined) return undefined;
  const successors = readSuccessors(source, counts, precedence);
  const modes = readModes(source, counts, requests);
  const capacities = readCapacities(source, counts, availabilities);
  if (successors === undefined || modes === undefined || capacities === undefined) return undefined;
  const isAgreed = agreeOnModes(source, precedence, modes);
  if (!isAgreed) return undefined;
  return {
    instance: {
      jobs: modes.map((rows, job) => ({
        successors: successors[job] ?? [],
        modes: rows.map(({ numbers }): PsplibMode => ({
          duration: numbers[0] ?? 0,
          demands: numbers.slice(1),
        })),
      })),
      renewable: capacities.slice(0, counts.renewable),
      nonrenewable: capacities.slice(counts.renewable),
    },
    successorLine: precedence.map(({ line }) => line),
    modeLine: modes.map((rows) => rows[0]?.line ?? 1),
  };
}

function readCounts(source: Source): Counts | undefined {
  const jobs = readCount(source, /^jobs\b.*:/i, 'the number of jobs');
  if (jobs === undefined) return undefined;
  const renewable = readCount(source, /^\s*- renewable\s*:/i, 'the number of renewable resources');
  if (renewable === undefined) return undefined;
  const nonrenewable = readCount(source, /^\s*- nonrenewable\s*:/i, 'the number of non-renewable resources');
  if (nonrenewable === undefined) return undefined;
  const doubly = readCount(
    source,
    /^\s*- doubly constrained\s*:/i,
    'the number of doubly constrained resources',
  );
  if (doubly === undefined) return undefined;
  if (doubly.value > 0) {
    source.report(
      unsupportedInstance({ file: source.file, line: doubly.line }, 'a doubly constrained resource'),
    );
    return undefined;
  }
  if (jobs.value === 0) {
    source.report(badInstanceNumber({ file: source.file, line: jobs.line }, '0', 'the number of jobs'));
    return undefined;
  }
  return { jobs: jobs.value, renewable: renewable.value, nonrenewable: nonrenewable.value };
}

function readCount(
  { lines, file, report }: Source,
  label: RegExp,
  wanted: string,
): { readonly value: number; readonly line: number } | undefined {
  const index = lines.findIndex((line) => label.test(line));
  if (index < 0) {
    report(instanceCut({ file, line: lastLine(lines) }, wanted));
    return undefined;
  }
  const place = { file, line: index + 1 };
  const text = (lines[index] ?? '').replace(/^.*:/, '').replace(/[RND]\s*$/, '');
  const [value] = readNumbers(text, place, wanted, report) ?? [];
  if (value === undefined) {
    if (text.trim() === '') report(badInstanceNumber(place, '', wanted));
    return undefined;
  }
  return { value, line: index + 1 };
}

/** The rows of numbers below a title, as far as the next row of stars. Headings and rules are passed over. */
function readRows(
  { lines, file, report }: Source,
  title: RegExp,
  wanted: string,
): readonly Row[] | undefined {
  const start = lines.findIndex((line) => title.test(line));
  const end = lines.findIndex((line, index) => index > start && line.startsWith('***'));
  if (start < 0 || end < 0) {
    const missing = start < 0 ? wanted : `the row of stars behind ${wanted}`;
    report(instanceCut({ file, line: lastLine(lines) }, missing));
    return undefined;
  }
  const rows: Row[] = [];
  for (let index = start + 1; index < end; index++) {
    const text = lines[index] ?? '';
    if (text.trim() === '' || /^(?:jobnr\.|-{3}|\s*[RN]\s+\d)/i.test(text)) continue;
    const numbers = readNumbers(text, { file, line: index + 1 }, 'a number', report);
    if (numbers === undefined) return undefined;
    rows.push({ numbers, line: index + 1 });
  }
  return rows;
}

/** Rows of job, number of modes, number of successors, successors. */
function readSuccessors(
  { file, report }: Source,
  counts: Counts,
  rows: readonly Row[],
): readonly (readonly number[])[] | undefined {
  const last = rows.at(-1)?.line ?? 1;
  if (rows.length !== counts.jobs) {
    const found = `precedence relations of ${rows.length} jobs`;
    report(instanceCount({ file, line: last }, found, `${counts.jobs} jobs`));
    return undefined;
  }
  for (const [index, { numbers, line }] of rows.entries()) {
    const [job, , count] = numbers;
    if (job !== index + 1 || count === undefined) {
      report(badInstanceNumber({ file, line }, String(job), `job ${index + 1} with its successors`));
      return undefined;
    }
    if (numbers.length - 3 !== count) {
      const found = `${numbers.length - 3} successors of job ${job}`;
      report(instanceCount({ file, line }, found, `${count}`));
      return undefined;
    }
  }
  return rows.map(({ numbers }) => numbers.slice(3).map((successor) => successor - 1));
}

/** Rows of job, mode, duration, demands; the job stands before its first mode only. @returns rows of duration and demands, by job */
function readModes(
  { file, report }: Source,
  counts: Counts,
  rows: readonly Row[],
): readonly (readonly Row[])[] | undefined {
  const width = 2 + counts.renewable + counts.nonrenewable;
  const jobs: Row[][] = [];
  for (const { numbers, line } of rows) {
    const isFirst = numbers.length === width + 1;
    const job = jobs.at(-1);
    if (isFirst && numbers[0] === jobs.length + 1 && numbers[1] === 1)
      jobs.push([{ numbers: numbers.slice(2), line }]);
    else if (numbers.length === width && job !== undefined && numbers[0] === job.length + 1)
      job.push({ numbers: numbers.slice(1), line });
    else {
      const wanted = `job ${jobs.length + 1}, or mode ${(job?.length ?? 0) + 1} of job ${jobs.length}, with ${width - 2} resources`;
      report(badInstanceNumber({ file, line }, numbers.join(' '), wanted));
      return undefined;
    }
  }
  if (jobs.length === counts.jobs) return jobs;
  const line = rows.at(-1)?.line ?? 1;
  report(instanceCount({ file, line }, `durations of ${jobs.length} jobs`, `${counts.jobs} jobs`));
  return undefined;
}

function readCapacities(
  { file, report }: Source,
  counts: Counts,
  rows: readonly Row[],
): readonly number[] | undefined {
  const numbers = rows.flatMap((row) => row.numbers);
  const wanted = counts.renewable + counts.nonrenewable;
  if (numbers.length === wanted) return numbers;
  const line = rows.at(-1)?.line ?? 1;
  report(instanceCount({ file, line }, `${numbers.length} availabilities`, `${wanted} resources`));
  return undefined;
}

/** Both sections must tell the same number of modes for each job. */
function agreeOnModes(
  { file, report }: Source,
  precedence: readonly Row[],
  modes: readonly (readonly Row[])[],
): boolean {
  for (const [job, rows] of modes.entries()) {
    const wanted = precedence[job]?.numbers[1] ?? 0;
    if (rows.length === wanted) continue;
    const line = rows.at(-1)?.line ?? 1;
    report(instanceCount({ file, line }, `${rows.length} modes of job ${job + 1}`, `${wanted}`));
    return false;
  }
  return true;
}

/** Number of the last line that is not empty. */
function lastLine(lines: readonly string[]): number {
  let last = lines.length;
  while (last > 1 && (lines[last - 1] ?? '').trim() === '') last--;
  return last;
}
