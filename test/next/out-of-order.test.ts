import { describe, expect, it } from 'vitest';
import { Follower } from '../../src/next/follower.ts';
import { nextBuilds } from '../../src/next/next-builds.ts';
import type { NextAnswer, NextError } from '../../src/next/next-document.ts';
import { NOTHING_YET } from '../../src/next/standing.ts';
import { STATE_SCHEMA, type StateDocument } from '../../src/next/state-document.ts';
import { problemOfPlan } from '../../src/plan/problem-of-plan.ts';
import { emptyPlan, planTask } from '../emit/small-plan.ts';

/** aa needs cc as well; its plan leaves that out, since bb does. */
const tasks = ['cc', 'bb', 'aa'].map((source, place, all) =>
  planTask({
    ...{ id: `${source}_1/amd64`, source, version: '1', startMs: 1000 * place },
    needs: all.slice(Math.max(0, place - 1), place).map((need) => `${need}_1/amd64`),
  }),
);
const PLANNED = problemOfPlan(
  {
    ...emptyPlan([{ target: { arch: 'amd64', kind: 'any', profiles: [] }, tasks }]),
    ...{ makespanMs: 3000, lowerBoundMs: 3000 },
  },
  'plan.json',
);

function answerTo(state: Omit<StateDocument, 'schema'>): NextAnswer {
  return nextBuilds(PLANNED, { schema: STATE_SCHEMA, ...state }, 0);
}

const sourcesOf = (answer: NextAnswer | NextError): readonly string[] =>
  'error' in answer ? [answer.error] : answer.start.map(({ source }) => source);

describe('a build that is told to have finished or to run before what it needs has finished', () => {
  it('is no way round a need that has failed', () => {
    expect(answerTo({ finished: ['bb'], failed: ['cc'] })).toMatchObject({
      ...{ start: [], held: [], waiting: 0, done: true, finished: 1, failed: 1 },
      blocked: [{ id: 'aa_1/amd64', because: ['cc_1/amd64'] }],
    });
  });

  it('lets what needs it wait for a need that is not built, not for room', () => {
    const begun = answerTo({ finished: ['bb'] });
    expect(begun).toMatchObject({ held: [], waiting: 1, finished: 1, blocked: [], remainingMs: 2000 });
    expect(sourcesOf(begun)).toEqual(['cc']);
    const running = answerTo({ finished: ['bb'], running: ['cc'] });
    expect(running).toMatchObject({ start: [], held: [], waiting: 1, running: 1, remainingMs: 2000 });
    expect(sourcesOf(answerTo({ finished: ['bb', 'cc'] }))).toEqual(['aa']);
  });

  it('is waited for together with its needs while it runs', () => {
    const answer = answerTo({ running: ['bb'] });
    expect(sourcesOf(answer)).toEqual(['cc']);
    expect(answer).toMatchObject({ held: [], waiting: 1, remainingMs: 2000 });
  });

  it('keeps what needs it from being named until its needs are told to have finished', () => {
    const follower = new Follower(PLANNED, NOTHING_YET, 0, false);
    const started = [
      '{"event":"tick"}',
      '{"event":"started","id":"bb"}',
      '{"event":"finished","id":"bb"}',
      '{"event":"failed","id":"cc"}',
      '{"event":"retry","id":"cc"}',
      '{"event":"finished","id":"cc"}',
    ].map((line) => sourcesOf(follower.tell(line, 0)));
    expect(started).toEqual([['cc'], [], [], [], ['cc'], ['aa']]);
  });
});
