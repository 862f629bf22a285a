import * as z from 'zod';
import { CYCLES_SCHEMA, type CyclesDocument } from './document/cycles-document.ts';

const count = z.int().nonnegative();
const text = z.string().min(1);
const cost = z.number().nonnegative();
const location = z.strictObject({
  file: text,
  line: z.int().positive(),
  column: z.exactOptional(z.int().positive()),
});
const place = {
  field: text.describe('Build-Depends, -Arch or -Indep; Essential for what every chroot holds'),
  relation: text.describe('as written'),
  location: z.exactOptional(location),
};
const ends = { from: text.describe('the unit that waits'), to: text.describe('the unit that it waits for') };

const remedy = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('profile'), profile: text }),
  z.strictObject({
    kind: z.literal('existing'),
    binary: text,
    version: z.exactOptional(text),
    relation: text.describe('the one that it serves'),
  }),
  z.strictObject({
    kind: z.literal('alternative'),
    binary: text,
    version: z.exactOptional(text),
    relation: text.describe('the one that it satisfies'),
    builtBy: z.exactOptional(text),
  }),
]);

const edge = z.strictObject({
  ...ends,
  strength: z.enum(['hard', 'soft']).describe('soft: a binary that exists serves if need be'),
  ...place,
  chain: z
    .array(
      z.strictObject({
        binary: text,
        relation: text.describe('the relation that asks for it'),
        field: z.exactOptional(text),
        location: z.exactOptional(location),
        isStandIn: z.exactOptional(z.boolean().describe('it is of the existing binary of that name')),
      }),
    )
    .min(1)
    .describe('from the binary that satisfies the relation to the one that the other unit builds'),
  servedBy: z.exactOptional(text),
  reasonCount: z.int().positive().describe('how many build dependencies lead there'),
  remedies: z.array(remedy).describe('what would remove this reason'),
});

const change = {
  strategy: z.enum(['existing-binary', 'profile', 'staged-build', 'arch-all-apart', 'cross-build', 'none']),
  unit: text.describe('what is built otherwise'),
  profile: z.exactOptional(text),
  relation: z.exactOptional(text.describe('the build dependencies concerned')),
  relations: z.array(z.strictObject(place)),
  edges: z.array(z.strictObject(ends)).describe('the waits given up'),
  cost: cost.nullable().describe('in no unit; null: at no price'),
  risk: z.enum(['none', 'low', 'medium', 'high']),
  servedBy: z
    .array(z.strictObject({ binary: text, version: z.exactOptional(text) }))
    .describe('existing binaries used instead of those built later'),
  stale: z
    .array(z.strictObject({ binary: text, existingVersion: text, plannedVersion: text }))
    .describe('those that are older than what the plan builds'),
};

const component = z.strictObject({
  units: z.array(text).min(1).describe('sorted'),
  architectures: z.array(text).min(1).describe('sorted'),
  layer: z.exactOptional(text),
  buildType: z.exactOptional(text),
  isHard: z.boolean().describe('some cycle has hard edges alone'),
  hardUnits: z.array(text).describe('those on such cycles, sorted'),
  edgeCount: z.int().positive().describe('waits among the units'),
  cycles: z
    .array(z.strictObject({ isHard: z.boolean(), edges: z.array(edge).min(1) }))
    .min(1)
    .describe('the short ones that explain the component; hard ones first'),
  leftOut: z.strictObject({
    cycles: count.describe('cycles not listed'),
    isExact: z.boolean().describe('else there are at least so many'),
    countOfLength: z.array(z.strictObject({ length: z.int().positive(), count })),
    units: count.describe('units on no cycle listed'),
  }),
  breaks: z.array(
    z.strictObject({
      ...change,
      alternatives: z
        .array(z.strictObject(change))
        .describe('each would do as well while all other breaks stay; the cheapest first'),
    }),
  ),
  cost: cost.nullable().describe('null: some cycle stays closed'),
  lowerBound: cost,
  isOptimal: z.boolean(),
});

/** What the answer of `cycles --json` looks like. `cyclesJsonSchema()` publishes it. */
export const cyclesSchema: z.ZodType<CyclesDocument> = z.strictObject({
  schema: z.literal(CYCLES_SCHEMA),
  inputs: z.array(z.strictObject({ name: text, sha256: z.string().length(64) })),
  components: z.array(component).describe('without a way out, other hard ones, then the larger'),
});

/** The JSON Schema of the document, as published in `cycles.schema.json`. */
export function cyclesJsonSchema(): object {
  const schema = z.toJSONSchema(cyclesSchema, { target: 'draft-2020-12' });
  return { ...schema, title: 'debplan cycles', $id: CYCLES_SCHEMA };
}
