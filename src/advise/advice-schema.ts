import * as z from 'zod';
import { binding } from '../plan/schema.ts';
import { ADVICE_SCHEMA, type Advice } from './advice.ts';

const count = z.int().nonnegative();
const positive = z.int().positive();
const text = z.string().min(1);
const ascending = z.array(positive).min(1).describe('ascending');

const choice = {
  slots: positive,
  makeJobs: positive.describe('of each build'),
  ramDiskBytes: count.describe('one budget, or the sum of the chroots'),
  makespanMs: count,
  builder: text.describe("what debplan's --builder takes for it"),
};

const chrootChoice = {
  ...choice,
  ramDiskChroots: z.array(positive).describe('largest first, one build each'),
  diskSlots: count.describe('chroots on disk'),
};

const starlingx = z.strictObject({
  ...chrootChoice,
  parallel: positive,
  maxMakeJobs: positive,
  tmpfsPercentage: count.max(100).describe('of the memory that is available when the chroots are made'),
});

const architecture = z.strictObject({
  arch: text,
  taskCount: positive,
  needsElsewhereCount: count.describe('builds that need another architecture: taken as done'),
  assumedMemoryCount: count.describe('builds whose memory the plan does not know'),
  diskFactor: z.number().min(1),
  speed: z.number().positive(),
  largestFootprintBytes: count,
  lowerBoundMs: count.describe('no choice of the grid can end earlier'),
  lowerBoundName: text,
  lowerBoundBinding: binding.describe('what would have to change for more to be possible'),
  lowerBoundSlots: positive.describe('with which it is the bound; with others it is at least as large'),
  grid: z.strictObject({
    slots: ascending,
    makeJobs: ascending,
    ramDiskBytes: z.array(count).min(1).describe('ascending'),
    stepBytes: positive.describe('steps of the search for the smallest RAM disk'),
    isCoarse: z.boolean().describe('fewer steps than usual, because the plan has so many builds'),
    isTight: z.boolean().describe('make jobs were not tried apart from slots'),
  }),
  isRefined: z.boolean().describe('settings that are named are scheduled better than those of `settings`'),
  settings: z
    .array(
      z.strictObject({
        slots: positive,
        makeJobs: positive,
        ramDiskBytes: count,
        makespanMs: count,
        atMostMs: count.describe('the least with these slots and at most this RAM disk'),
      }),
    )
    .describe(
      'all that was tried with the RAM disk as a budget, scheduled once; by slots, make jobs, RAM disk',
    ),
  best: z.strictObject(choice),
  smallest: z.strictObject(choice).describe('the smallest RAM disk that is good enough'),
  chroots: z.strictObject({
    best: z.strictObject(chrootChoice).describe('several of one size, perhaps a large one, the rest on disk'),
    equal: starlingx.describe("what StarlingX's formula makes of the same slots, with its best percentage"),
    largest: starlingx.describe(
      'the same with the largest percentage that leaves enough memory to compilers',
    ),
    starlingx: starlingx.describe("the flags with which StarlingX's formula does best"),
  }),
});

/** What the answer of `advise --json` looks like. `adviceJsonSchema()` publishes it. */
export const adviceSchema: z.ZodType<Advice> = z.strictObject({
  schema: z.literal(ADVICE_SCHEMA),
  host: z.strictObject({ memoryBytes: positive, cores: positive, memoryPerJobBytes: count }),
  withinPercent: z.number().nonnegative().describe('how much longer than the best is good enough'),
  architectures: z.array(architecture).describe('sorted by name; each has such a host for itself'),
});

/** The JSON Schema of the advice, as published in `advice.schema.json`. */
export function adviceJsonSchema(): object {
  const schema = z.toJSONSchema(adviceSchema, { target: 'draft-2020-12' });
  return { ...schema, title: 'debplan advise', $id: ADVICE_SCHEMA };
}
