import { normalQuantile, type LogNormal } from '../../src/base/log-normal.ts';
import { seededRandom } from '../../src/base/random.ts';
import { at } from '../../src/base/column.ts';
import type { AccuracyFacts, AccuracyOptions } from '../../src/accuracy/make-accuracy.ts';
import type { Trial } from '../../src/accuracy/trial.ts';
import type { EstimatorName } from '../../src/estimate/estimator-name.ts';
import { BUILD_SCHEMA, type BuildRecord } from '../../src/history/record.ts';

export const OPTIONS: AccuracyOptions = { quantiles: [0.5, 0.9, 0.99], overrunCost: 2.35, worst: 3 };

/** A build that went well; of version 1.0-1, on amd64, in ten minutes. */
export function buildRecord(source: string, more: Partial<BuildRecord> = {}): BuildRecord {
  return {
    schema: BUILD_SCHEMA,
    source,
    version: '1.0-1',
    arch: 'amd64',
    builder: 'x86-1',
    wallMs: 600_000,
    outcome: 'built',
    from: { tool: 'sbuild', file: `${source}.build` },
    ...more,
  };
}

/** A trial in which history was asked, and took part alone. */
export function trial(
  record: BuildRecord,
  actual: number,
  predicted: LogNormal,
  by: EstimatorName = 'history',
): Trial {
  return { record, actual, isInferred: false, predicted, by, alone: [{ estimator: by, predicted }] };
}

/** Trials whose actual values are drawn from the very distributions that were predicted. */
export function perfectTrials(count: number, seed: number, low: number, high: number): readonly Trial[] {
  const random = seededRandom(seed);
  const names: readonly EstimatorName[] = ['history', 'prior', 'declared', 'default', 'override'];
  return Array.from({ length: count }, (_, index) => {
    const place = index % names.length;
    const predicted = { median: low * (high / low) ** random(), sigma: 0.1 + 0.15 * place };
    const actual = Math.round(predicted.median * Math.exp(predicted.sigma * normalQuantile(random())));
    const record = buildRecord(`source-${String(index)}`, {
      builder: index % 3 === 0 ? 'arm-1' : 'x86-1',
      arch: index % 3 === 0 ? 'arm64' : 'amd64',
      wallMs: 60_000 + index,
    });
    return trial(record, actual, predicted, at(names, place));
  });
}

export function facts(duration: readonly Trial[], ramDisk: readonly Trial[]): AccuracyFacts {
  const all = [...duration, ...ramDisk];
  const history = {
    records: all.length,
    sources: new Set(all.map(({ record }) => record.source)).size,
    used: all.length,
  };
  const inputs = [{ name: 'history.jsonl', sha256: '0'.repeat(64) }];
  return { inputs, history, leftOut: [], duration, ramDisk, options: OPTIONS };
}
