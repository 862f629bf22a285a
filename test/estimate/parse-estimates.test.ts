import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { parseEstimates } from '../../src/estimate/parse-estimates.ts';

/** Rows as `source arch duration size memory`, and reports as `line: message`. */
function read(text: string): { readonly rows: readonly string[]; readonly reports: readonly string[] } {
  const diagnostics: Diagnostic[] = [];
  const rows = parseEstimates(text, 'sizes.tsv', (diagnostic) => diagnostics.push(diagnostic));
  for (const diagnostic of diagnostics) {
    expect(['bad-estimate error', 'double-estimate warning']).toContain(
      `${diagnostic.code} ${diagnostic.severity}`,
    );
    expect(diagnostic).toMatchObject({
      location: { file: 'sizes.tsv' },
    });
  }
  return {
    rows: rows.map(({ source, arch, durationMs, ramDiskBytes, memoryBytes }) =>
      [source, arch, durationMs, ramDiskBytes, memoryBytes].map((cell) => String(cell ?? '-')).join(' '),
    ),
    reports: diagnostics.map(({ location, message }) => `${String(location?.line)}: ${message}`),
  };
}

const HEADER = 'source\tarch\tduration\tsize\tmemory\n';

describe('an estimates table', () => {
  it('names its columns in any order and leaves out what it does not know', () => {
    expect(read('size\tsource\n1KiB\tceph\n')).toEqual({ rows: ['ceph - - 1024 -'], reports: [] });
    expect(read(`${HEADER}ceph\tarm64\t2h30m\t39GB\t8G\nzlib\t\t90\n`)).toEqual({
      rows: ['ceph arm64 9000000 41875931136 8589934592', 'zlib - 90000 - -'],
      reports: [],
    });
  });
  it('reads the part of the work that make jobs share', () => {
    const diagnostics: Diagnostic[] = [];
    const text = 'source\tparallel\nceph\t0.9\nbash\t1.1\nzlib\t0\n';
    const rows = parseEstimates(text, 'sizes.tsv', (diagnostic) => diagnostics.push(diagnostic));
    expect(rows.map(({ source, parallelFraction }) => [source, parallelFraction])).toEqual([
      ['ceph', 0.9],
      ['zlib', 0],
    ]);
    expect(diagnostics.map(({ message }) => message)).toEqual(["bash: '1.1' is no parallel"]);
  });
  it('passes over comments, empty lines and cells of blanks', () => {
    const text = `# by hand\n\n${HEADER}#ceph\t\t1h\n  \t \nzlib\t  \t 1m \t\t\n   \n`;
    expect(read(text)).toEqual({ rows: ['zlib - 60000 - -'], reports: [] });
  });
  it('reads the same with CRLF, a byte order mark, and a tab at the end of its header', () => {
    const expected = { rows: ['ceph - 3600000 - -', 'zlib - 1000 - -'], reports: [] };
    expect(read('source\tduration\r\nceph\t1h\r\nzlib\t1s')).toEqual(expected);
    expect(read('\uFEFFsource\tduration\nceph\t1h\nzlib\t1s\n')).toEqual(expected);
    expect(read('source\tduration\t\nceph\t1h\t\nzlib\t1s\t\n')).toEqual(expected);
  });
  it('reports each bad row with its line, leaves it out, and goes on', () => {
    const text = `# sizes\r\n${HEADER}ceph\t\tsoon\t39GB\r\n\tarm64\t1h\r\nzlib\t\t1h\tbig\tlarge\nok\t\t1s\nx\t\t-1\n`;
    expect(read(text)).toEqual({
      rows: ['ok - 1000 - -'],
      reports: [
        "3: ceph: 'soon' is no duration",
        '4: a row without a source',
        "5: zlib: 'big' is no size",
        "5: zlib: 'large' is no memory",
        "7: x: '-1' is no duration",
      ],
    });
  });
  it('reports a row for an architecture that does not exist, which would never count', () => {
    expect(read(`${HEADER}ceph\tx86_64\t1h\nzlib\tall\t1h\nok\triscv64\t1s\n`)).toEqual({
      rows: ['ok riscv64 1000 - -'],
      reports: [
        "2: ceph: 'x86_64' is no architecture; leave it empty for all of them",
        "3: zlib: 'all' is no architecture; leave it empty for all of them",
      ],
    });
  });
  it('reports a header that does not name the columns', () => {
    const problem = 'the header has to name the columns, of source, arch, duration, size, memory, parallel';
    expect(read('source\tminutes\nceph\t3\n')).toEqual({
      rows: ['ceph - - - -'],
      reports: [`1: ${problem}`],
    });
    expect(read('#\nceph 1h\n').reports).toEqual([`2: ${problem}`]);
  });
  it('reports two rows for one source and architecture, of which the later counts as a whole', () => {
    expect(read(`${HEADER}ceph\tarm64\t1h\nceph\t\t2h\nceph\tamd64\t3h\nceph\t\t\t1k\n`)).toEqual({
      rows: ['ceph arm64 3600000 - -', 'ceph amd64 10800000 - -', 'ceph - - 1024 -'],
      reports: ['5: ceph: line 3 and line 5 are both for every architecture: line 5 counts, line 3 does not'],
    });
  });
  it('may be empty', () => {
    expect(read('')).toEqual({ rows: [], reports: [] });
    expect(read(HEADER)).toEqual({ rows: [], reports: [] });
  });
});

