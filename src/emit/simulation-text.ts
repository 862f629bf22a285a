import { formatDuration } from '../base/quantity.ts';
import type { PolicyFigures, SimulationDocument, SimulationResult } from '../simulate/simulation-document.ts';
import type { Style } from './style.ts';
import { count } from './summary/lines.ts';
import { textTable } from './text-table.ts';

/** Policies under noise as people read them: a table a jitter, one policy a line, and what its columns mean. */
export function formatSimulation(document: SimulationDocument, style: Style): string {
  const { plan, results } = document;
  const head = `${count(plan.builds, 'build')} on ${count(plan.builders, 'builder')}: planned ${formatDuration(plan.makespanMs)}, no plan is shorter than ${formatDuration(plan.lowerBoundMs)}`;
  const hasFailures = document.failRate > 0;
  const tables = results.flatMap((result) => [
    '',
    style.bold(title(result, document)),
    ...textTable(rowsOf(result, hasFailures), RIGHT),
  ]);
  return `${[style.bold(head), ...tables, '', ...legend(hasFailures)].join('\n')}\n`;
}

const RIGHT: readonly boolean[] = [false, ...Array.from<boolean>({ length: 11 }).fill(true)];

function title({ jitter, sizeJitter, runs }: SimulationResult, document: SimulationDocument): string {
  const { failRate, retries, seed } = document;
  const noise =
    jitter === sizeJitter
      ? [jitter === 0 ? 'everything as estimated' : `durations and sizes vary ${vary(jitter)}`]
      : [`durations vary ${vary(jitter)}, sizes ${vary(sizeJitter)}`];
  const failures =
    failRate === 0
      ? []
      : [`${percent(failRate)} of attempts fail, each is tried ${count(retries, 'time')} more`];
  const parts = runs === 1 ? [...noise, ...failures] : [count(runs, 'run'), ...noise, ...failures];
  return [...parts, ...(runs === 1 ? [] : [`seed ${String(seed)}`])].join(', ');
}

function vary(jitter: SimulationResult['jitter']): string {
  return jitter === 'estimates' ? 'as their estimates say' : `by ${String(jitter)}`;
}

function rowsOf({ policies }: SimulationResult, hasFailures: boolean): readonly (readonly string[])[] {
  const [reference] = policies;
  const header = ['policy', 'mean', 'p50', 'p95', 'against plan', 'slots', 'RAM', 'held up'];
  const failureHeader = hasFailures ? ['failed', 'blocked'] : [];
  return [
    [...header, ...failureHeader, 'overruns'],
    ...policies.map((figures) => [
      figures.policy,
      formatDuration(figures.expectedMakespanMs),
      formatDuration(figures.p50Ms),
      formatDuration(figures.p95Ms),
      against(figures, reference?.expectedMakespanMs ?? 0),
      percent(figures.slotUse),
      percent(figures.ramDiskUse),
      percent(figures.headOfLineShare),
      ...(hasFailures ? [figures.failed.toFixed(1), figures.blocked.toFixed(1)] : []),
      figures.overruns.toFixed(1),
    ]),
  ];
}

/** `+13.6 ±1.3 %`: of the plan's mean. */
function against({ difference }: PolicyFigures, referenceMs: number): string {
  if (difference === null) return '';
  if (referenceMs === 0) return '0 %';
  const { meanMs, lowMs, highMs } = difference;
  const relative = (ms: number): string => ((100 * ms) / referenceMs).toFixed(1);
  const half = lowMs === null || highMs === null ? '' : ` ±${relative((highMs - lowMs) / 2)}`;
  return `${meanMs > 0 ? '+' : ''}${relative(meanMs)}${half} %`;
}

function percent(part: number): string {
  const value = part * 100;
  return `${value > 0 && value < 9.95 ? value.toFixed(1) : value.toFixed(0)} %`;
}

function legend(hasFailures: boolean): readonly string[] {
  return [
    "plan: what is ready starts by the plan's priorities",
    'static: each slot builds what the plan has there, in that order',
    'against plan: mean difference in the same runs, of the mean of the plan; ± half of its 95 % interval',
    'slots, RAM: how much of the slots and of the RAM disk was in use until the last end',
    'held up: slot-time that was idle though a ready build that ran there later would have fitted',
    ...(hasFailures ? ['failed, blocked: builds given up a run, and builds never tried for that'] : []),
    'overruns: builds a run that outgrew the RAM disk and were built again on disk',
  ];
}
