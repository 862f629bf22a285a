import type { Diagnostic, Report } from '../../base/diagnostic.ts';
import { badInstanceNumber, instanceCount, instanceCut } from './diagnostics.ts';
import type { PsplibJob } from './instance.ts';
import { readNumbers, type ReadInstance } from './numbers.ts';

/** All numbers of a file in a row, each with its line. */
class NumberStream {
  readonly #values: number[] = [];
  readonly #lines: number[] = [];
  #next = 0;
  #lastLine = 1;

  /** @returns false where something else than a number stands */
  fill(text: string, file: string, report: Report): boolean {
    for (const [index, line] of text.split('\n').entries()) {
      const numbers = readNumbers(line, { file, line: index + 1 }, 'a number', report);
      if (numbers === undefined) return false;
      if (numbers.length > 0) this.#lastLine = index + 1;
      for (const value of numbers) {
        this.#values.push(value);
        this.#lines.push(index + 1);
      }
    }
    return true;
  }

  get line(): number {
    return this.#lines[this.#next] ?? this.#lastLine;
  }

  get left(): number {
    return this.#values.length - this.#next;
  }

  take(count: number): readonly number[] | undefined {
    if (this.left < count) return undefined;
    this.#next += count;
    return this.#values.slice(this.#next - count, this.#next);
  }
}

/**
 * Patterson's format, as of the generator RanGen: number of jobs and of resources, capacities, and for each job its duration,
 * demands, number of successors and successors. Line breaks don't count.
 */
export function parsePatterson(text: string, file: string, report: Report): ReadInstance | undefined {
  const stream = new NumberStream();
  if (!stream.fill(text, file, report)) return undefined;
  const read = readStream(stream, file);
  if (!('code' in read)) return read;
  report(read);
  return undefined;
}

/** The instance, or what is wrong with it. */
function readStream(stream: NumberStream, file: string): ReadInstance | Diagnostic {
  const cut = (missing: string): Diagnostic => instanceCut({ file, line: stream.line }, missing);
  const [jobCount, resourceCount] = stream.take(2) ?? [];
  if (jobCount === undefined || resourceCount === undefined)
    return cut('the numbers of jobs and of resources');
  if (jobCount === 0) return badInstanceNumber({ file, line: 1 }, '0', 'the number of jobs');
  const renewable = stream.take(resourceCount);
  if (renewable === undefined) return cut(`the capacities of ${resourceCount} resources`);
  const jobs: PsplibJob[] = [];
  const line: number[] = [];
  for (let job = 1; job <= jobCount; job++) {
    line.push(stream.line);
    const read = takeJob(stream, resourceCount);
    if (read === undefined) return cut(`job ${job} of ${jobCount}`);
    jobs.push(read);
  }
  if (stream.left > 0) {
    const found = `${stream.left} numbers more`;
    return instanceCount({ file, line: stream.line }, found, `${jobCount} jobs`);
  }
  return { instance: { jobs, renewable, nonrenewable: [] }, successorLine: line, modeLine: line };
}

function takeJob(stream: NumberStream, resourceCount: number): PsplibJob | undefined {
  const [duration, ...rest] = stream.take(resourceCount + 2) ?? [];
  if (duration === undefined) return undefined;
  const successors = stream.take(rest.at(-1) ?? 0);
  if (successors === undefined) return undefined;
  return {
    successors: successors.map((successor) => successor - 1),
    modes: [{ duration, demands: rest.slice(0, -1) }],
  };
}
