import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { featuresOfRow } from '../../../bench/fit-prior/features-of-row.ts';
import { readTable, type Row } from '../../../bench/fit-prior/read-table.ts';
import { quantileOf } from '../../../src/base/log-normal.ts';
import { priorOf } from '../../../src/estimate/prior/prior-of.ts';
import type { Prior } from '../../../src/estimate/prior/prior.ts';

/** 95 % of the sources of Debian 12 have a smaller build tree, by the same prior. */
const GIANT_BYTES = 0.5e9;
const GIGABYTE = 1e9;

const giants = readTable(readFileSync(join(import.meta.dirname, 'giants.tsv'), 'utf8'));
const nameOf = (row: Row): string => row.text('source') ?? '';
const cxx = new Set(giants.filter((row) => row.text('cxx') === '1').map(nameOf));
const priorOfRow = (row: Row): Prior => priorOf({ ...featuresOfRow(row, cxx), runsTests: true });
const named = giants.map((row) => [nameOf(row), row] as const);

/** What is built there isn't what Debian builds: V8 with debug information, and all of Kubernetes instead of its client. */
const OTHERWISE_BUILT = new Set(['nodejs', 'kubernetes']);
const comparable = named.filter(([name]) => !OTHERWISE_BUILT.has(name));

describe('the giants of Debian', () => {
  it.each(named)('come out giant: %s', (_, row) => {
    expect(priorOfRow(row).treeBytes.median).toBeGreaterThan(GIANT_BYTES);
  });

  it.each(comparable)('come near their public figures: %s', (_, row) => {
    const { treeBytes } = priorOfRow(row);
    const low = (row.number('from_gb') ?? NaN) * GIGABYTE;
    const high = (row.number('to_gb') ?? NaN) * GIGABYTE;
    expect(treeBytes.median).toBeGreaterThan(low / 4);
    expect(treeBytes.median).toBeLessThan(high * 4);
    // what is published is what a whole machine is asked to have
    expect(quantileOf(treeBytes, 0.95)).toBeGreaterThan(low * 0.75);
  });

  it('have a median within a factor of 2.2 of half of the public figures', () => {
    const factors = comparable
      .map(([, row]) => {
        const middle = Math.sqrt((row.number('from_gb') ?? NaN) * (row.number('to_gb') ?? NaN)) * GIGABYTE;
        return Math.abs(Math.log(priorOfRow(row).treeBytes.median / middle));
      })
      .sort((a, b) => a - b);
    expect(Math.exp(factors[Math.floor(factors.length / 2)] ?? NaN)).toBeLessThan(2.2);
  });

  it('take hours of processor time, and gigabytes of memory', () => {
    const names = new Set(['linux', 'chromium', 'firefox-esr', 'llvm-toolchain-14', 'gcc-12', 'libreoffice']);
    for (const [name, row] of named) {
      if (!names.has(name)) continue;
      const { workMs, memoryBytes } = priorOfRow(row);
      expect(workMs.median, name).toBeGreaterThan(3_600_000);
      expect(memoryBytes.median, name).toBeGreaterThan(GIGABYTE);
    }
  });
});
