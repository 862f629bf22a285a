import { describe, expect, it } from 'vitest';
import { heldBack } from '../../src/estimate/hold-back.ts';
import { fitEffects, type EffectData } from '../../src/estimate/fit-effects.ts';

/** Observations as [group, effects, value]. */
function data(
  rows: readonly (readonly [number, readonly number[], number])[],
  effectSigma: readonly number[],
): EffectData {
  const groups = 1 + Math.max(-1, ...rows.map(([group]) => group));
  return {
    group: Int32Array.from(rows, ([group]) => group),
    effects: Int32Array.from(rows.flatMap(([, [a = -1, b = -1, c = -1]]) => [a, b, c])),
    value: Float64Array.from(rows, ([, , value]) => value),
    variance: new Float64Array(rows.length).fill(0.01),
    groupSigma: new Float64Array(groups).fill(0.5),
    effectSigma: Float64Array.from(effectSigma),
  };
}

describe('fitEffects', () => {
  it('finds nothing in nothing', () => {
    expect([...fitEffects(data([], [1, 2]))]).toEqual([0, 0]);
  });
  it('shrinks one observation by its variances: effect, group, noise', () => {
    const [effect] = fitEffects(data([[0, [0], 0.6]], [2]));
    expect(effect).toBeCloseTo((0.6 * 4) / (4 + 0.25 + 0.01), 9);
  });
  it('tells builders apart by sources that both built, however different the sources are', () => {
    const rows = [-1, 0, 2].flatMap((source, group) => [
      [group, [0, 1], source] as const,
      [group, [0, 2], source + 0.7] as const,
    ]);
    const [, one = 0, other = 0] = fitEffects(data(rows, [1.5, 1, 1]));
    expect(other - one).toBeGreaterThan(0.66);
    expect(other - one).toBeLessThan(0.7);
  });
  it('solves the equations of mixed models', () => {
    // two groups, two effects: by hand, from (X' V^-1 X + D^-1) b = X' V^-1 y with V = 0.01 + 0.25 within a group
    const [first = 0, second = 0] = fitEffects(
      data(
        [
          [0, [0], 0.3],
          [0, [0, 1], 0.4],
          [1, [0], -0.1],
        ],
        [1, 1],
      ),
    );
    const [a, b] = [0.26 / (0.26 ** 2 - 0.25 ** 2), -0.25 / (0.26 ** 2 - 0.25 ** 2)];
    const c = 1 / 0.26;
    const [xx, xy, yy] = [2 * a + 2 * b + c + 1, a + b, a + 1];
    const [u, v] = [(a + b) * 0.7 - c * 0.1, b * 0.3 + a * 0.4];
    const det = xx * yy - xy * xy;
    expect(first).toBeCloseTo((u * yy - v * xy) / det, 9);
    expect(second).toBeCloseTo((v * xx - u * xy) / det, 9);
  });
  it('lets one wild source among many hardly move the scale', () => {
    const tame = Array.from({ length: 20 }, (_, group) => [group, [0], 0.5] as const);
    const [plain = 0] = fitEffects(data(tame, [1.5]));
    const [moved = 0] = fitEffects(data([...tame, [20, [0], 9]], [1.5]));
    expect(moved - plain).toBeLessThan(0.1);
  });
});

describe('heldBack', () => {
  it('lets one absurd source alone set the scale no further than is likely, and two agreeing ones', () => {
    const scaleOf = (...values: readonly number[]): number => {
      const rows = values.map((value, group) => [group, [0], value] as const);
      return fitEffects(heldBack(data(rows, [1.5])))[0] ?? 0;
    };
    expect(scaleOf(12)).toBeLessThan(4.6);
    expect(scaleOf(-12)).toBeGreaterThan(-4.6);
    expect(scaleOf(2.9)).toBeGreaterThan(2.5);
    expect(scaleOf(12, 12)).toBeGreaterThan(10);
  });
  it('keeps what lies within a group, and changes nothing that is likely', () => {
    const far = heldBack(
      data(
        [
          [0, [0], 12],
          [0, [0], 12.5],
        ],
        [1.5],
      ),
    ).value;
    expect((far[1] ?? 0) - (far[0] ?? 0)).toBeCloseTo(0.5, 12);
    const near = data(
      [
        [0, [0], 1],
        [1, [0], -2],
      ],
      [1.5],
    );
    expect(heldBack(near).value).toEqual(near.value);
  });
});
