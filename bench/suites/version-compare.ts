import { compareVersions } from '../../src/internal.ts';
import type { Suite } from './suite.ts';

/** Debian's order of versions. Peers are programs: see `bench/peers`. */
export const versionCompareSuite: Suite = {
  what: 'each version of an index with the next one',
  cases: (workload) => [
    {
      name: 'any two',
      prepare: () => {
        const versions = versionsOf(workload.packagesText());
        return () => compareAll(versions);
      },
    },
    {
      name: 'neighbours, alike in front',
      prepare: () => {
        const sorted = [...versionsOf(workload.packagesText())].sort();
        return () => compareAll(sorted);
      },
    },
  ],
};

/** In the order of the index. */
export function versionsOf(packages: string): readonly string[] {
  return [...packages.matchAll(/^Version: (.*)$/gm)].map(([, version = '']) => version);
}

function compareAll(versions: readonly string[]): number {
  let sum = 0;
  let previous = '0';
  for (const version of versions) {
    sum += compareVersions(previous, version);
    previous = version;
  }
  return sum;
}
