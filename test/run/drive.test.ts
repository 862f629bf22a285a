import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/diagnostic.ts';
import { problemOf, ruleOf } from '../dispatch/problems.ts';
import { DriveWorld, WHOLE_LIFE } from './drive-world.ts';

/** Three builds that could run at once on two slots, and one that needs the first. */
function smallWorld(): DriveWorld {
  const problem = problemOf([
    { durationMs: 100 },
    { durationMs: 100 },
    { durationMs: 100 },
    { durationMs: 100, needs: [0] },
  ]);
  // a seed by which all are built
  return new DriveWorld(problem, ruleOf(problem), 1, 1);
}

/** When two builds run in that world, and none has ended: the operation of a life. */
async function whileTwoRun(): Promise<number> {
  const world = smallWorld();
  await world.live(WHOLE_LIFE);
  return world.operationsBeforeEnds ?? 0;
}

function statesOf(world: DriveWorld): readonly string[] {
  return world.builds.map(({ task, state, end }) => `${String(task)} ${state} ${end.outcome}`);
}

describe('driveRun', () => {
  it('builds what it can at once, and what waits afterwards', async () => {
    const world = smallWorld();
    expect(await world.live(WHOLE_LIFE)).toEqual({ reason: 'done', error: undefined });
    expect([...statesOf(world)].sort()).toEqual(['0', '1', '2', '3'].map((task) => `${task} over built`));
  });

  it('starts nothing more when somebody asks it to stop, and waits for what runs', async () => {
    const world = smallWorld();
    expect(await world.live({ ...WHOLE_LIFE, interrupts: [await whileTwoRun()] })).toMatchObject({
      reason: 'interrupted',
    });
    expect(statesOf(world)).toEqual(['0 over built', '1 over built']);
    expect(await world.live(WHOLE_LIFE)).toMatchObject({ reason: 'done' });
    expect(world.builds).toHaveLength(4);
  });

  it('stops what runs when somebody asks again, and builds it once more later', async () => {
    const world = smallWorld();
    // the second time when the shorter of them has just ended
    const operation = await whileTwoRun();
    const end = await world.live({ ...WHOLE_LIFE, interrupts: [operation + 1, operation + 2] });
    expect(end).toMatchObject({ reason: 'interrupted' });
    expect(statesOf(world)).toEqual(['0 over interrupted', '1 over built']);
    expect(world.history.tasks.get(world.id(0))).toMatchObject({ state: 'waiting', attempts: 1, tries: 0 });
    expect(await world.live(WHOLE_LIFE)).toMatchObject({ reason: 'done' });
    expect(world.history.tasks.get(world.id(0))).toMatchObject({ state: 'built', attempts: 2 });
  });

  it('waits for what runs when the journal takes no more, says so, and finds its end later', async () => {
    const world = smallWorld();
    const end = await world.live({ ...WHOLE_LIFE, journalLines: 3 });
    expect(end).toMatchObject({ reason: 'error' });
    expect(end === 'killed' ? undefined : end.error).toBeInstanceOf(UserError);
    expect(statesOf(world)).toEqual(['0 over built', '1 over built']);
    expect(world.history.tasks.get(world.id(0))).toMatchObject({ state: 'running' });
    expect(await world.live(WHOLE_LIFE)).toMatchObject({ reason: 'done' });
    expect(world.builds).toHaveLength(4);
  });

  it('goes on with what ran when its runner was killed', async () => {
    const world = smallWorld();
    expect(await world.live({ ...WHOLE_LIFE, diesAt: (await whileTwoRun()) + 1 })).toBe('killed');
    expect(statesOf(world)).toEqual(['0 running built', '1 over built']);
    expect(world.kept.size).toBe(0);
    expect(await world.live(WHOLE_LIFE)).toMatchObject({ reason: 'done' });
    expect(world.builds).toHaveLength(4);
  });
});
