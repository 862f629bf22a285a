import { seededRandom } from '../../../src/base/random.ts';
import type { Plan, PlanTask } from '../../../src/plan/plan.ts';
import { emptyPlan, planBuilder, planTask } from '../small-plan.ts';

/** A plan of many builds without needs, as short as most of a distribution's, one after the other on all slots. */
export function largePlan(taskCount: number, builderCount: number, slots: number): Plan {
  const random = seededRandom(7);
  const builders = Array.from({ length: builderCount }, (_, index) =>
    planBuilder({
      name: `builder-${String(index).padStart(3, '0')}`,
      slots,
      diskSlots: slots,
      diskFactor: 1,
    }),
  );
  const free = builders.flatMap(({ name }) =>
    Array.from({ length: slots }, (_, slot) => ({ name, slot, ms: 0 })),
  );
  const tasks = Array.from({ length: taskCount }, (_, index): PlanTask => {
    const lane = free[index % free.length] ?? { name: '', slot: 0, ms: 0 };
    const durationMs = 1000 + Math.floor(120_000 * random() ** 4);
    const startMs = lane.ms + Math.floor(20_000 * random() ** 3);
    lane.ms = startMs + durationMs;
    return planTask({
      id: `source-${String(index)}_1.0-1/amd64`,
      ...{ source: `source-${String(index)}`, version: '1.0-1', builder: lane.name, slot: lane.slot },
      ...{ mode: index % 9 === 0 ? 'disk' : 'ram', startMs, durationMs },
      ...{
        workMs: durationMs,
        workUpperMs: durationMs,
        critical: lane.name === 'builder-000' && lane.slot === 0,
      },
    });
  });
  const makespanMs = Math.max(...tasks.map(({ startMs, durationMs }) => startMs + durationMs));
  const plan = emptyPlan([{ target: { arch: 'amd64', kind: 'any', profiles: [] }, tasks }], builders);
  const criticalChain = tasks
    .filter(({ critical }) => critical)
    .map(({ id }, index) => ({ id, waitedFor: index === 0 ? ('start' as const) : ('slot' as const) }));
  return { ...plan, makespanMs, criticalChain };
}
