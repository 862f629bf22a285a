import {
  BuildDecoder,
  listSchedule,
  seededRandom,
  shortestDurations,
  tails,
  type Builder,
  type Problem,
} from '../../src/internal.ts';
import { layeredProblem } from './layered-problem.ts';
import type { BenchCase, Run, SizeName, Suite } from './suite.ts';
import { criticalRule, roomyBuilder, withRamDisk, type Workload } from './workload.ts';

/** Builds are more than sources: those of two architectures. */
const TASKS: Readonly<Record<SizeName, number>> = { tiny: 60, '400': 1000, '2k': 10_000, '10k': 35_000 };

/** Greedy schedules, one event after the other. */
export const listScheduleSuite: Suite = {
  what: 'schedules by priority: of the archive, and of random layers where RAM is scarce',
  cases: (workload, size) => [
    { name: 'tails', prepare: async () => tailsOf(await workload.problem()) },
    { name: 'of the archive', prepare: async () => scheduleOf(await workload.problem()) },
    {
      name: 'of the archive, 16 GiB of RAM disk',
      prepare: async () => scheduleOf(withRamDisk(await workload.problem(), 16)),
    },
    ...layeredCases(TASKS[size]),
    ...decoderCases(workload),
  ],
};

function tailsOf(problem: Problem): Run {
  return () => tails(problem.dag, shortestDurations(problem));
}

function scheduleOf(problem: Problem): Run {
  const rule = criticalRule(problem);
  return () => listSchedule(problem, rule);
}

function layeredCases(taskCount: number): readonly BenchCase[] {
  const layered = (name: string, builder: Builder): BenchCase => ({
    name: `${taskCount} tasks in layers${name}`,
    prepare: () => scheduleOf(layeredProblem(taskCount, builder, seededRandom(7))),
  });
  return [
    layered('', roomyBuilder('amd64', 512)),
    layered(', 16 GiB of RAM disk', roomyBuilder('amd64', 16)),
    layered(', 32 GiB, slow disk', { ...roomyBuilder('amd64', 32), diskFactor: 3 }),
  ];
}

/** One pass each, in exact ms and bytes: of the serial generation scheme that chooses the modes, and of justification. */
function decoderCases(workload: Workload): readonly BenchCase[] {
  const decode = (
    name: string,
    run: (decoder: BuildDecoder, order: Int32Array, modes: Int32Array) => void,
  ): BenchCase => ({
    name,
    prepare: async () => {
      const problem = await workload.problem();
      const tailMs = tails(problem.dag, shortestDurations(problem));
      const order = Int32Array.from(tailMs.keys()).sort(
        (a, b) => (tailMs[b] ?? 0) - (tailMs[a] ?? 0) || a - b,
      );
      const decoder = new BuildDecoder(problem);
      decoder.forward(order);
      const modes = decoder.mode.slice();
      return () => {
        run(decoder, order, modes);
      };
    },
  });
  return [
    decode('serial schedule', (decoder, order) => {
      decoder.forward(order);
    }),
    decode('serial schedule, given modes', (decoder, order, modes) => {
      decoder.forward(order, modes);
    }),
    decode('justification, right and left', (decoder) => {
      decoder.justifyRight();
      decoder.justifyLeft();
    }),
  ];
}
