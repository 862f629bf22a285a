import { at } from '../../base/column.ts';
import { stableJson } from '../../base/stable-json.ts';
import type { Emitter } from '../emitter.ts';
import { buildFacts } from '../formats/build-facts.ts';
import { makePlanGraph, type GraphNode } from '../plan-graph.ts';

/** The graph as `json.write` of @dagrejs/graphlib has it, and `json.read` takes it. */
export const graphlib: Emitter = {
  describe: "who waits for whom with all figures, as JSON that graphlib's json.read takes",
  emit: (plan) => {
    const { nodes, needs, breaks } = makePlanGraph(plan);
    const names = nodeNames(nodes);
    const nameOf = (index: number): string => at(names, index);
    const document = {
      // a build may wait for another and have a break with it all the same
      options: { directed: true, multigraph: true, compound: false },
      nodes: nodes.map(({ build, label }, index) => ({
        v: nameOf(index),
        value: { label, ...buildFacts(build) },
      })),
      edges: [
        ...needs.map(({ from, to }) => ({ v: nameOf(from), w: nameOf(to), value: { isWaitedFor: true } })),
        ...breaks.map(({ from, to, about }) => ({
          v: nameOf(from),
          w: nameOf(to),
          name: about.kind,
          value: { isWaitedFor: false, break: about },
        })),
      ],
    };
    return [{ path: 'graph.graphlib.json', content: stableJson(document), isExecutable: false }];
  },
};

/** The ids; graphlib keeps nodes as keys of plain objects, so what such an object has already gets blanks at its end. */
function nodeNames(nodes: readonly GraphNode[]): readonly string[] {
  const ids = nodes.map(({ build }) => build.task.id);
  const taken = new Set(ids);
  return ids.map((id) => {
    let name = id;
    while (name in {} || (name !== id && taken.has(name))) name += ' ';
    return name;
  });
}
