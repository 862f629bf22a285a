import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { suitesAt } from '../../bench/run-benches.ts';
import { SIZES } from '../../bench/suites/suite.ts';
import { SUITES } from '../../bench/suites/suites.ts';
import { makeWorkload } from '../../bench/suites/workload.ts';

describe('the suites of npm run bench', () => {
  const folder = mkdtempSync(join(tmpdir(), 'debplan-bench-test-'));
  const workload = makeWorkload(SIZES.tiny.sources, folder);
  const found = suitesAt('tiny').flatMap(
    ([suite, own]) =>
    own.cases(workload, 'tiny').map((one) => ({ suite, ...one, title: `${suite}: ${one.name}, ${one.peer ?? 'debplan'}` })), // prettier-ignore
  );

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('are all there at the smallest size, and most at the largest', () => {
    expect(suitesAt('tiny').map(([name]) => name)).toEqual(Object.keys(SUITES));
    expect(suitesAt('10k').length).toBeLessThan(Object.keys(SUITES).length);
  });

  it('have cases that tell themselves apart, and an own one for each of a peer', () => {
    const titles = found.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
    const owned = new Set(found.filter(({ peer }) => peer === undefined).map(({ suite, name }) => `${suite} ${name}`)); // prettier-ignore
    expect(found.filter(({ suite, name }) => !owned.has(`${suite} ${name}`))).toEqual([]);
  });

  it.each(found)('run twice on one preparation: $title', async ({ prepare }) => {
    const run = await prepare();
    await run();
    await run();
  });
});
