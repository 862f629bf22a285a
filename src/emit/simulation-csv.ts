import type { SimulationDocument } from '../simulate/simulation-document.ts';

/** A row for each jitter and policy, with a header; times in ms, shares 0 .. 1. No cell needs quotes. */
export function emitSimulationCsv({ results }: SimulationDocument): string {
  const rows = results.flatMap(({ jitter, sizeJitter, runs, policies }) =>
    policies.map(({ difference, ...figures }) => ({
      jitter,
      size_jitter: sizeJitter,
      runs,
      policy: figures.policy,
      expected_makespan_ms: figures.expectedMakespanMs,
      p50_ms: figures.p50Ms,
      p95_ms: figures.p95Ms,
      difference_ms: difference?.meanMs,
      difference_low_ms: difference?.lowMs,
      difference_high_ms: difference?.highMs,
      slot_use: figures.slotUse,
      ram_disk_use: figures.ramDiskUse,
      head_of_line_ms: figures.headOfLineMs,
      head_of_line_share: figures.headOfLineShare,
      failed: figures.failed,
      blocked: figures.blocked,
      failed_attempts: figures.failedAttempts,
      overruns: figures.overruns,
    })),
  );
  const header = Object.keys(rows[0] ?? {}).join(',');
  const lines = rows.map((row) =>
    Object.values(row)
      .map((cell) => String(cell ?? ''))
      .join(','),
  );
  return [header, ...lines, ''].join('\n');
}
