import { at } from '../base/column.ts';
import { compareText } from '../base/compare.ts';
import { buildCsr, distinctRows, EdgeList, type Csr } from '../base/csr.ts';
import type { Report } from '../base/diagnostic.ts';
import type { BinaryPackage, SourcePackage } from '../debian/package.ts';
import { Assumptions } from './assumptions.ts';
import { ClauseStore } from './clause-store.ts';
import { findConflicts } from './find-conflicts.ts';
import { rankLayers } from './layers.ts';
import { NodeStore } from './node-store.ts';
import { existingFor, populate, type Existing } from './populate.ts';
import {
  buildConflictFields,
  buildFields,
  type Context,
  type Universe,
  type UniverseOptions,
} from './universe.ts';
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
  for (const arch of contexts.flatMap((context) => [context.arch, context.buildArch])) {
    if (!existing.has(arch)) existing.set(arch, existingFor(arch, binaries));
  }
  const nodes = new NodeStore();
  const layerRank = rankLayers(layers, options.layers, report);
  const producing = units.filter((unit) => unit.stage === '' && options.counts(unit));
  populate(nodes, contexts, producing, existing, options.indexedArchitectures, layerRank, report);
  const assumptions = new Assumptions(sources, binaries, options.indexedArchitectures);
  const clauses = new ClauseStore(nodes, contexts, assumptions, options);

  const roots = unitClauses(units, unitContext, clauses);
  const implicitEdges = new EdgeList();
  for (const context of contexts) {
    const native = existing.get(context.buildArch) ?? new Map<string, readonly BinaryPackage[]>();
    const host = existing.get(context.arch) ?? new Map<string, readonly BinaryPackage[]>();
    for (const clause of implicitClauses(clauses, context, { native, host }, options)) {
      implicitEdges.push(context.index, clause);
    }
  }
  const nodeEdges = clauses.expandNodes(units);
  assumptions.reportAll(report);
  return {
    reading: options.reading,
    units,
    contexts,
    unitContext,
    nodes: nodes.finish(units),
    clauses: clauses.finish(),
    unitClauses: roots.unitClauses,
    unitClauseGroup: roots.unitClauseGroup,
    nodeClauses: buildCsr(nodes.count, nodeEdges),
    implicitClauses: buildCsr(contexts.length, implicitEdges),
    nodeConflicts: findConflicts(nodes, clauses.reached(), contexts, units, options.reading),
    unitConflicts: unitConflicts(units, unitContext, clauses),
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
    [target.arch, target.buildArch ?? target.arch, source.layer ?? '', source.buildType ?? ''].join('\0'),
  );
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
): Pick<Universe, 'unitClauses' | 'unitClauseGroup'> {
  const edges = new EdgeList();
  const groupPlaces: number[] = [];
  for (const unit of units) {
    const context = at(unitContext, unit.id);
    const groups = buildFields(unit).flatMap((field) => field.groups);
    groups.forEach((group, place) => {
      for (const clause of clauses.ofBuildGroup(context, group, unit.target.profiles)) {
        edges.push(unit.id, clause);
        groupPlaces.push(place);
      }
    });
  }
  return { unitClauses: buildCsr(units.length, edges), unitClauseGroup: Int32Array.from(groupPlaces) };
}

function unitConflicts(units: readonly Unit[], unitContext: Int32Array, clauses: ClauseStore): Csr {
  const edges = new EdgeList();
  for (const unit of units) {
    const context = at(unitContext, unit.id);
    for (const group of buildConflictFields(unit).flatMap((field) => field.groups)) {
      for (const node of clauses.keptOut(context, group, unit.target.profiles)) edges.push(unit.id, node);
    }
  }
  return distinctRows(buildCsr(units.length, edges));
}

/** What every build chroot holds: build-essential, that of cross builds, and each Essential package. */
function implicitClauses(
  clauses: ClauseStore,
  { index, arch, buildArch, isIndexed }: Context,
  { native, host }: { readonly native: Existing; readonly host: Existing },
  { implicit, needsBuildEssential, reading }: UniverseOptions,
): readonly number[] {
  const found: number[] = [];
  if (implicit.includes('build-essential')) {
    const isWanted = needsBuildEssential && isIndexed;
    const names = ['build-essential', ...(arch === buildArch ? [] : [`crossbuild-essential-${arch}`])];
    for (const name of names) if (isWanted || native.has(name)) found.push(clauses.ofTool(index, name));
  }
  if (implicit.includes('essential')) {
    const names = new Set([...essentialNames(native), ...(reading === 'dose' ? essentialNames(host) : [])]);
    for (const name of [...names].sort(compareText)) found.push(clauses.ofEssential(index, name));
  }
  return found;
}

function essentialNames(existing: Existing): readonly string[] {
  return [...existing.keys()].filter((name) => existing.get(name)?.some(({ essential }) => essential));
}
