import { seededRandom } from '../../../src/base/random.ts';
import { at } from '../../../src/base/column.ts';
import type { Plan, PlanTask } from '../../../src/plan/plan.ts';
import { emptyPlan, planBuilder, planTask } from '../small-plan.ts';

const ARCHS: readonly string[] = ['amd64', 'arm64'];
const MINUTE = 60_000;

/** A plan of so many tasks on two architectures, each of which needs up to `mostNeeds` of those before it. */
export function generatedPlan(count: number, mostNeeds: number, seed: number): Plan {
  const random = seededRandom(seed);
  const below = (most: number): number => Math.floor(random() * most);
  const tasks: PlanTask[] = [];
  for (let place = 0; place < count; place++) {
    const wanted = Math.min(place, below(mostNeeds + 1));
    const needs = new Set<string>();
    while (needs.size < wanted) needs.add(at(tasks, below(place)).id);
    const arch = at(ARCHS, place % 2);
    const source = `source${String(place)}`;
    tasks.push(
      planTask({
        id: `${source}_1.0-1/${arch}`,
        source,
        version: '1.0-1',
        needs: [...needs].sort(),
        builder: `builder-${arch}`,
        mode: place % 5 === 0 ? 'disk' : 'ram',
        startMs: place * MINUTE,
        durationMs: MINUTE,
        ramDiskBytes: place * 2 ** 20,
      }),
    );
  }
  const targets = ARCHS.map((arch) => ({
    target: { arch, kind: 'any' as const, profiles: [] },
    tasks: tasks.filter(({ id }) => id.endsWith(`/${arch}`)),
  }));
  const builders = ARCHS.map((arch) => planBuilder({ name: `builder-${arch}`, arch }));
  return { ...emptyPlan(targets, builders), makespanMs: count * MINUTE, lowerBoundMs: MINUTE };
}
