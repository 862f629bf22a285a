import { parseArgs } from 'node:util';
import { resolveSearch, schedulePortfolio, searchBuilds, verifySchedule } from '../../src/internal.ts';
import type { GapInstance } from '../gap/measure.ts';
import { starlingxInstances, type Rest } from '../gap/starlingx.ts';

const USAGE =
  'npm run bench:search -- --starlingx FOLDER [--efforts 0,1,2,3] [--seed 1] [--rest unknown-sizes]';

/** `npm run bench:search`: how far above the lower bound plans of StarlingX end at each effort, and the CPU seconds of one thread. */
const { values } = parseArgs({
  options: {
    starlingx: { type: 'string' },
    efforts: { type: 'string', default: '0,1,2,3' },
    seed: { type: 'string', default: '1' },
    rest: { type: 'string', default: 'unknown-sizes' },
  },
});
if (values.starlingx === undefined) {
  process.stderr.write(`nothing to measure: ${USAGE}\n`);
  process.exitCode = 2;
} else {
  const rest: Rest = values.rest === 'unknown-times' ? 'unknown-times' : 'unknown-sizes';
  await printTable(starlingxInstances(values.starlingx, rest), values.efforts.split(','));
}

async function printTable(instances: AsyncIterable<GapInstance>, efforts: readonly string[]): Promise<void> {
  const sums = efforts.map(() => ({ gap: 0, seconds: 0 }));
  let count = 0;
  process.stdout.write(
    `${''.padEnd(24)}bound (h)  ${efforts.map((effort) => `effort ${effort}`.padStart(16)).join('')}\n`,
  );
  for await (const { name, problem, bound } of instances) {
    const cells = efforts.map((effort, index) => {
      const before = process.cpuUsage().user;
      const makespanMs = makespanOf({ name, problem, bound }, effort);
      const seconds = (process.cpuUsage().user - before) / 1e6;
      const gap = (makespanMs / bound.lowerBoundMs - 1) * 100;
      const sum = sums[index];
      if (sum !== undefined) Object.assign(sum, { gap: sum.gap + gap, seconds: sum.seconds + seconds });
      return cellOf(gap, seconds);
    });
    count++;
    const hours = (bound.lowerBoundMs / 3_600_000).toFixed(2).padStart(7);
    process.stdout.write(`${name.padEnd(24)}${hours}    ${cells.join('')}\n`);
  }
  const means = sums.map(({ gap, seconds }) => cellOf(gap / count, seconds / count)).join('');
  process.stdout.write(`${'mean'.padEnd(35)}${means}\n`);
}

function makespanOf({ name, problem, bound }: GapInstance, effort: string): number {
  const { effort: level, schedules, seed } = resolveSearch({ effort, seed: values.seed });
  const { lowerBoundMs } = bound;
  const first = schedulePortfolio(problem, { effort: level === 0 ? 0 : 1, boundMs: lowerBoundMs, seed });
  const initial = [first.schedule];
  const schedule =
    schedules === 0
      ? first.schedule
      : searchBuilds(problem, { schedules, seed, initial, lowerBoundMs }).schedule;
  if (verifySchedule(problem, schedule).length > 0) throw new Error(`${name}: the schedule breaks a limit`);
  return schedule.makespanMs;
}

function cellOf(gap: number, seconds: number): string {
  return `${gap.toFixed(2)} % ${seconds.toFixed(1)} s`.padStart(16);
}
