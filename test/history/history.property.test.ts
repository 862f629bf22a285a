import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRecord } from '../../src/history/check-record.ts';
import { formatRecord } from '../../src/history/format-record.ts';
import { findNews } from '../../src/history/find-news.ts';
import { isSameBuild } from '../../src/history/is-same-build.ts';
import { joinRecords } from '../../src/history/join-records.ts';
import { parseHistory } from '../../src/history/parse-history.ts';
import type { BuildRecord } from '../../src/history/record.ts';
import { buildRecord } from './records.ts';

const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined });
const second = fc
  .integer({ min: 0, max: 59 })
  .map((value) => `2026-11-23T06:43:${String(value).padStart(2, '0')}Z`);
const bytes = optional(fc.integer({ min: 0, max: 1000 }));
const duration = optional(fc.integer({ min: 1, max: 60_000 }));

/** Records of few sources and moments, so that many tell of one build. */
const record: fc.Arbitrary<BuildRecord> = fc
  .record({
    source: fc.constantFrom('hello', 'jq'),
    version: fc.constantFrom('1-1', '1-2'),
    kind: optional(fc.constantFrom('any', 'all')),
    builder: optional(fc.constantFrom('x86-1', 'x86-2')),
    suite: optional(fc.constantFrom('bookworm', 'trixie')),
    startedAt: optional(second),
    endedAt: optional(second),
    wallMs: duration,
    installMs: duration,
    buildMs: duration,
    holds: optional(fc.constantFrom('chroot', 'build')),
    endBytes: bytes,
    peakBytes: bytes,
    baseBytes: bytes,
    chrootBytes: bytes,
    packageBytes: bytes,
    outcome: fc.constantFrom('built', 'failed'),
    tool: fc.constantFrom('measure', 'sbuild', 'buildinfo', 'changes', 'other'),
  })
  .map(({ tool, ...fields }) => {
    const given = buildRecord({ ...fields, from: { tool } });
    return checkRecord(JSON.parse(formatRecord(given))).record ?? given;
  });
const records = fc.array(record, { maxLength: 30, size: 'max' });
const options = { seed: 6, numRuns: 300 };

const lines = (list: readonly BuildRecord[]): readonly string[] => list.map(formatRecord);

describe('a history', () => {
  it('is the same whatever the order of its lines', () => {
    fc.assert(
      fc.property(records, fc.integer(), (list, seed) => {
        const shuffled = [...list].sort((a, b) => hash(formatRecord(a), seed) - hash(formatRecord(b), seed));
        expect(lines(joinRecords(shuffled))).toEqual(lines(joinRecords(list)));
      }),
      options,
    );
  });

  it('is the same with every line twice, and loses no build to another source or version', () => {
    fc.assert(
      fc.property(records, (list) => {
        const joined = joinRecords(list);
        expect(lines(joinRecords([...list, ...list]))).toEqual(lines(joined));
        const keys = (all: readonly BuildRecord[]): readonly string[] =>
          [...new Set(all.map(({ source, version }) => `${source}_${version}`))].sort();
        expect(keys(joined)).toEqual(keys(list));
      }),
      options,
    );
  });

  it('is the same when it is written and read again, and nothing in it contradicts itself', () => {
    fc.assert(
      fc.property(records, (list) => {
        const joined = joinRecords(list);
        expect(lines(joinRecords(joined))).toEqual(lines(joined));
        for (const record of joined) {
          const checked = checkRecord(JSON.parse(formatRecord(record)));
          expect(checked.problems).toEqual([]);
          expect(checked.record === undefined ? '' : formatRecord(checked.record)).toBe(formatRecord(record));
        }
      }),
      options,
    );
  });

  it('knows a build of two records whichever of them is asked about', () => {
    fc.assert(
      fc.property(record, record, (a, b) => {
        expect(isSameBuild(a, b)).toBe(isSameBuild(b, a));
        expect(isSameBuild(a, a)).toBe(true);
      }),
      { ...options, numRuns: 3000 },
    );
  });

  it('knows every build that it holds', () => {
    fc.assert(
      fc.property(records, (list) => {
        const joined = joinRecords(list);
        expect(findNews(joined, joined).fresh).toEqual([]);
      }),
      options,
    );
  });

  it('survives any cut and any foreign bytes', () => {
    fc.assert(
      fc.property(records, fc.nat(), fc.nat(), fc.string(), (list, from, length, foreign) => {
        const text = lines(list).join('');
        const at = text.length === 0 ? 0 : from % text.length;
        const broken = text.slice(0, at) + foreign + text.slice(at + (length % 300));
        const read = parseHistory(broken, 'h', () => undefined);
        expect(read.length).toBeLessThanOrEqual(list.length + 1);
        // What stands before the damage is read as if there were none.
        const before = text.slice(0, text.lastIndexOf('\n', at - 1) + 1);
        const sources = (all: readonly BuildRecord[]): readonly string[] => all.map(({ source }) => source);
        expect(sources(read)).toEqual(
          expect.arrayContaining([...sources(parseHistory(before, 'h', () => undefined))]),
        );
      }),
      options,
    );
  });
});

function hash(text: string, seed: number): number {
  let value = seed | 0;
  for (let index = 0; index < text.length; index++)
    value = (Math.imul(value, 31) + text.charCodeAt(index)) | 0;
  return value;
}
