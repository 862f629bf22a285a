import { describe, expect, it } from 'vitest';
import { groupBy } from '../../../src/base/group-by.ts';
import { parseTemplate } from '../../../src/emit/command/parse-template.ts';
import { curvePath } from '../../../src/emit/drawings/gantt/curve.ts';
import { layOut, LEFT, PLOT, WIDTH } from '../../../src/emit/drawings/gantt/layout.ts';
import { svg } from '../../../src/emit/drawings/svg.ts';
import { fitText, textWidth } from '../../../src/emit/svg/fit-text.ts';
import { formatMark, timeTicks } from '../../../src/emit/svg/time-axis.ts';
import { tasksByStart } from '../../../src/plan/make-tasks.ts';
import type { Plan, PlanTask } from '../../../src/plan/plan.ts';
import { openElements } from '../open-elements.ts';
import { PAYLOAD_PLAN } from '../payload-plan.ts';
import { emptyPlan } from '../small-plan.ts';
import { largePlan } from './large-plan.ts';
import { SAMPLE_PLANS } from './sample-plans.ts';

const OPTIONS = { builderCommand: parseTemplate('build {dsc}'), suite: 'trixie' };

function pictureOf(plan: Plan): string {
  return svg.emit(plan, OPTIONS)[0]?.content ?? '';
}

/** Whether a build is an element of its own. */
function isWide({ makespanMs }: Plan): (task: PlanTask) => boolean {
  return ({ durationMs }) => (durationMs / makespanMs) * PLOT > 3;
}

interface DrawnBar {
  readonly title: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly mode: string;
  /** Undefined: it has no name in it. */
  readonly label: string | undefined;
}

/** The bars that are elements of their own. */
function barsOf(picture: string): readonly DrawnBar[] {
  const bars = picture.matchAll(
    /<g><title>([^<]*)<\/title><rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="[\d.]+" class="gantt-(ram|disk)"\/>.*?(?:<text[^>]*>([^<]*)<\/text>)?<\/g>/g,
  );
  return [...bars].map(([, title = '', x = '', y = '', width = '', mode = '', label]) => ({
    ...{ title, mode, label },
    ...{ x: Number(x), y: Number(y), width: Number(width) },
  }));
}

describe('the picture of a plan', () => {
  it('is well-formed, within its frame, and no build covers another', () => {
    for (const plan of SAMPLE_PLANS) {
      const picture = pictureOf(plan);
      expect(openElements(picture)).toEqual([]);
      const bars = barsOf(picture);
      expect(bars).toHaveLength(tasksByStart(plan.targets).filter(isWide(plan)).length);
      for (const { x, width } of bars) {
        expect(x).toBeGreaterThanOrEqual(LEFT);
        expect(x + width).toBeLessThanOrEqual(LEFT + PLOT);
      }
      const lanes = groupBy(bars, ({ y }) => String(y));
      for (const lane of lanes.values())
        for (const [index, { x }] of lane.entries()) {
          const before = lane[index - 1];
          expect(x).toBeGreaterThanOrEqual((before?.x ?? 0) + (before?.width ?? 0));
        }
    }
  });

  it('draws each build as long as it takes, in its mode, with a name only where that fits', () => {
    let labels = 0;
    for (const plan of SAMPLE_PLANS) {
      const bars = new Map(barsOf(pictureOf(plan)).map((bar) => [bar.title.split(': at ')[0], bar]));
      for (const task of tasksByStart(plan.targets).filter(isWide(plan))) {
        const bar = bars.get(task.id);
        expect(bar?.mode).toBe(task.mode);
        expect(bar?.x).toBeCloseTo(LEFT + (task.startMs / plan.makespanMs) * PLOT, 0);
        expect((bar?.width ?? 0) + 0.7).toBeCloseTo((task.durationMs / plan.makespanMs) * PLOT, 0);
        if (bar?.label === undefined) continue;
        labels++;
        expect(textWidth(bar.label, 10.5)).toBeLessThan(bar.width);
      }
    }
    expect(labels).toBeGreaterThan(100);
  });

  it('frames the builds of the critical chain', () => {
    for (const plan of SAMPLE_PLANS) {
      const path = /<path d="([^"]*)" class="gantt-critical"/.exec(pictureOf(plan))?.[1] ?? '';
      expect(path.match(/z/g) ?? []).toHaveLength(plan.criticalChain.length);
    }
  });

  it('says how long the plan takes and what binds, for who does not see it, too', () => {
    const [plan] = SAMPLE_PLANS;
    if (plan === undefined) throw new Error('there is no plan');
    const picture = pictureOf(plan);
    expect(picture).toMatch(/<title id="gantt-title">\d+ builds? on 3 builders in [\dhms ]+<\/title>/);
    expect(picture).toMatch(/<desc id="gantt-desc">no plan is shorter than .*; what binds: .*<\/desc>/);
    expect(picture).toContain('@media (prefers-color-scheme:dark)');
    expect(picture).not.toMatch(/href|https?:(?!\/\/www\.w3\.org\/2000\/svg")/);
  });

  it('holds any text as text', () => {
    const picture = pictureOf(PAYLOAD_PLAN);
    expect(openElements(picture)).toEqual([]);
    expect(picture).not.toMatch(/<script|<image|<foreignObject/);
  });

  it('of nothing is a picture', () => {
    expect(openElements(pictureOf(emptyPlan([])))).toEqual([]);
    expect(pictureOf(emptyPlan([], []))).toContain('nothing to build');
  });

  it('of 34,000 builds takes less than 1 MB and still tells every gap of a pixel from work', () => {
    const plan = largePlan(34_000, 2, 32);
    const picture = pictureOf(plan);
    expect(openElements(picture)).toEqual([]);
    expect(picture.length).toBeLessThan(1_000_000);
    expect(barsOf(picture).length).toBeLessThanOrEqual(2000);
    const covered = [...picture.matchAll(/M[\d.]+ [\d.]+h([\d.]+)v[\d.]+h-[\d.]+z/g)];
    expect(covered.length).toBeGreaterThan(5000);
  });

  it('shows busy slots where there are too many for lanes', () => {
    const picture = pictureOf(largePlan(3000, 30, 16));
    expect(picture).toContain('busy slots');
    expect(barsOf(picture)).toEqual([]);
    const height = Number(/height="([\d.]+)" role/.exec(picture)?.[1]);
    expect(height).toBeLessThan(3500);
  });
});

