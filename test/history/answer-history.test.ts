import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { answerHistory, type HistoryRequest } from '../../src/answer-history.ts';
import { UserError, type Diagnostic } from '../../src/base/diagnostic.ts';
import { plainStyle } from '../../src/emit/style.ts';
import { formatRecord } from '../../src/history/format-record.ts';
import { historySchema } from '../../src/history/history-schema.ts';
import type { BuildRecord } from '../../src/history/record.ts';
import { answerLearn, type LearnRequest } from '../../src/learn-logs.ts';
import { makeTree } from '../io/temp-tree.ts';
import { buildRecord } from './records.ts';

const FIXTURES = fileURLToPath(new URL('../../fixtures/logs/', import.meta.url));

function history(
  paths: readonly string[],
  request: Partial<HistoryRequest> = {},
): ReturnType<typeof answerHistory> {
  return answerHistory(
    { paths, json: false, csv: false, prune: false, dryRun: false, ...request },
    plainStyle,
  );
}

function learn(request: Partial<LearnRequest>): ReturnType<typeof answerLearn> {
  return answerLearn({ paths: [], dryRun: false, ...request }, plainStyle, () => undefined);
}

/** What a request that can't be met says. */
async function refusal(answer: Promise<unknown>): Promise<readonly Diagnostic[]> {
  const failure = await answer.catch((error: unknown) => error);
  if (failure instanceof UserError) return failure.diagnostics;
  throw new Error('it was not refused');
}

/** A folder with a history of these records, and its path. */
function historyOf(records: readonly BuildRecord[]): string {
  return join(makeTree({ 'h.jsonl': records.map(formatRecord).join('') }), 'h.jsonl');
}

const day = (number: number, fields: Partial<BuildRecord> = {}): BuildRecord =>
  buildRecord({ startedAt: `2026-11-0${String(number)}T06:00:00Z`, ...fields });
const DAYS = [day(1), day(2), day(3, { source: 'jq', outcome: 'failed', failStage: 'build' }), day(4)];

describe('debplan learn', () => {
  it('learns a folder once: the second time it knows all', async () => {
    const path = join(makeTree(), 'h.jsonl');
    const first = await learn({ paths: [FIXTURES], history: path });
    expect(first.text).toBe(
      [
        'learned 15 builds (7 failed), 9 skipped',
        '  2 cut short, or still running: no summary at its end',
        "  2 sbuild's --stats-dir: the times in it name no package",
        '  1 a log of apt',
        '  1 a log of dpkg-buildpackage alone: it tells neither times nor sizes',
        '  1 a log of pbuilder: it tells neither times nor sizes',
        '  1 a source upload: nothing was built',
        '  1 sbuild passed the package over: nothing was built',
        '',
      ].join('\n'),
    );
    expect(first.exitCode).toBe(0);
    const written = readFileSync(path, 'utf8');
    const second = await learn({ paths: [FIXTURES], history: path });
    expect(second.text).toMatch(/^learned 0 builds, 15 known already, 9 skipped\n/);
    expect(second.exitCode).toBe(0);
    expect(first.diagnostics).toContainEqual(expect.objectContaining({ code: 'untimed-checks' }));
    expect(second.diagnostics).not.toContainEqual(expect.objectContaining({ code: 'untimed-checks' }));
    expect(first.paths.get('bookworm.build')).toBe(join(FIXTURES, 'bookworm.build'));
    expect(readFileSync(path, 'utf8')).toBe(written);
  });

  it('learns no build twice that it knows from another machine by name', async () => {
    const path = join(makeTree(), 'h.jsonl');
    const paths = [join(FIXTURES, 'bookworm.build')];
    await learn({ paths, history: path, builder: ['vm'] });
    const written = readFileSync(path, 'utf8');
    const { text } = await learn({ paths, history: path, builder: ['x86-1'] });
    expect(text).toBe('learned 0 builds, 1 known already as built on vm\n');
    expect(readFileSync(path, 'utf8')).toBe(written);
  });

  it('makes one record of a log and what lies beside it', async () => {
    const path = join(makeTree(), 'h.jsonl');
    await learn({ paths: [join(FIXTURES, 'beside')], history: path, builder: ['ram-7'] });
    const records = readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(records).toMatchObject([
      {
        builder: 'ram-7',
        treeBytes: 5_120_000,
        installedPackages: 3,
        packageBytes: 1200,
        from: { tool: 'sbuild' },
      },
    ]);
  });

  it('adds what a log tells of a build that is known from its .buildinfo alone', async () => {
    const path = join(makeTree(), 'h.jsonl');
    await learn({ paths: [join(FIXTURES, 'beside/pear_1.0-1_amd64.buildinfo')], history: path });
    const { text } = await learn({ paths: [join(FIXTURES, 'bookworm.build')], history: path });
    expect(text).toBe('learned more of 1 build\n');
    const { text: json } = await history([path], { json: true });
    const { builds } = historySchema.parse(JSON.parse(json));
    expect(builds).toMatchObject([
      { source: 'pear', wallMs: 80_000, installedPackages: 3, packageBytes: 1200 },
    ]);
  });

  it('reads packed logs, and says which files it could not read', async () => {
    const log = readFileSync(join(FIXTURES, 'bookworm.build'));
    const folder = makeTree({
      'a/b/x.build.gz': gzipSync(log),
      'a/torn.build.gz': gzipSync(log).subarray(0, 99),
    });
    const answer = await learn({ paths: [folder], history: join(folder, 'h.jsonl') });
    expect(answer.text).toBe('learned 1 build, 1 unreadable\n');
    expect(answer.diagnostics).toContainEqual(
      expect.objectContaining({ code: 'damaged-file', severity: 'error' }),
    );
    expect(answer.exitCode).toBe(2);
  });

  it('says no when there is nothing to learn, and writes nothing', async () => {
    const path = join(makeTree({ 'x.log': 'hello\n' }), 'x.log');
    const target = join(makeTree(), 'h.jsonl');
    const answer = await learn({ paths: [path], history: target });
    expect(answer.exitCode).toBe(1);
    expect(() => readFileSync(target)).toThrow('ENOENT');
  });

  it('adds nothing to a file that is no history', async () => {
    const path = join(makeTree({ 'README.md': '# debplan\n' }), 'README.md');
    const codes = (await refusal(learn({ paths: [FIXTURES], history: path }))).map(({ code }) => code);
    expect(codes).toEqual(['bad-history-line', 'not-a-history']);
  });

  it('writes nothing in a dry run', async () => {
    const target = join(makeTree(), 'h.jsonl');
    const { text } = await learn({
      paths: [join(FIXTURES, 'bookworm.build')],
      history: target,
      dryRun: true,
    });
    expect(text).toBe('would learn 1 build\n');
    expect(() => readFileSync(target)).toThrow('ENOENT');
  });

  it.each([
    [{}, '--history is missing'],
    [{ history: 'h.jsonl.gz' }, '--history h.jsonl.gz: lines are added to a plain file only'],
    [{ history: 'h', mode: 'tape' }, '--mode tape is neither ram nor disk'],
    [
      { history: 'h', builder: ['a b,c'] },
      "--builder a b,c is no builder name: letters, digits, '.', '_' and '-'",
    ],
    [{ history: 'h', builder: ['a', 'b'] }, 'one builder at a time: a and b'],
  ] satisfies readonly (readonly [Partial<LearnRequest>, string])[])(
    'refuses %j',
    async (request, message) => {
      expect(await refusal(learn({ paths: ['x'], ...request }))).toMatchObject([{ code: 'usage', message }]);
    },
  );
});

