import * as z from 'zod';
import { ESTIMATOR_NAMES } from '../estimate/estimator-name.ts';
import { BUILD_OUTCOMES } from '../history/record.ts';
import { EXPLAIN_SCHEMA, type ExplainDocument } from './explain-document.ts';

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);
const estimator = z.enum(ESTIMATOR_NAMES);

const spread = z.strictObject({
  median: count,
  upper: count.describe('90 % of such builds take no more'),
});

const ownShare = share.describe('how much of the median the builds decide; the rest is of the prior');

const builds = z
  .array(
    z.strictObject({
      version: z.string(),
      arch: z.string(),
      builder: z.string().nullable(),
      startedAt: z.string().nullable(),
      outcome: z.enum(BUILD_OUTCOMES),
      took: count.describe('as the record tells it; failed builds: at least'),
      here: count.describe('the same in the circumstances of the unit: builders, make jobs, version'),
      weight: share.describe('among the builds listed'),
    }),
  )
  .describe('builds of the source, the newest first');

const unit = z.strictObject({
  unit: z.string().min(1),
  source: z.string().min(1),
  version: z.string(),
  arch: z.string(),
  duration: z
    .strictObject({
      medianMs: z.int().positive(),
      upperMs: z.int().positive().describe('90 % of builds take no longer'),
      by: estimator,
      overrideMs: count.nullable().describe('what --estimates says'),
      on: z
        .array(
          z.strictObject({
            builder: z.string().min(1),
            speed: z.number().positive().describe('as given, or as the history tells'),
            makeJobs: z.int().positive(),
            ramMs: z.int().positive().nullable().describe('null: does not fit into its RAM disk'),
            diskMs: z.int().positive().nullable().describe('null: it does not build on disk'),
          }),
        )
        .describe('the median on each builder that was named, as plans compute it'),
      prior: spread.describe('what the next build would take by the features of the source'),
      ownShare,
      builds,
    })
    .describe('on a builder of speed 1'),
  ramDisk: z.strictObject({
    reservedBytes: count,
    medianBytes: count,
    upperBytes: count.describe('90 % of builds need no more'),
    by: estimator,
    overrideBytes: count.nullable(),
    parts: z
      .strictObject({
        baseBytes: count,
        listsBytes: count.describe("apt's lists and caches"),
        dependsBytes: count,
        downloadsBytes: count,
        treeBytes: count.describe('unpacked source, build tree and packages'),
        peakBytes: count.describe('at the peak and gone at the end: the sum of these is the median'),
        reserveBytes: z.int().describe('from the median to what is reserved'),
      })
      .describe('at the median'),
    tree: z.strictObject({ prior: spread, ownShare, builds }),
  }),
  depends: z
    .strictObject({
      packages: count,
      installedBytes: count,
      unknownSizes: count,
      largest: z.array(
        z.strictObject({ package: z.string(), version: z.string().nullable(), installedBytes: count }),
      ),
    })
    .nullable()
    .describe('what is installed beside the base chroot; null where no index tells its sizes'),
  declared: z
    .strictObject({
      bytes: count,
      verdict: z.enum(['counts', 'too-small', 'stale']),
      refutedBy: z
        .strictObject({
          version: z.string(),
          arch: z.string(),
          startedAt: z.string().nullable(),
          bytes: count,
        })
        .nullable(),
    })
    .nullable()
    .describe('Build-Size'),
  memory: z
    .strictObject({ bytes: count, by: z.enum(['override', 'history', 'prior']) })
    .nullable()
    .describe('peak resident size; null: nobody knows'),
  parallelFraction: share.describe('the part of the work that make jobs share'),
  features: z.strictObject({
    knows: z.enum(['all', 'source', 'binaries', 'counts']).describe('which sizes the prior knew'),
    upstreamBytes: count.nullable(),
    compression: z.string().nullable(),
    anyBinaries: count,
    allBinaries: count,
    installedAnyBytes: count.nullable(),
    installedAllBytes: count.nullable(),
    buildDepends: count,
    toolchains: z.array(z.string()),
    runsTests: z.boolean(),
  }),
});

/** What the answer of `explain --json` looks like. `explainJsonSchema()` publishes it. */
export const explainSchema: z.ZodType<ExplainDocument> = z.strictObject({
  schema: z.literal(EXPLAIN_SCHEMA),
  ramQuantile: share.describe('the share of builds that has to fit into what is reserved'),
  ramHolds: z.enum(['chroot', 'build']),
  makeJobs: z.int().positive().describe('with how many make jobs durations are'),
  records: count.describe('of the history, of all sources'),
  units: z.array(unit).min(1),
});

/** The JSON Schema of the document, as published in `explain.schema.json`. */
export function explainJsonSchema(): object {
  const schema = z.toJSONSchema(explainSchema, { target: 'draft-2020-12' });
  return { ...schema, title: 'debplan explain', $id: EXPLAIN_SCHEMA };
}
