import { compareText } from '../../src/base/compare.ts';
import type { Plan, PlanTask } from '../../src/plan/plan.ts';
import { PAYLOADS } from './payloads.ts';
import { emptyPlan, planBuilder, planTask } from './small-plan.ts';

const SECOND = 1000;

/**
 * A plan, right in itself, whose every text is a payload: task `i` is called `PAYLOADS[i]` in all that it can be called, is
 * built alone on a builder and an architecture of that name, and waits for task `i - 1`. It is built on the RAM disk, each third one on disk.
 */
export const PAYLOAD_PLAN: Plan = makePayloadPlan(PAYLOADS);

/** Such a plan of these texts, which all differ. */
export function makePayloadPlan(payloads: readonly string[]): Plan {
  const tasks = payloads.map((payload, index) => payloadTask(payload, index, payloads[index - 1]));
  const makespanMs = payloads.length * SECOND;
  const plan = emptyPlan(
    tasks
      .map((task) => ({
        target: { arch: task.source, kind: 'any' as const, profiles: [task.source] },
        tasks: [task],
      }))
      .sort((a, b) => compareText(a.target.arch, b.target.arch)),
    payloads
      .map((name) => planBuilder({ name, arch: name, diskFactor: 1 }))
      .sort((a, b) => compareText(a.name, b.name)),
  );
  const sorted = [...payloads].sort(compareText);
  return {
    ...plan,
    inputs: sorted.map((name) => ({ name, sha256: '0'.repeat(64) })),
    options: { ...plan.options, architectures: sorted, layers: payloads, select: sorted },
    architectures: sorted.map((arch) => ({
      arch,
      taskCount: 1,
      unbuildableCount: 1,
      notForArchCount: 0,
      makespanMs,
      lowerBoundMs: makespanMs,
      lowerBoundName: arch,
      ramDiskPeakBytes: 0,
      ramDiskBytes: 0,
    })),
    criticalChain: payloads.map((id, index) => ({ id, waitedFor: index === 0 ? 'start' : 'need' })),
    breaks: sorted.map((text) => ({
      from: text,
      to: text,
      kind: 'existing-binary',
      reason: text,
      servedBy: text,
      profile: text,
      standIn: text,
      rebuiltBy: text,
      stale: [{ binary: text, existingVersion: text, plannedVersion: text }],
    })),
    unbuildable: sorted.map((text) => ({
      source: text,
      version: text,
      arch: text,
      unit: text,
      kind: 'missing',
      reason: text,
      location: { file: text, line: 1 },
    })),
    makespanMs,
    lowerBoundMs: makespanMs,
    lowerBoundName: 'critical-path',
    lowerBoundBinding: { kind: 'chain', tasks: payloads },
  };
}

function payloadTask(payload: string, index: number, before: string | undefined): PlanTask {
  return planTask({
    id: payload,
    source: payload,
    version: payload,
    stage: payload,
    profiles: [payload],
    layer: payload,
    buildType: payload,
    needs: before === undefined ? [] : [before],
    builder: payload,
    mode: index % 3 === 2 ? 'disk' : 'ram',
    startMs: index * SECOND,
    workMs: SECOND,
    workUpperMs: SECOND,
    priority: (PAYLOADS.length - index) * SECOND,
    critical: true,
  });
}
