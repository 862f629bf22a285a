import { schedulePortfolio, verifySchedule, type LowerBound, type Problem } from '../../src/internal.ts';

export interface GapInstance {
  readonly name: string;
  readonly problem: Problem;
  readonly bound: LowerBound;
}

/** Times in ms of CPU; gaps in percent over the lower bound. */
export interface GapRow {
  readonly name: string;
  readonly tasks: number;
  readonly boundName: string;
  readonly lowerBoundMs: number;
  readonly firstGap: number;
  readonly firstCpuMs: number;
  readonly gap: number;
  readonly cpuMs: number;
  /** What made the best schedule. */
  readonly foundBy: string;
  readonly tries: number;
  /** Of the best rule by itself. */
  readonly ruleGap: number;
}

/** Schedules at effort 0 and 1, both checked. @throws when a schedule breaks a limit */
export function measureGap({ name, problem, bound }: GapInstance): GapRow {
  const options = { boundMs: bound.lowerBoundMs, seed: 1 };
  const [first, firstCpuMs] = timed(() => schedulePortfolio(problem, { ...options, effort: 0 }));
  const [best, cpuMs] = timed(() => schedulePortfolio(problem, { ...options, effort: 1 }));
  for (const { schedule } of [first, best])
    if (verifySchedule(problem, schedule).length > 0) throw new Error(`${name}: the schedule breaks a limit`);
  const gap = (makespanMs: number): number => (makespanMs / bound.lowerBoundMs - 1) * 100;
  const { makespanMs } = best.schedule;
  return {
    name,
    tasks: problem.taskCount,
    boundName: bound.name,
    lowerBoundMs: bound.lowerBoundMs,
    firstGap: gap(first.schedule.makespanMs),
    firstCpuMs,
    gap: gap(makespanMs),
    cpuMs,
    foundBy: best.tries.find((one) => one.makespanMs === makespanMs)?.name ?? '',
    tries: best.tries.length,
    ruleGap: gap(best.ruleMakespanMs),
  };
}

function timed<T>(make: () => T): readonly [T, number] {
  const before = process.cpuUsage().user;
  const made = make();
  return [made, (process.cpuUsage().user - before) / 1000];
}

const HEADER = 'tasks  bound (h)  gap % at effort 0 / 1 / its rule  CPU ms  found by';

/** Prints a row as soon as it is there, then how many are within the limit. */
export async function printGaps(
  title: string,
  limit: number,
  instances: AsyncIterable<GapInstance>,
): Promise<void> {
  process.stdout.write(`\n${title}\n${''.padEnd(22)}${HEADER}\n`);
  const rows: GapRow[] = [];
  for await (const instance of instances) {
    const row = measureGap(instance);
    rows.push(row);
    process.stdout.write(`${formatRow(row)}\n`);
  }
  const mean = rows.reduce((sum, { gap }) => sum + gap, 0) / rows.length;
  const within = rows.filter(({ gap }) => gap <= limit).length;
  process.stdout.write(
    `${String(within)} of ${String(rows.length)} within ${String(limit)} %, mean ${mean.toFixed(2)} %\n`,
  );
}

function formatRow(row: GapRow): string {
  const gaps = [row.firstGap, row.gap, row.ruleGap].map((gap) => gap.toFixed(2).padStart(6)).join(' ');
  return [
    row.name.padEnd(22),
    String(row.tasks).padStart(5),
    `${(row.lowerBoundMs / 3_600_000).toFixed(2).padStart(7)} ${row.boundName.padEnd(18)}`,
    gaps,
    `${row.firstCpuMs.toFixed(0).padStart(6)} ${row.cpuMs.toFixed(0).padStart(6)}`,
    ` ${row.foundBy} (${String(row.tries)} tries)`,
  ].join(' ');
}