describe('estimates in JSON', () => {
  it('are records with the table’s columns; numbers are seconds and bytes', () => {
    const text =
      '[{"source":"ceph","arch":"arm64","duration":"2h","size":1024},{"source":"zlib","duration":1.5}]';
    const expected = { rows: ['ceph arm64 7200000 1024 -', 'zlib - 1500 - -'], reports: [] };
    expect(read(text)).toEqual(expected);
    expect(read(`\n  ${text}\n`)).toEqual(expected);
    expect(read(`\uFEFF${text}`)).toEqual(expected);
  });
  it('report two records for one source and architecture', () => {
    const text = '[{"source":"a","arch":"arm64","size":1},{"source":"a","arch":"arm64","size":2}]';
    expect(read(text)).toEqual({
      rows: ['a arm64 - 2 -'],
      reports: ['1: a: row 1 and row 2 are both for arm64: row 2 counts, row 1 does not'],
    });
  });
  it('may leave cells empty or null', () => {
    expect(read('[{"source":"zlib","arch":"","duration":null,"size":"1k"}]')).toEqual({
      rows: ['zlib - - 1024 -'],
      reports: [],
    });
  });
  it('report bad rows by their number and go on', () => {
    const text =
      '[{"source":"a","duration":-5},{"duration":1},7,null,{"source":"b","size":[1]},{"source":"c"}]';
    expect(read(text)).toEqual({
      rows: ['c - - - -'],
      reports: [
        "1: row 1: a: '-5' is no duration",
        '1: row 2: a row without a source',
        '1: row 3: a row without a source',
        '1: row 4: a row without a source',
        "1: row 5: b: '[1]' is no size",
      ],
    });
  });
  it('report a key that is no column, once, instead of leaving a size unread', () => {
    const text = '[{"source":"a","ramDisk":"5G"},{"source":"b","ramDisk":"6G"}]';
    expect(read(text)).toEqual({
      rows: ['a - - - -', 'b - - - -'],
      reports: ["1: row 1: 'ramDisk' is none of source, arch, duration, size, memory, parallel"],
    });
  });
  it('that break off are reported', () => {
    const { rows, reports } = read('[{"source":"a"');
    expect(rows).toEqual([]);
    expect(reports).toHaveLength(1);
    expect(reports[0]).toMatch(/^1: this is no JSON: /);
  });
});
