import { afterAll, describe, expect, it } from 'vitest';
import { JOURNAL_SCHEMA, type RunEvent } from '../../../src/journal/run-event.ts';
import { emptyPlan, planBuilder, planTask } from '../../emit/small-plan.ts';
import { FakeSlurm } from './fake-slurm.ts';
import { SlurmRoom } from './slurm-room.ts';

const PLAN = emptyPlan(
  [
    {
      target: { arch: 'amd64', kind: 'any', profiles: [] },
      tasks: [planTask({ id: 'a', source: 'a', version: '1' })],
    },
  ],
  [planBuilder({ name: 'one' })],
);

/** Remembers which jobs the accounts are asked for. */
class AskedSlurm extends FakeSlurm {
  readonly asked: string[] = [];

  override ended(_?: unknown, jobs: readonly string[] = []): ReturnType<FakeSlurm['ended']> {
    this.asked.push(...jobs);
    return super.ended();
  }
}

const slurm = new AskedSlurm();
const room = new SlurmRoom({ ...PLAN, makespanMs: 1000, lowerBoundMs: 1000 }, slurm);

afterAll(() => {
  room.remove();
});

describe('a run on Slurm', () => {
  it('says so when there is nothing to cancel', async () => {
    await room.drive({ options: { cancel: true } });
    expect(room.reported.map(({ code }) => code)).toEqual(['nothing-to-cancel']);
  });

  it('asks for no job whose number it does not know', async () => {
    const start: RunEvent = {
      ...{ event: 'start', atMs: 1, task: 'a', attempt: 1, builder: 'one', slot: 0, mode: 'disk' },
      ...{ makeJobs: 1, ramDiskBytes: 0 },
    };
    const begin = { event: 'begin', schema: JOURNAL_SCHEMA, atMs: 0, plan: 'plan.json' } as const;
    room.events.length = 0;
    room.events.push({ ...begin, sha256: '0'.repeat(64), on: 'slurm', builders: [] }, start);
    await room.drive({ options: { cancel: true } });
    expect(slurm.asked).not.toContain('');
  });
});
