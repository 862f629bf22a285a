import type { Analysis, AnalyseOptions } from './analysis.ts';
import { ArchiveIndex } from './archive/archive-index.ts';
import { buildUniverse } from './archive/build-universe.ts';
import { chooseSources, selectSources } from './archive/choose-sources.ts';
import { refuseStrangeLayers } from './archive/layers.ts';
import { makeUnits } from './archive/unit.ts';
import type { UniverseOptions } from './archive/universe.ts';
import type { Variants } from './archive/variants.ts';
import { at } from './base/column.ts';
import { row, rowCount, transpose } from './base/csr.ts';
import type { Report } from './base/diagnostic.ts';
import type { BinaryPackage, SourcePackage } from './debian/package.ts';
import type { UnitGraph } from './graph/unit-graph.ts';
import { graphOf } from './graph/universe-graph.ts';
import { settleInRounds } from './settle-in-rounds.ts';

/** What the graph stages read: packages, and for which architectures there is an index of what exists. */
export interface Archive {
  readonly sources: readonly SourcePackage[];
  readonly binaries: readonly BinaryPackage[];
  readonly indexedArchitectures: readonly string[];
}

/** From packages to a graph without cycles. */
export function analyse(archive: Archive, options: AnalyseOptions, report: Report): Analysis {
  refuseStrangeLayers(options.layers, archive.sources);
  const chosen = chooseSources(archive.sources, options.select, report);
  const sources = sourcesToPlan(archive, chosen, options);
  const index = new ArchiveIndex(chosen, archive.binaries); // one for the universes of all rounds
  const build = (variants: Variants, tell: Report): Pick<Analysis, 'universe' | 'notForArch'> => {
    const { units, notForArch } = makeUnits(sources, options, tell, variants);
    const rules = universeOptions(archive, options);
    const universe = buildUniverse(units, chosen, archive.binaries, rules, tell, index);
    return { universe, notForArch };
  };
  return settleInRounds(build, options, report);
}

function sourcesToPlan(
  archive: Archive,
  chosen: readonly SourcePackage[],
  options: AnalyseOptions,
): readonly SourcePackage[] {
  if (options.select.length === 0) return chosen;
  const selected = selectSources(chosen, options.select);
  const needsNeighbours = options.buildDepsDepth > 0 || options.dependentsDepth > 0;
  return needsNeighbours ? withNeighbours(archive, chosen, selected, options) : selected;
}

function universeOptions(archive: Archive, options: AnalyseOptions): UniverseOptions {
  return {
    ...options,
    indexedArchitectures: archive.indexedArchitectures,
    counts: () => true,
    // an index that some layer is built on need not hold all of a distribution
    needsBuildEssential: false,
  };
}

/** The selected sources and those within reach of them in the graph of all sources. */
function withNeighbours(
  archive: Archive,
  chosen: readonly SourcePackage[],
  selected: readonly SourcePackage[],
  options: AnalyseOptions,
): readonly SourcePackage[] {
  const silent: Report = () => undefined;
  const { units } = makeUnits(chosen, options, silent);
  const universe = buildUniverse(units, chosen, archive.binaries, universeOptions(archive, options), silent);
  const { needs } = graphOf(universe, options);
  const roots = new Set(selected);
  const start = units.filter((unit) => roots.has(unit.source)).map((unit) => unit.id);
  const reached = [
    ...reach(needs, start, options.buildDepsDepth),
    ...reach(transpose(needs, units.length), start, options.dependentsDepth),
  ];
  const kept = new Set([...selected, ...reached.map((unit) => at(units, unit).source)]);
  return chosen.filter((source) => kept.has(source));
}

/** Nodes within so many steps of the start, by breadth-first search. */
function reach(graph: UnitGraph['needs'], start: readonly number[], steps: number): readonly number[] {
  const seen = new Uint8Array(rowCount(graph));
  for (const node of start) seen[node] = 1;
  const found: number[] = [...start];
  let front: readonly number[] = start;
  for (let step = 0; step < steps && front.length > 0; step++) {
    const next: number[] = [];
    for (const node of front) {
      for (const target of row(graph, node)) {
        if (seen[target] === 1) continue;
        seen[target] = 1;
        next.push(target);
      }
    }
    found.push(...next);
    front = next;
  }
  return found;
}
