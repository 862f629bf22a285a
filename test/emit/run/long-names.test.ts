import { describe, expect, it } from 'vitest';
import { formatRunEvent } from '../../../src/emit/run/run-event-text.ts';
import { formatRunSummary } from '../../../src/emit/run/run-summary.ts';
import { plainStyle } from '../../../src/emit/style.ts';
import { RUN_SCHEMA, type RunDocument } from '../../../src/journal/run-document.ts';

const LONG = `${'long-source-name-'.repeat(20)}_1.0/amd64`;

describe('names that are longer than a line', () => {
  it('lose their middle in the lines of a run', () => {
    const submit = { event: 'submit', atMs: 0, task: LONG, attempt: 1, job: '7' } as const;
    const context = { clock: () => '12:00:00', expectedMs: undefined, built: 0, total: 1, blocks: 0 };
    const line = formatRunEvent(submit, context, plainStyle);
    expect(line.length).toBeLessThan(120);
    expect(line).toMatch(/long-source.*….*_1\.0\/amd64 {2}job 7$/);
  });

  it('lose it in the summary too, which counts what is not meant to be built here', () => {
    const document: RunDocument = {
      schema: RUN_SCHEMA,
      plan: { name: 'plan.json', sha256: '', builds: 3 },
      ...{ on: 'here', builders: ['x86'], reason: 'interrupted', beganMs: 0, endedMs: 1, workedMs: 1 },
      ...{ plannedMs: 1, built: [], failed: [], blocked: [], left: [LONG] },
      skipped: ['b', 'c'].map((task) => ({ task, reason: 'its architecture, arm64, is not built here' })),
    };
    const lines = formatRunSummary(document, plainStyle, { plan: 'p.json', work: 'w' }).split('\n');
    for (const line of lines) expect(line.length).toBeLessThan(100);
    expect(lines).toContain('  2 builds: its architecture, arm64, is not built here: b, c');
  });
});
