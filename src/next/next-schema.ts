import * as z from 'zod';
import { NEXT_SCHEMA, type NextAnswer, type NextError } from './next-document.ts';

const count = z.int().nonnegative();
const text = z.string();
const mode = z.enum(['ram', 'disk']);

const start = z.strictObject({
  id: text,
  source: text,
  version: text,
  arch: text.describe('of the binaries that it builds'),
  builder: text,
  slot: count,
  mode,
  chroot: z.exactOptional(count).describe("index of the builder's fixed chroot"),
  makeJobs: z.int().positive(),
  ramDiskBytes: count.describe('size of its RAM disk; 0 on disk'),
  expectedMs: z.int().positive(),
});

const held = z.strictObject({
  id: text,
  why: z
    .enum(['slot', 'chroot', 'ram-disk', 'memory', 'disk-slot', 'cores', 'reserved'])
    .describe('what there is too little of; reserved: what there is, is kept for forId'),
  builder: text.describe('where it waits'),
  mode,
  forId: z.exactOptional(text),
  freeBytes: z.exactOptional(count),
  neededBytes: z.exactOptional(count),
  expectedStartMs: count.describe('from now'),
});

const answer = z.strictObject({
  schema: z.literal(NEXT_SCHEMA),
  start: z.array(start).describe('what may start at once, all of it'),
  held: z.array(held).describe('what only room keeps from starting'),
  waiting: count.describe('what waits for others that are not built yet'),
  running: count,
  finished: count,
  failed: count,
  blocked: z.array(z.strictObject({ id: text, because: z.array(text).min(1) })),
  done: z.boolean().describe('nothing runs, and nothing will ever start'),
  remainingMs: count.describe('until the last end, if all goes as expected'),
  warnings: z.array(text),
});

const error = z.strictObject({
  schema: z.literal(NEXT_SCHEMA),
  error: text.describe('why a line could not be used; nothing has changed'),
  hint: z.exactOptional(text),
});

/** What `next --json` prints, and a line of `next --follow`. `nextJsonSchema()` publishes it. */
export const nextSchema: z.ZodType<NextAnswer | NextError> = z.union([answer, error]);

/** The JSON Schema of the document, as published in `next.schema.json`. */
export function nextJsonSchema(): object {
  const schema = z.toJSONSchema(nextSchema, { target: 'draft-2020-12' });
  return { ...schema, title: 'debplan next builds', $id: NEXT_SCHEMA };
}
