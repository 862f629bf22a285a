import { graphOf, makeGraphDocument } from '../../src/internal.ts';
import { csrOf, edgePairs, type EdgePairs } from './edge-pairs.ts';
import { toGraphlibGraph, toGraphology } from './peer-graphs.ts';
import type { BenchCase, Suite } from './suite.ts';

const STORE = 'store direct edges';

/** Which unit waits for which. Libraries don't know packages: they store the edges that debplan found. */
export const graphSuite: Suite = {
  what: 'from a universe of two architectures to its edges; what can be installed is found again',
  cases: (workload, size) => {
    const walk = (name: string, depth: 'install' | 'direct'): BenchCase => ({
      name,
      prepare: async () => {
        const universe = await workload.universe();
        return () => graphOf(universe, { ...workload.options, depth });
      },
    });
    const store = async (into: (pairs: EdgePairs) => unknown): Promise<() => unknown> => {
      const pairs = edgePairs((await workload.directGraph()).needs);
      return () => into(pairs);
    };
    const cases: readonly BenchCase[] = [
      walk('edges of install sets', 'install'),
      walk('edges of build dependencies', 'direct'),
      { name: STORE, prepare: () => store(csrOf) },
      { name: STORE, peer: 'graphlib', prepare: () => store(toGraphlibGraph) },
      { name: STORE, peer: 'graphology', prepare: () => store(toGraphology) },
    ];
    // the document of a whole archive is for looking up one source, not for all
    if (size === '10k') return cases;
    const explain = async (): Promise<() => unknown> => {
      const direct = await workload.directGraph();
      return () => makeGraphDocument(direct);
    };
    return [...cases, { name: 'explain every direct edge', prepare: explain }];
  },
};
