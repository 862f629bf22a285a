import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adviceSchema } from '../../src/advise/advice-schema.ts';
import { ADVICE_SCHEMA, type ArchAdvice } from '../../src/advise/advice.ts';
import { adviseArch, WITHIN_PERCENT } from '../../src/advise/advise-arch.ts';
import type { ArchWork } from '../../src/advise/arch-work.ts';
import { budgetSetting, processMemory, type Host, type Setting } from '../../src/advise/host.ts';
import { MemoryLimits } from '../../src/advise/memory-limits.ts';
import { Trials } from '../../src/advise/trials.ts';
import { parseBuilder } from '../../src/dispatch/parse-builder.ts';
import { ALL, checkedScheduler, hosts, works } from './hosts.ts';

/** Each is advised on once; the claims below are about all of them. */
const CASES = fc.sample(fc.tuple(works(25), hosts), { numRuns: 50, seed: 20 }).map(([work, host]) => ({
  work,
  host,
  advice: adviseArch(work, host, ALL, checkedScheduler),
}));

function check(claim: (work: ArchWork, host: Host, advice: ArchAdvice) => void): void {
  for (const { work, host, advice } of CASES) claim(work, host, advice);
}

/** What the processes of so many builds take in the worst moment, by sorting anew. */
function worstProcesses(work: ArchWork, host: Host, slots: number, makeJobs: number): number {
  return [...processMemory(work, host, makeJobs)]
    .sort((a, b) => b - a)
    .slice(0, slots)
    .reduce((sum, bytes) => sum + bytes, 0);
}

function trialsOf(work: ArchWork, host: Host): Trials {
  return new Trials(work, host, new MemoryLimits(work, host), checkedScheduler);
}

/** Scheduled once. */
function makespan(work: ArchWork, host: Host, setting: Setting): number {
  return trialsOf(work, host).makespanMs(setting);
}

/** Scheduled as a plan is made. */
function refined(work: ArchWork, host: Host, setting: Setting): number {
  return trialsOf(work, host).refinedMs(setting);
}

describe('adviseArch', () => {
  it('calls nothing best that something it tried beats, and nothing that a bound forbids', () => {
    check((_, __, { settings, best, smallest, lowerBoundMs }) => {
      for (const { makespanMs } of settings) {
        expect(best.makespanMs).toBeLessThanOrEqual(makespanMs);
        expect(lowerBoundMs).toBeLessThanOrEqual(makespanMs);
      }
      expect(smallest.makespanMs).toBeLessThanOrEqual(best.makespanMs * (1 + WITHIN_PERCENT / 100));
      expect(smallest.ramDiskBytes).toBeLessThanOrEqual(best.ramDiskBytes);
    });
  });

  it('finds the smallest RAM disk that is good enough: here each smaller step is tried with all slots', () => {
    check((work, host, { grid, best, smallest }) => {
      const goodMs = best.makespanMs * (1 + WITHIN_PERCENT / 100);
      for (let bytes = 0; bytes < smallest.ramDiskBytes; bytes += grid.stepBytes) {
        for (const slots of grid.slots) {
          const jobs = grid.makeJobs.filter(
            (count) =>
              slots * count <= host.cores &&
              worstProcesses(work, host, slots, count) + bytes <= host.memoryBytes,
          );
          if (jobs.length === 0) continue;
          const setting = budgetSetting(slots, Math.max(...jobs), bytes);
          expect(makespan(work, host, setting)).toBeGreaterThan(goodMs);
        }
      }
    });
  });

  it('tells of each setting how long it takes, and the least with less RAM disk', () => {
    check((work, host, { settings }) => {
      for (const tried of settings) {
        const { slots, makeJobs, ramDiskBytes, makespanMs, atMostMs } = tried;
        expect(makespan(work, host, budgetSetting(slots, makeJobs, ramDiskBytes))).toBe(makespanMs);
        const smaller = settings.filter(
          (other) => other.slots === slots && other.ramDiskBytes <= ramDiskBytes,
        );
        expect(atMostMs).toBe(Math.min(...smaller.map((other) => other.makespanMs)));
      }
    });
  });

  it('never asks for more cores or memory than the host has, compilers in their worst moment included', () => {
    check((work, host, { settings, best, smallest, chroots }) => {
      const { equal, largest, starlingx } = chroots;
      const all = [...settings, best, smallest, chroots.best, equal, largest, starlingx];
      for (const { slots, makeJobs, ramDiskBytes } of all) {
        expect(slots * makeJobs).toBeLessThanOrEqual(host.cores);
        expect(worstProcesses(work, host, slots, makeJobs) + ramDiskBytes).toBeLessThanOrEqual(
          host.memoryBytes,
        );
      }
    });
  });

  it('gives flags that read back as the setting that was tried', () => {
    check((work, host, { best, smallest, chroots }) => {
      for (const choice of [best, smallest]) {
        const { slots, makeJobs, ramDiskBytes, makespanMs, builder } = choice;
        expect(parseBuilder(builder)).toMatchObject({ slots, makeJobs: [makeJobs], ramDiskBytes });
        expect(refined(work, host, budgetSetting(slots, makeJobs, ramDiskBytes))).toBe(makespanMs);
      }
      for (const choice of [chroots.best, chroots.equal, chroots.largest, chroots.starlingx]) {
        const { slots, makeJobs, ramDiskBytes, ramDiskChroots, diskSlots, makespanMs } = choice;
        const setting = { slots, makeJobs, ramDiskBytes, ramDiskChroots, diskSlots };
        expect(parseBuilder(choice.builder)).toMatchObject({ ...setting, makeJobs: [makeJobs] });
        expect(refined(work, host, setting)).toBe(makespanMs);
      }
    });
  });

  it('finds no worse a shape than the formula does, and chroots for all slots', () => {
    check((_, __, { chroots: { best, equal, largest, starlingx } }) => {
      expect(best.makespanMs).toBeLessThanOrEqual(starlingx.makespanMs);
      expect(starlingx.makespanMs).toBeLessThanOrEqual(equal.makespanMs);
      expect(equal.makespanMs).toBeLessThanOrEqual(largest.makespanMs);
      expect(largest.slots).toBe(best.slots);
      expect(equal.slots).toBe(best.slots);
      for (const choice of [best, equal, largest, starlingx]) {
        expect(choice.ramDiskChroots.length + choice.diskSlots).toBe(choice.slots);
        expect(choice.ramDiskChroots).toEqual([...choice.ramDiskChroots].sort((a, b) => b - a));
        expect(new Set(choice.ramDiskChroots).size).toBeLessThanOrEqual(2);
        expect(new Set(choice.ramDiskChroots.slice(1)).size).toBeLessThanOrEqual(1);
      }
    });
  });

  it('says the same again', () => {
    for (const { work, host, advice } of CASES.slice(0, 5))
      expect(adviseArch(work, host, ALL, checkedScheduler)).toEqual(advice);
  });

  it('fits its own schema', () => {
    check((_, host, advice) => {
      const { memoryBytes, cores, memoryPerJobBytes } = host;
      const document = {
        schema: ADVICE_SCHEMA,
        host: { memoryBytes, cores, memoryPerJobBytes },
        withinPercent: WITHIN_PERCENT,
        architectures: [advice],
      };
      expect(adviceSchema.parse(document)).toEqual(document);
    });
  });
});
