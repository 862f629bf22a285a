import { describe, expect, it } from 'vitest';
import { recordOfLog } from '../../src/history/record-of-log.ts';

describe('recordOfLog', () => {
  it.each([
    [56_000, 56_000, []],
    [93_665_000, undefined, ['wallMs: 1d 02h is longer than from start to end']],
  ])('of %d ms between a start and an end 56 s apart keeps %s', (wallMs, kept, problems) => {
    const build = {
      ...({ tool: 'sbuild', source: 'hello', version: '1', arch: 'all', outcome: 'built', wallMs } as const),
      ...{ startedMs: Date.UTC(2026, 10, 23, 6, 0, 0), endedMs: Date.UTC(2026, 10, 23, 6, 0, 56) },
    };
    const checked = recordOfLog(build, 'x.build', { builder: undefined, mode: undefined });
    expect([checked.record?.wallMs, checked.problems]).toEqual([kept, problems]);
  });
});
