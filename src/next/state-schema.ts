import * as z from 'zod';
import { STATE_SCHEMA, type StateDocument } from './state-document.ts';

const instant = z.int().nonnegative();

const build = z.strictObject({
  id: z.string().min(1).describe('id of the plan, the end of it, source/arch or source'),
  builder: z.string().min(1).exactOptional(),
  slot: z.int().nonnegative().exactOptional(),
  mode: z.enum(['ram', 'disk']).exactOptional(),
  chroot: z.int().nonnegative().exactOptional().describe("index of the builder's fixed chroot"),
  makeJobs: z.int().positive().exactOptional(),
  startedMs: instant.exactOptional().describe('when it began'),
  runningMs: instant.exactOptional().describe('how long ago it began; wins over startedMs'),
});

const entries = z.array(z.union([z.string().min(1), build])).exactOptional();

/** What the file of `debplan next --state` looks like. `stateJsonSchema()` publishes it. */
export const stateSchema: z.ZodType<StateDocument> = z.strictObject({
  schema: z.literal(STATE_SCHEMA),
  atMs: instant.exactOptional().describe('now; absent: the ms since 1970 of the clock'),
  finished: entries,
  failed: entries.describe('given up: what needs them is not built'),
  running: entries,
  forDisk: entries.describe('to be built on disk: they outgrew their RAM disk'),
});

/** The JSON Schema of the file, as published in `state.schema.json`. */
export function stateJsonSchema(): object {
  const schema = z.toJSONSchema(stateSchema, { target: 'draft-2020-12' });
  return { ...schema, title: 'debplan state of builds', $id: STATE_SCHEMA };
}
