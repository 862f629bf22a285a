import { stableJson } from '../../base/stable-json.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Emitter } from '../emitter.ts';
import { makePlanGraph, needIds } from '../plan-graph.ts';
import { buildFacts } from './build-facts.ts';
import { ORDER_SCHEMA, type OrderDocument } from './order-document.ts';

/** The order for scripts, as `order.schema.json` says. */
export const json: Emitter = {
  describe: 'the order for scripts, with fields that stay; its schema is order.schema.json',
  emit: (plan) => [{ path: 'order.json', content: stableJson(makeOrderDocument(plan)), isExecutable: false }],
};

function makeOrderDocument(plan: Plan): OrderDocument {
  const graph = makePlanGraph(plan);
  const needs = needIds(graph);
  return {
    schema: ORDER_SCHEMA,
    makespanMs: plan.makespanMs,
    lowerBoundMs: plan.lowerBoundMs,
    builds: graph.nodes.map(({ build }, index) => ({ ...buildFacts(build), needs: needs[index] ?? [] })),
  };
}
