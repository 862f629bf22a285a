import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dispatchRule } from '../../src/schedule/dispatch-rule.ts';
import { listSchedule } from '../../src/schedule/list-schedule.ts';
import { verifySchedule } from '../../src/schedule/verify.ts';
import { criticalPathPriority } from '../../src/policies/priorities.ts';
import { schedulePortfolio, type PortfolioTry } from '../../src/policies/portfolio.ts';
import { problemSpecs, specProblem } from '../dispatch/problems.ts';

const NOTHING_KNOWN = { boundMs: 0, seed: 1 };

describe('schedulePortfolio', () => {
  it('keeps every limit', () => {
    const property = fc.property(problemSpecs(), fc.nat(), (spec, seed) => {
      const problem = specProblem(spec);
      const { schedule } = schedulePortfolio(problem, { effort: 1, boundMs: 0, seed });
      expect(verifySchedule(problem, schedule)).toEqual([]);
    });
    fc.assert(property, { seed: 21, numRuns: 60 });
  });

  it('is the dispatcher by critical path at effort 0', () => {
    const property = fc.property(problemSpecs(), (spec) => {
      const problem = specProblem(spec);
      const rule = dispatchRule(problem, criticalPathPriority(problem));
      const result = schedulePortfolio(problem, { effort: 0, ...NOTHING_KNOWN });
      expect(result.schedule).toEqual(listSchedule(problem, rule));
      expect(result.rule).toEqual(rule);
      expect(result.plain).toBe(result.rule);
      expect(result.tries).toEqual([{ name: 'critical-path', makespanMs: result.schedule.makespanMs }]);
    });
    fc.assert(property, { seed: 22, numRuns: 60 });
  });

  it('keeps the shortest of all tries, and a rule that is no worse than the first', () => {
    const property = fc.property(problemSpecs(), (spec) => {
      const problem = specProblem(spec);
      const news: PortfolioTry[] = [];
      const onProgress = (progress: PortfolioTry): void => void news.push(progress);
      const result = schedulePortfolio(problem, { effort: 1, ...NOTHING_KNOWN, onProgress });
      const shortestMs = Math.min(...result.tries.map(({ makespanMs }) => makespanMs));
      expect(result.schedule.makespanMs).toBe(shortestMs);
      expect(listSchedule(problem, result.rule).makespanMs).toBe(result.ruleMakespanMs);
      expect(result.ruleMakespanMs).toBeLessThanOrEqual(result.tries[0]?.makespanMs ?? 0);
      expect(news.at(-1)?.makespanMs).toBe(shortestMs);
    });
    fc.assert(property, { seed: 23, numRuns: 30 });
  });

  it('gives the same each time', () => {
    const property = fc.property(problemSpecs(), fc.nat(), (spec, seed) => {
      const problem = specProblem(spec);
      const options = { effort: 1, boundMs: 0, seed } as const;
      expect(schedulePortfolio(problem, options)).toEqual(schedulePortfolio(problem, options));
    });
    fc.assert(property, { seed: 24, numRuns: 15 });
  });

  it('stops with the first schedule that is short enough', () => {
    const property = fc.property(problemSpecs(), (spec) => {
      const problem = specProblem(spec);
      const { makespanMs } = schedulePortfolio(problem, { effort: 1, ...NOTHING_KNOWN }).schedule;
      const { tries } = schedulePortfolio(problem, { effort: 1, boundMs: makespanMs, seed: 1 });
      const found = tries.findIndex((one) => one.makespanMs <= makespanMs);
      expect(found).toBe(tries.length - 1);
    });
    fc.assert(property, { seed: 25, numRuns: 30 });
  });
});
