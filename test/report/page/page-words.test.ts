import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BREAK_KINDS, groupBreaks } from '../../../src/report/page/break-groups.ts';
import { formatDifference } from '../../../src/report/page/comparison-words.ts';
import { explainStart, sayTask } from '../../../src/report/page/explain-start.ts';
import { groupLeftOut } from '../../../src/report/page/left-out-groups.ts';
import { contrast, paintOf, textOn } from '../../../src/report/page/palette.ts';
import { viewPlan } from '../../../src/report/page/plan-view.ts';
import { quoteWord, typeWhy } from '../../../src/report/page/typed-commands.ts';
import { count, formatOf, formatShare, formatTime, gapOf } from '../../../src/report/page/words.ts';
import { smallPlan } from './small-report.ts';

const GIB = 1024 ** 3;

describe('words', () => {
  it('name the unit of two sizes once where it is the same', () => {
    expect(formatOf(88.8 * GIB, 128 * GIB)).toBe('88.8 of 128 GiB');
    expect(formatOf(512 * 1024 ** 2, 128 * GIB)).toBe('512 MiB of 128 GiB');
    expect(formatOf(0, 128 * GIB)).toBe('0 B of 128 GiB');
  });

  it('never call a share nothing that is something', () => {
    expect([0, 0.00001, 0.0006, 0.034, 0.12].map(formatShare)).toEqual([
      '0 %',
      '< 0.1 %',
      '0.1 %',
      '3.4 %',
      '12 %',
    ]);
    expect(gapOf(110, 100)).toBeCloseTo(0.1, 9);
    expect(gapOf(5, 0)).toBe(0);
  });

  it('count in thousands', () => {
    expect(count(1, 'build')).toBe('1 build');
    expect(count(1234567, 'build')).toBe('1,234,567 builds');
    expect(count(2, 'dependency', 'dependencies')).toBe('2 dependencies');
  });

  it('give shares one decimal below ten percent, and moments no milliseconds', () => {
    expect([0, 0.004, 0.0995, 0.5, 1].map(formatShare)).toEqual(['0 %', '0.4 %', '10 %', '50 %', '100 %']);
    expect([0, 400, 1600, 90_000].map(formatTime)).toEqual(['0', '0', '2s', '1m 30s']);
  });

  it('say differences with their sign', () => {
    expect(formatDifference(0, 'ms')).toBe('±0');
    expect(formatDifference(-60_000, 'ms')).toBe('−1m 00s');
    expect(formatDifference(3, 'count')).toBe('+3');
    expect(formatDifference(461, 'ms')).toBe('+0.5s');
  });

  it('say by how many points a share differs: percent would be taken for a part of it', () => {
    const told = [-0.0001, 0.0006, 0.079, -0.4].map((value) => formatDifference(value, 'share'));
    expect(told).toEqual(['≈ 0', '+0.1 points', '+7.9 points', '−40.0 points']);
  });
});

describe('why a build starts when it does', () => {
  const view = viewPlan(
    smallPlan([
      { source: 'a', durationMs: 60_000 },
      { source: 'b', startMs: 60_000, readyMs: 60_000, needs: [0], waitedFor: 'need', waitedForTask: 0 },
      {
        source: 'c',
        startMs: 90_000,
        readyMs: 60_000,
        waitedFor: 'ram-disk',
        waitedForTask: 1,
        onDisk: true,
      },
      { source: 'd', startMs: 90_000, readyMs: 0, waitedFor: 'cores' },
    ]),
  );

  it('names what it waited for, how long, and whose end let it start', () => {
    expect([0, 1, 2, 3].map((task) => explainStart(view, task))).toEqual([
      { text: 'It starts with the plan', task: undefined, waitedMs: 0 },
      {
        text: 'Ready at 1m 00s and started at once: the last that it needs had ended: ',
        task: 0,
        waitedMs: 0,
      },
      {
        text: 'Ready at 1m 00s; waited 30s for room in the RAM disk, until 1m 30s, when this ended: ',
        task: 1,
        waitedMs: 30_000,
      },
      { text: 'Ready at 0; waited 1m 30s for cores', task: undefined, waitedMs: 90_000 },
    ]);
  });

  it('is not all that a screen reader hears of a build', () => {
    expect(sayTask(view, 2)).toBe('c/amd64, b0 slot 1, on disk, starts at 1m 30s, takes 1s');
  });
});

