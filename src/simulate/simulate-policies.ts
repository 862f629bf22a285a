import type { Dispatching } from '../dispatch/dispatching.ts';
import type { Problem } from '../dispatch/problem.ts';
import { measureRun, type RunFigures } from './measure-run.ts';
import { drawScenario, type Noise, type Scenario } from './scenario.ts';
import { simulateRun, type Run } from './simulate-run.ts';

/** A policy that can be started as often as there are runs. */
export interface Contestant {
  readonly name: string;
  readonly start: () => Dispatching;
}

export interface SimulationOptions {
  /** ≥ 1. */
  readonly runs: number;
  readonly noise: Noise;
  /** How often a build that has failed is tried again; ≥ 0. */
  readonly retries: number;
}

/**
 * Lets each policy play the same runs.
 * @param onRun called after each run
 * @returns figures by policy, then run
 */
export function simulatePolicies(
  problem: Problem,
  contestants: readonly Contestant[],
  options: SimulationOptions,
  onRun: () => void = () => undefined,
): readonly (readonly RunFigures[])[] {
  const figures = contestants.map((): RunFigures[] => []);
  playPolicies(problem, contestants, options, (_, runs) => {
    runs.forEach((run, index) => figures[index]?.push(measureRun(problem, run)));
    onRun();
  });
  return figures;
}

/** The same, with what becomes of each scenario handed over at once: by policy. One scenario is in memory at a time. */
export function playPolicies(
  problem: Problem,
  contestants: readonly Contestant[],
  { runs, noise, retries }: SimulationOptions,
  look: (scenario: Scenario, runs: readonly Run[]) => void,
): void {
  for (let run = 0; run < runs; run++) {
    const scenario = drawScenario(problem, noise, run);
    look(
      scenario,
      contestants.map(({ start }) => simulateRun(problem, scenario, start(), retries)),
    );
  }
}
