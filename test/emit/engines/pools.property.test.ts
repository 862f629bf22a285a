import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/column.ts';
import { classTimeMs, poolDepths, type TaskClass } from '../../../src/emit/engines/pool-depths.ts';
import { poolSplits, type PoolSplit } from '../../../src/emit/engines/pool-splits.ts';
import type { PlanBuilder, PlanTask } from '../../../src/plan/plan.ts';
import { planBuilder, planTask } from '../small-plan.ts';

interface Case {
  readonly builder: PlanBuilder;
  readonly tasks: readonly PlanTask[];
}

const TASKS = fc.array(
  fc.record({
    mode: fc.constantFrom('ram' as const, 'ram' as const, 'disk' as const),
    ramDiskBytes: fc.nat(100),
    memoryBytes: fc.nat(50),
    makeJobs: fc.integer({ min: 1, max: 4 }),
    durationMs: fc.integer({ min: 1, max: 50 }),
    chroot: fc.nat(9),
  }),
  { size: 'max', minLength: 1, maxLength: 40 },
);

/** Every build fits its builder alone, as in any plan. */
const CASE = fc
  .record({
    tasks: TASKS,
    slots: fc.integer({ min: 1, max: 6 }),
    room: fc.nat(150),
    chroots: fc.array(fc.constantFrom(100, 120, 140), { size: 'max', maxLength: 5 }),
    hasMemory: fc.boolean(),
    hasCores: fc.boolean(),
    diskSlots: fc.integer({ min: 1, max: 6 }),
  })
  .map(({ tasks, slots, room, chroots, hasMemory, hasCores, diskSlots }): Case => {
    const sizes: readonly number[] = chroots.toSorted((a, b) => b - a);
    return {
      builder: planBuilder({
        name: 'one',
        slots,
        ramDiskBytes: sizes.length > 0 ? sizes.reduce((a, b) => a + b, 0) : 100 + room,
        ramDiskChroots: sizes,
        memoryBytes: hasMemory ? 150 + room : null,
        cores: hasCores ? 4 + (room % 8) : null,
        diskSlots: Math.min(diskSlots, slots),
      }),
      tasks: tasks.map(({ chroot, ...task }, index) =>
        planTask({
          id: `t${String(index)}`,
          source: 't',
          version: '1',
          ...task,
          ...(task.mode === 'ram' && sizes.length > 0 ? { chroot: chroot % sizes.length } : {}),
        }),
      ),
    };
  });

/** The worst that can run at once: of each class the builds that take the most of one thing. */
function worst(
  { classes, depths }: Pick<PoolSplit, 'classes' | 'depths'>,
  demandOf: (task: PlanTask) => number,
): number {
  return classes
    .flatMap(({ tasks }, index) =>
      tasks
        .map(demandOf)
        .sort((a, b) => b - a)
        .slice(0, at(depths, index)),
    )
    .reduce((sum, demand) => sum + demand, 0);
}

function onRamDisk(task: PlanTask): number {
  return task.mode === 'ram' ? task.ramDiskBytes : 0;
}

function excesses(split: PoolSplit, builder: PlanBuilder): readonly string[] {
  const { ramDiskChroots, memoryBytes, cores } = builder;
  const sizeOf = ({ chroot }: PlanTask): number => (chroot === undefined ? 0 : at(ramDiskChroots, chroot));
  const rules: readonly (readonly [string, (task: PlanTask) => number, number])[] = [
    ['slots', () => 1, builder.slots],
    ['disk slots', ({ mode }) => Number(mode === 'disk'), builder.diskSlots],
    ['memory', (task) => task.memoryBytes + onRamDisk(task), memoryBytes ?? Infinity],
    ['cores', ({ makeJobs }) => makeJobs, cores ?? Infinity],
    ...(ramDiskChroots.length === 0
      ? [['RAM disk', onRamDisk, builder.ramDiskBytes] as const]
      : [...new Set(ramDiskChroots)].map(
          (size) =>
            [
              `chroots of ${String(size)}`,
              (task: PlanTask) => Number(task.mode === 'ram' && sizeOf(task) === size),
              ramDiskChroots.filter((other) => other === size).length,
            ] as const,
        )),
  ];
  return rules.filter(([, demandOf, most]) => worst(split, demandOf) > most).map(([name]) => name);
}

describe('poolSplits', () => {
  it('keeps every limit of the builder, whatever runs at once', () => {
    fc.assert(
      fc.property(CASE, ({ builder, tasks }) => {
        const splits = poolSplits(builder, tasks);
        expect(splits.length).toBeGreaterThan(0);
        for (const split of splits) {
          expect(excesses(split, builder)).toEqual([]);
          const ids = split.classes.flatMap(({ tasks: own }) => own.map(({ id }) => id));
          expect(ids.toSorted()).toEqual(tasks.map(({ id }) => id).sort());
          const moved = split.classes
            .flatMap(({ tasks: own }) => own)
            .filter(({ id, mode }) => mode !== tasks.find((task) => task.id === id)?.mode);
          expect(moved).toHaveLength(split.movedCount);
          expect(moved.every(({ mode }) => mode === 'disk')).toBe(true);
        }
      }),
      { seed: 11, numRuns: 400 },
    );
  });
});

describe('poolDepths', () => {
  /** All ways to share the slots, one by one. */
  function* allDepths(count: number, slots: number): Generator<readonly number[]> {
    if (count === 0) yield [];
    else {
      for (let first = 1; first <= slots - count + 1; first++) {
        for (const rest of allDepths(count - 1, slots - first)) yield [first, ...rest];
      }
    }
  }

  it('finds the depths with which the longest class takes the least time', () => {
    fc.assert(
      fc.property(CASE, ({ builder: given, tasks }) => {
        const builder = { ...given, ramDiskChroots: [] };
        const ram = tasks
          .filter(({ mode }) => mode === 'ram')
          .toSorted((a, b) => b.ramDiskBytes - a.ramDiskBytes);
        const cut = ram.length >> 1;
        const parts = [ram.slice(0, cut), ram.slice(cut), tasks.filter(({ mode }) => mode === 'disk')];
        const classes = parts
          .map((own, index): TaskClass => ({
            name: String(index),
            tasks: own,
            mostAtOnce: index === 2 ? builder.diskSlots : builder.slots,
          }))
          .filter((one) => one.tasks.length > 0);
        const times = (depths: readonly number[]): number =>
          Math.max(...classes.map((one, index) => classTimeMs(one, at(depths, index))));
        const isKept = (depths: readonly number[]): boolean =>
          excesses({ classes, depths, movedCount: 0, scoreMs: [0, 0] }, builder).length === 0;
        const possible = [...allDepths(classes.length, builder.slots)].filter(isKept);
        const found = poolDepths(classes, builder);
        expect(found === undefined).toBe(possible.length === 0);
        if (found === undefined) return;
        expect(isKept(found)).toBe(true);
        expect(times(found)).toBe(Math.min(...possible.map(times)));
      }),
      { seed: 12, numRuns: 400 },
    );
  });
});
