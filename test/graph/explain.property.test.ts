import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analyse.ts';
import { at } from '../../src/base/column.ts';
import { edgesFrom, edgesTo } from '../../src/base/csr.ts';
import { Explainer, formatReason } from '../../src/graph/explain.ts';
import { HARD, LATER } from '../../src/graph/unit-graph.ts';
import { followChain, groupsWritten } from '../support/follow-chain.ts';
import { SlowArchive, type SlowPackage } from '../support/slow-archive.ts';
import { smallUniverse, textsOf } from '../support/small-universe.ts';
import { readTexts } from '../support/texts.ts';

const BOTH = ['amd64', 'arm64'];
const universes = fc.oneof(
  smallUniverse({ hasLayers: false, indexed: BOTH }),
  smallUniverse({ hasLayers: true, indexed: BOTH }),
);

function describeIt({ name, version }: SlowPackage): string {
  return version === undefined ? name : `${name} ${version}`;
}

describe('Explainer', () => {
  it('gives each edge a reason of its strength, whose chain leads to a binary of the unit waited for', () => {
    const counts = { hard: 0, soft: 0, later: 0, long: 0, essential: 0 };
    fc.assert(
      fc.property(universes, (small) => {
        const archive = readTexts(textsOf(small));
        const { graph } = analyse(archive, small.options, () => undefined);
        const { units } = graph.universe;
        const twin = new SlowArchive(archive, units, small.options);
        const served = [...twin.served()].map(describeIt);
        const explainer = new Explainer(graph);
        for (const unit of units) {
          const reasons = explainer.explainNeeds(unit.id);
          const edges = Array.from(
            { length: edgesTo(graph.needs, unit.id) - edgesFrom(graph.needs, unit.id) },
            (_, index) => edgesFrom(graph.needs, unit.id) + index,
          ).map((edge) => ({ need: at(graph.needs.target, edge), flags: at(graph.edgeFlags, edge) }));
          if (graph.needsItself[unit.id] === 1) edges.push({ need: unit.id, flags: HARD });
          for (const { need, flags } of edges) {
            const reason = reasons.get(need);
            if (reason === undefined) throw new Error(`no reason: ${unit.key} → ${String(need)}`);
            const isHard = (flags & HARD) !== 0;
            expect(`${unit.key} ${formatReason(reason)} ${reason.strength}`).toBe(
              `${unit.key} ${formatReason(reason)} ${isHard ? 'hard' : 'soft'}`,
            );
            expect(reason.isLater).toBe((flags & LATER) !== 0);
            if (isHard) expect(reason.servedBy).toBeUndefined();
            else if (!reason.isLater) expect(served).toContain(reason.servedBy);

            const isEssential = reason.field === 'Essential';
            const start = isEssential
              ? [[{ package: reason.relation, ...UNRESTRICTED }]]
              : groupsWritten(twin, unit, reason.relation);
            const steps = reason.chain.map(({ binary, relation }, index) => ({
              relation: index === 0 ? undefined : relation,
              fits: ({ name }: SlowPackage) => name === binary,
            }));
            const { packages } = followChain(twin, unit, start, steps);
            expect(packages.map(({ producer }) => producer)).toContain(at(units, need).key);

            counts[isHard ? 'hard' : reason.isLater ? 'later' : 'soft']++;
            counts.long += Number(reason.chain.length > 1);
            counts.essential += Number(isEssential);
          }
        }
      }),
      { seed: 4, numRuns: 500 },
    );
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(20);
  });
});

const UNRESTRICTED = { archQualifier: undefined, version: undefined, architectures: [], profiles: [] };
