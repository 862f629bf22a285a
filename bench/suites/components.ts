import { alg } from '@dagrejs/graphlib';
import { stronglyConnected, toDag } from '../../src/internal.ts';
import { edgePairs, withoutCycles } from './edge-pairs.ts';
import { kahnOnGraphology, toGraphlibGraph, toGraphology } from './peer-graphs.ts';
import type { BenchCase, Suite } from './suite.ts';
import type { Workload } from './workload.ts';

const COMPONENTS = 'components of direct edges';
const ORDER = 'topological order of direct edges';

/** Strongly connected components, and an order where there is no cycle. */
export const componentsSuite: Suite = {
  what: 'strongly connected components and topological order; graphs of libraries are built beforehand',
  cases: (workload, size) => {
    const cases = ownCases(workload);
    const kahn: BenchCase = {
      name: ORDER,
      peer: 'graphology',
      prepare: async () => {
        const ordered = toGraphology(edgePairs(withoutCycles((await workload.directGraph()).needs)));
        return () => kahnOnGraphology(ordered);
      },
    };
    // graphlib's algorithms recurse: of an archive the chains are deeper than the stack
    return size === '10k' ? [...cases, kahn] : [...cases, kahn, ...graphlibCases(workload)];
  },
};

function ownCases(workload: Workload): readonly BenchCase[] {
  return [
    {
      name: 'components of install sets',
      prepare: async () => {
        const { needs } = await workload.graph();
        return () => stronglyConnected(needs);
      },
    },
    {
      name: COMPONENTS,
      prepare: async () => {
        const { needs } = await workload.directGraph();
        return () => stronglyConnected(needs);
      },
    },
    {
      name: ORDER,
      prepare: async () => {
        const acyclic = withoutCycles((await workload.directGraph()).needs);
        return () => toDag(acyclic);
      },
    },
  ];
}

function graphlibCases(workload: Workload): readonly BenchCase[] {
  return [
    {
      name: COMPONENTS,
      peer: 'graphlib',
      prepare: async () => {
        const graph = toGraphlibGraph(edgePairs((await workload.directGraph()).needs));
        return () => alg.tarjan(graph);
      },
    },
    {
      name: ORDER,
      peer: 'graphlib',
      prepare: async () => {
        const graph = toGraphlibGraph(edgePairs(withoutCycles((await workload.directGraph()).needs)));
        return () => alg.topsort(graph);
      },
    },
  ];
}
