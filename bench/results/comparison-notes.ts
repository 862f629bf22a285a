import type { BenchResults } from './results-schema.ts';

/** What makes the comparison of two runs of benches doubtful, a line each; none: nothing known. */
export function comparisonNotes(base: BenchResults, now: BenchResults): readonly string[] {
  const notes: string[] = [];
  const differ = (what: string, before: string, after: string): void => {
    if (before !== after) notes.push(`another ${what}: the base ran on ${before}, this on ${after}`);
  };
  differ('machine', machineOf(base), machineOf(now));
  differ('Node', base.versions['node'] ?? 'an unknown one', now.versions['node'] ?? 'an unknown one');
  if (base.isQuick !== now.isQuick)
    notes.push(`${base.isQuick ? 'the base' : 'this run'} was --quick, the other one was not`);
  for (const [name, { loadPerCore }] of [
    ['the base', base],
    ['this run', now],
  ] as const)
    // prettier-ignore
    if (loadPerCore > 1)
      notes.push(
        `the machine was busy during ${name}: ${loadPerCore.toFixed(1)} processes wanted each core, and ± grows with it`,
      );
  return notes;
}

function machineOf({ machine }: BenchResults): string {
  return `${machine.cores} cores of ${machine.processor}, ${machine.memoryGib} GiB, ${machine.system}`;
}
