import { at } from '../../base/column.ts';
import { stableJson } from '../../base/stable-json.ts';
import type { Emitter } from '../emitter.ts';
import { makePlanGraph } from '../plan-graph.ts';

/** The graph as `json.write` of @dagrejs/graphlib has it, and `json.read` takes it. */
export const graphlib: Emitter = {
  describe: "who waits for whom with all figures, as JSON that graphlib's json.read takes",
  emit: (plan) => {
    const { nodes, needs, breaks } = makePlanGraph(plan);
    const idOf = (index: number): string => at(nodes, index).build.task.id;
    const document = {
      // a build may wait for another and have a break with it all the same
      options: { directed: true, multigraph: true, compound: false },
      nodes: nodes.map(({ build: { task, target }, label }) => ({
        v: task.id,
        value: { label, target, task },
      })),
      edges: [
        ...needs.map(({ from, to }) => ({ v: idOf(from), w: idOf(to), value: { isWaitedFor: true } })),
        ...breaks.map(({ from, to, about }) => ({
          v: idOf(from),
          w: idOf(to),
          name: about.kind,
          value: { isWaitedFor: false, break: about },
        })),
      ],
    };
    return [{ path: 'graph.graphlib.json', content: stableJson(document), isExecutable: false }];
  },
};
