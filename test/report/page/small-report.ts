import { NOBODY, WAITED_FOR, type ReportPlan, type ReportTasks } from '../../../src/report/report-data.ts';
import { PLAN_OPTIONS } from '../../support/plan-options.ts';

/** What a test says of a task; the rest is dull. */
export interface SmallTask {
  readonly source: string;
  readonly version?: string;
  readonly arch?: string;
  readonly layer?: string;
  readonly stage?: string;
  readonly builder?: number;
  readonly slot?: number;
  readonly onDisk?: boolean;
  readonly startMs?: number;
  readonly durationMs?: number;
  readonly readyMs?: number;
  readonly ramDiskBytes?: number;
  readonly estimator?: string;
  readonly needs?: readonly number[];
  readonly waitedFor?: (typeof WAITED_FOR)[number];
  readonly waitedForTask?: number;
}

/** Columns of tasks that are given by start. */
export function smallTasks(tasks: readonly SmallTask[]): ReportTasks {
  const texts = (read: (task: SmallTask) => string): readonly [readonly string[], number[]] => {
    const all = tasks.map(read);
    const distinct = [...new Set(all)];
    return [distinct, all.map((text) => distinct.indexOf(text))];
  };
  const numbers = (read: (task: SmallTask) => number): Float64Array => Float64Array.from(tasks, read);
  const [archs, archOf] = texts(({ arch = 'amd64' }) => arch);
  const [layers, layerOf] = texts(({ layer = '' }) => layer);
  const [stages, stageOf] = texts(({ stage = '' }) => stage);
  const [estimators, durationBy] = texts(({ estimator = 'prior' }) => estimator);
  const needStart = new Uint32Array(tasks.length + 1);
  tasks.forEach(({ needs = [] }, task) => (needStart[task + 1] = (needStart[task] ?? 0) + needs.length));
  return {
    count: tasks.length,
    ids: tasks.map(({ source, version = '1', arch = 'amd64', layer, stage }) =>
      [
        ...(layer === undefined ? [] : [layer]),
        `${source}_${version}`,
        `${arch}${stage === undefined ? '' : `+${stage}`}`,
      ].join('/'),
    ),
    sources: tasks.map(({ source }) => source),
    versions: tasks.map(({ version = '1' }) => version),
    archs,
    archOf: Uint8Array.from(archOf),
    layers,
    layerOf: Uint16Array.from(layerOf),
    stages,
    stageOf: Uint16Array.from(stageOf),
    builderOf: Uint16Array.from(tasks, ({ builder = 0 }) => builder),
    slot: Uint16Array.from(tasks, ({ slot = 0 }) => slot),
    isInRam: Uint8Array.from(tasks, ({ onDisk = false }) => (onDisk ? 0 : 1)),
    isCritical: new Uint8Array(tasks.length),
    startMs: numbers(({ startMs = 0 }) => startMs),
    durationMs: numbers(({ durationMs = 1000 }) => durationMs),
    workMs: numbers(({ durationMs = 1000 }) => durationMs),
    workUpperMs: numbers(({ durationMs = 1000 }) => durationMs),
    makeJobs: Uint16Array.from(tasks, () => 4),
    priority: numbers(() => 0),
    memoryBytes: numbers(() => 0),
    ramDiskBytes: numbers(({ ramDiskBytes = 0 }) => ramDiskBytes),
    ramDiskMedianBytes: numbers(({ ramDiskBytes = 0 }) => ramDiskBytes),
    ramDiskUpperBytes: numbers(({ ramDiskBytes = 0 }) => ramDiskBytes),
    ramDiskParts: new Float64Array(tasks.length * 7),
    estimators,
    durationBy: Uint8Array.from(durationBy),
    ramDiskBy: Uint8Array.from(durationBy),
    waitedFor: Uint8Array.from(tasks, ({ waitedFor = 'start' }) => WAITED_FOR.indexOf(waitedFor)),
    waitedForTask: Uint32Array.from(tasks, ({ waitedForTask = NOBODY }) => waitedForTask),
    readyMs: numbers(({ readyMs, startMs = 0 }) => readyMs ?? startMs),
    needStart,
    needs: Uint32Array.from(tasks.flatMap(({ needs = [] }) => needs)),
  };
}

/** A plan of these tasks on builders with so many slots each. */
export function smallPlan(
  tasks: readonly SmallTask[],
  slots: readonly number[] = [2],
  rest: Partial<ReportPlan> = {},
): ReportPlan {
  const columns = smallTasks(tasks);
  const makespanMs = Math.max(0, ...tasks.map(({ startMs = 0, durationMs = 1000 }) => startMs + durationMs));
  return {
    label: 'plan.json',
    sha256: '',
    makespanMs,
    lowerBoundMs: makespanMs,
    lowerBoundName: 'critical-path',
    ranPlan: null,
    binding: '',
    options: { ...PLAN_OPTIONS, architectures: columns.archs },
    inputs: [],
    architectures: [],
    builders: slots.map((count, builder) => ({
      name: `b${String(builder)}`,
      arch: 'amd64',
      slots: count,
      ramDiskBytes: 1024,
      ramDiskChroots: [],
      memoryBytes: null,
      diskSlots: count,
      diskFactor: 1,
      cores: null,
      speed: 1,
      busyMs: 0,
      ramDiskPeakBytes: 0,
      usage: {
        atMs: new Float64Array(),
        ramDiskBytes: new Float64Array(),
        busySlots: new Uint16Array(),
      },
    })),
    tasks: columns,
    criticalChain: new Uint32Array(),
    breaks: [],
    unbuildable: [],
    ...rest,
  };
}
