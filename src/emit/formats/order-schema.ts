import * as z from 'zod';
import { ORDER_SCHEMA, type OrderDocument } from './order-document.ts';

const count = z.int().nonnegative();

const build = z.strictObject({
  id: z.string().min(1).describe('unique: hello_2.10-3/arm64'),
  source: z.string().min(1),
  version: z.string().min(1),
  arch: z.string().describe('what it is built for'),
  kind: z.enum(['any', 'all', 'binary']),
  buildArch: z.string().describe('what it runs on'),
  profiles: z.array(z.string()),
  stage: z.string().describe('empty for a full build'),
  layer: z.string().nullable(),
  buildType: z.string().nullable(),
  builder: z.string(),
  slot: count,
  mode: z.enum(['ram', 'disk']),
  chroot: count.nullable().describe("index of the builder's chroot, where it has fixed ones"),
  makeJobs: z.int().positive(),
  startMs: count,
  durationMs: z.int().positive(),
  ramDiskBytes: count,
  memoryBytes: count,
  priority: count.describe('higher goes first'),
  critical: z.boolean(),
  needs: z
    .array(z.string())
    .describe(
      'ids of the builds that must end before this one starts, without those that another of them needs',
    ),
});

/** What `emit --format json` writes. `orderJsonSchema()` publishes it. */
export const orderSchema: z.ZodType<OrderDocument> = z.strictObject({
  schema: z.literal(ORDER_SCHEMA),
  makespanMs: count,
  lowerBoundMs: count,
  builds: z.array(build).describe('by start, ties by id'),
});

/** The JSON Schema of the document, as published in `order.schema.json`. */
export function orderJsonSchema(): object {
  const schema = z.toJSONSchema(orderSchema, { target: 'draft-2020-12' });
  return { ...schema, title: 'debplan build order', $id: ORDER_SCHEMA };
}