describe('curvePath', () => {
  it('steps up and down at the pixels of its changes, and is cut off at its limit', () => {
    const layout = layOut([], PLOT * 1000); // a second a pixel
    const usage = [
      { atMs: 0, ramDiskBytes: 0, busySlots: 0 },
      { atMs: 10_000, ramDiskBytes: 50, busySlots: 1 },
      { atMs: 20_500, ramDiskBytes: 200, busySlots: 1 },
      { atMs: 20_900, ramDiskBytes: 10, busySlots: 1 },
      { atMs: 40_000, ramDiskBytes: 0, busySlots: 0 },
    ];
    const curve = {
      top: 0,
      height: 100,
      limit: 100,
      value: (step: { ramDiskBytes: number }) => step.ramDiskBytes,
    };
    expect(curvePath(usage, curve, layout)).toBe(
      `M${LEFT} 100H${LEFT}V100H${LEFT + 10}V50H${LEFT + 20}V0H${LEFT + 21}V90H${LEFT + 40}V100H${LEFT + PLOT}V100z`,
    );
    expect(LEFT + PLOT).toBeLessThan(WIDTH);
  });
});

describe('timeTicks', () => {
  it('are round, and no more than asked for', () => {
    expect(timeTicks(10_755_000, 12).map(formatMark)).toEqual([
      '0',
      '15m',
      '30m',
      '45m',
      '1h',
      '1h 15m',
      '1h 30m',
      '1h 45m',
      '2h',
      '2h 15m',
      '2h 30m',
      '2h 45m',
    ]);
    expect(
      timeTicks(30 * 86_400_000, 12)
        .map(formatMark)
        .slice(0, 3),
    ).toEqual(['0', '4d', '8d']);
    for (const endMs of [1, 999, 60_000, 3_600_000, 86_400_000, 1e12])
      expect(timeTicks(endMs, 12).length).toBeLessThanOrEqual(13);
  });
});

describe('fitText', () => {
  it('cuts what is too long, and leaves out what would say nothing', () => {
    const wide = textWidth('kubernetes', 10);
    expect(fitText('kubernetes', wide, 10)).toBe('kubernetes');
    expect(fitText('kubernetes', wide - 1, 10)).toBe('kubernet…');
    expect(fitText('kubernetes', 20, 10)).toBe('');
  });
});
