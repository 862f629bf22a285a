import { stableJson } from '../../base/stable-json.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Emitter } from '../emitter.ts';
import { makePlanGraph, needIds } from '../plan-graph.ts';
import type { PlanBuild } from '../plan-builds.ts';
import { ORDER_SCHEMA, type OrderBuild, type OrderDocument } from './order-document.ts';

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
    builds: graph.nodes.map(({ build }, index) => orderBuild(build, needs[index] ?? [])),
  };
}

function orderBuild({ task, target }: PlanBuild, needs: readonly string[]): OrderBuild {
  return {
    id: task.id,
    source: task.source,
    version: task.version,
    arch: target.arch,
    kind: target.kind,
    buildArch: task.buildArch ?? target.arch,
    profiles: task.profiles ?? target.profiles,
    stage: task.stage,
    layer: task.layer ?? null,
    buildType: task.buildType ?? null,
    needs,
    builder: task.builder,
    slot: task.slot,
    mode: task.mode,
    chroot: task.chroot ?? null,
    makeJobs: task.makeJobs,
    startMs: task.startMs,
    durationMs: task.durationMs,
    ramDiskBytes: task.ramDiskBytes,
    memoryBytes: task.memoryBytes,
    priority: task.priority,
    critical: task.critical,
  };
}
