import { beforeAll, describe, expect, it } from 'vitest';
import { runCheck, type CheckTarget } from './debplan-check.ts';
import { askDoseOnce, type DoseReport } from './dose.ts';
import { makeIndexLists } from './index-lists.ts';

const ARCHITECTURES = ['amd64', 'arm64'];
const COLD_RUN_MS = 1_500_000;

/** dose3 takes minutes a suite, so CI compares one of them. */
const SUITES = process.env['CI'] === 'true' ? ['bookworm'] : ['bookworm', 'trixie'];

describe.each(SUITES)('the verdicts for %s main', (suite) => {
  let theirs: ReadonlyMap<string, DoseReport>;
  let ours: ReadonlyMap<string, CheckTarget>;

  beforeAll(async () => {
    const { sources, packages } = makeIndexLists(suite, ARCHITECTURES);
    const reports = [...packages].map(async ([arch, path]) => {
      const options = [`--deb-native-arch=${arch}`];
      return [arch, await askDoseOnce({ options, packages: [path], sources })] as const;
    });
    theirs = new Map(await Promise.all(reports));
    const lists = [...packages].flatMap(([arch, path]) => ['--packages', `${arch}=${path}`]);
    ours = runCheck([sources, ...lists, '--arch', ARCHITECTURES.join()]);
  }, COLD_RUN_MS);

  it.each(ARCHITECTURES)("are dose3's for %s: the same unbuildable sources", (arch) => {
    expect(ours.get(arch)?.unbuildable).toEqual(theirs.get(arch)?.unbuildable);
  });

  it.each(ARCHITECTURES)('are on as many sources for %s as dose3 checks', (arch) => {
    expect(ours.get(arch)?.checked).toBe(theirs.get(arch)?.checked);
  });
});
