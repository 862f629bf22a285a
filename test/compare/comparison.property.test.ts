import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { stableJson } from '../../src/base/stable-json.ts';
import { compareArchitectures, comparePlans } from '../../src/compare/compare-plans.ts';
import type { NamedPlan, Pair } from '../../src/compare/comparison-document.ts';
import { comparisonSchema } from '../../src/compare/comparison-schema.ts';
import { formatComparison } from '../../src/emit/comparison-text.ts';
import { plainStyle } from '../../src/emit/style.ts';
import { planBuild } from '../../src/pipeline.ts';
import { tasksByStart } from '../../src/plan/make-tasks.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { readPlan } from '../../src/plan/read-plan.ts';
import { allNeeds } from '../support/all-needs.ts';
import { planJob } from '../support/planned.ts';
import { mirror } from './mirror.ts';

const ARCHS = ['amd64', 'arm64'];
const jobs = fc.sample(
  fc.oneof(
    planJob({ hasLayers: false, indexed: ARCHS }),
    planJob({ hasLayers: true, indexed: ARCHS }),
    planJob({ hasLayers: false, indexed: [] }),
  ),
  { seed: 1, numRuns: 120 },
);
const PLANS: readonly NamedPlan[] = jobs.map(({ inputs, options }, number) => ({
  label: `${String(number)}.json`,
  plan: planBuild(inputs, options).plan,
}));
/** The same sources, with other edges. */
const OTHERS: readonly NamedPlan[] = jobs.map(({ inputs, options }, number) => ({
  label: `${String(number)}-other.json`,
  plan: planBuild(inputs, { ...options, depth: options.depth === 'direct' ? 'install' : 'direct' }).plan,
}));
const FOR_TWO = PLANS.filter(({ plan }) => plan.options.architectures.length === 2);

/** Each plan with one of the same sources, and with one of others. */
const PAIRS = PLANS.flatMap((left, number): readonly Pair<NamedPlan>[] => [
  [left, at(OTHERS, number)],
  [left, at(PLANS, (number + 1) % PLANS.length)],
]);

describe('a comparison', () => {
  it('of a plan with itself, read again, finds no difference', () => {
    for (const { plan, label } of PLANS) {
      const again = { label: 'again.json', plan: readPlan(stableJson(plan), label) };
      const document = comparePlans({ label, plan }, again);
      const { isSame, settings, inputs, counts, lone, changed, edges, breaks, leftOut } = document;
      expect({ isSame, settings, inputs, lone, changed, edges, breaks, leftOut }).toEqual({
        isSame: true,
        ...{ settings: [], inputs: [], lone: [], changed: [], edges: [], breaks: [], leftOut: [] },
      });
      expect(document.metrics.filter(({ difference }) => difference !== 0)).toEqual([]);
      expect(counts.chainCommon).toBe(plan.criticalChain.length);
      expect(formatComparison(document, { all: false, style: plainStyle })).toContain('no difference');
    }
  });

  it('turned round says the same with left and right exchanged', () => {
    const seen = { lone: 0, changed: 0, edges: 0, breaks: 0, settings: 0 };
    for (const [left, right] of PAIRS) {
      const document = comparePlans(left, right);
      expect(comparePlans(right, left)).toEqual(mirror(document));
      seen.lone += document.lone.length;
      seen.changed += document.changed.length;
      seen.edges += document.edges.length;
      seen.breaks += document.breaks.length;
      seen.settings += document.settings.length;
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(3);
  });

  it('of architectures turned round says the same with left and right exchanged', () => {
    const seen = { lone: 0, changed: 0, shared: 0 };
    for (const named of FOR_TWO) {
      const document = compareArchitectures(named, 'amd64', 'arm64');
      expect(compareArchitectures(named, 'arm64', 'amd64')).toEqual(mirror(document));
      seen.lone += document.lone.length;
      seen.changed += document.changed.length;
      seen.shared += document.counts.shared;
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(3);
  });

  it('fits its schema, and accounts for every task of both plans once', () => {
    for (const [left, right] of PAIRS) {
      const document = comparePlans(left, right);
      expect(comparisonSchema.parse(document)).toEqual(document);
      const { counts, lone } = document;
      for (const [index, { plan }] of [left, right].entries()) {
        const tasks = tasksByStart(plan.targets).map(({ id }) => id);
        const alone = lone.filter(({ side }) => side === index).map(({ task }) => task.id);
        expect(counts.units[index]).toBe(tasks.length);
        expect(counts.both + alone.length).toBe(tasks.length);
        expect(alone.filter((id) => !tasks.includes(id))).toEqual([]);
      }
    }
  });

  it('of architectures takes makespan, bound, peak, builds and losses from the plan', () => {
    for (const named of FOR_TWO) {
      const { metrics, sides } = compareArchitectures(named, 'amd64', 'arm64');
      named.plan.architectures.forEach((row, side) => {
        const measured = Object.fromEntries(metrics.map(({ name, values }) => [name, at(values, side)]));
        expect(measured).toMatchObject({
          makespan: row.makespanMs,
          bound: row.lowerBoundMs,
          'ram-peak': row.ramDiskPeakBytes,
          'ram-disk': row.ramDiskBytes,
          builds: row.taskCount,
          'left-out': row.unbuildableCount + row.notForArchCount,
          'not-for-arch': row.notForArchCount,
        });
        const last = at(sides, side).criticalChain.at(-1);
        expect((last?.startMs ?? 0) + (last?.durationMs ?? 0)).toBe(row.makespanMs);
      });
    }
  });

  it('names each dependency that one side alone waits for, between units of both', () => {
    let found = 0;
    for (const [left, right] of PAIRS) {
      const edges = [left, right].map(({ plan }) => edgesByName(plan));
      const [ours, theirs] = [at(edges, 0), at(edges, 1)];
      const expected = [
        ...[...ours.edges].filter((edge) => !theirs.implied.has(edge)).map((edge) => `0 ${edge}`),
        ...[...theirs.edges].filter((edge) => !ours.implied.has(edge)).map((edge) => `1 ${edge}`),
      ].filter((edge) =>
        edge
          .split(' ')
          .slice(1)
          .every((unit) => ours.units.has(unit) && theirs.units.has(unit)),
      );
      const told = comparePlans(left, right).edges.map(
        ({ side, unit, needs }) => `${String(side)} ${unit} ${needs}`,
      );
      expect([...told].sort()).toEqual(expected.sort());
      found += told.length;
    }
    expect(found).toBeGreaterThan(10);
  });
});

/** The edges of a plan by names without versions: what the comparison finds by numbers. */
function edgesByName(plan: Plan): {
  readonly units: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
  /** Also what is waited for by way of others. */
  readonly implied: ReadonlySet<string>;
} {
  const nameOf = (id: string): string => id.replace(/_[^/]*/, '');
  const tasks = tasksByStart(plan.targets);
  return {
    units: new Set(tasks.map(({ id }) => nameOf(id))),
    edges: new Set(tasks.flatMap(({ id, needs }) => needs.map((need) => `${nameOf(id)} ${nameOf(need)}`))),
    implied: new Set(
      [...allNeeds(plan)].flatMap(([id, all]) => [...all].map((need) => `${nameOf(id)} ${nameOf(need)}`)),
    ),
  };
}
