import { int32At } from '../base/cells.ts';
import { at } from '../base/column.ts';
import { compareText } from '../base/compare.ts';
import { buildCsr, distinctRows, EdgeList, type Csr } from '../base/csr.ts';
import type { Report } from '../base/diagnostic.ts';
import type { BinaryPackage, SourcePackage } from '../debian/package.ts';
import type { Target } from '../debian/target.ts';
import { ArchiveIndex } from './archive-index.ts';
import { Assumptions } from './assumptions.ts';
import { ClauseStore } from './clause-store.ts';
import type { Context } from './context.ts';
import { ContextPackages } from './context-packages.ts';
import { findConflicts } from './find-conflicts.ts';
import { rankLayers } from './layers.ts';
import { NodeStore } from './node-store.ts';
import { NumberRows } from './number-rows.ts';
import { Producers } from './producers.ts';
import { buildConflictFields, buildFields, type Universe, type UniverseOptions } from './universe.ts';
import type { Unit } from './unit.ts';

/**
 * Numbers all binaries and relations that building the units can involve.
 * @param sources every source of the inputs, also those that are not to be built: their binaries' names are known
 * @param index of these sources and binaries, for who makes several universes of them
 * Cost: linear in the relations reached; what `index` knows already is looked up.
 */
export function buildUniverse(
  units: readonly Unit[],
  sources: readonly SourcePackage[],
  binaries: readonly BinaryPackage[],
  options: UniverseOptions,
  report: Report,
  index = new ArchiveIndex([...sources, ...units.map(({ source }) => source)], binaries),
): Universe {
  const { reading } = options;
  const { contexts, unitContext } = contextsOf(units, options.indexedArchitectures);
  const packages = packagesOf(units, contexts, options, index, report);
  const nodes = new NodeStore(packages, contexts);
  const assumptions = new Assumptions(sources, binaries, options.indexedArchitectures);
  const clauses = new ClauseStore(nodes, contexts, assumptions, index, options);

  const roots = unitClauses(units, unitContext, clauses, index);
  const implicitEdges = new EdgeList();
  for (const context of contexts)
    for (const clause of implicitClauses(clauses, context, index, options))
      implicitEdges.push(context.index, clause);
  const nodeEdges = clauses.expandNodes(units);
  assumptions.reportAll(report);
  const ranks = nodes.ranks();
  return {
    reading,
    units,
    contexts,
    unitContext,
    packages,
    nodes: nodes.finish(units, ranks),
    clauses: clauses.finish(ranks),
    unitClauses: roots.unitClauses,
    unitClauseGroup: roots.unitClauseGroup,
    nodeClauses: buildCsr(nodes.count, fromRanks(nodeEdges, ranks)),
    implicitClauses: buildCsr(contexts.length, implicitEdges),
    nodeConflicts: findConflicts(nodes, clauses.reached(), ranks, contexts, units, reading, index.groups),
    unitConflicts: unitConflicts(units, unitContext, clauses, ranks, index),
  };
}

/** What each context can install. */
function packagesOf(
  units: readonly Unit[],
  contexts: readonly Context[],
  options: UniverseOptions,
  index: ArchiveIndex,
  report: Report,
): ContextPackages {
  const layers = units.map((unit) => unit.source.layer).filter((layer) => layer !== undefined);
  const layerRank = rankLayers(layers, options.layers, report);
  const counts = (unit: Unit): boolean => unit.stage === '' && options.counts(unit);
  const producers = new Producers(units, counts, index);
  const packages = new ContextPackages(contexts, producers, index, options.indexedArchitectures, layerRank);
  packages.reportContested(report);
  return packages;
}

