import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { formatRecord } from '../../src/history/format-record.ts';
import { parseHistory } from '../../src/history/parse-history.ts';
import type { BuildRecord } from '../../src/history/record.ts';
import { buildRecord } from './records.ts';

function parse(text: string): {
  readonly records: readonly BuildRecord[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const records = parseHistory(text, 'history.jsonl', (diagnostic) => diagnostics.push(diagnostic));
  return { records, diagnostics };
}

/** A line of the history with fields that no record may have. */
function line(fields: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify({ ...buildRecord(), ...fields })}\n`;
}

const HELLO = formatRecord(buildRecord());
const JQ = formatRecord(buildRecord({ source: 'jq' }));

describe('parseHistory', () => {
  it('gives back what was written', () => {
    const full = buildRecord({
      ...{ buildArch: 'arm64', kind: 'binary', suite: 'bookworm', profiles: ['nocheck', 'nodoc'] },
      ...{ endedAt: '2026-11-23T06:45:33Z', installMs: 1000, buildMs: 90_000, cpuMs: 120_000, makeJobs: 4 },
      ...{ mode: 'ram', holds: 'chroot', endBytes: 900, peakBytes: 1000, baseBytes: 400, chrootBytes: 800 },
      ...{ dependsBytes: 300, downloadBytes: 80, treeBytes: 90, packageBytes: 10, memoryBytes: 7 },
      ...{ failStage: 'build', outcome: 'no-space' },
    });
    expect(parse(formatRecord(full))).toEqual({ records: [full], diagnostics: [] });
  });

  it('takes a torn last line for a warning, and all others', () => {
    const { records, diagnostics } = parse(`${HELLO}${JQ.slice(0, 50)}`);
    expect(records).toEqual([buildRecord()]);
    expect(diagnostics).toMatchObject([
      { code: 'torn-history-line', severity: 'warning', location: { line: 2 } },
    ]);
  });

  it('takes a whole last line without its line feed', () => {
    expect(parse(HELLO.trimEnd())).toEqual({ records: [buildRecord()], diagnostics: [] });
  });

  it('passes over empty lines, a byte order mark and CRLF', () => {
    const { records, diagnostics } = parse(`\uFEFF${HELLO.trimEnd()}\r\n\r\n\n${JQ}`);
    expect(records.map(({ source }) => source)).toEqual(['hello', 'jq']);
    expect(diagnostics).toEqual([]);
  });

  it.each([
    ['{"schema":', 'is no JSON'],
    ['[]', 'is no JSON object'],
    ['null', 'is no JSON object'],
    ['7', 'is no JSON object'],
    ['{}', 'has no schema, not "debplan/build@1"'],
    ['{"schema":"debplan/build@2"}', 'has the schema "debplan/build@2"'],
    [
      '{"schema":"debplan/build@1"}',
      'source is missing; version is missing; arch is missing; outcome is missing',
    ],
    [line({ source: '../x' }).trim(), 'source: "../x" is no name of a package'],
    [line({ outcome: 'eaten' }).trim(), 'outcome: "eaten" is none of built'],
    [line({ arch: 'a b' }).trim(), 'arch: "a b" is no architecture'],
    [line({ version: 'v 1' }).trim(), 'version: "v 1" is no version'],
  ])('reports %s with its line and goes on', (bad, problem) => {
    const { records, diagnostics } = parse(`${HELLO}${bad}\n${JQ}`);
    expect(records).toHaveLength(2);
    expect(diagnostics).toMatchObject([
      { code: 'bad-history-line', severity: 'warning', location: { file: 'history.jsonl', line: 2 } },
    ]);
    expect(diagnostics[0]?.message).toContain(problem);
  });

  it('takes a text with no record at all for an error', () => {
    const { diagnostics } = parse('# debplan\n\nBuilds packages.\n');
    expect(diagnostics.map(({ severity }) => severity)).toEqual(['error', 'error']);
  });

  it.each([
    ['wallMs', -5],
    ['wallMs', 0],
    ['wallMs', 61 * 86_400_000],
    ['wallMs', '1h30m'],
    ['wallMs', 1.5],
    ['endBytes', -1],
    ['endBytes', 2 ** 51],
    ['peakBytes', '4GiB'],
    ['makeJobs', 0],
    ['startedAt', '1992-12-31T23:59:59Z'],
    ['startedAt', '2201-01-01T00:00:00Z'],
    ['startedAt', '2026-02-30T00:00:00Z'],
    ['startedAt', 1_700_000_000],
    ['profiles', 'nocheck'],
    ['mode', 'tape'],
    ['builder', 'x\u0000y'],
  ])('leaves out %s %j and keeps the record', (name, value) => {
    const { records, diagnostics } = parse(line({ [name]: value }));
    expect(records).toEqual([{ ...buildRecord(), [name]: undefined }]);
    expect(diagnostics).toMatchObject([{ code: 'bad-history-value', location: { line: 1 } }]);
    expect(diagnostics[0]?.message).toMatch(new RegExp(`^hello_2.10-3/amd64: left out ${name}: `));
  });

  it.each([
    [{ holds: 'chroot', endBytes: 20, peakBytes: 10 }, 'peakBytes'],
    [{ holds: 'chroot', peakBytes: 10, chrootBytes: 20 }, 'chrootBytes'],
    [{ holds: 'chroot', endBytes: 10, baseBytes: 20 }, 'baseBytes'],
    [{ installMs: 90_000, buildMs: 60_000 }, 'wallMs'],
    [{ endedAt: '2026-11-23T06:43:56Z' }, 'endedAt'],
  ])('leaves out what %j belies: %s', (fields, name) => {
    const { records, diagnostics } = parse(line(fields));
    expect(records).toEqual([{ ...buildRecord(), ...fields, [name]: undefined }]);
    expect(diagnostics[0]?.message).toMatch(new RegExp(`^hello_2.10-3/amd64: left out ${name}: `));
  });

  it('keeps the fields of later versions, and writes them again behind the others', () => {
    const text = line({ zeta: { deep: [1] }, alpha: 'x' });
    const { records, diagnostics } = parse(text);
    expect(diagnostics).toEqual([]);
    expect(records.map(formatRecord)).toEqual([
      HELLO.replace(/\}\n$/, ',"alpha":"x","zeta":{"deep":[1]}}\n'),
    ]);
  });

  it('keeps a field called 2048, __proto__ or constructor behind the others', () => {
    const text = HELLO.replace(/\}\n$/, ',"2048":{"7":1},"__proto__":{"x":1},"constructor":[2]}\n');
    const { records, diagnostics } = parse(text);
    expect(diagnostics).toEqual([]);
    expect(records.map(formatRecord)).toEqual([text]);
  });

  it.each(['zzz', 'profiles', 'from', 'wallMs'])('leaves out a field %s that is nested too deep', (name) => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const text = `{"${name}":${deep},"schema":"debplan/build@1","source":"hello","version":"1","arch":"all","outcome":"built"}\n`;
    const { records, diagnostics } = parse(`${text}${JQ}${text}`);
    expect(records.map(({ source }) => source)).toEqual(['hello', 'jq']);
    expect(diagnostics).toMatchObject([
      { code: 'bad-history-value', location: { line: 1 } },
      { code: 'bad-history-value', location: { line: 3 } },
    ]);
    expect(diagnostics[0]?.message).toMatch(new RegExp(`^hello_1/all: left out ${name}: .*deep`));
  });

  it('reports a schema that is nested too deep', () => {
    const { records, diagnostics } = parse(`{"schema":${'['.repeat(20_000)}${']'.repeat(20_000)}}\n${JQ}`);
    expect(records).toHaveLength(1);
    expect(diagnostics).toMatchObject([{ code: 'bad-history-line', location: { line: 1 } }]);
  });

  it.each(['constructor', 'valueof', 'tostring', 'hasownproperty'])(
    'knows the source %s from an object',
    (source) => {
      const record = buildRecord({ source });
      expect(parse(formatRecord(record)).records).toEqual([record]);
    },
  );

  it('takes the lines of both sides of a conflict of git', () => {
    const text = `<<<<<<< HEAD\n${HELLO}=======\n${JQ}>>>>>>> theirs\n`;
    const { records, diagnostics } = parse(text);
    expect(records).toHaveLength(2);
    expect(diagnostics).toMatchObject([{ code: 'history-conflict', location: { line: 1 } }]);
  });

  it('reads times with an offset as UTC', () => {
    const { records } = parse(line({ startedAt: '2026-11-23T07:43:57.5+01:00' }));
    expect(records).toEqual([buildRecord()]);
  });
});