describe('debplan history', () => {
  it('lists builds, one a line', async () => {
    const { text, exitCode } = await history([historyOf(DAYS)]);
    expect(exitCode).toBe(0);
    expect(text).toBe(
      [
        'source  version  arch   builder  start (UTC)         wall  peak  end  tree  outcome         from',
        'hello   2.10-3   amd64  x86-1    2026-11-01 06:00  1m 36s                   built           sbuild',
        'hello   2.10-3   amd64  x86-1    2026-11-02 06:00  1m 36s                   built           sbuild',
        'hello   2.10-3   amd64  x86-1    2026-11-04 06:00  1m 36s                   built           sbuild',
        'jq      2.10-3   amd64  x86-1    2026-11-03 06:00  1m 36s                   failed (build)  sbuild',
        '',
        '4 builds of 2 sources, 1 of them failed',
        '',
      ].join('\n'),
    );
  });

  it.each([
    [{ source: ['jq'] }, 1],
    [{ source: ['hello=2.10-3', 'jq=1'] }, 3],
    [{ outcome: ['failed', 'killed'] }, 1],
    [{ arch: ['arm64'] }, 0],
    [{ builder: ['x86-1'] }, 4],
    [{ since: '2026-11-02', until: '2026-11-03' }, 2],
    [{ since: '2026-11-02T06:00:01Z' }, 2],
    [{ since: '2026-11-02 06:00', until: '2026-11-03 06:00' }, 2],
    [{ since: '2026-11-02 06:01', until: '2026-11-03 05:59' }, 0],
  ] satisfies readonly (readonly [Partial<HistoryRequest>, number])[])(
    'filters by %j',
    async (filter, count) => {
      const { text } = await history([historyOf(DAYS)], { ...filter, json: true });
      expect(historySchema.parse(JSON.parse(text)).builds).toHaveLength(count);
    },
  );

  it('writes CSV that a spreadsheet takes for data', async () => {
    const record = day(1, { builder: '=cmd|"x",1', profiles: ['nocheck', 'nodoc'] });
    const { text } = await history([historyOf([record])], { csv: true });
    const [header = '', row = ''] = text.split('\n');
    expect(header.split(',').slice(0, 10).join(',')).toBe(
      'source,version,arch,build_arch,kind,suite,profiles,builder,started_at,ended_at',
    );
    expect(row).toContain(
      'hello,2.10-3,amd64,,,,nocheck nodoc,"\'=cmd|""x"",1",2026-11-01T06:00:00Z,,built,',
    );
  });

  it('merges files into one that is sorted and has no doubles, whatever their order', async () => {
    const [a, b] = [historyOf(DAYS.slice(0, 3)), historyOf(DAYS.slice(1))];
    const { text: one } = await history([a, b], { output: '-' });
    const { text: other } = await history([b, a], { output: '-' });
    expect(one).toBe(other);
    expect(one.trimEnd().split('\n')).toHaveLength(4);
    const target = join(makeTree(), 'both.jsonl');
    await history([a, b], { output: target });
    expect(readFileSync(target, 'utf8')).toBe(one);
  });

  it.each([
    [{ keep: '1' }, ['2026-11-04', '2026-11-03']],
    [{ before: '2026-11-03' }, ['2026-11-04', '2026-11-03']],
    [{ keep: '2', before: '2026-11-04' }, ['2026-11-02', '2026-11-04', '2026-11-03']],
    [{ keep: '0', outcome: ['failed'] }, ['2026-11-01', '2026-11-02', '2026-11-04']],
  ] satisfies readonly (readonly [Partial<HistoryRequest>, readonly string[]])[])(
    'prunes by %j',
    async (rule, left) => {
      const path = historyOf(DAYS);
      const before = readFileSync(path, 'utf8');
      await history([path], { prune: true, dryRun: true, ...rule });
      expect(readFileSync(path, 'utf8')).toBe(before);
      await history([path], { prune: true, ...rule });
      const days = [...readFileSync(path, 'utf8').matchAll(/"startedAt":"(.{10})/g)].map(([, date]) => date);
      expect(days).toEqual(left);
    },
  );

  it('keeps the newest that were built, however many failed since', async () => {
    const failed = { outcome: 'failed' } as const;
    const days = [day(1), day(2), day(3, failed), day(4, failed), day(5, failed)];
    const path = historyOf([day(1, { source: 'jq', ...failed }), ...days]);
    await history([path], { prune: true, keep: '1' });
    const left = [...readFileSync(path, 'utf8').matchAll(/"source":"(\w+)".*?"startedAt":"(.{10})/g)];
    expect(left.map(([, source, date]) => `${source ?? ''} ${date ?? ''}`)).toEqual([
      'hello 2026-11-02',
      'hello 2026-11-05',
      'jq 2026-11-01',
    ]);
  });

  it('says no when no build is asked for', async () => {
    expect(await history([historyOf(DAYS)], { source: ['nginx'] })).toMatchObject({
      text: 'no builds\n',
      exitCode: 1,
    });
  });

  it('does not rewrite a history with lines that it would lose', async () => {
    const path = historyOf(DAYS);
    const text = `not a record\n${readFileSync(path, 'utf8')}`;
    writeFileSync(path, text);
    const codes = (await refusal(history([path], { prune: true, keep: '1' }))).map(({ code }) => code);
    expect(codes).toEqual(['bad-history-line', 'unreadable-lines']);
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect((await history([path])).exitCode).toBe(0);
  });

  it('does not write over one of its histories with lines that it would lose, by whatever name', async () => {
    const path = historyOf(DAYS);
    const link = join(makeTree(), 'link.jsonl');
    symlinkSync(path, link);
    const text = `not a record\n${readFileSync(path, 'utf8')}`;
    writeFileSync(path, text);
    for (const output of [path, link]) {
      const codes = (await refusal(history([historyOf([]), path], { output }))).map(({ code }) => code);
      expect(codes).toEqual(['bad-history-line', 'unreadable-lines']);
    }
    expect(readFileSync(path, 'utf8')).toBe(text);
    const elsewhere = join(makeTree(), 'o.jsonl');
    expect((await history([path], { output: elsewhere })).text).toBe(
      'wrote 4 builds of 2 sources, 1 of them failed\n',
    );
  });

  it.each([
    [{ keep: '3' }, '--keep does nothing without --prune'],
    [{ prune: true }, '--prune needs --keep N or --before DATE'],
    [{ prune: true, keep: 'x' }, '--keep x is no number of builds'],
    [{ arch: ['banana'] }, '--arch banana: Debian knows no such architecture'],
    [{ since: '2026-11-23 25:00' }, '--since 2026-11-23 25:00 is no date'],
    [{ since: 'yesterday' }, '--since yesterday is no date'],
    [{ outcome: ['fialed'] }, '--outcome fialed: no build ends so'],
    [{ json: true, csv: true }, "--json and --csv can't go together"],
    [{ dryRun: true }, '--dry-run goes with --prune'],
  ] satisfies readonly (readonly [Partial<HistoryRequest>, string])[])(
    'refuses %j',
    async (request, message) => {
      expect(await refusal(history(['h'], request))).toMatchObject([{ code: 'usage', message }]);
    },
  );
});
