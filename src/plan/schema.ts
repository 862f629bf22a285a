import * as z from 'zod';
import { ESTIMATOR_NAMES } from '../estimate/estimator-name.ts';
import { PLAN_SCHEMA, type Plan } from './plan.ts';

const count = z.int().nonnegative();
const text = z.string();
/** What commands are given, and what names files: no command can take a NUL, and no terminal should see the others. */
const word = z.string().regex(/^[^\u0000-\u001F\u007F]*$/, 'holds a control character');
const bindingResources = z.array(
  z.enum(['slots', 'ram-disk', 'chroots', 'memory', 'cores', 'disk-slots', 'renewable', 'disjoint']),
);
export const binding = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('chain'), tasks: z.array(text) }),
  z.strictObject({
    kind: z.literal('window'),
    arch: text,
    resources: bindingResources,
    fromMs: count,
    untilMs: count,
    spilledCount: z.exactOptional(count).describe('large builds that find no room in RAM'),
  }),
  z.strictObject({ kind: z.literal('together'), arch: text, resources: bindingResources }),
]);
export const estimateSource = z.enum(ESTIMATOR_NAMES);

const ramDiskParts = z.strictObject({
  baseBytes: count.describe('Essential packages and build-essential'),
  listsBytes: count.describe("apt's lists and caches"),
  dependsBytes: count.describe('build dependencies, unpacked'),
  downloadsBytes: count.describe('their packages'),
  treeBytes: count.describe('unpacked source, build tree, packages'),
  peakBytes: count.describe('at the peak and gone at the end: the sum of these is the median'),
  reserveBytes: z.int().describe('from the median to what is reserved'),
});

export const planTask = z.strictObject({
  id: word.min(1).describe("the unit's key, unique in the plan"),
  source: word.min(1),
  version: word.min(1),
  stage: word.describe('empty for a full build; a build profile or cross: a first build; rebuild: once more'),
  profiles: z.exactOptional(z.array(word)).describe("where they are not the target's"),
  buildArch: z.exactOptional(word).describe('the architecture that a cross build runs on'),
  layer: z.exactOptional(word),
  buildType: z.exactOptional(word),
  needs: z
    .array(word)
    .describe('ids of the tasks that must end before this one starts, without those that follow from others'),
  builder: word,
  slot: count,
  mode: z.enum(['ram', 'disk']),
  chroot: z.exactOptional(count).describe('index into ramDiskChroots of the builder'),
  makeJobs: z.int().positive(),
  startMs: count,
  durationMs: z.int().positive(),
  workMs: z.int().positive().describe('in RAM at speed 1 with options.durationJobs make jobs'),
  workUpperMs: z.int().positive().describe('90 % of such builds take no longer'),
  parallelFraction: z.number().min(0).max(1).describe('the part that make jobs share'),
  ramDiskBytes: count.describe('reserved: the quantile options.ramQuantile'),
  ramDiskMedianBytes: count,
  ramDiskUpperBytes: count.describe('90 % of such builds need no more'),
  ramDiskParts: ramDiskParts.describe('what options.ramHolds leaves out is 0'),
  memoryBytes: count,
  estimatedBy: z.strictObject({ duration: estimateSource, ramDisk: estimateSource }),
  mayUseRamDisk: z.exactOptional(z.literal(false)).describe('absent: it may'),
  priority: count.describe('longest chain of durations to the end, in ms; higher goes first'),
  critical: z.boolean(),
});

export const builder = z.strictObject({
  name: word.min(1),
  arch: word.min(1),
  slots: z.int().positive(),
  ramDiskBytes: count.describe('one budget, or the sum of the chroots'),
  ramDiskChroots: z.array(count).describe('fixed sizes, largest first, one build each; empty: a budget'),
  memoryBytes: count.nullable().describe('null: not a limit'),
  diskSlots: count.describe('builds on disk at once'),
  diskFactor: z.number().min(1).describe('how many times longer a build takes on disk'),
  cores: z.int().positive().nullable().describe('null: not a limit'),
  makeJobs: z.array(z.int().positive()).min(1).describe('what a build may get, ascending'),
  speed: z.number().positive(),
  host: z.exactOptional(word.min(1)).describe("the machine's own architecture, where it emulates arch"),
});

