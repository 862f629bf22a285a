import { describe, expect, it } from 'vitest';
import { makeAccuracy } from '../../src/accuracy/make-accuracy.ts';
import { emitAccuracyCsv } from '../../src/emit/accuracy-csv.ts';
import { formatAccuracy } from '../../src/emit/accuracy-text.ts';
import { plainStyle } from '../../src/emit/style.ts';
import { buildRecord, facts, trial } from '../accuracy/trials.ts';

const GIB = 1024 ** 3;
const hello = buildRecord('hello', { startedAt: '2026-11-20T10:00:00Z' });
const gcc = buildRecord('gcc-14', { builder: 'arm-1', arch: 'arm64', version: '14.2.0-8' });

const document = makeAccuracy({
  ...facts(
    [
      trial(hello, 330_000, { median: 300_000, sigma: 0.2 }),
      trial(gcc, 9_000_000, { median: 18_000_000, sigma: 0.6 }, 'prior'),
    ],
    [trial(gcc, 10 * GIB, { median: 8 * GIB, sigma: 0.3 }, 'prior')],
  ),
  leftOut: [{ reason: 'failed', records: 4 }],
});

describe('formatAccuracy', () => {
  it('tells errors, upper bounds, reserves and the worst in 100 columns', () => {
    expect(formatAccuracy(document, plainStyle)).toMatchInlineSnapshot(`
      "3 builds of 2 sources, each estimated from all the others
      not counted: 4 failed

      time         builds  half within  90 % within  actual/predicted
      blended           2        ×1.48        ×1.88             ×0.74
      history           1        ×1.10        ×1.10             ×1.10
      prior             1        ×2.00        ×2.00             ×0.50
        on arm-1        1        ×2.00        ×2.00             ×0.50
        on x86-1        1        ×1.10        ×1.10             ×1.10
        for amd64       1        ×1.10        ×1.10             ×1.10
        for arm64       1        ×2.00        ×2.00             ×0.50

      RAM disk  builds  half within  90 % within  actual/predicted
      blended        1        ×1.25        ×1.25             ×1.25
      prior          1        ×1.25        ×1.25             ×1.25

      builds that took no more than            time        RAM disk
        what 50 % should                50 % (9–91)      0 % (0–79)
        what 80 % should             100 % (34–100)  100 % (21–100)
        what 90 % should             100 % (34–100)  100 % (21–100)
        what 95 % should             100 % (34–100)  100 % (21–100)
        what 99 % should             100 % (34–100)  100 % (21–100)

      RAM disk reserved            overruns  reserved    used  idle   loss
        --ram-quantile 0.5   100 % (21–100)     8 GiB  10 GiB   0 %  235 %
        --ram-quantile 0.9       0 % (0–79)  11.8 GiB  10 GiB  15 %   18 %
        --ram-quantile 0.99      0 % (0–79)  16.1 GiB  10 GiB  38 %   61 %
      loss: byte-time reserved for nothing, an overrun counted as 2.35 builds, of what builds needed
      too few builds for advice on --ram-quantile

      worst: time              predicted  at most  actual  factor  by       where and when
        gcc-14_14.2.0-8/arm64     5h 00m  10h 47m  2h 30m   ÷2.00  prior    arm-1 gcc-14.build
        hello_1.0-1/amd64         5m 00s   6m 28s  5m 30s   ×1.10  history  x86-1 2026-11-20T10:00:00Z

      worst: RAM disk          predicted   at most  actual  factor  by     where and when
        gcc-14_14.2.0-8/arm64      8 GiB  11.8 GiB  10 GiB   ×1.25  prior  arm-1 gcc-14.build
      "
    `);
  });

  it('marks peaks that nobody saw', () => {
    const one = { ...trial(gcc, 10 * GIB, { median: 8 * GIB, sigma: 0.3 }), isInferred: true };
    const text = formatAccuracy(makeAccuracy(facts([], [one])), plainStyle);
    expect(text).toMatch(/ ~10 GiB +×1\.25 /);
    expect(text).toContain('\n  ~: only the end was seen');
    expect(formatAccuracy(document, plainStyle)).not.toContain('~');
  });

  it('says so when there is nothing to compare', () => {
    expect(formatAccuracy(makeAccuracy(facts([], [])), plainStyle)).toBe(
      '0 builds of 0 sources, each estimated from all the others\n\nnothing to compare\n',
    );
  });
});

describe('emitAccuracyCsv', () => {
  it('has a row for each build and quantity', () => {
    expect(emitAccuracyCsv(document)).toBe(
      `quantity,source,version,arch,builder,started_at,file,estimator,predicted,upper,actual,ratio
duration,gcc-14,14.2.0-8,arm64,arm-1,,gcc-14.build,prior,18000000,38834255,9000000,0.5
duration,hello,1.0-1,amd64,x86-1,2026-11-20T10:00:00Z,hello.build,history,300000,387647,330000,1.1
ram_disk,gcc-14,14.2.0-8,arm64,arm-1,,gcc-14.build,prior,8589934592,12617144842,10737418240,1.25
`,
    );
  });

  it('quotes what would be taken for a separator', () => {
    const odd = buildRecord('hello', { builder: 'a,"b"', from: { tool: 'sbuild' } });
    const csv = emitAccuracyCsv(makeAccuracy(facts([trial(odd, 1, { median: 1, sigma: 0 })], [])));
    expect(csv.split('\n')[1]).toBe('duration,hello,1.0-1,amd64,"a,""b""",,,history,1,1,1,1');
  });
});
