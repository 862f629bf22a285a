import { describe, expect, it } from 'vitest';
import { findCycles } from '../../src/cycles-report.ts';
import { cyclesSchema } from '../../src/cycles/cycles-schema.ts';
import { hasStarlingX, planStarlingX } from '../starlingx-plan/starlingx.ts';
import { optionsOf } from '../support/texts.ts';

describe.skipIf(!hasStarlingX)("the cycles of StarlingX's suites", () => {
  it.each([
    ['trixie', [9, 8, 6, 2]],
    ['bullseye', [11, 8]],
  ])('of %s are opened by existing binaries, as cheaply as can be', async (suite, sizes) => {
    const { analysis } = await planStarlingX(suite, 'index');
    const { components } = cyclesSchema.parse(findCycles(analysis, optionsOf(), [], {}));
    expect(components.map(({ units }) => units.length)).toEqual(sizes);
    for (const { isHard, isOptimal, breaks, leftOut, cycles } of components) {
      expect({ isHard, isOptimal, isExact: leftOut.isExact }).toEqual({
        isHard: false,
        isOptimal: true,
        isExact: true,
      });
      expect(new Set(breaks.map(({ strategy }) => strategy))).toEqual(new Set(['existing-binary']));
      for (const { servedBy, relations, edges } of breaks) {
        expect(servedBy.length).toBeGreaterThan(0);
        expect(relations.every(({ location }) => location?.file === `${suite}.Sources`)).toBe(true);
        expect(edges.length).toBeGreaterThan(0);
      }
      expect(cycles.flatMap(({ edges }) => edges).every(({ location }) => location !== undefined)).toBe(true);
    }
  });
});
