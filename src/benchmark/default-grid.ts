import type { Problem } from '../dispatch/problem.ts';
import { CONTESTANTS } from '../simulate/contestants.ts';
import type { BenchGrid } from './measure-candidate.ts';

/** So many runs tell policies apart that differ by 2 %. */
const MOST_RUNS = 20;
/** Tasks that each policy places over all runs of one noise: of large plans there are fewer runs. */
const PLACEMENTS = 100_000;
/** The time of these grows with the square of the builds that are ready at once. */
const SLOW: readonly string[] = ['dpb', 'poudriere', 'waves'];
const MANY_TASKS = 10_000;

/** What is measured where nobody asks for something else: everything as estimated, and as far from that as history says. */
export function defaultGrid({
  taskCount,
  spread,
}: Problem): Pick<BenchGrid, 'policies' | 'jitters' | 'runs'> {
  const isUncertain = spread.durationSigma.some((sigma) => sigma > 0);
  const jitter = isUncertain ? 'estimates' : 0.3;
  return {
    policies: taskCount > MANY_TASKS ? CONTESTANTS.filter((name) => !SLOW.includes(name)) : CONTESTANTS,
    jitters: [
      { jitter: 0, sizeJitter: 0 },
      { jitter, sizeJitter: jitter },
    ],
    runs: Math.min(MOST_RUNS, Math.max(1, Math.floor(PLACEMENTS / Math.max(1, taskCount)))),
  };
}
