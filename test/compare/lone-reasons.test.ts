import { describe, expect, it } from 'vitest';
import { compareArchitectures, comparePlans } from '../../src/compare/compare-plans.ts';
import type { Plan, PlanTarget, PlanTask } from '../../src/plan/plan.ts';
import { emptyPlan, planBuilder, planTask } from '../emit/small-plan.ts';

function target(arch: string, kind: PlanTarget['target']['kind'], ...tasks: PlanTask[]): PlanTarget {
  return { target: { arch, kind, profiles: [] }, tasks };
}

const task = (id: string, more: Partial<PlanTask> = {}): PlanTask => {
  const [source = '', version = ''] = (id.split('/').at(-2) ?? '').split('_');
  return planTask({ id, source, version, ...more });
};

const hello = target('amd64', 'any', task('hello_1/amd64'));
const INPUT = { name: 'Sources', sha256: '0'.repeat(64) };

/** A plan of these targets with some things changed. */
function planOf(targets: readonly PlanTarget[], { options, ...more }: PlanChange = {}): Plan {
  const plan = emptyPlan(targets);
  return { ...plan, inputs: [INPUT], ...more, options: { ...plan.options, ...options } };
}

type PlanChange = Partial<Omit<Plan, 'options'>> & { readonly options?: Partial<Plan['options']> };

/** Why the right doesn't build what the left alone builds: `unit kind: reason`. */
function reasons(left: Plan, right: Plan): readonly string[] {
  return comparePlans({ label: 'a', plan: left }, { label: 'b', plan: right })
    .lone.filter(({ side }) => side === 0)
    .map(({ unit, why }) => `${unit} ${why.kind}: ${why.reason}`);
}

const lost = (entry: Partial<Plan['unbuildable'][number]>): PlanChange => ({
  unbuildable: [
    { source: 'hello', version: '1', arch: 'amd64', kind: 'missing', reason: 'no libfoo', ...entry },
  ],
});

describe('why one side alone builds a unit', () => {
  it.each<[string, Plan, Plan, string]>([
    [
      'the architecture is not planned',
      planOf([hello], { options: { architectures: ['amd64', 'arm64'] } }),
      planOf([], { options: { architectures: ['arm64'] } }),
      'hello/amd64 arch-not-planned: nothing is planned for amd64 there',
    ],
    [
      'it is not meant for it',
      planOf([hello]),
      planOf([], lost({ kind: 'not-for-arch', reason: 'Architecture: arm64' })),
      'hello/amd64 not-for-arch: Architecture: arm64',
    ],
    [
      'a dependency is missing',
      planOf([hello]),
      planOf([], lost({ unit: 'hello_2/amd64', version: '2' })),
      'hello/amd64 missing: no libfoo',
    ],
    [
      'it is in a cycle',
      planOf([hello]),
      planOf([], lost({ unit: 'hello_1/amd64', kind: 'hard-cycle', reason: 'in the cycle a → b → a' })),
      'hello/amd64 hard-cycle: in the cycle a → b → a',
    ],
    [
      'what is lost is of another layer',
      planOf([target('amd64', 'any', task('apps/std/hello_1/amd64', { layer: 'apps', buildType: 'std' }))]),
      planOf([], { ...lost({ unit: 'base/std/hello_1/amd64' }), inputs: [] }),
      'apps/std/hello/amd64 not-read: it is not in the inputs there',
    ],
    [
      'it is built in another layer',
      planOf([target('amd64', 'any', task('apps/std/hello_1/amd64', { layer: 'apps', buildType: 'std' }))]),
      planOf([target('amd64', 'any', task('base/std/hello_1/amd64', { layer: 'base', buildType: 'std' }))]),
      'apps/std/hello/amd64 other-layer: built there as base/std/hello_1/amd64',
    ],
    [
      'its halves are built together',
      planOf([hello, target('amd64', 'all', task('hello_1/all'))]),
      planOf([target('amd64', 'binary', task('hello_1/amd64'))]),
      'hello/all other-halves: built there together with hello_1/amd64',
    ],
    [
      'only the other half is planned',
      planOf([hello]),
      planOf([], { options: { kind: 'all' } }),
      'hello/amd64 other-halves: only architecture-independent packages are planned there',
    ],
    [
      'no first build is needed',
      planOf(
        [target('amd64', 'any', task('hello_1/amd64'), task('hello_1/amd64+stage1', { stage: 'stage1' }))],
        {
          breaks: [
            {
              from: 'b',
              to: 'hello_1/amd64',
              kind: 'staged-build',
              reason: '',
              standIn: 'hello_1/amd64+stage1',
            },
          ],
        },
      ),
      planOf([hello]),
      'hello/amd64+stage1 stage: no first build is needed there: here it opens the cycle of b and hello_1/amd64',
    ],
    [
      'it is not built again',
      planOf([
        target('amd64', 'any', task('hello_1/amd64'), task('hello_1/amd64+rebuild', { stage: 'rebuild' })),
      ]),
      planOf([hello]),
      'hello/amd64+rebuild stage: it is not built again there',
    ],
    [
      'one version less is built',
      planOf([target('amd64', 'any', task('hello_1/amd64'), task('hello_2/amd64'))]),
      planOf([target('amd64', 'any', task('hello_2/amd64'))]),
      'hello/amd64 other-version: built there in version 2 only',
    ],
    [
      'it is not selected',
      planOf([hello]),
      planOf([], { options: { select: ['foo', 'bar'] } }),
      'hello/amd64 not-selected: not among what is selected there: foo, bar',
    ],
    [
      'the inputs differ',
      planOf([hello]),
      planOf([], { inputs: [] }),
      'hello/amd64 not-read: it is not in the inputs there',
    ],
    ['nothing tells', planOf([hello]), planOf([]), 'hello/amd64 unknown: the plan of b does not say why'],
  ])('%s', (_, left, right, expected) => {
    expect(reasons(left, right)).toEqual([expected]);
  });
});

