import { UserError, type Report } from '../base/diagnostic.ts';
import { withoutMark } from '../base/read-json.ts';
import { benchSchema } from './bench-schema.ts';
import { BENCH_SCHEMA, type BenchDocument } from './bench-document.ts';
import { badBenchLine, documentAsHistory, notBenchHistory } from './diagnostics.ts';

/** What every line begins with that `formatBenchLine` makes. */
const START = `{"schema":"${BENCH_SCHEMA}"`;

/**
 * Reads what `bench` has measured: its history, or the document that its `--json` prints.
 * @returns in the order of the file
 * @throws UserError as `parseBenchHistory` does
 */
export function parseBenches(marked: string, file: string, report: Report): readonly BenchDocument[] {
  const text = withoutMark(marked);
  const whole = readBench(text);
  return typeof whole === 'string' ? parseLines(text, file, report) : [whole];
}

/**
 * Reads a bench's history, which lines are added to: JSON Lines, a measurement a line. Empty lines are passed over; so are those
 * that are no measurement, such as one that a crash has cut short, and reported.
 * @returns in the order of the file
 * @throws UserError when there are lines and none is, or was to be, a measurement: it is another file; and for a document of several
 * lines, as `--json` prints it: with lines behind it nobody could read it
 */
export function parseBenchHistory(marked: string, file: string, report: Report): readonly BenchDocument[] {
  const text = withoutMark(marked);
  if (text.trim().includes('\n') && typeof readBench(text) !== 'string')
    throw new UserError([documentAsHistory(file)]);
  return parseLines(text, file, report);
}

function parseLines(text: string, file: string, report: Report): readonly BenchDocument[] {
  const found: BenchDocument[] = [];
  const bad: BadLine[] = [];
  text.split('\n').forEach((content, index) => {
    if (content.trim() === '') return;
    const bench = readBench(content);
    if (typeof bench === 'string') bad.push({ line: index + 1, problem: bench, isOwn: isOwn(content) });
    else found.push(bench);
  });
  const alien = bad.find((line) => !line.isOwn);
  if (found.length === 0 && alien !== undefined)
    throw new UserError([notBenchHistory(file, alien.line, alien.problem)]);
  for (const { line, problem } of bad) report(badBenchLine(file, line, problem));
  return found;
}

interface BadLine {
  readonly line: number;
  readonly problem: string;
  /** Whether it was to be a measurement. */
  readonly isOwn: boolean;
}

/** Whether a line begins as measurements do, however short it was cut. */
function isOwn(line: string): boolean {
  return line.startsWith(START) || START.startsWith(line);
}

/** A measurement, or why the text is none. */
function readBench(text: string): BenchDocument | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'this is no JSON';
  }
  const result = benchSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  return `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'does not fit the schema'}`;
}
