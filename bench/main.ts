import { Bench } from 'tinybench';
import { cyclesBench } from './cycles.bench.ts';
import { doseBench } from './dose.bench.ts';
import { parseBench } from './parse.bench.ts';
import { pipelineBench } from './pipeline.bench.ts';
import { scheduleBench } from './schedule.bench.ts';
import { serializationBench } from './serialization.bench.ts';

const suites = {
  parse: parseBench,
  pipeline: pipelineBench,
  cycles: cyclesBench,
  schedule: scheduleBench,
  serialization: serializationBench,
};

/**
 * `npm run bench [-- SUITE…]`: median time and spread of each case, on this machine. The suite `dose` takes minutes and what
 * `test/system/apt-root` makes: it runs only when it is named.
 */
const wanted = process.argv.slice(2);
for (const [name, add] of Object.entries(suites)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const bench = new Bench({ time: 500, warmupTime: 200, throws: true });
  await add(bench);
  await bench.run();
  process.stdout.write(`\n${name}\n`);
  for (const task of bench.tasks) {
    const { result } = task;
    if (!('latency' in result)) continue;
    const { p50, min, max } = result.latency;
    process.stdout.write(
      `  ${task.name.padEnd(48)} ${p50.toFixed(2).padStart(10)} ms  (${min.toFixed(2)} … ${max.toFixed(2)})\n`,
    );
  }
}
if (wanted.includes('dose')) await doseBench();
