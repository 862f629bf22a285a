import { describe, expect, it } from 'vitest';
import { comparePlans } from '../../src/compare/compare-plans.ts';
import type { ComparedSetting } from '../../src/compare/comparison-document.ts';
import type { Plan, PlanBuilder } from '../../src/plan/plan.ts';
import { emptyPlan, planBuilder, planTask } from '../emit/small-plan.ts';

const GIB = 2 ** 30;
const X86 = planBuilder({ name: 'x86' });
const ARM = planBuilder({ name: 'arm', arch: 'arm64' });

/** A plan for these architectures of one build that is `Architecture: all`, on this builder. */
function allOn({ name, arch }: PlanBuilder, architectures: readonly string[]): Plan {
  const task = planTask({ id: 'doc_1/all', source: 'doc', version: '1', builder: name });
  const plan = emptyPlan([{ target: { arch, kind: 'all', profiles: [] }, tasks: [task] }], [X86, ARM]);
  return { ...plan, options: { ...plan.options, architectures, allOn: arch } };
}

describe('a builder that changed', () => {
  it('counts between plans, also where an Architecture: all build moves to another architecture', () => {
    const both = ['amd64', 'arm64'];
    const { changed, counts } = comparePlans(
      { label: 'a', plan: allOn(X86, both) },
      { label: 'b', plan: allOn(ARM, both) },
    );
    expect(changed.map(({ unit, changes }) => [unit, changes])).toEqual([['doc/all', ['builder']]]);
    expect(counts.changes.builder).toBe(1);
  });

  it('does not count between architectures, which have no builder in common', () => {
    const left = { label: 'a', plan: allOn(X86, ['amd64']) };
    const right = { label: 'b', plan: allOn(ARM, ['arm64']) };
    const { kind, counts } = comparePlans(left, right);
    expect(kind).toBe('architectures');
    expect(counts).toMatchObject({ both: 1, changed: 0 });
  });
});

describe('settings that differ', () => {
  const base = emptyPlan([], [X86]);

  function settings(left: Partial<Plan>, right: Partial<Plan>): readonly ComparedSetting[] {
    return comparePlans(
      { label: 'a', plan: { ...base, ...left } },
      { label: 'b', plan: { ...base, ...right } },
    ).settings;
  }

  it('are called as on the command line, with sizes that people read', () => {
    const other = { ...X86, slots: 4, ramDiskBytes: 32 * GIB, memoryBytes: 1.5 * GIB, makeJobs: [1, 2, 4] };
    expect(settings({}, { builders: [other] })).toEqual([
      { name: 'builder x86: slots', values: ['2', '4'] },
      { name: 'builder x86: ram-disk', values: ['1GiB', '32GiB'] },
      { name: 'builder x86: memory', values: ['no limit', '1.5GiB'] },
      { name: 'builder x86: jobs', values: ['1', '1/2/4'] },
    ]);
    const options = {
      ...base.options,
      rebuildStale: true,
      buildDepsDepth: 1,
      dependentsDepth: 'all' as const,
    };
    expect(settings({}, { options })).toEqual([
      { name: 'rebuild-stale', values: ['no', 'yes'] },
      { name: 'with-build-deps', values: ['no', '1 step'] },
      { name: 'with-dependents', values: ['no', 'all the way'] },
    ]);
  });

  it('show a builder of one side as --builder takes it, chroots too', () => {
    const chroots = { ...X86, ramDiskBytes: 100 * GIB, ramDiskChroots: [40, 20, 20, 20].map((n) => n * GIB) };
    expect(settings({ builders: [] }, { builders: [chroots] })).toEqual([
      {
        name: 'builder x86',
        values: [
          null,
          'arch=amd64,slots=2,ram-disk=40GiB+20GiB*3,disk-slots=2,disk-factor=1.5,jobs=1,speed=1',
        ],
      },
    ]);
  });

  it('show the bytes where rounded sizes would look alike', () => {
    expect(settings({}, { builders: [{ ...X86, ramDiskBytes: GIB + 1 }] })).toEqual([
      { name: 'builder x86: ram-disk', values: ['1073741824B', '1073741825B'] },
    ]);
  });

  it('hold no results: what found the schedule is none', () => {
    const search = { ...base.options.search, foundBy: 'search' };
    expect(settings({}, { options: { ...base.options, search } })).toEqual([]);
    const longer = { ...search, effort: 2, schedules: 2000 };
    expect(settings({}, { options: { ...base.options, search: longer } }).map(({ name }) => name)).toEqual([
      'effort',
      'schedules',
    ]);
  });
});
