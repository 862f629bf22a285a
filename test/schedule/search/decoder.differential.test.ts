import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/column.ts';
import { seededRandom } from '../../../src/base/random.ts';
import type { Project } from '../../../src/schedule/project.ts';
import { Decoder } from '../../../src/schedule/search/decoder.ts';
import { EventTimetable } from '../../../src/schedule/search/event-timetable.ts';
import { BACKWARD, FORWARD } from '../../../src/schedule/search/individual.ts';
import { packResources } from '../../../src/schedule/search/packing.ts';
import { makeTimetable } from '../../../src/schedule/search/make-timetable.ts';
import { verifyProjectSchedule } from '../../../src/schedule/verify-project.ts';
import { projects, TINY, type ProjectShape } from './projects.ts';
import { reversed, slowSerial } from './slow-project.ts';

const SMALL: ProjectShape = { ...TINY, tasks: { min: 1, max: 14 }, longest: 6, lastRelease: 8 };

/** One word, several words with one resource in each, and so long that the profile is kept by events. */
const SHAPES: readonly (readonly [string, ProjectShape])[] = [
  ['one word an instant', SMALL],
  ['one word of eight resources', { ...SMALL, resources: 8, capacity: { min: 1, max: 3 } }],
  ['several words an instant', { ...SMALL, resources: 3, capacity: { min: 1 << 20, max: 1 << 25 } }],
  ['no resource at all', { ...SMALL, resources: 0 }],
];

/** A random list in which needs come first. */
function drawOrder(project: Project, seed: number): readonly number[] {
  const random = seededRandom(seed);
  const order: number[] = [];
  while (order.length < project.taskCount) {
    const ready = [...project.dag.order].filter(
      (task) => !order.includes(task) && rowOf(project, task).every((need) => order.includes(need)),
    );
    order.push(at(ready, Math.floor(random() * ready.length)));
  }
  return order;
}

function rowOf({ dag }: Project, task: number): readonly number[] {
  return [...dag.needs.target.slice(at(dag.needs.offset, task), at(dag.needs.offset, task + 1))];
}

describe('Decoder', () => {
  it.each(SHAPES)('starts each task of a list where its slow twin does: %s', (_, shape) => {
    const property = fc.property(projects(shape), fc.nat(), (project, seed) => {
      const order = drawOrder(project, seed);
      const modes = [...project.modeOffset.slice(0, -1)];
      const decoder = new Decoder(project, FORWARD);
      for (let turn = 0; turn < 2; turn++) {
        const makespan = decoder.serial(Int32Array.from(order), Int32Array.from(modes));
        const twin = slowSerial(project, order, modes);
        expect({ start: decoder.start, makespan }).toEqual({ start: twin.start, makespan: twin.makespan });
        expect(verifyProjectSchedule(project, twin)).toEqual([]);
      }
    });
    fc.assert(property, { seed: 1, numRuns: 300 });
  });

  it('justifies as its slow twin does, and the schedule is valid when it is turned round', () => {
    const property = fc.property(projects(SMALL), fc.nat(), (project, seed) => {
      const order = [...drawOrder(project, seed)].reverse();
      const modes = [...project.modeOffset.slice(0, -1)];
      const decoder = new Decoder(project, BACKWARD);
      const makespan = decoder.serial(Int32Array.from(order), Int32Array.from(modes));
      expect(decoder.start).toEqual(slowSerial(reversed(project), order, modes).start);
      const start = decoder.finish.map((finish) => makespan - finish);
      const last = start.reduce(
        (end, from, task) => Math.max(end, from + at(project.duration, at(modes, task))),
        0,
      );
      const turned = { start, mode: Int32Array.from(modes), makespan: last };
      expect(verifyProjectSchedule(project, turned)).toEqual([]);
      expect(last).toBeLessThanOrEqual(makespan);
    });
    fc.assert(property, { seed: 2, numRuns: 300 });
  });
});

describe('EventTimetable', () => {
  it.each(SHAPES)('answers as the table with a cell an instant does: %s', (_, shape) => {
    const property = fc.property(
      projects({ ...shape, tasks: { min: 5, max: 14 } }),
      fc.array(fc.record({ task: fc.nat(), from: fc.nat(30) }), { minLength: 1, maxLength: 60, size: 'max' }),
      (project, steps) => {
        const packing = packResources(project);
        const dense = makeTimetable(packing, 1000);
        const events = new EventTimetable(packing);
        for (let turn = 0; turn < 2; turn++) {
          dense.clear();
          events.clear();
          for (const { task, from } of steps) {
            const mode = task % project.taskCount;
            const duration = at(project.duration, mode);
            const start = dense.earliest(mode, from, duration);
            expect(events.earliest(mode, from, duration)).toBe(start);
            dense.take(mode, start, duration);
            events.take(mode, start, duration);
          }
        }
      },
    );
    fc.assert(property, { seed: 3, numRuns: 200 });
  });

  it('is what long horizons get', () => {
    const packing = { ...packResourcesOfNothing(), wordCount: 1 };
    expect(makeTimetable(packing, 1_000_000)).toBeInstanceOf(EventTimetable);
  });
});

function packResourcesOfNothing(): ReturnType<typeof packResources> {
  const none = new Int32Array(1);
  return { wordCount: 1, idle: none, guard: none, offset: none, word: none, amount: none };
}
