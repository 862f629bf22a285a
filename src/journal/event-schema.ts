import * as z from 'zod';
import { AFTER_END, JOURNAL_SCHEMA, RUN_OUTCOMES, type RunEvent } from './run-event.ts';

const instant = z.int().nonnegative().describe('ms since 1970');
const bytes = z.int().nonnegative();
const text = z.string().min(1);
const attempt = z.int().positive().describe('1 for the first');

/** The file that a `--events` line or a journal line is checked against: fields that it doesn't name are those of later versions. */
const beginEvent = z.looseObject({
  event: z.literal('begin'),
  schema: z.literal(JOURNAL_SCHEMA),
  atMs: instant,
  plan: z.string().describe('base name of the plan file'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  on: z.enum(['here', 'slurm']),
  builders: z.array(z.string()),
});

const startEvent = z.looseObject({
  event: z.literal('start'),
  atMs: instant,
  task: text,
  attempt,
  builder: text,
  slot: z.int().nonnegative(),
  mode: z.enum(['ram', 'disk']),
  chroot: z.int().nonnegative().exactOptional().describe("index into the builder's fixed chroots"),
  makeJobs: z.int().positive(),
  ramDiskBytes: bytes,
});

const submitEvent = z.looseObject({
  event: z.literal('submit'),
  atMs: instant,
  task: text,
  attempt,
  job: text.describe("Slurm's number of the job"),
});

const endEvent = z.looseObject({
  event: z.literal('end'),
  atMs: instant,
  task: text,
  attempt,
  outcome: z.enum(RUN_OUTCOMES),
  then: z.enum(AFTER_END).describe('what becomes of the task now'),
  reason: z.string().exactOptional(),
  startedMs: instant,
  endedMs: instant,
  exitCode: z.int().exactOptional(),
  peakBytes: bytes.exactOptional().describe('the most that its RAM disk, or its folder, held at once'),
  memoryBytes: bytes.exactOptional(),
  cpuMs: z.int().nonnegative().exactOptional(),
  node: z.string().exactOptional(),
});

const stopEvent = z.looseObject({
  event: z.literal('stop'),
  atMs: instant,
  reason: z.enum(['done', 'interrupted', 'error']),
});

/** A line of a journal. */
export const eventSchema: z.ZodType<RunEvent> = z.discriminatedUnion('event', [
  beginEvent,
  startEvent,
  submitEvent,
  endEvent,
  stopEvent,
]);

/** The JSON Schema of a line, as published in `journal.schema.json`. */
export function journalJsonSchema(): object {
  const schema = z.toJSONSchema(eventSchema, { target: 'draft-2020-12' });
  return { ...schema, title: 'debplan journal line', $id: JOURNAL_SCHEMA };
}
