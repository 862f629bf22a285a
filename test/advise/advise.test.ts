import { describe, expect, it } from 'vitest';
import { advise, type AdviseOptions } from '../../src/advise/advise.ts';
import { adviseArch } from '../../src/advise/advise-arch.ts';
import type { GridWishes } from '../../src/advise/grid.ts';
import { UserError } from '../../src/base/diagnostic.ts';
import { planBuild } from '../../src/pipeline.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { inputsOf, planOptionsOf } from '../support/planned.ts';
import { optionsOf, source } from '../support/texts.ts';
import { ALL, checkedScheduler, GIB, HOST, workOf } from './hosts.ts';

const OPTIONS: AdviseOptions = {
  memoryBytes: 32 * GIB,
  cores: 8,
  memoryPerJobBytes: GIB,
  diskFactor: undefined,
  architectures: undefined,
  slots: undefined,
  makeJobs: undefined,
};

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return '';
}

describe('adviseArch on a host of 8 cores and 32 GiB', () => {
  it('asks for no RAM disk where the disk is as fast', () => {
    const work = workOf([{ durationMs: 60_000, ramDiskBytes: 4 * GIB, parallelFraction: 1 }]);
    const { smallest } = adviseArch(work, { ...HOST, diskFactor: 1 }, ALL, checkedScheduler);
    expect(smallest).toMatchObject({ ramDiskBytes: 0, makespanMs: 30_000 });
  });

  it('asks for just the room that the builds of a moment take, and as many slots', () => {
    // Serial builds of 10 minutes and 3 GiB: four at once in 12 GiB, on disk they would take twice as long.
    const work = workOf(
      Array.from({ length: 4 }, () => ({ durationMs: 600_000, ramDiskBytes: 3 * GIB, parallelFraction: 0 })),
    );
    const { smallest, best, lowerBoundMs } = adviseArch(work, HOST, ALL, checkedScheduler);
    expect(smallest).toMatchObject({ slots: 4, ramDiskBytes: 12 * GIB, makespanMs: 600_000 });
    expect(best).toEqual(smallest);
    expect(lowerBoundMs).toBe(600_000);
  });

  it('prefers a large chroot and small ones to equal ones, which only hold the small builds', () => {
    // One build of 20 GiB is the longest chain; seven of 1 GiB beside it.
    const large = { durationMs: 3_600_000, ramDiskBytes: 20 * GIB, parallelFraction: 0 };
    const small = { durationMs: 600_000, ramDiskBytes: GIB, parallelFraction: 0 };
    const work = workOf([large, ...Array.from({ length: 12 }, () => small)]);
    const wishes: GridWishes = { slots: [4], makeJobs: [2] };
    const { best, equal, largest, starlingx } = adviseArch(work, HOST, wishes, checkedScheduler).chroots;
    expect(best.makespanMs).toBe(3_600_000);
    expect(best.ramDiskChroots[0]).toBe(20 * GIB);
    // 28 GiB beside four compilers: 87 %, of which 13 GiB each for two: nobody holds the large one, with any percentage.
    expect(largest).toMatchObject({ ramDiskChroots: [13 * GIB, 13 * GIB], tmpfsPercentage: 87, parallel: 4 });
    expect(largest.makespanMs).toBe(7_200_000);
    expect(equal.makespanMs).toBe(7_200_000);
    expect(starlingx.makespanMs).toBe(7_200_000);
  });

  it('gives fewer make jobs where compilers would leave no memory for the RAM disk that is wanted', () => {
    // Four builds of 7 GiB at once: 28 of 32 GiB leave one make job each.
    const work = workOf(
      Array.from({ length: 4 }, () => ({
        durationMs: 600_000,
        ramDiskBytes: 7 * GIB,
        parallelFraction: 0.01,
      })),
    );
    const { best } = adviseArch(work, { ...HOST, diskFactor: 10 }, ALL, checkedScheduler);
    expect(best).toMatchObject({ slots: 4, makeJobs: 1, ramDiskBytes: 28 * GIB });
  });

  it('refuses a host that is too small, and says for what', () => {
    const work = workOf([{ durationMs: 1000, memoryBytes: 40 * GIB }]);
    const advice = (wishes: GridWishes) => messageOf(() => adviseArch(work, HOST, wishes, checkedScheduler));
    expect(advice(ALL)).toBe('task0 takes 40 GiB for compilers alone: more than --memory 32GiB');
    const hungry = workOf(Array.from({ length: 8 }, () => ({ durationMs: 1000, parallelFraction: 0.5 })));
    const host = { ...HOST, memoryBytes: 6 * GIB };
    expect(messageOf(() => adviseArch(hungry, host, { ...ALL, slots: [4, 8] }, checkedScheduler))).toBe(
      'the builds of 8 slots with one make job each take 8 GiB for compilers alone: more than --memory 6GiB',
    );
    expect(messageOf(() => adviseArch(hungry, HOST, { slots: [4], makeJobs: [3] }, checkedScheduler))).toBe(
      '4 slots with 3 make jobs each need 12 cores: more than --cores 8',
    );
  });
});

describe('advise', () => {
  const sources = [
    source('a', { Binary: 'liba' }),
    source('b', { 'Build-Depends': 'liba, docs' }),
    source('docs', { Architecture: 'all' }),
  ];
  const planned = (): Plan =>
    planBuild(inputsOf({ sources }), planOptionsOf(optionsOf({ architectures: ['amd64', 'arm64'] }))).plan;

  it('advises each architecture, and takes what another one builds as done', () => {
    const advice = advise(planned(), 'plan.json', OPTIONS, checkedScheduler);
    expect(
      advice.architectures.map(({ arch, taskCount, needsElsewhereCount }) => [
        arch,
        taskCount,
        needsElsewhereCount,
      ]),
    ).toEqual([
      ['amd64', 3, 0],
      ['arm64', 2, 1],
    ]);
  });

  it('takes disk and speed from the plan, unless told otherwise', () => {
    const [amd64] = advise(planned(), 'plan.json', OPTIONS).architectures;
    expect(amd64).toMatchObject({ diskFactor: 1.5, speed: 0.5 });
    const options = { ...OPTIONS, diskFactor: 3, architectures: ['arm64'] };
    expect(advise(planned(), 'plan.json', options).architectures).toMatchObject([
      { arch: 'arm64', diskFactor: 3 },
    ]);
  });

  it('refuses an architecture that the plan does not build, and a plan that builds nothing', () => {
    const options = { ...OPTIONS, architectures: ['armhf'] };
    expect(messageOf(() => advise(planned(), 'plan.json', options))).toBe(
      '--arch armhf: plan.json builds nothing on armhf',
    );
    const empty = planBuild(inputsOf({}), planOptionsOf(optionsOf())).plan;
    expect(messageOf(() => advise(empty, 'plan.json', OPTIONS))).toBe('plan.json builds nothing');
  });
});
