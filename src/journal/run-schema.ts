import * as z from 'zod';
import { RUN_SCHEMA, type RunDocument } from './run-document.ts';
import { RUN_OUTCOMES } from './run-event.ts';

const instant = z.int().nonnegative().describe('ms since 1970');
const count = z.int().nonnegative();
const task = z.string().min(1);

/** What the answer of `run --json` looks like. */
const runSchema: z.ZodType<RunDocument> = z.strictObject({
  schema: z.literal(RUN_SCHEMA),
  plan: z.strictObject({
    name: z.string(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    builds: count,
  }),
  on: z.enum(['here', 'slurm']),
  builders: z.array(z.string()).describe("the plan's builders that were run"),
  reason: z
    .enum(['done', 'interrupted', 'error'])
    .describe('done: nothing is left that could be built; interrupted: a person asked for it'),
  beganMs: instant,
  endedMs: instant,
  workedMs: count.describe('from the first begin to the last end of a build, without pauses'),
  plannedMs: count,
  built: z.array(
    z.strictObject({
      task,
      attempts: z.int().positive(),
      builder: z.string(),
      mode: z.enum(['ram', 'disk']),
      startedMs: instant,
      endedMs: instant,
      peakBytes: count.exactOptional(),
      results: z.string().describe('folder with its packages, below the work folder'),
    }),
  ),
  failed: z
    .array(
      z.strictObject({
        task,
        attempts: count,
        outcome: z.enum(RUN_OUTCOMES),
        reason: z.string(),
        log: z.string().describe("the last attempt's, below the work folder"),
        blocks: count.describe('builds that were not tried because of it'),
      }),
    )
    .describe('what blocks most first'),
  blocked: z
    .array(z.strictObject({ task, by: z.array(task) }))
    .describe('never tried, since something that they need failed or was skipped'),
  skipped: z.array(z.strictObject({ task, reason: z.string() })).describe('not meant to be run here'),
  left: z.array(task).describe('what a resumed run would go on with'),
});

/** The JSON Schema of the document, as published in `run.schema.json`. */
export function runJsonSchema(): object {
  const schema = z.toJSONSchema(runSchema, { target: 'draft-2020-12' });
  return { ...schema, title: 'debplan run', $id: RUN_SCHEMA };
}
