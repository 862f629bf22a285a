import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analyse.ts';
import { buildUnitGraph } from '../../src/graph/build-unit-graph.ts';
import { chooseNodes } from '../../src/resolve/choose-nodes.ts';
import { computeInstallability } from '../../src/resolve/installability.ts';
import { SlowArchive } from '../support/slow-archive.ts';
import { smallUniverse, textsOf, type SmallUniverse, type UniverseShape } from '../support/small-universe.ts';
import { builtKeys, edgeLines, readTexts } from '../support/texts.ts';

const BOTH = ['amd64', 'arm64'];
const SHAPES: readonly (readonly [string, UniverseShape])[] = [
  ['with an index for each architecture', { hasLayers: false, indexed: BOTH }],
  ['with layers and build types', { hasLayers: true, indexed: BOTH }],
  ['with an index for amd64 alone', { hasLayers: false, indexed: ['amd64'] }],
];

/** The twin's edges as `edgeLines` writes them. */
function slowLines(archive: SlowArchive): readonly string[] {
  const lines: string[] = [];
  for (const [unit, needs] of [...archive.edges(new Set())].sort()) {
    for (const [need, edge] of [...needs].sort()) {
      if (need === unit) {
        if (edge.isHard) lines.push(`${unit} → ${unit} hard`);
        continue;
      }
      const words = [
        edge.isHard ? 'hard' : 'soft',
        edge.isDirect ? 'direct' : '',
        edge.isLater ? 'later' : '',
      ];
      lines.push(`${unit} → ${need} ${words.filter((word) => word !== '').join(' ')}`);
    }
  }
  return lines;
}

describe.each(SHAPES)('the graph of a random universe %s', (_, shape) => {
  it('has the units and edges of the slow twin, hard where no existing binary serves', () => {
    const counts = { edges: 0, lost: 0, hard: 0 };
    fc.assert(
      fc.property(smallUniverse(shape), (universe: SmallUniverse) => {
        const archive = readTexts(textsOf(universe));
        expect(archive.diagnostics).toEqual([]);
        const { universe: numbered } = analyse(archive, universe.options, () => undefined);
        const { units } = numbered;
        const installability = computeInstallability(numbered, new Uint8Array(units.length));
        const firsts = new Int32Array(numbered.clauses.alternatives.length);
        const chosen = chooseNodes(numbered, installability, firsts);
        const graph = buildUnitGraph(numbered, installability, chosen, universe.options);
        const twin = new SlowArchive(archive, units, universe.options);
        const { units: lost } = twin.losses(new Set());
        expect(builtKeys(graph)).toEqual(units.map(({ key }) => key).filter((key) => !lost.has(key)));
        const lines = [...edgeLines(graph)].sort();
        expect(lines).toEqual([...slowLines(twin)].sort());
        counts.edges += lines.length;
        counts.lost += lost.size;
        counts.hard += lines.filter((line) => line.includes('hard')).length;
      }),
      { seed: 1, numRuns: 500 },
    );
    // Universes that show nothing would pass too.
    expect(Math.min(counts.edges, counts.lost, counts.hard)).toBeGreaterThan(300);
  });
});
