import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatRecord } from '../../../src/history/format-record.ts';
import { parseHistory } from '../../../src/history/parse-history.ts';
import { recordOfLog } from '../../../src/history/record-of-log.ts';
import { readLog } from '../../../src/parse/logs/read-log.ts';

const FOLDER = fileURLToPath(new URL('../../../fixtures/logs/', import.meta.url));
const TEXTS = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => `${entry.parentPath}/${entry.name}`)
  .sort()
  .map((path) => readFileSync(path, 'utf8'));

/** A log with lines cut, doubled, swapped with others' and numbers changed. */
const mutated = fc
  .tuple(
    fc.constantFrom(...TEXTS),
    fc.array(
      fc.record({
        at: fc.nat(),
        kind: fc.constantFrom('cut', 'double', 'number', 'foreign'),
        what: fc.string(),
      }),
      { maxLength: 20, size: 'max' },
    ),
    fc.nat(),
  )
  .map(([text, changes, end]) => {
    const lines = text.split('\n');
    for (const { at, kind, what } of changes) {
      const index = at % lines.length;
      const line = lines[index] ?? '';
      if (kind === 'cut') lines.splice(index, 1 + (at % 5));
      else if (kind === 'double') lines.splice(index, 0, line, line);
      else if (kind === 'foreign') lines.splice(index, 0, what);
      else lines[index] = line.replace(/\d+/, String((at % 7) * 10 ** (at % 20) - 5));
      if (lines.length === 0) lines.push('');
    }
    return lines.join('\n').slice(0, end % (text.length + 1) || undefined);
  });

describe('readLog', () => {
  it('makes of any mangled log records that a history takes without complaint', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        for (const reading of readLog(text, 'x.build')) {
          if (reading.kind === 'skipped') continue;
          const { record } = recordOfLog(reading.build, 'x.build', { builder: undefined, mode: undefined });
          if (record === undefined) continue;
          const complaints: unknown[] = [];
          const read = parseHistory(formatRecord(record), 'h', (diagnostic) => complaints.push(diagnostic));
          expect(complaints).toEqual([]);
          expect(read.map(formatRecord)).toEqual([formatRecord(record)]);
        }
      }),
      { seed: 6, numRuns: 400 },
    );
  });

  it.each([
    'Filesystem     1K-blocks',
    `+${'-'.repeat(78)}+`,
    `| ${'x'.repeat(76)} |`,
    ' '.repeat(80),
    'sbuild sbuild sbuild',
    'Need to get 1 kB of archives',
    '\u001B[',
    'DEB_BUILD_OPTIONS=',
    '',
  ])('takes linear time for a great many lines of %j', (line) => {
    const head = 'sbuild (Debian sbuild) 0.85.0 (04 January 2023) on x\n';
    expect(readLog(head + `${line}\n`.repeat(100_000), 'x')).toMatchObject([{ reason: 'cut-short' }]);
    expect(readLog(head + line.repeat(100_000), 'x')).toMatchObject([{ reason: 'cut-short' }]);
    expect(readLog(`${line}\n`.repeat(100_000), 'x')).toMatchObject([{ kind: 'skipped' }]);
  });
});