const architecture = z.strictObject({
  arch: text,
  taskCount: count,
  unbuildableCount: count,
  notForArchCount: count,
  makespanMs: count,
  lowerBoundMs: count,
  lowerBoundName: text,
  ramDiskPeakBytes: count,
  ramDiskBytes: count,
});

export const planBreak = z.strictObject({
  from: text,
  to: text,
  kind: z.enum([
    'existing-binary',
    'profile',
    'staged-build',
    'arch-all-apart',
    'cross-build',
    'later-layer',
  ]),
  reason: text,
  servedBy: z.exactOptional(text),
  profile: z.exactOptional(text),
  standIn: z.exactOptional(text).describe('the task of the first build that serves'),
  rebuiltBy: z.exactOptional(text),
  stale: z.exactOptional(
    z.array(z.strictObject({ binary: text, existingVersion: text, plannedVersion: text })),
  ),
});

export const unbuildable = z.strictObject({
  source: text,
  version: text,
  arch: text,
  unit: z.exactOptional(text),
  kind: z.enum([
    'not-for-arch',
    'missing',
    'conflict',
    'hard-cycle',
    'later-layer',
    'no-builder',
    'needs-unbuildable',
    'build-failed',
    'needs-failed',
    'not-run',
  ]),
  reason: text,
  location: z.exactOptional(
    z.strictObject({ file: text, line: z.int().positive(), column: z.exactOptional(z.int().positive()) }),
  ),
});

/** What a plan file must look like. `planJsonSchema()` publishes it. */
export const planSchema: z.ZodType<Plan> = z.strictObject({
  schema: z.literal(PLAN_SCHEMA),
  ran: z
    .exactOptional(z.strictObject({ plan: text, attempts: count, pausedMs: count }))
    .describe('present where this is what took place when a plan was run'),
  inputs: z.array(z.strictObject({ name: text, sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
  options: z.strictObject({
    architectures: z.array(word).min(1),
    allOn: text,
    profiles: z.array(text),
    deps: z.enum(['install', 'direct']),
    alternatives: z.enum(['any', 'first']),
    reading: z.enum(['debian', 'dose', 'starlingx']),
    kind: z.enum(['any', 'all', 'binary']),
    implicit: z.array(z.enum(['essential', 'build-essential'])),
    waitsForImplicit: z.boolean(),
    rebuildAfterStage: z.boolean(),
    rebuildStale: z.boolean(),
    layers: z.array(text),
    select: z.array(text),
    buildDepsDepth: z.union([count, z.literal('all')]),
    dependentsDepth: z.union([count, z.literal('all')]),
    durationJobs: z.int().positive(),
    ramQuantile: z.number().min(0.5).max(0.999).describe('share of builds that fit into what is reserved'),
    ramHolds: z.enum(['chroot', 'build']),
    search: z
      .strictObject({
        effort: count,
        schedules: count.describe('how many the search in threads could make; 0: there was none'),
        seed: count,
        foundBy: text.describe('a policy, or a step of the search'),
      })
      .describe('how the schedule was found'),
  }),
  builders: z.array(builder),
  targets: z.array(
    z.strictObject({
      target: z.strictObject({
        arch: word,
        kind: z.enum(['any', 'all', 'binary']),
        profiles: z.array(word),
      }),
      tasks: z.array(planTask).describe('ordered by start, then id'),
    }),
  ),
  architectures: z.array(architecture),
  criticalChain: z.array(
    z.strictObject({
      id: text,
      waitedFor: z.enum([
        ...(['start', 'release', 'need', 'slot', 'ram-disk', 'memory', 'disk-slot', 'cores'] as const),
      ]),
    }),
  ),
  breaks: z.array(planBreak),
  unbuildable: z.array(unbuildable),
  makespanMs: count,
  lowerBoundMs: count,
  lowerBoundName: text,
  lowerBoundBinding: binding.describe('what would have to change for a shorter plan to be possible'),
});

/** The JSON Schema of the plan file, as published in `plan.schema.json`. */
export function planJsonSchema(): object {
  const schema = z.toJSONSchema(planSchema, { target: 'draft-2020-12' });
  return { ...schema, title: 'debplan build plan', $id: PLAN_SCHEMA };
}
