import type { PlanBuild } from '../plan-builds.ts';
import type { OrderBuild } from './order-document.ts';

/** What outputs for programs tell of a build, but for what it needs. */
export function buildFacts({ task, target }: PlanBuild): Omit<OrderBuild, 'needs'> {
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
