import {
  chooseIn,
  graphOf,
  listSchedule,
  lowerBound,
  readInputs,
  stronglyConnected,
  toDag,
  verifySchedule,
  type Inputs,
  type PlanOptions,
  type Problem,
  type Schedule,
  type Universe,
} from '../../src/internal.ts';
import { bareProblem } from '../suites/bare-problem.ts';
import { withoutCycles } from '../suites/edge-pairs.ts';
import { criticalRule, planOptions, requestOf, roomyBuilder, universeOf } from '../suites/workload.ts';
import type { ArchiveFiles } from '../archive/write-archive.ts';

/** A stage of the pipe, and how many things it made: what its time should grow with. */
export interface GrowthStage {
  readonly name: string;
  /** What `run` counts. */
  readonly counts: string;
  readonly run: () => Promise<number> | number;
}

const ARCH = 'amd64';
const GIB = 2 ** 30;

/**
 * The stages that have to grow no faster than the archive, for one architecture, each on what the one before left behind. Cuts are not
 * among them: what is scheduled is the graph without the edges inside components that lead to a higher number.
 */
export function growthStages(files: ArchiveFiles): readonly GrowthStage[] {
  const options: PlanOptions = { ...planOptions(), architectures: [ARCH], allOn: ARCH };
  let inputs: Inputs | undefined;
  let universe: Universe | undefined;
  let needs: ReturnType<typeof graphOf>['needs'] | undefined;
  let problem: Problem | undefined;
  let schedule: Schedule | undefined;
  return [
    {
      name: 'parse',
      counts: 'packages',
      run: async () => {
        inputs = await readInputs(requestOf(files));
        return inputs.sources.length + inputs.binaries.length;
      },
    },
    {
      name: 'universe',
      counts: 'clauses',
      run: () => {
        universe = universeOf(made(inputs), options);
        // what was read isn't needed any more
        inputs = undefined;
        return universe.clauses.alternatives.length;
      },
    },
    {
      name: 'installable',
      counts: 'nodes',
      run: () => chooseIn(made(universe)).universe.nodes.name.length,
    },
    {
      name: 'direct graph',
      counts: 'edges',
      run: () => graphOf(made(universe), { ...options, depth: 'direct' }).needs.target.length,
    },
    {
      name: 'graph',
      counts: 'edges',
      run: () => {
        needs = graphOf(made(universe), { ...options, depth: 'install' }).needs;
        universe = undefined;
        return needs.target.length;
      },
    },
    {
      name: 'components',
      counts: 'edges',
      run: () => {
        stronglyConnected(made(needs));
        return made(needs).target.length;
      },
    },
    {
      name: 'dag',
      counts: 'edges',
      run: () => {
        problem = problemOf(made(needs));
        needs = undefined;
        return problem.dag.needs.target.length;
      },
    },
    {
      name: 'list schedule',
      counts: 'edges',
      run: () => {
        const posed = made(problem);
        schedule = listSchedule(posed, criticalRule(posed));
        return posed.dag.needs.target.length;
      },
    },
    {
      name: 'bounds',
      counts: 'edges',
      run: () => {
        lowerBound(made(problem));
        return made(problem).dag.needs.target.length;
      },
    },
    {
      name: 'verify',
      counts: 'edges',
      run: () => {
        if (verifySchedule(made(problem), made(schedule)).length > 0)
          throw new Error('BUG: a limit is broken');
        return made(problem).dag.needs.target.length;
      },
    },
  ];
}

/** One task a unit on one builder: durations and footprints spread as builds are, by the number of the unit. */
function problemOf(needs: ReturnType<typeof graphOf>['needs']): Problem {
  const dag = toDag(withoutCycles(needs));
  if (dag === undefined) throw new Error('BUG: a cycle is left');
  const taskCount = dag.order.length;
  const spread = (least: number, ratio: number): Float64Array =>
    Float64Array.from({ length: taskCount }, (_, task) =>
      Math.ceil(least * ratio ** (((task * 2_654_435_761) % 2 ** 32) / 2 ** 32)),
    );
  return bareProblem(roomyBuilder(ARCH, 512), {
    dag,
    durationMs: spread(30_000, 300),
    ramDiskBytes: spread(0.2 * GIB, 60),
    memoryBytes: spread(0.1 * GIB, 20),
  });
}

function made<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('BUG: stages run in their order');
  return value;
}
