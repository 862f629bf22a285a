import { at } from '../base/column.ts';
import { compareText } from '../base/compare.ts';
import { buildCsr, EdgeList } from '../base/csr.ts';
import type { Report } from '../base/diagnostic.ts';
import type { BinaryPackage, SourcePackage } from '../debian/package.ts';
import type { Alternatives } from '../debian/relation.ts';
import { Assumptions } from './assumptions.ts';
import { ClauseStore } from './clause-store.ts';
import { rankLayers } from './layers.ts';
import { NodeStore } from './node-store.ts';
import { existingFor, populate, type Existing } from './populate.ts';
import { buildFields, type Context, type Universe, type UniverseOptions } from './universe.ts';
import type { Unit } from './unit.ts';

/**
 * Numbers all binaries and relations that building the units can involve.
 * @param sources every source of the inputs, also those that are not to be built: their binaries' names are known
 * Cost: linear in the relations reached.
 */
export function buildUniverse(
  units: readonly Unit[],
  sources: readonly SourcePackage[],
  binaries: readonly BinaryPackage[],
  options: UniverseOptions,
  report: Report,
): Universe {
  const { contexts, unitContext } = contextsOf(units, options.indexedArchitectures);
  const layers = units.map((unit) => unit.source.layer).filter((layer) => layer !== undefined);
  const existing = new Map<string, Existing>();
  for (const { arch } of contexts) {
    if (!existing.has(arch)) existing.set(arch, existingFor(arch, binaries));
  }
  const nodes = new NodeStore();
  const layerRank = rankLayers(layers, options.layers, report);
  populate(nodes, contexts, units, existing, options.indexedArchitectures, layerRank, report);
  const assumptions = new Assumptions(sources, binaries, options.indexedArchitectures);
  const clauses = new ClauseStore(nodes, contexts, assumptions, options);

  const unitEdges = new EdgeList();
  const unitClauseGroup: number[] = [];
  for (const unit of units) {
    const context = at(unitContext, unit.id);
    const groups = buildFields(unit).flatMap((field) => field.groups);
    groups.forEach((group, place) => {
      for (const clause of clauses.ofBuildGroup(context, group, unit.target.profiles)) {
        unitEdges.push(unit.id, clause);
        unitClauseGroup.push(place);
      }
    });
  }
  const implicitEdges = new EdgeList();
  contexts.forEach((context, index) => {
    for (const group of implicitGroups(existing.get(context.arch) ?? new Map())) {
      for (const clause of clauses.ofBuildGroup(index, group, [])) implicitEdges.push(index, clause);
    }
  });
  const nodeEdges = clauses.expandNodes(units);
  assumptions.reportAll(report);
  return {
    units,
    contexts,
    unitContext,
    nodes: nodes.finish(),
    clauses: clauses.finish(),
    unitClauses: buildCsr(units.length, unitEdges),
    unitClauseGroup: Int32Array.from(unitClauseGroup),
    nodeClauses: buildCsr(nodes.count, nodeEdges),
    implicitClauses: buildCsr(contexts.length, implicitEdges),
  };
}

function contextsOf(
  units: readonly Unit[],
  indexedArchitectures: readonly string[],
): {
  readonly contexts: readonly Context[];
  readonly unitContext: Int32Array;
} {
  const keys = units.map(({ target, source }) =>
    [target.arch, source.layer ?? '', source.buildType ?? ''].join('\0'),
  );
  const sorted = [...new Set(keys)].sort(compareText);
  const index = new Map(sorted.map((key, place) => [key, place]));
  const contexts = sorted.map((key): Context => {
    const [arch = '', layer, buildType] = key.split('\0');
    return {
      arch,
      layer: layer === '' ? undefined : layer,
      buildType: buildType === '' ? undefined : buildType,
      isIndexed: indexedArchitectures.includes(arch),
    };
  });
  return {
    contexts,
    unitContext: Int32Array.from(keys, (key) => index.get(key) ?? 0),
  };
}

/** build-essential, if the index knows it, and each Essential package: what every build chroot holds. */
function implicitGroups(existing: Existing): readonly Alternatives[] {
  const names: string[] = existing.has('build-essential') ? ['build-essential'] : [];
  for (const [name, versions] of existing) if (versions.some((binary) => binary.essential)) names.push(name);
  return [...new Set(names)].sort(compareText).map((name) => [
    {
      package: name,
      archQualifier: undefined,
      version: undefined,
      architectures: [],
      profiles: [],
    },
  ]);
}
