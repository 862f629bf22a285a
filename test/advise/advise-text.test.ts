import { describe, expect, it } from 'vitest';
import { ADVICE_SCHEMA, type Advice } from '../../src/advise/advice.ts';
import { adviseArch } from '../../src/advise/advise-arch.ts';
import { formatAdvice } from '../../src/emit/advise-text.ts';
import { plainStyle, type Style } from '../../src/emit/style.ts';
import { ALL, checkedScheduler, GIB, HOST, workOf } from './hosts.ts';

/** Eight builds of an hour on four make jobs, one of them large. */
function advice(): Advice {
  const build = { durationMs: 3_600_000, parallelFraction: 0.8 };
  const work = workOf([
    { ...build, ramDiskBytes: 20 * GIB },
    ...Array.from({ length: 7 }, () => ({ ...build, ramDiskBytes: 2 * GIB })),
  ]);
  const host = { ...HOST, diskFactor: 3 };
  return {
    schema: ADVICE_SCHEMA,
    host: { memoryBytes: host.memoryBytes, cores: host.cores, memoryPerJobBytes: host.memoryPerJobBytes },
    withinPercent: 2,
    architectures: [adviseArch(work, host, ALL, checkedScheduler)],
  };
}

const marked: Style = {
  ...plainStyle,
  green: (text) => `<g>${text}</g>`,
  yellow: (text) => `<y>${text}</y>`,
  red: (text) => `<r>${text}</r>`,
  dim: (text) => `<d>${text}</d>`,
};

describe('formatAdvice', () => {
  it('says what to set up, how good that is, what else there is, and what to type', () => {
    expect(formatAdvice(advice(), plainStyle)).toMatchInlineSnapshot(`
      "amd64: 8 builds on a host with 32 GiB of memory and 8 cores
        set up      2 slots, 4 make jobs each, a RAM disk of 22 GiB: 4h 00m
                    the fastest, and the smallest RAM disk within 2 % of that
        at best     2h 53m with any of these slots and make jobs; the fastest takes 38.4 % longer
                    what binds there: slots and RAM disk of amd64 (with 8 slots)

      what to type
        debplan, one RAM disk:
          --builder name=amd64,arch=amd64,slots=2,ram-disk=22GiB,memory=32GiB,disk-factor=3,cores=8,jobs=4
        debplan, fixed chroots:
          --builder name=amd64,arch=amd64,slots=2,ram-disk=20GiB+2GiB,memory=32GiB,disk-slots=0,disk-factor=3,cores=8,jobs=4
        StarlingX, the best flags of its formula:
          build-pkgs --parallel 4 --max_make_jobs 2 --tmpfs_percentage 63

      fixed chroots, one build each
                                         slots  make jobs  tmpfs %  in RAM               on disk  all builds
        best shape                           2          4           20GiB+2GiB (22 GiB)        0      4h 00m
        StarlingX's formula, best flags      4          2       63  10GiB*2 (20 GiB)           2      4h 30m  12.5 % longer
          the same slots as the best         2          4       32  10GiB*1                    1      6h 00m  50.0 % longer
        each shape is scheduled by debplan: what StarlingX's own queue loses besides, debplan simulate
          --policies starlingx shows

      all builds by slots and RAM disk (hours:minutes)
        slots  make jobs    none  2 GiB  4 GiB  8 GiB  12 GiB  16 GiB  20 GiB  22 GiB  24 GiB
            1          8  18:00   7:30   7:30   7:30    7:30    7:30    6:00    6:00    6:00
            2          4  12:00   6:00   5:00   5:00    5:00    5:00    5:00    4:00*   4:00*
            4          2   9:00   9:00   4:30   4:30    4:30    4:30    4:30    4:30    4:30
            8          1   7:30   7:30   7:30   7:30    7:30    7:30    7:30    7:30    7:30
        * within 2 % of the fastest here

      by slots and make jobs, with the best RAM disk for each
        slots   1 job  2 jobs  4 jobs  8 jobs
            1  20:00   12:00    8:00    6:00
            2  10:00    6:00    4:00*      –
            4   7:30    4:30       –       –
            8   7:30       –       –       –
        – more than 8 cores, or than memory allows

      what this rests on
        durations and sizes are the plan's; a build on disk takes 3 times as long (--disk-factor)
        no build's memory is known: 1 GiB for each make job is assumed and kept free beside the RAM disk
          (--memory-per-job)
        the tables by slots compare settings scheduled once each; all others are scheduled as debplan plan
          does, so they may be shorter
      "
    `);
  });

  it('shades by the distance from the fastest, around the padded digits', () => {
    const plain = formatAdvice(advice(), plainStyle);
    const shaded = formatAdvice(advice(), marked);
    expect(shaded.replaceAll(/<\/?[gyrd]>/g, '')).toBe(plain);
    for (const colour of ['g', 'y', 'r', 'd']) expect(shaded).toContain(`<${colour}>`);
    for (const [, cell = ''] of shaded.matchAll(/<g>(.*?)<\/g>/g)) expect(cell).toMatch(/^ *\d+:\d\d\*?$/);
  });
});
