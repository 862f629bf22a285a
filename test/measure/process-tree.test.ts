import { describe, expect, it } from 'vitest';
import { parseAnonymousBytes, parseProcessStat, type ProcessStat } from '../../src/measure/parse-proc.ts';
import { ProcessTree } from '../../src/measure/process-tree.ts';

describe('a process', () => {
  it('is read also when its name holds brackets and blanks', () => {
    const text =
      '812 (tmux: (1) x) S 700 812 811 0 -1 4194304 210 5000 0 1 3 4 50 60 20 0 1 0 5821 1105920 77 1844 1';
    expect(parseProcessStat(text)).toEqual({
      pid: 812,
      parent: 700,
      session: 811,
      ticks: 3 + 4 + 50 + 60,
      startTicks: 5821,
    });
  });

  it.each(['', 'nonsense', '12 (cut) S 1 1'])('is none in %j', (text) => {
    expect(parseProcessStat(text)).toBeUndefined();
  });

  it('has anonymous memory, but for the threads of the kernel', () => {
    expect(parseAnonymousBytes('VmRSS:\t  900 kB\nRssAnon:\t     412 kB\nRssShmem: 4 kB\n')).toBe(412 * 1024);
    expect(parseAnonymousBytes('Name:\tkthreadd\n')).toBeUndefined();
  });
});

describe('the processes below one', () => {
  it('are those that it started, and what those started, but no others', () => {
    const tree = new ProcessTree(10);
    const all = [one(1, 0), one(10, 1), one(20, 10), one(30, 20), one(40, 1), one(50, 40)];
    expect(pidsOf(tree.update(all))).toEqual([10, 20, 30]);
  });

  it('stay when their parent has ended, with what they start', () => {
    const tree = new ProcessTree(10);
    tree.update([one(1, 0), one(10, 1), one(20, 10)]);
    expect(pidsOf(tree.update([one(1, 0), one(20, 1), one(30, 20)]))).toEqual([20, 30]);
  });

  it('are no longer those whose number went to another process', () => {
    const tree = new ProcessTree(10);
    tree.update([one(1, 0), one(10, 1), one(20, 10)]);
    expect(pidsOf(tree.update([one(1, 0), one(10, 1), { ...one(20, 1), startTicks: 9 }]))).toEqual([10]);
  });

  it('are those too that were handed to init before anybody looked, by their session', () => {
    const tree = new ProcessTree(10);
    expect(pidsOf(tree.update([one(1, 0), { ...one(20, 1), session: 10 }]))).toEqual([20]);
  });

  it('have the most CPU time that was seen: the sum falls when one ends that nobody waits for', () => {
    const tree = new ProcessTree(10);
    tree.update([
      { ...one(10, 1), ticks: 30 },
      { ...one(20, 10), ticks: 70 },
    ]);
    tree.update([{ ...one(10, 1), ticks: 40 }]);
    expect(tree.cpuMs).toBe(1000);
  });
});

function one(pid: number, parent: number): ProcessStat {
  return { pid, parent, session: 1, ticks: 0, startTicks: 5 };
}

function pidsOf(stats: readonly ProcessStat[]): readonly number[] {
  return stats.map(({ pid }) => pid).sort((a, b) => a - b);
}
