import { describe, expect, it } from 'vitest';
import { parseTemplate } from '../../../src/emit/command/parse-template.ts';
import { trace } from '../../../src/emit/drawings/trace.ts';
import { tasksByStart } from '../../../src/plan/make-tasks.ts';
import type { Plan, PlanTask } from '../../../src/plan/plan.ts';
import { PAYLOAD_PLAN } from '../payload-plan.ts';
import { PAYLOADS } from '../payloads.ts';
import { emptyPlan } from '../small-plan.ts';
import { readTrace, type Trace } from './read-trace.ts';
import { SAMPLE_PLANS } from './sample-plans.ts';

const OPTIONS = { builderCommand: parseTemplate('build {dsc}'), suite: 'trixie' };

function traceOf(plan: Plan): Trace {
  const [file] = trace.emit(plan, OPTIONS);
  return readTrace(file?.content ?? '');
}

/** What tasks take at a moment, counted anew. */
function inUse(tasks: readonly PlanTask[], atMs: number): { readonly bytes: number; readonly slots: number } {
  const running = tasks.filter(({ startMs, durationMs }) => startMs <= atMs && atMs < startMs + durationMs);
  const bytes = running.reduce((sum, { mode, ramDiskBytes }) => sum + (mode === 'ram' ? ramDiskBytes : 0), 0);
  return { bytes, slots: running.length };
}

describe('a trace', () => {
  it('has every build once, on its builder and slot, from its start to its end', () => {
    for (const plan of SAMPLE_PLANS) {
      const { processes } = traceOf(plan);
      expect(processes.map(({ name }) => name)).toEqual(plan.builders.map(({ name }) => name).sort());
      const slices = processes.flatMap(({ name: builder, threads }) =>
        threads.flatMap(({ name, slices: own }) => own.map((slice) => ({ ...slice, builder, slot: name }))),
      );
      const found = slices.map(({ name, ts, end, builder, slot }) => [name, ts, end, builder, slot]);
      const expected = tasksByStart(plan.targets).map((task) => [
        task.id,
        task.startMs * 1000,
        (task.startMs + task.durationMs) * 1000,
        task.builder,
        `slot ${String(task.slot + 1)}`,
      ]);
      expect(found.sort()).toEqual(expected.sort());
    }
  });

  it('counts RAM disk and busy slots at every change, and nothing twice', () => {
    for (const plan of SAMPLE_PLANS) {
      const tasks = tasksByStart(plan.targets);
      for (const { name, counters } of traceOf(plan).processes) {
        const own = tasks.filter(({ builder }) => builder === name);
        const bytes = counters.get('RAM disk bytes') ?? [];
        const slots = counters.get('busy slots slots') ?? [];
        for (const { ts, value } of bytes) expect(value).toBe(inUse(own, ts / 1000).bytes);
        for (const { ts, value } of slots) expect(value).toBe(inUse(own, ts / 1000).slots);
        for (const series of [bytes, slots]) {
          expect(series[0]?.ts).toBe(0);
          expect(series.at(-1)?.value).toBe(0);
          for (const [index, { ts, value }] of series.entries()) {
            if (index === 0) continue;
            expect(ts).toBeGreaterThan(series[index - 1]?.ts ?? 0);
            expect(value).not.toBe(series[index - 1]?.value);
          }
        }
        const changes = new Set(own.flatMap((task) => [task.startMs, task.startMs + task.durationMs]));
        const told = new Set(slots.map(({ ts }) => ts / 1000));
        const before = (atMs: number): number => inUse(own, atMs - 1).slots;
        for (const atMs of changes)
          if (atMs > 0 && before(atMs) !== inUse(own, atMs).slots) expect(told).toContain(atMs);
        const budget = plan.builders.find((builder) => builder.name === name)?.ramDiskBytes;
        expect(new Set(counters.get('RAM disk budget bytes')?.map(({ value }) => value))).toEqual(
          new Set([budget]),
        );
      }
    }
  });

  it('leads from build to build along the critical chain', () => {
    for (const plan of SAMPLE_PLANS) {
      const chain = plan.criticalChain.map(({ id }) => id);
      expect(traceOf(plan).arrows).toEqual(chain.slice(1).map((to, index) => ({ from: chain[index], to })));
    }
  });

  it('says of a build on the chain what the plan says that it waited for', () => {
    const words = new Map([
      ['need', 'what it needs'],
      ['slot', 'a slot'],
      ['ram-disk', 'RAM disk'],
      ['disk-slot', 'a build on disk to end'],
      ['start', 'nothing'],
    ]);
    const seen = new Set<string>();
    for (const plan of SAMPLE_PLANS) {
      const slices = traceOf(plan).processes.flatMap(({ threads }) =>
        threads.flatMap((thread) => thread.slices),
      );
      for (const [index, { id, waitedFor }] of plan.criticalChain.entries()) {
        const slice = slices.find(({ name }) => name === id);
        expect(slice?.args['waited for']).toBe(words.get(waitedFor) ?? waitedFor);
        expect(slice?.args['started after']).toBe(plan.criticalChain[index - 1]?.id);
        seen.add(waitedFor);
      }
    }
    expect([...seen]).toEqual(expect.arrayContaining(['start', 'need', 'slot']));
  });

  it('takes every text as it is', () => {
    const { processes } = traceOf(PAYLOAD_PLAN);
    const names = processes.flatMap(({ name, threads }) =>
      threads.flatMap(({ slices }) => slices.map((slice) => [name, slice.name, slice.args['version']])),
    );
    expect(names.sort()).toEqual(PAYLOADS.map((text) => [text, text, text]).sort());
  });

  it('of nothing shows the builders', () => {
    const { processes, arrows } = traceOf(emptyPlan([]));
    expect(arrows).toEqual([]);
    expect(processes.map(({ name, threads }) => [name, threads.map((thread) => thread.name)])).toEqual([
      ['one', ['slot 1', 'slot 2']],
    ]);
  });
});
