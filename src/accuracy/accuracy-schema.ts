import * as z from 'zod';
import { ESTIMATOR_NAMES } from '../estimate/estimator-name.ts';
import { ACCURACY_SCHEMA, type AccuracyDocument } from './accuracy-document.ts';

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);
const factor = z.number().nonnegative();

const binomialShare = {
  share,
  low: share.describe('of the interval that covers the true share in 95 % of all cases'),
  high: share,
};

const errors = {
  builds: z.int().positive(),
  medianFactor: factor.describe('half of the predictions are off by no more than this factor'),
  factor90: factor.describe('90 % of the predictions are off by no more than this factor'),
  bias: factor.describe('median of actual over predicted: above 1 when builds take more than is predicted'),
};

const prediction = z.strictObject({
  source: z.string().min(1),
  version: z.string(),
  arch: z.string(),
  builder: z.string().nullable(),
  startedAt: z.string().nullable(),
  file: z.string().nullable().describe('base name of the log that the record comes from'),
  estimator: z.enum(ESTIMATOR_NAMES).describe('where most of the prediction comes from'),
  predicted: z.int().positive().describe('the median'),
  upper: z.int().positive().describe('90 % of builds should take no more'),
  actual: z.int().positive(),
  isInferred: z
    .boolean()
    .describe('only the end was seen: actual is that times the usual ratio of peak and end'),
  ratio: factor.describe('actual over predicted'),
});

const named = z.strictObject({ name: z.string().min(1), ...errors });

const quantity = (unit: 'ms' | 'bytes'): z.ZodType<AccuracyDocument['duration']> =>
  z.strictObject({
    unit: z.literal(unit),
    builds: count,
    estimators: z
      .array(z.strictObject({ estimator: z.enum(['blended', ...ESTIMATOR_NAMES]), ...errors }))
      .describe('blended, what plans go by, first; then each estimator alone'),
    calibration: z.array(
      z
        .strictObject({ level: share, builds: count, within: count, ...binomialShare })
        .describe('how many builds took no more than that quantile of what was predicted'),
    ),
    builders: z.array(named),
    architectures: z.array(named),
    predictions: z.array(prediction),
    worst: z.array(prediction).describe('those with the largest factor, the largest first'),
  });

const reserve = z.strictObject({
  quantile: share,
  builds: count,
  overruns: count.describe('builds that needed more than was reserved'),
  overrunShare: z.strictObject(binomialShare),
  reservedBytes: count,
  usedBytes: count,
  wastedBytes: count.describe('reserved and never used'),
  wastedShare: share.describe('the same, of what was reserved'),
  loss: factor.describe('byte-time lost, overruns at their cost, of the byte-time that builds needed'),
});

/** What the answer of `accuracy --json` looks like. `accuracyJsonSchema()` publishes it. */
export const accuracySchema: z.ZodType<AccuracyDocument> = z.strictObject({
  schema: z.literal(ACCURACY_SCHEMA),
  inputs: z.array(z.strictObject({ name: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
  history: z.strictObject({
    records: count,
    sources: count,
    used: count.describe('records that were predicted in any quantity'),
  }),
  leftOut: z.array(z.strictObject({ reason: z.string(), records: z.int().positive() })),
  duration: quantity('ms'),
  ramDisk: quantity('bytes'),
  reserve: z.strictObject({
    quantiles: z.array(reserve),
    overrunCost: factor.describe('what an overrun costs, in builds of that size and time'),
    advice: z
      .strictObject({ quantile: share, loss: factor })
      .nullable()
      .describe('the quantile that loses least; null where too few builds tell'),
  }),
});

/** The JSON Schema of the document, as published in `accuracy.schema.json`. */
export function accuracyJsonSchema(): object {
  const schema = z.toJSONSchema(accuracySchema, { target: 'draft-2020-12' });
  return { ...schema, title: 'debplan accuracy', $id: ACCURACY_SCHEMA };
}