function contextsOf(
  units: readonly Unit[],
  indexedArchitectures: readonly string[],
): {
  readonly contexts: readonly Context[];
  readonly unitContext: Int32Array;
} {
  const found: { readonly target: Target; readonly source: SourcePackage; readonly key: string }[] = [];
  const keys = units.map(({ target, source }) => {
    // there are few, and comparing is faster than making a key
    const known = found.find(
      (own) =>
        own.target.arch === target.arch &&
        own.target.buildArch === target.buildArch &&
        own.source.layer === source.layer &&
        own.source.buildType === source.buildType,
    );
    if (known !== undefined) return known.key;
    const { arch, buildArch = arch } = target;
    const key = `${arch}\0${buildArch}\0${source.layer ?? ''}\0${source.buildType ?? ''}`;
    found.push({ target, source, key });
    return key;
  });
  const sorted = [...new Set(keys)].sort(compareText);
  const index = new Map(sorted.map((key, place) => [key, place]));
  const contexts = sorted.map((key, place): Context => {
    const [arch = '', buildArch = '', layer, buildType] = key.split('\0');
    return {
      index: place,
      arch,
      buildArch,
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

function unitClauses(
  units: readonly Unit[],
  unitContext: Int32Array,
  clauses: ClauseStore,
  { groups }: ArchiveIndex,
): Pick<Universe, 'unitClauses' | 'unitClauseGroup'> {
  const rows = new NumberRows();
  const groupPlaces = new NumberRows();
  const found: number[] = [];
  const { fields } = groups;
  for (const unit of units) {
    const { id, target } = unit;
    const context = int32At(unitContext, id);
    let place = 0;
    for (const field of buildFields(unit)) {
      const number = groups.fieldOf(field);
      for (let cell = fields.from(number); cell < fields.to(number); cell++) {
        found.length = 0;
        clauses.ofBuildGroup(context, fields.at(cell), target.profiles, found);
        for (let index = 0; index < found.length; index++) {
          rows.push(at(found, index));
          groupPlaces.push(place);
        }
        place++;
      }
    }
    rows.endRow();
  }
  return { unitClauses: rows.toCsr(), unitClauseGroup: groupPlaces.toCsr().target };
}

function unitConflicts(
  units: readonly Unit[],
  unitContext: Int32Array,
  clauses: ClauseStore,
  ranks: Int32Array,
  { groups }: ArchiveIndex,
): Csr {
  const edges = new EdgeList();
  for (const unit of units) {
    const context = int32At(unitContext, unit.id);
    for (const field of buildConflictFields(unit)) {
      const number = groups.fieldOf(field);
      for (let cell = groups.fields.from(number); cell < groups.fields.to(number); cell++)
        for (const node of clauses.keptOut(context, groups.fields.at(cell), unit.target.profiles))
          edges.push(unit.id, int32At(ranks, node));
    }
  }
  return distinctRows(buildCsr(units.length, edges));
}

/** What every build chroot holds: build-essential, that of cross builds, and each Essential package. */
function implicitClauses(
  clauses: ClauseStore,
  { index: context, arch, buildArch, isIndexed }: Context,
  index: ArchiveIndex,
  { implicit, needsBuildEssential, reading }: UniverseOptions,
): readonly number[] {
  const found: number[] = [];
  if (implicit.includes('build-essential')) {
    const isWanted = needsBuildEssential && isIndexed;
    const names = ['build-essential', ...(arch === buildArch ? [] : [`crossbuild-essential-${arch}`])];
    for (const name of names)
      if (isWanted || index.versions(buildArch, index.numberOf(name)).length > 0)
        found.push(clauses.ofTool(context, name));
  }
  if (implicit.includes('essential')) {
    const others = reading === 'dose' ? index.essentialOn(arch) : [];
    const names = new Set([...index.essentialOn(buildArch), ...others]);
    for (const name of [...names].sort(compareText)) found.push(clauses.ofEssential(context, name));
  }
  return found;
}

/** Edges from nodes, with the final numbers of these. */
function fromRanks(edges: EdgeList, ranks: Int32Array): EdgeList {
  const from = edges.from();
  for (let edge = 0; edge < from.length; edge++) from[edge] = int32At(ranks, int32At(from, edge));
  return edges;
}
