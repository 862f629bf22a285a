import * as z from 'zod';
import { builder, estimateSource, planBreak, unbuildable } from '../plan/schema.ts';
import { UNIT_CHANGES } from './changed-units.ts';
import { COMPARISON_SCHEMA, type ComparisonDocument } from './comparison-document.ts';

const count = z.int().nonnegative();
const difference = z.int().describe('right minus left');
const text = z.string();
const pairOf = <T extends z.ZodType>(item: T): z.ZodTuple<[T, T], null> => z.tuple([item, item]);
const side = z.union([z.literal(0), z.literal(1)]).describe('0: left, 1: right');
const unit = text.describe('layer/build type/source/architecture+stage, without what does not count');
const { kind: breakKind, reason, servedBy, profile } = planBreak.shape;
const { kind: lossKind } = unbuildable.shape;

const link = z.strictObject({
  unit,
  id: text.describe("the plan's task"),
  waitedFor: z.enum(['start', 'release', 'need', 'slot', 'ram-disk', 'memory', 'disk-slot', 'cores']),
  builder: text,
  startMs: count,
  durationMs: count,
  isCommon: z.boolean().describe("whether the unit is on the other side's chain too"),
});

const comparedSide = z.strictObject({
  hasRun: z.boolean().describe('not what is planned, but what took place'),
  label: text,
  plan: text.describe('as its file was named'),
  arch: text.nullable().describe('null: all of the plan'),
  builders: z.array(builder),
  lowerBoundName: text,
  criticalChain: z.array(link).describe('first to last'),
});

const metric = z.strictObject({
  name: text.min(1),
  unit: z.enum(['ms', 'bytes', 'share', 'count']),
  better: z.enum(['less', 'more']).nullable().describe('where all else is equal'),
  describe: text,
  values: pairOf(z.number()),
  difference: z.number().describe('right minus left'),
});

const change = z.enum(UNIT_CHANGES);

const counts = z.strictObject({
  units: pairOf(count),
  both: count,
  shared: count.describe('of both: one build that serves both architectures'),
  lone: pairOf(count),
  changed: count,
  changes: z.record(change, count),
  edges: pairOf(count),
  breaks: count,
  chainCommon: count,
});

const task = z.strictObject({
  id: text,
  version: text,
  position: count.describe('in the order of starts of the units of both sides, from 1 on; 0: a lone one'),
  builder: text,
  mode: z.enum(['ram', 'disk']),
  makeJobs: z.int().positive(),
  startMs: count,
  durationMs: count,
  ramDiskBytes: count,
  estimatedBy: z.strictObject({ duration: estimateSource, ramDisk: estimateSource }),
  critical: z.boolean(),
});

const loneKind = z.enum([
  ...lossKind.options,
  'arch-not-planned',
  'other-version',
  'other-layer',
  'other-halves',
  'stage',
  'not-selected',
  'not-read',
  'unknown',
]);

const opened = z.strictObject({ kind: breakKind, reason, servedBy, profile });
const loss = z.strictObject({ kind: lossKind, reason: text });

/** What the answer of `compare --json` looks like. `comparisonJsonSchema()` publishes it. */
export const comparisonSchema: z.ZodType<ComparisonDocument> = z.strictObject({
  schema: z.literal(COMPARISON_SCHEMA),
  kind: z.enum(['plans', 'architectures']),
  isSame: z.boolean().describe('whether the schedules are alike; settings and inputs aside'),
  sides: pairOf(comparedSide),
  metrics: z.array(metric),
  settings: z.array(z.strictObject({ name: text, values: pairOf(text.nullable()) })),
  inputs: z.array(z.strictObject({ name: text, sha256: pairOf(text.nullable()) })),
  counts,
  lone: z.array(z.strictObject({ unit, side, task, why: z.strictObject({ kind: loneKind, reason: text }) })),
  changed: z
    .array(
      z.strictObject({
        unit,
        tasks: pairOf(task),
        startMs: difference,
        durationMs: difference,
        position: difference,
        changes: z.array(change).min(1),
      }),
    )
    .describe('the one whose start moved farthest first'),
  edges: z.array(z.strictObject({ unit, needs: unit, side, brokenBy: breakKind.nullable() })),
  breaks: z.array(z.strictObject({ unit, needs: unit, breaks: pairOf(opened.nullable()) })),
  leftOut: z.array(z.strictObject({ unit, reasons: pairOf(loss) })),
  conditions: z.array(z.strictObject({ condition: text, metric: text, isMet: z.boolean(), message: text })),
});

/** The JSON Schema of the document, as published in `comparison.schema.json`. */
export function comparisonJsonSchema(): object {
  const schema = z.toJSONSchema(comparisonSchema, { target: 'draft-2020-12' });
  return { ...schema, title: 'debplan comparison', $id: COMPARISON_SCHEMA };
}
