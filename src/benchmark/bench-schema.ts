import * as z from 'zod';
import { AGAINST, BENCH_SCHEMA, type BenchDocument } from './bench-document.ts';

const count = z.int().nonnegative();
const mean = z.number().nonnegative();
const share = z.number().nonnegative();
const text = z.string();
const jitter = z.union([mean, z.literal('estimates')]);

const figures = {
  makespanMs: count,
  p95Ms: count.describe('95 % of the runs end by then'),
  lowerBoundMs: count
    .nullable()
    .describe('no schedule is shorter; under noise: a mean over runs; null: builds were given up'),
  gap: z.number().nullable().describe('how far the makespan is above the bound; null: builds were given up'),
  slotUse: share.describe('slot-time that builds took until the last end'),
  ramUse: share.describe('RAM disk that was reserved until the last end'),
  givenUp: mean.describe('builds given up and those that need them, a run'),
  planningMs: count.nullable().describe('processor time; null: not known, or not wanted'),
};

const place = {
  builders: text.min(1).describe('plan: its own'),
  jitter: jitter.describe("standard deviation of the logarithm of durations; estimates: each build's own"),
  sizeJitter: jitter.describe('the same for what builds take of the RAM disk'),
  arch: text.nullable().describe('null: all of the plan'),
};

const row = z.strictObject({
  ...place,
  policy: text.min(1).describe('plan: as it is planned; under noise by its rule'),
  runs: z.int().positive().describe('figures are means over so many'),
  ...figures,
  before: z.strictObject(figures).nullable().describe('in the bench that this one is compared with'),
});

/** What the answer of `bench --json` and a line of its history look like. `benchJsonSchema()` publishes it. */
export const benchSchema: z.ZodType<BenchDocument> = z.strictObject({
  schema: z.literal(BENCH_SCHEMA),
  at: z.iso.datetime().nullable().describe('when it was measured; null: times were not wanted'),
  subject: z.strictObject({
    name: text,
    inputsSha256: text.regex(/^[0-9a-f]{64}$/).describe('of names and contents of all that was read'),
    builds: count,
    builders: count,
    architectures: z.array(text),
  }),
  settings: z
    .array(z.strictObject({ name: text.min(1), value: text }))
    .describe('what must be the same where benches are compared'),
  builderSets: z.array(z.strictObject({ name: text.min(1), builders: z.array(text) })).min(1),
  planning: z
    .array(z.strictObject({ stage: text.min(1), cpuMs: count }))
    .nullable()
    .describe('processor time by stage; null: a plan was given, or times were not wanted'),
  rows: z.array(row).min(1).describe("in each table the plan's own first, then the shortest"),
  against: z
    .strictObject({
      by: z.enum(AGAINST).describe('best, median: of the last ten'),
      at: text.nullable(),
      hasSameInputs: z.boolean(),
    })
    .nullable()
    .describe('the bench that it is compared with'),
  conditions: z.array(
    z.strictObject({ condition: text, metric: text, isMet: z.boolean(), message: text, ...place }),
  ),
});

/** The JSON Schema of the document, as published in `bench.schema.json`. */
export function benchJsonSchema(): object {
  const schema = z.toJSONSchema(benchSchema, { target: 'draft-2020-12' });
  return { ...schema, title: 'debplan bench', $id: BENCH_SCHEMA };
}
