import * as z from 'zod';
import { BUILD_OUTCOMES, BUILD_SCHEMA } from './record.ts';

const text = z.string().min(1).max(1000);
const duration = z.int().nonnegative();
const bytes = z
  .int()
  .min(0)
  .max(1024 ** 5);
const count = z.int().min(1).max(65_536);
const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const arch = z.string().regex(/^[a-z0-9][a-z0-9-]*$/);

/** A line of a history file. Fields that it doesn't name are those of later versions. */
const buildSchema = z.looseObject({
  schema: z.literal(BUILD_SCHEMA),
  source: text,
  version: text.describe('of the source: without the +b1 of a rebuild'),
  arch: arch.describe('what it was built for; all: independent binaries only'),
  buildArch: arch.optional().describe('what it ran on, where that is another one'),
  kind: z.enum(['any', 'all', 'binary']).optional(),
  suite: text.optional(),
  profiles: z.array(text).optional().describe('with nocheck and nodoc of DEB_BUILD_OPTIONS; sorted'),
  builder: text.optional(),
  startedAt: instant.optional(),
  endedAt: instant.optional(),
  outcome: z.enum(BUILD_OUTCOMES),
  failStage: text.optional(),
  wallMs: z.int().positive().optional().describe('what it held a slot for'),
  installMs: duration.optional(),
  buildMs: duration.optional(),
  cpuMs: duration.optional().describe('user and system time of all processes'),
  makeJobs: count.optional(),
  mode: z.enum(['ram', 'disk']).optional(),
  holds: z.enum(['chroot', 'build']).optional().describe('what endBytes and peakBytes count'),
  endBytes: bytes.optional(),
  peakBytes: bytes.optional(),
  baseBytes: bytes.optional(),
  chrootBytes: bytes.optional(),
  dependsBytes: bytes.optional(),
  downloadBytes: bytes.optional(),
  treeBytes: bytes.optional(),
  packageBytes: bytes.optional(),
  installedPackages: count.optional(),
  memoryBytes: bytes.optional().describe('largest resident size of its processes together'),
  from: z.looseObject({ tool: text, toolVersion: text.optional(), file: text.optional() }),
});

/** What the answer of `history --json` looks like: the lines as one document. */
export const historySchema = z.strictObject({
  schema: z.literal('debplan/history@1'),
  builds: z.array(buildSchema).describe('by source, architecture and start'),
});

/** The JSON Schema of a line, as published in `build.schema.json`. */
export function buildJsonSchema(): object {
  const schema = z.toJSONSchema(buildSchema, { target: 'draft-2020-12' });
  return { ...schema, title: 'debplan build record', $id: BUILD_SCHEMA };
}
