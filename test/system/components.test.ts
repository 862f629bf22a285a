import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildUniverse } from '../../src/archive/build-universe.ts';
import { chooseSources } from '../../src/archive/choose-sources.ts';
import { makeUnits } from '../../src/archive/unit.ts';
import type { Report } from '../../src/base/diagnostic.ts';
import { findKnots } from '../../src/cycles/find-cycles.ts';
import type { UnitGraph } from '../../src/graph/unit-graph.ts';
import { graphOf } from '../../src/graph/universe-graph.ts';
import type { Inputs } from '../../src/io/inputs.ts';
import { readInputs } from '../../src/io/read-inputs.ts';
import { resolveAnalyseOptions, type RawOptions } from '../../src/options/analyse-options.ts';

/** The largest strongly connected components of bookworm's source graph; point releases shift them slightly. */
const rules: readonly (readonly [rule: string, raw: RawOptions, amd64: number, arm64: number])[] = [
  ['direct build dependencies only', { deps: 'direct' }, 4849, 4816],
  ['and what these pull in', {}, 5236, 5203],
  ['and what every chroot holds', { implicit: ['essential', 'build-essential'] }, 5248, 5214],
  ['without -Indep, arch:all taken as existing', { kind: 'any' }, 1748, 1722],
  ['with nocheck and nodoc', { profiles: ['nocheck', 'nodoc'] }, 4246, 4242],
];
const NEXT_ONES = [131, 21, 19, 14, 9];
const TOLERANCE = 0.01;

describe.each([
  { arch: 'amd64', column: 2 as const },
  { arch: 'arm64', column: 3 as const },
])('the knots of bookworm on $arch', ({ arch, column }) => {
  it('are as large as known, rule by rule', async () => {
    process.env['APT_CONFIG'] = join(process.env['DEBPLAN_SYSTEM_DIR'] ?? '', 'bookworm', 'apt.conf');
    const request = { paths: [], packages: [], apt: true, architectures: [arch], suite: undefined };
    const inputs = await readInputs(request);
    const machine = { arch, cpus: 8, memoryBytes: 64 * 1024 ** 3 };
    for (const rule of rules) {
      const options = resolveAnalyseOptions({ arch: [arch], ...rule[1] }, machine);
      const graph = graphOfInputs(inputs, options);
      const isKept = new Uint8Array(graph.edgeFlags.length).fill(1);
      const [largest = 0, ...others] = findKnots(graph, isKept)
        .map((members) => members.length)
        .sort((a, b) => b - a);
      expect(Math.abs(largest / rule[column] - 1), rule[0]).toBeLessThan(TOLERANCE);
      if (rule[0] === 'and what these pull in' && arch === 'amd64')
        expect(others.slice(0, NEXT_ONES.length)).toEqual(NEXT_ONES);
    }
  });
});

/** The graph alone: opening its cycles would take minutes. */
function graphOfInputs(inputs: Inputs, options: ReturnType<typeof resolveAnalyseOptions>): UnitGraph {
  const silent: Report = () => undefined;
  const { indexedArchitectures, binaries } = inputs;
  const sources = chooseSources(inputs.sources, [], silent);
  const { units } = makeUnits(sources, options, silent);
  const rules = { ...options, indexedArchitectures, counts: () => true, needsBuildEssential: false };
  const universe = buildUniverse(units, sources, binaries, rules, silent);
  return graphOf(universe, options);
}
