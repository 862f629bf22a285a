import type { FootprintParts } from '../estimate/estimate.ts';
import { ESTIMATOR_NAMES } from '../estimate/estimator-name.ts';
import type { PlanTask } from './plan.ts';

type Check = (value: unknown) => boolean;

/**
 * Whether a value is a task of a plan file. What the schema says of tasks, once more and by hand: it takes a tenth of the time, and
 * nearly all of a large plan is tasks. Where it says no, the schema says why; it must never say yes where the schema says no.
 */
export function isPlanTask(value: unknown): value is PlanTask {
  return isTask(value);
}

const text = (value: unknown): value is string => typeof value === 'string';
// as in the schema: no command and no terminal should get these
const CONTROLS = /[\u0000-\u001F\u007F]/;
const word: Check = (value) => text(value) && !CONTROLS.test(value);
const name: Check = (value) => word(value) && value !== '';
const words: Check = (value) => Array.isArray(value) && value.every(word);
const integer = (value: unknown): value is number => Number.isSafeInteger(value);
const count: Check = (value) => integer(value) && value >= 0;
const positive: Check = (value) => integer(value) && value > 0;
const share: Check = (value) => typeof value === 'number' && value >= 0 && value <= 1;
const estimators: ReadonlySet<unknown> = new Set(ESTIMATOR_NAMES);
const estimator: Check = (value) => estimators.has(value);

/** No field may be forgotten. */
type Fields<T> = Readonly<Record<keyof T, Check>>;

const isTask = record({
  id: name,
  source: name,
  version: name,
  stage: word,
  profiles: optional(words),
  buildArch: optional(word),
  layer: optional(word),
  buildType: optional(word),
  needs: words,
  builder: word,
  slot: count,
  mode: (value) => value === 'ram' || value === 'disk',
  chroot: optional(count),
  makeJobs: positive,
  startMs: count,
  durationMs: positive,
  workMs: positive,
  workUpperMs: positive,
  parallelFraction: share,
  ramDiskBytes: count,
  ramDiskMedianBytes: count,
  ramDiskUpperBytes: count,
  ramDiskParts: record({
    baseBytes: count,
    listsBytes: count,
    dependsBytes: count,
    downloadsBytes: count,
    treeBytes: count,
    peakBytes: count,
    reserveBytes: integer,
  } satisfies Fields<FootprintParts>),
  memoryBytes: count,
  estimatedBy: record({ duration: estimator, ramDisk: estimator } satisfies Fields<PlanTask['estimatedBy']>),
  mayUseRamDisk: optional((value) => value === false),
  priority: count,
  critical: (value) => typeof value === 'boolean',
} satisfies Fields<PlanTask>);

/** A record with these fields and no other; a field that its check takes for undefined may be missing, as JSON has no undefined. */
function record(fields: Readonly<Record<string, Check>>): Check {
  const checks = Object.entries(fields);
  return (value) => {
    if (!isRecord(value)) return false;
    let present = 0;
    for (const [key, check] of checks) {
      const field = value[key];
      if (!check(field)) return false;
      if (field !== undefined) present++;
    }
    return Object.keys(value).length === present;
  };
}

function optional(check: Check): Check {
  return (value) => value === undefined || check(value);
}

/** What braces stand for in JSON. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
