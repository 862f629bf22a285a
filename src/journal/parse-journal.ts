import type { Diagnostic } from '../base/diagnostic.ts';
import { badJournalLine, tornJournalLine } from './diagnostics.ts';
import { eventSchema } from './event-schema.ts';
import type { RunEvent } from './run-event.ts';

/** What a journal says. */
export interface ParsedJournal {
  /** All of them, or those before the first line that is wrong. */
  readonly events: readonly RunEvent[];
  /** A note on a line that was cut short; an error for the first line that is wrong: then nothing can go on from here. */
  readonly diagnostics: readonly Diagnostic[];
  /** Bytes of UTF-8 of the whole lines: what is after them is to be cut off. */
  readonly keptBytes: number;
}

/**
 * Reads a journal. A last line without its line feed was being written when the machine went down: what it tells had not begun,
 * so it is left out. Any other line that is no event, or contradicts those before it, is an error: what was built is never guessed.
 * O(length)
 * @param file what to call it in messages
 */
export function parseJournal(text: string, file: string): ParsedJournal {
  const events: RunEvent[] = [];
  const diagnostics: Diagnostic[] = [];
  const course = new Course();
  const whole = text.lastIndexOf('\n') + 1;
  const keptBytes = new TextEncoder().encode(text.slice(0, whole)).length;
  let line = 1;
  for (let start = 0; start < whole; line++) {
    const feed = text.indexOf('\n', start);
    const event = readEvent(text.slice(start, feed));
    const problem = typeof event === 'string' ? event : course.objection(event);
    if (typeof event === 'string' || problem !== undefined) {
      diagnostics.push(badJournalLine(file, line, problem ?? ''));
      return { events, diagnostics, keptBytes };
    }
    events.push(event);
    start = feed + 1;
  }
  if (whole < text.length) diagnostics.push(tornJournalLine(file, line));
  return { events, diagnostics, keptBytes };
}

/** @returns the event, or what is wrong with the line */
function readEvent(line: string): RunEvent | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const result = eventSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path.map(String).join('.') ?? '';
  return `${path === '' ? 'the line' : path}: ${issue?.message ?? 'does not fit the schema'}`;
}

/** What can come next in a journal: two runs that wrote into one would show here. */
class Course {
  #sha256: string | undefined;
  /** The last attempt of each task. */
  readonly #attempts = new Map<string, number>();
  readonly #running = new Set<string>();

  /** @returns what is wrong with an event at this place; undefined: nothing */
  objection(event: RunEvent): string | undefined {
    if (event.event !== 'begin' && this.#sha256 === undefined) return 'nothing has begun yet';
    switch (event.event) {
      case 'begin':
        if (this.#sha256 !== undefined && this.#sha256 !== event.sha256) return 'it begins with another plan';
        this.#sha256 = event.sha256;
        return undefined;
      case 'start':
        return this.#start(event.task, event.attempt);
      case 'submit':
        return this.#runs(event.task, event.attempt);
      case 'end': {
        const problem = this.#runs(event.task, event.attempt);
        this.#running.delete(event.task);
        return problem;
      }
      case 'stop':
        return undefined;
    }
  }

  #start(task: string, attempt: number): string | undefined {
    if (this.#running.has(task)) return `${task} starts while it runs`;
    const last = this.#attempts.get(task) ?? 0;
    if (attempt !== last + 1) return `attempt ${attempt} of ${task} follows attempt ${last}`;
    this.#attempts.set(task, attempt);
    this.#running.add(task);
    return undefined;
  }

  #runs(task: string, attempt: number): string | undefined {
    if (this.#running.has(task) && this.#attempts.get(task) === attempt) return undefined;
    return `attempt ${attempt} of ${task} does not run here`;
  }
}