describe('two architectures', () => {
  const builders = [planBuilder({ name: 'one' }), planBuilder({ name: 'two', arch: 'arm64' })];
  const both = (targets: readonly PlanTarget[], makespanMs: number): Plan => ({
    ...planOf(targets, { options: { architectures: ['amd64', 'arm64'] } }),
    ...{ builders, makespanMs },
  });

  it('share what is built once for all, and match builds whatever they are for', () => {
    const docs = task('docs_1/all', { slot: 1 });
    const ours = task('hello_1/arm64', { builder: 'two' });
    const plan = both([hello, target('amd64', 'all', docs), target('arm64', 'any', ours)], 1000);
    const { counts, lone } = compareArchitectures({ label: 'plan', plan }, 'amd64', 'arm64');
    expect({ counts, lone }).toMatchObject({ counts: { units: [2, 2], both: 2, shared: 1 }, lone: [] });
  });

  it('take the need of a half that the other builds for the same dependency', () => {
    const later = { needs: ['foo_1/amd64'], startMs: 1000 };
    const plan = both(
      [
        target('amd64', 'binary', task('foo_1/amd64'), task('hello_1/amd64', later)),
        target(
          'arm64',
          'any',
          task('foo_1/arm64', { builder: 'two' }),
          task('hello_1/arm64', { ...later, builder: 'two' }),
        ),
      ],
      2000,
    );
    const { edges, sides } = compareArchitectures({ label: 'plan', plan }, 'amd64', 'arm64');
    expect(edges).toEqual([]);
    // the one that arm64 waits for runs on amd64: the chain crosses over
    expect(sides.map(({ criticalChain }) => criticalChain.map(({ id }) => id))).toEqual([
      ['foo_1/amd64', 'hello_1/amd64'],
      ['foo_1/amd64', 'hello_1/arm64'],
    ]);
  });

  it('of two plans, each for one, are compared as those of one plan', () => {
    const other = planOf([target('arm64', 'any', task('hello_2/arm64'))], {
      options: { architectures: ['arm64'], allOn: 'arm64' },
    });
    const document = comparePlans({ label: 'a', plan: planOf([hello]) }, { label: 'b', plan: other });
    const { kind, counts, changed } = document;
    expect({ kind, both: counts.both, changes: changed.map(({ changes }) => changes) }).toEqual({
      ...{ kind: 'architectures', both: 1, changes: [['version']] },
    });
  });
});
