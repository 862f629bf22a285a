import { stableJson } from '../../src/base/stable-json.ts';
import { benchSchema } from '../../src/benchmark/bench-schema.ts';
import type { BenchDocument, BenchRow } from '../../src/benchmark/bench-document.ts';
import { measureBench, type BenchWorld } from '../../src/measure-bench.ts';
import { readBenchOptions, type RawBenchOptions } from '../../src/options/bench-options.ts';
import type { Plan } from '../../src/plan/plan.ts';

/** A world without clocks, in which nothing is told. */
export const NO_TIME: BenchWorld = {
  clock: null,
  machine: { arch: 'amd64', cpus: 4, memoryBytes: 2 ** 34 },
  onProgress: () => undefined,
  report: () => undefined,
};

/** Measures a plan; what comes out fits its schema, and comes back from JSON as it was. */
export async function bench(
  plan: Plan,
  raw: Partial<RawBenchOptions> = {},
  world: BenchWorld = NO_TIME,
): Promise<BenchDocument> {
  const options = await readBenchOptions({ json: false, ...raw });
  const document = measureBench(options, { name: 'plan.json', plan, planning: null }, world);
  const again = benchSchema.parse(JSON.parse(stableJson(document)));
  if (stableJson(again) !== stableJson(document)) throw new Error('a bench changes on its way through JSON');
  return document;
}

/** The one row of all of the plan, or of an architecture. */
export function rowOf(
  { rows }: BenchDocument,
  policy: string,
  jitter: BenchRow['jitter'] = 0,
  arch: string | null = null,
): BenchRow {
  const found = rows.filter((row) => row.policy === policy && row.jitter === jitter && row.arch === arch);
  const [row, another] = found.filter(({ builders }) => builders === 'plan');
  if (row === undefined || another !== undefined) throw new Error(`${policy} does not have one row`);
  return row;
}
