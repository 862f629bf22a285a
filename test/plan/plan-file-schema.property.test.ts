import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPlanTask } from '../../src/plan/is-plan-task.ts';
import { planFileSchema } from '../../src/plan/plan-file-schema.ts';
import { planSchema, planTask as taskSchema } from '../../src/plan/schema.ts';
import { planTask } from '../emit/small-plan.ts';
import { generatedPlan } from '../emit/ci/generated-plan.ts';

const WHOLE = {
  ...planTask({ id: 'a_1/amd64', source: 'a', version: '1', needs: ['b_1/amd64'] }),
  profiles: ['nocheck'],
  buildArch: 'amd64',
  layer: 'base',
  buildType: 'std',
  chroot: 0,
  mayUseRamDisk: false,
};
const STRANGE: readonly unknown[] = [
  ...[null, '', 'x', 'ram', 'a\nb', '\u007f', -1, -0, 0, 0.5, 1, 1.5, 2 ** 53, 1e300, true, false],
  ...[[], ['x'], ['x\u0000'], [1], {}, { duration: 'prior', ramDisk: 'prior' }, [['x']]],
];

interface Change {
  readonly inside: 'task' | 'ramDiskParts' | 'estimatedBy';
  readonly key: string;
  /** Undefined: the key goes. */
  readonly to: unknown;
}

const keys = [
  ...Object.keys(WHOLE),
  ...[
    ...Object.keys(WHOLE.ramDiskParts),
    'duration',
    'ramDisk',
    'constructor',
    '__proto__',
    'toString',
    '2048',
  ],
];
const changes: fc.Arbitrary<readonly Change[]> = fc.array(
  fc.record({
    inside: fc.constantFrom('task', 'ramDiskParts', 'estimatedBy'),
    key: fc.constantFrom(...keys),
    to: fc.option(fc.constantFrom(...STRANGE), { nil: undefined }),
  }),
  { maxLength: 3, size: 'max' },
);

/** A task as a file may have it; through JSON, so that `__proto__` is a key like any other. */
function changed(list: readonly Change[]): unknown {
  const parts = new Map<string, Map<string, unknown>>([
    ['task', new Map(Object.entries(WHOLE))],
    ['ramDiskParts', new Map(Object.entries(WHOLE.ramDiskParts))],
    ['estimatedBy', new Map(Object.entries(WHOLE.estimatedBy))],
  ]);
  const top = new Set<string>();
  for (const { inside, key, to } of list) {
    if (inside === 'task') top.add(key);
    if (to === undefined) parts.get(inside)?.delete(key);
    else parts.get(inside)?.set(key, to);
  }
  for (const name of ['ramDiskParts', 'estimatedBy'])
    if (!top.has(name)) parts.get('task')?.set(name, Object.fromEntries(parts.get(name) ?? []));
  const fields = [...(parts.get('task') ?? [])].map(
    ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`,
  );
  const document: unknown = JSON.parse(`{${fields.join(',')}}`);
  return document;
}

describe('a task of a plan file', () => {
  it('is one by hand just where it is one by the schema', () => {
    const counts = { yes: 0, no: 0 };
    fc.assert(
      fc.property(changes, (list) => {
        const task = changed(list);
        const isOne = taskSchema.safeParse(task).success;
        expect(isPlanTask(task)).toBe(isOne);
        counts[isOne ? 'yes' : 'no']++;
      }),
      { seed: 5, numRuns: 3000 },
    );
    expect(Math.min(counts.yes, counts.no)).toBeGreaterThan(300);
  });
});

describe('a plan file', () => {
  const plan = generatedPlan(20, 4, 3);
  const text = JSON.stringify(plan);

  it('is read as the schema reads it', () => {
    expect(planFileSchema.safeParse(JSON.parse(text))).toEqual(planSchema.safeParse(JSON.parse(text)));
  });

  it('gets the answer of the schema where tasks or the rest are wrong', () => {
    const faults = [
      ['"durationMs":60000', '"durationMs":-1'],
      ['"makespanMs":1200000', '"makespanMs":-1'],
      ['"kind":"any"', '"kind":"none"'],
      ['"targets":[', '"targets":[5,'],
    ] as const;
    const answers = faults.map(([right, wrong]) => {
      const broken: unknown = JSON.parse(text.replace(right, wrong));
      const found = planFileSchema.safeParse(broken);
      expect(found).toEqual(planSchema.safeParse(broken));
      return found.success;
    });
    expect(answers).toEqual([false, false, false, false]);
  });
});
