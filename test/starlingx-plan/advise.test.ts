import { describe, expect, it } from 'vitest';
import { advise, type AdviseOptions } from '../../src/advise/advise.ts';
import { checkedScheduler, GIB } from '../advise/hosts.ts';
import { hasStarlingX, planStarlingX } from './starlingx.ts';

const HOST: AdviseOptions = {
  memoryBytes: 128 * GIB,
  cores: 32,
  memoryPerJobBytes: GIB,
  diskFactor: undefined,
  architectures: undefined,
  slots: [4, 8, 10],
  makeJobs: [3, 4, 8],
};

describe.skipIf(!hasStarlingX)('advice on StarlingX trixie (../shared)', () => {
  it('is the same again, and no flags of its formula beat the best shape', async () => {
    const { plan } = await planStarlingX('trixie', 'index');
    const { architectures } = advise(plan, 'trixie', HOST, checkedScheduler);
    const again = advise(plan, 'trixie', { ...HOST, architectures: ['arm64'] });
    expect(again.architectures).toEqual(architectures.slice(1));
    expect(architectures.map(({ arch }) => arch)).toEqual(['amd64', 'arm64']);
    for (const { best, lowerBoundMs, chroots, settings } of architectures) {
      for (const choice of [chroots.equal, chroots.largest, chroots.starlingx])
        expect(choice.makespanMs).toBeGreaterThanOrEqual(chroots.best.makespanMs);
      for (const { makespanMs } of settings) expect(makespanMs).toBeGreaterThanOrEqual(best.makespanMs);
      expect(best.makespanMs).toBeGreaterThanOrEqual(lowerBoundMs);
      expect(chroots.best.makespanMs).toBeGreaterThanOrEqual(lowerBoundMs);
    }
  }, 120_000);
});
