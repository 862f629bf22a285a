import { describe, expect, it } from 'vitest';
import { resultsSchema } from '../../bench/results/results-schema.ts';
import { benchTable, putTable, TABLE_BEGIN, TABLE_END } from '../../bench/table/bench-table.ts';

const timed = { suite: 'graph', case: 'store direct edges', size: '2k', samples: 9, minMs: 1, maxMs: 9, groupsMs: [1, 2] }; // prettier-ignore
const program = { question: 'check', size: '10k', wallS: 2, peakMib: 100, runs: 3 };
const results = resultsSchema.parse({
  schema: 'debplan/bench-results@2',
  date: '2026-01-02T00:00:00.000Z',
  machine: { processor: 'Some Processor', cores: 2, memoryGib: 8, system: 'Linux 6' },
  ...{ loadPerCore: 0.5, isQuick: false },
  versions: { node: '20.1.0', debplan: '0.1.0', graphlib: '4' },
  cases: [
    { ...timed, medianMs: 2 },
    { ...timed, peer: 'graphlib', medianMs: 50 },
    { ...timed, suite: 'parse', case: 'Sources: records', medianMs: 1234 },
  ],
  programs: [
    { ...program, program: 'debplan check', isOwn: true, cpuS: 1 },
    { ...program, program: 'dose', isOwn: false, cpuS: 15 },
  ],
  skipped: [{ what: 'botch', why: 'not installed' }],
});

describe('the table of benches', () => {
  const table = benchTable(results);

  it('tells machine, versions and date, and what was not measured', () => {
    expect(table).toContain(
      '2026-01-02, debplan 0.1.0 on Node 20.1.0; 2 cores of Some Processor, 8 GiB, Linux 6; beside it graphlib 4.',
    );
    expect(table).toContain('Not measured: botch (not installed).');
  });

  it('has a row for each stage that was timed, and ratios to debplan for all others', () => {
    expect(table).toContain('| parse `Sources` | 1.23 s |');
    expect(table).not.toContain('list schedule');
    expect(table).toContain('| store the direct edges | graphlib | 50.0 ms (× 25) |');
    expect(table).toContain('| check, 10k | dose | 15.00 s (× 15) | 100 MiB |');
  });

  it('takes the place of what stood between the markers, and needs them', () => {
    const text = `a\n${TABLE_BEGIN}\nold\n${TABLE_END}\nb\n`;
    const put = putTable(text, 'new');
    expect(put).toBe(`a\n${TABLE_BEGIN}\nnew\n${TABLE_END}\nb\n`);
    expect(putTable(put, 'new')).toBe(put);
    expect(() => putTable('a\n', 'new')).toThrow('no lines');
  });
});
