import * as z from 'zod';
import { SIMULATION_SCHEMA, type SimulationDocument } from './simulation-document.ts';

const count = z.int().nonnegative();
const mean = z.number().nonnegative();
const share = z.number().min(0).max(1);

const jitter = z.union([mean, z.literal('estimates')]);

const policy = z.strictObject({
  policy: z.string().min(1),
  expectedMakespanMs: count,
  p50Ms: count,
  p95Ms: count,
  slotUse: share.describe('slot-time that builds took'),
  ramDiskUse: share.describe('byte-time of RAM disk that really held something'),
  headOfLineMs: count.describe('slot-time that was idle although a ready build had room there'),
  headOfLineShare: share.describe('the same, of the time of all slots'),
  failed: mean.describe('builds given up, a run'),
  blocked: mean.describe('builds never tried because of those'),
  failedAttempts: mean,
  overruns: mean.describe('builds that outgrew the RAM disk and were built again on disk'),
  difference: z
    .strictObject({ meanMs: z.int(), lowMs: z.int().nullable(), highMs: z.int().nullable() })
    .nullable()
    .describe("makespan minus that of the plan's policy in the same run, with a 95 % interval"),
  makespansMs: z.array(count).describe('by run'),
});

/** What the answer of `simulate --json` looks like. `simulationJsonSchema()` publishes it. */
export const simulationSchema: z.ZodType<SimulationDocument> = z.strictObject({
  schema: z.literal(SIMULATION_SCHEMA),
  plan: z.strictObject({
    name: z.string(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    builds: count,
    builders: count,
    makespanMs: count,
    lowerBoundMs: count,
  }),
  seed: z.int(),
  failRate: share.describe('probability that an attempt to build fails'),
  retries: count,
  results: z.array(
    z.strictObject({
      jitter: jitter.describe(
        "standard deviation of the logarithm of durations; estimates: each build's own",
      ),
      sizeJitter: jitter.describe('the same for what builds take of the RAM disk'),
      runs: z.int().positive(),
      policies: z.array(policy).min(1).describe("the plan's own first"),
    }),
  ),
});

/** The JSON Schema of the document, as published in `simulation.schema.json`. */
export function simulationJsonSchema(): object {
  const schema = z.toJSONSchema(simulationSchema, { target: 'draft-2020-12' });
  return { ...schema, title: 'debplan simulation', $id: SIMULATION_SCHEMA };
}
