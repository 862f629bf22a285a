import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RamDiskLoad } from '../../src/schedule/ram-disk-load.ts';
import { problemSpecs, specProblem } from '../dispatch/problems.ts';

describe('RamDiskLoad', () => {
  it('lasts for all only where candidates in any order are all taken in', () => {
    const answers = { yes: 0, no: 0 };
    const property = fc.property(problemSpecs(), fc.nat(), (spec, turn) => {
      const problem = specProblem(spec);
      for (const arch of new Set(problem.arch)) {
        const load = new RamDiskLoad(problem, arch);
        const candidates = [...problem.arch.keys()].filter((task) => load.isCandidate[task] === 1);
        if (candidates.length === 0) continue;
        const { lastsForAll } = load;
        answers[lastsForAll ? 'yes' : 'no']++;
        if (!lastsForAll) continue;
        const start = turn % candidates.length;
        const turned = [...candidates.slice(start), ...candidates.slice(0, start)];
        for (const order of [turned, turned.toReversed()])
          expect(load.fill(Int32Array.from(order), 0).count).toBe(candidates.length);
      }
    });
    fc.assert(property, { seed: 1, numRuns: 300 });
    expect(Math.min(answers.yes, answers.no)).toBeGreaterThan(50);
  });
});