describe('commands to type', () => {
  it('reach the program as the words they are', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).filter((word) => !word.includes('\0')),
        (word) => {
          const heard = execFileSync('/bin/sh', ['-c', `printf %s ${quoteWord(word)}`], { encoding: 'utf8' });
          expect(heard).toBe(word);
        },
      ),
      { seed: 1, numRuns: 40 },
    );
  });

  it('are plain where nothing has to be quoted', () => {
    expect(typeWhy('rt/linux_6.1-1~deb12/amd64', 'a b')).toBe(
      "debplan why rt/linux_6.1-1~deb12/amd64 'a b' PATH…",
    );
  });
});

describe('colours', () => {
  const fills = Array.from({ length: 10 }, (_, index) => paintOf(index));

  it('are all different, and carry text that can be read', () => {
    expect(new Set(fills.map(({ fill }) => fill)).size).toBe(10);
    for (const { fill, text } of fills) expect(contrast(fill, text)).toBeGreaterThanOrEqual(4.5);
  });

  it('begin again where there are more kinds', () => {
    expect(paintOf(10)).toEqual(paintOf(0));
    expect([textOn('#ffffff'), textOn('#000000')]).toEqual(['#000000', '#ffffff']);
  });
});

describe('breaks', () => {
  const edge = { reason: '', kind: 'later-layer' } as const;

  it('stand by kind, then by who does not wait', () => {
    const groups = groupBreaks([
      { ...edge, from: 'a', to: 'b' },
      { ...edge, from: 'c', to: 'd', kind: 'profile' },
      { ...edge, from: 'a', to: 'e' },
    ]);
    expect(
      groups.map(({ kind, count: edges, units }) => [kind, edges, units.map(({ from }) => from)]),
    ).toEqual([
      ['profile', 1, ['c']],
      ['later-layer', 2, ['a']],
    ]);
  });

  it('of every kind are listed', () => {
    for (const kind of [
      'existing-binary',
      'profile',
      'staged-build',
      'arch-all-apart',
      'cross-build',
      'later-layer',
    ] as const) {
      expect(groupBreaks([{ ...edge, from: 'a', to: 'b', kind }])).toHaveLength(1);
      expect(BREAK_KINDS[kind]).not.toBe('');
    }
  });
});

describe('what is left out', () => {
  it('stands by kind, then by what is missing, the costliest first', () => {
    const entry = { version: '1', arch: 'arm64', kind: 'missing' } as const;
    const groups = groupLeftOut([
      { ...entry, source: 'z', kind: 'not-for-arch', reason: 'Architecture: amd64' },
      { ...entry, source: 'a', reason: 'Build-Depends: x: nothing provides x on arm64' },
      { ...entry, source: 'b', reason: 'Build-Depends: y: nothing provides y on arm64' },
      { ...entry, source: 'c', reason: 'Build-Depends: y (>= 2): nothing provides y on arm64' },
    ]);
    expect(
      groups.map(({ kind, causes }) => [
        kind,
        causes.map(({ reason, entries }) => [reason, entries.map(({ source }) => source)]),
      ]),
    ).toEqual([
      [
        'missing',
        [
          ['nothing provides y on arm64', ['b', 'c']],
          ['nothing provides x on arm64', ['a']],
        ],
      ],
      ['not-for-arch', [['Architecture: amd64', ['z']]]],
    ]);
  });
});
