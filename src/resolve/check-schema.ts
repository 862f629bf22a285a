import * as z from 'zod';
import { CHECK_SCHEMA, type CheckDocument } from './check-document.ts';

const count = z.int().nonnegative();
const text = z.string().min(1);
const location = z.strictObject({
  file: text,
  line: z.int().positive(),
  column: z.exactOptional(z.int().positive()),
});
const link = z.strictObject({ binary: text, relation: text.describe('the relation that asks for it') });
const way = {
  field: text.describe('Build-Depends, -Arch or -Indep; Essential for what every chroot holds'),
  relation: text.describe('as written'),
  location,
  chain: z.array(link).describe('from the binary that satisfies the relation, each needing the next'),
};

const nearest = z.strictObject({
  kind: z.enum([
    'too-old',
    'too-new',
    'provided',
    'qualifier',
    'profile',
    'not-built',
    'not-foreign',
    'architecture',
    'not-for-arch',
    'name',
  ]),
  package: text,
  version: z.exactOptional(text),
  arch: z.exactOptional(text.describe('where it exists')),
  detail: z.exactOptional(z.string().describe('what speaks against it')),
  source: z.exactOptional(text.describe('the source that builds it, with its version')),
  location: z.exactOptional(location),
});

const forbidden = z.strictObject({
  kind: z.enum(['relation', 'versions', 'architectures']),
  by: z.exactOptional(text),
  field: z.exactOptional(text),
  relation: z.exactOptional(text),
  location: z.exactOptional(location),
});

const source = {
  source: text,
  version: text,
  unit: text.describe('unique'),
  ...way,
  cause: text.describe("the cause of one of the target's causes"),
};

const unbuildable = z.discriminatedUnion('kind', [
  z.strictObject({
    ...source,
    kind: z.literal('missing'),
    missing: text.describe('the relation that nothing satisfies'),
    causeLocation: z.exactOptional(location.describe('where it stands')),
    nearest: z.exactOptional(nearest),
  }),
  z.strictObject({
    ...source,
    kind: z.literal('conflict'),
    conflict: z.strictObject({ sides: z.array(z.strictObject(way)).min(1).max(2), forbidden }),
  }),
  z.strictObject({
    ...source,
    kind: z.literal('needs-unbuildable'),
    blockedBy: text.describe('the unit that would build the last binary of the chain'),
  }),
]);

const target = z.strictObject({
  arch: text,
  buildArch: z.exactOptional(text.describe('what the builds run on, of a cross check')),
  buildable: count,
  unbuildable: z.array(unbuildable).describe('sorted by source, then version'),
  causes: z
    .array(
      z.strictObject({ cause: text, kind: z.enum(['missing', 'conflict']), count, sources: z.array(text) }),
    )
    .describe('the most frequent first'),
  notForThisArch: z.array(z.strictObject({ source: text, version: text, architectures: z.array(text) })),
});

/** What the answer of `check --json` looks like. `checkJsonSchema()` publishes it. */
export const checkSchema: z.ZodType<CheckDocument> = z.strictObject({
  schema: z.literal(CHECK_SCHEMA),
  targets: z.array(target).describe('one an architecture, sorted'),
});

/** The JSON Schema of the check, as published in `check.schema.json`. */
export function checkJsonSchema(): object {
  const schema = z.toJSONSchema(checkSchema, { target: 'draft-2020-12' });
  return { ...schema, title: 'debplan check', $id: CHECK_SCHEMA };
}
