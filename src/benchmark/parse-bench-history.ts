import { UserError, type Report } from '../base/diagnostic.ts';
import { benchSchema } from './bench-schema.ts';
import type { BenchDocument } from './bench-document.ts';
import { badBenchLine, notBenchHistory } from './diagnostics.ts';

/**
 * Reads a bench's history: JSON Lines, a measurement a line, or one document of `--json`. Empty lines are passed over; so are those
 * that are no measurement, and reported.
 * @returns in the order of the file
 * @throws UserError when there are lines and none is a measurement: it is another file
 */
export function parseBenchHistory(text: string, file: string, report: Report): readonly BenchDocument[] {
  const whole = readBench(text);
  if (typeof whole !== 'string') return [whole];
  const found: BenchDocument[] = [];
  const bad: { readonly line: number; readonly problem: string }[] = [];
  text.split('\n').forEach((content, index) => {
    if (content.trim() === '') return;
    const bench = readBench(content);
    if (typeof bench === 'string') bad.push({ line: index + 1, problem: bench });
    else found.push(bench);
  });
  const [first] = bad;
  if (found.length === 0 && first !== undefined)
    throw new UserError([notBenchHistory(file, first.line, first.problem)]);
  for (const { line, problem } of bad) report(badBenchLine(file, line, problem));
  return found;
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
