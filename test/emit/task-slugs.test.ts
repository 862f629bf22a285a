import { describe, expect, it } from 'vitest';
import { taskSlugs } from '../../src/emit/task-slugs.ts';
import { NASTY } from './nasty.ts';
import { emptyPlan, planTask } from './small-plan.ts';

function slugsOf(...ids: readonly string[]): readonly (string | undefined)[] {
  const tasks = ids.map((id) => planTask({ id, source: id, version: '1' }));
  const slugs = taskSlugs(emptyPlan([{ target: { arch: 'amd64', kind: 'any', profiles: [] }, tasks }]));
  return ids.map((id) => slugs.get(id));
}

describe('taskSlugs', () => {
  it('keeps names readable', () => {
    expect(
      slugsOf('hello_2.10-3/amd64', 'distro/rt/i40e_2.30.12/amd64', 'libc_1:2~rc1-1+b1/all+stage1'),
    ).toEqual(['hello_2.10-3.amd64', 'distro.rt.i40e_2.30.12.amd64', 'libc_1_2_rc1-1+b1.all+stage1']);
  });

  it('tells apart what would be alike, also where case does not count', () => {
    expect(slugsOf('a_1~1/x', 'a_1:1/x', 'A_1_1/x', 'b')).toEqual([
      'a_1_1.x-43f94c84',
      'a_1_1.x-58844448',
      'A_1_1.x-02809d51',
      'b',
    ]);
  });

  it('gives every name its own plain word, whatever stands in it', () => {
    const ids = [
      ...NASTY,
      '',
      '.',
      '..',
      '-n',
      '/',
      '__proto__',
      'constructor',
      'x'.repeat(300),
      'x'.repeat(301),
    ];
    const slugs = slugsOf(...ids);
    expect(new Set(slugs).size).toBe(ids.length);
    for (const slug of slugs) expect(slug).toMatch(/^[A-Za-z0-9][A-Za-z0-9._+-]{0,99}$/);
  });

  it('does not depend on the order of the tasks', () => {
    const ids = ['a~1', 'a:1', 'b'];
    expect(slugsOf(...ids)).toEqual(slugsOf(...ids.toReversed()).toReversed());
  });
});
