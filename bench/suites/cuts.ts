import { breakCycles, seededRandom, settleOptions, solveBreaks } from '../../src/internal.ts';
import { knot } from './knot.ts';
import type { BenchCase, SizeName, Suite } from './suite.ts';

/** A knot as large as is usual at that size, and which part of it leads back. */
const KNOTS: Readonly<Record<SizeName, readonly [nodes: number, backward: number]>> = {
  tiny: [10, 0.4],
  '400': [25, 0.4],
  '2k': [200, 0.1],
  '10k': [1500, 0.06],
};

/** Giving up waits so that no cycle is left. */
export const cutsSuite: Suite = {
  what: 'opening the cycles of a graph of install sets at the least cost; one random component alone',
  cases: (workload, size) => {
    const [nodes, backward] = KNOTS[size];
    const alone = (name: string, effort: number): BenchCase => ({
      name,
      prepare: () => {
        const problem = knot(nodes, backward, seededRandom(7));
        return () => solveBreaks(problem, { seed: 1, effort });
      },
    });
    const whole: BenchCase = {
      name: 'open all cycles',
      prepare: async () => {
        const { planned } = (await workload.posed()).analysis;
        const { breakRules } = settleOptions(workload.options, true);
        return () => breakCycles(planned, breakRules);
      },
    };
    return [whole, alone(`a component of ${nodes}, no search`, 0), alone(`a component of ${nodes}`, 1)];
  },
};
