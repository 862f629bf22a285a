import { describe, expect, it } from 'vitest';
import { emitGantt } from '../../src/emit/gantt-text.ts';
import { heightOf, highestByCell, meanByCell, timeGrid } from '../../src/emit/gantt/grid.ts';
import { plainStyle, type Style } from '../../src/emit/style.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { largePlan } from './drawings/large-plan.ts';
import { SAMPLE_PLANS } from './drawings/sample-plans.ts';
import { emptyPlan, planBuilder, planTask } from './small-plan.ts';

const SCREEN = { columns: 80, rows: 24, all: false, style: plainStyle };
const GIB = 2 ** 30;
const SECOND = 1000;

/** Two lanes, a build on disk, one too short to see, and a RAM disk that is full in the middle. */
function smallPlan(): Plan {
  const about = { version: '1', workMs: 1, workUpperMs: 1 };
  const task = (
    source: string,
    slot: number,
    fromS: number,
    untilS: number,
    bytes: number,
    isCritical = false,
  ) =>
    planTask({
      ...about,
      ...{ id: `${source}_1/amd64`, source, slot, critical: isCritical, ramDiskBytes: bytes },
      ...{
        startMs: fromS * SECOND,
        durationMs: (untilS - fromS) * SECOND,
        mode: bytes > GIB ? 'disk' : 'ram',
      },
    });
  const tasks = [
    task('linux', 0, 0, 30, GIB / 2, true),
    task('kernel-tools', 0, 30, 60, GIB, true),
    task('tiny', 1, 0, 0.2, 0),
    task('ceph', 1, 20, 60, 2 * GIB),
  ];
  const plan = emptyPlan([{ target: { arch: 'amd64', kind: 'any', profiles: [] }, tasks }]);
  const criticalChain = [
    { id: 'linux_1/amd64', waitedFor: 'start' as const },
    { id: 'kernel-tools_1/amd64', waitedFor: 'need' as const },
  ];
  return { ...plan, criticalChain, makespanMs: 60 * SECOND, lowerBoundMs: 60 * SECOND };
}

/** The lines of the chart, without what stands above it. */
function chartOf(text: string): readonly string[] {
  return text.split('\n').slice(4, -1);
}

describe('the chart', () => {
  it('shows who builds what when, the critical chain, and how full the RAM disk is', () => {
    expect(chartOf(emitGantt(smallPlan(), { ...SCREEN, columns: 63 }))).toEqual([
      '                0                30s',
      'critical chain  linux███████████▉kernel-tools████▉',
      '         one 1  linux▚▚▚▚▚▚▚▚▚▚▚▞kernel-tools▚▚▚▚▞  84 % busy',
      '             2  ▏          ceph▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒',
      '     RAM 1 GiB  ▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄█████████████████  peak 1 GiB',
      '  █ in RAM   ▒ on disk   ▚ critical   ▂▅█ RAM disk in use',
    ]);
  });

  it('keeps to the terminal, whatever is planned', () => {
    for (const plan of [
      ...SAMPLE_PLANS,
      largePlan(2000, 3, 4),
      largePlan(2000, 12, 8),
      largePlan(2000, 60, 2),
    ]) {
      for (const [columns, rows] of [
        [80, 24],
        [100, 40],
        [200, 60],
      ] as const) {
        const lines = emitGantt(plan, { ...SCREEN, columns, rows }).split('\n');
        expect(lines.length).toBeLessThanOrEqual(rows);
        for (const line of lines.slice(3)) expect(line.length).toBeLessThan(columns);
      }
    }
  });

  it('has a lane for each slot where they fit, else a line for each builder, else the busiest', () => {
    const labels = (plan: Plan, rows: number, all = false): readonly string[] =>
      chartOf(emitGantt(plan, { ...SCREEN, rows, all })).map((line) => line.slice(0, 17).trim());
    const plan = largePlan(2000, 3, 4);
    expect(labels(plan, 24)).toHaveLength(3 + 3 * 5);
    expect(labels(plan, 22)).toHaveLength(3 + 3 * 2);
    expect(labels(plan, 13)).toHaveLength(3 + 3);
    expect(labels(plan, 10)).toHaveLength(3 + 2);
    expect(emitGantt(plan, { ...SCREEN, rows: 10 })).toContain('… and 2 builders less busy (--all)');
    expect(labels(plan, 10, true)).toEqual(labels(plan, 24));
  });

  it('says the same without colours', () => {
    const painted: Style = {
      ...plainStyle,
      ...{ bold: wrapped, dim: wrapped, red: wrapped, yellow: wrapped, green: wrapped, cyan: wrapped },
    };
    for (const plan of [smallPlan(), largePlan(500, 9, 9)]) {
      const text = emitGantt(plan, { ...SCREEN, style: painted });
      expect(text.replaceAll(/[‹›]/g, '')).toBe(emitGantt(plan, SCREEN));
      expect(text).toContain('‹');
    }
  });

  it('shows no letters that would tear the lines', () => {
    const [target] = smallPlan().targets;
    const tasks = (target?.tasks ?? []).map((task) => ({
      ...task,
      source: '漢字',
      id: `a\u001b[31m${task.source}_1/amd64`,
    }));
    const plan = { ...smallPlan(), targets: target === undefined ? [] : [{ ...target, tasks }] };
    expect(emitGantt(plan, SCREEN).split('\n').slice(4).join('\n')).not.toMatch(/\u001b|漢/);
  });

  it('of nothing says so', () => {
    expect(emitGantt(emptyPlan([], [planBuilder({ name: 'one' })]), SCREEN)).toBe('nothing to build\n');
  });
});

function wrapped(text: string): string {
  return `‹${text}›`;
}

describe('the cells of a curve', () => {
  const usage = [
    { atMs: 0, ramDiskBytes: 4, busySlots: 1 },
    { atMs: 15, ramDiskBytes: 8, busySlots: 2 },
    { atMs: 30, ramDiskBytes: 0, busySlots: 0 },
  ];
  const grid = timeGrid(40, 4);

  it('hold the highest value of their time, or the mean', () => {
    expect(highestByCell(grid, usage, ({ ramDiskBytes }) => ramDiskBytes)).toEqual([4, 8, 8, 0]);
    expect(meanByCell(grid, usage, ({ busySlots }) => busySlots)).toEqual([1, 1.5, 2, 0]);
  });

  it('are empty for nothing alone', () => {
    expect([0, 0.001, 0.5, 0.94, 1, 2].map(heightOf).join('')).toBe(' ▁▄███');
  });
});
