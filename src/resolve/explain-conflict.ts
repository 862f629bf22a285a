import { keepsOutReal, keepsOutVirtual } from '../archive/match.ts';
import { buildConflictFields, describeNode, type Universe } from '../archive/universe.ts';
import { at } from '../base/column.ts';
import { compareText } from '../base/compare.ts';
import type { Location } from '../base/diagnostic.ts';
import { reduceAlternatives } from '../debian/reduce.ts';
import {
  formatAlternatives,
  type Alternatives,
  type Relation,
  type RelationField,
} from '../debian/relation.ts';
import { locateGroup } from '../parse/relation-field.ts';
import type { LossLink } from './explain-loss.ts';
import { originOf, type Origin } from './origin.ts';
import type { ConflictSide, NodeConflict } from './solver/constraints.ts';

/** Why a unit can't be built although it lacks nothing: what can't be installed together, and what leads to it. */
export interface ConflictLoss {
  /** Two, sorted by the binary that each ends at; one where the source's own Build-Conflicts keep it out. */
  readonly sides: readonly ConflictWay[];
  readonly forbidden: Forbidden;
}

/** From a build dependency to one side of a conflict, the last of `chain`. */
export interface ConflictWay extends Origin {
  readonly chain: readonly LossLink[];
}

/** What keeps the sides apart. */
export interface Forbidden {
  /** `versions`: two of one name; `architectures`: of one name, for two architectures without `Multi-Arch: same`. */
  readonly kind: 'relation' | 'versions' | 'architectures';
  /** Who has the relation: a binary with its version, or the source. */
  readonly by?: string;
  /** `Conflicts`, `Breaks`, `Build-Conflicts`, … */
  readonly field?: string;
  readonly relation?: string;
  readonly location?: Location;
}

/** A conflict in words. O(relations of the sides) */
export function explainConflict(universe: Universe, unit: number, conflict: NodeConflict): ConflictLoss {
  const [first, second] = conflict.sides;
  const sides = second === undefined ? [first] : [first, second];
  return {
    sides: sides
      .map((side) => describeSide(universe, unit, side))
      .sort((a, b) => compareText(a.chain.at(-1)?.binary ?? '', b.chain.at(-1)?.binary ?? '')),
    forbidden:
      second === undefined
        ? forbiddenByUnit(universe, unit, first.node)
        : forbiddenBetween(universe, first.node, second.node),
  };
}

/** What can't be, as one line: `libfoo-dev 2 and libbar-dev 1 can't be installed together`. */
export function formatConflict({ sides, forbidden }: ConflictLoss): string {
  const names = sides.map(({ chain, relation }) => chain.at(-1)?.binary ?? relation);
  if (names.length > 1) return `${names.join(' and ')} can't be installed together`;
  const relation = forbidden.relation === undefined ? '' : `: ${forbidden.relation}`;
  return `${names.join('')} is kept out by ${forbidden.field ?? 'Build-Conflicts'}${relation}`;
}

function describeSide(universe: Universe, unit: number, { chain }: ConflictSide): ConflictWay {
  const origin = originOf(universe, unit, at(chain, 0).clause);
  const links = chain.map(({ clause, node }, place) => ({
    binary: describeNode(universe, node),
    relation: place === 0 ? origin.relation : formatAlternatives(at(universe.clauses.alternatives, clause)),
  }));
  return { ...origin, chain: links };
}

function forbiddenByUnit(universe: Universe, id: number, node: number): Forbidden {
  const unit = at(universe.units, id);
  const restrictions = { arch: unit.target.arch, profiles: new Set(unit.target.profiles) };
  const found = findRelation(buildConflictFields(unit), (group) =>
    (reduceAlternatives(group, restrictions) ?? []).some((relation) => isMeant(universe, relation, node)),
  );
  return { kind: 'relation', by: unit.source.name, field: 'Build-Conflicts', ...found };
}

function forbiddenBetween(universe: Universe, a: number, b: number): Forbidden {
  const { name, arch } = universe.nodes;
  if (name[a] === name[b]) return { kind: arch[a] === arch[b] ? 'versions' : 'architectures' };
  for (const [own, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const found = findRelation(conflictFields(universe, own), (group) =>
      group.some((relation) => isMeant(universe, relation, other)),
    );
    if (found !== undefined) return { kind: 'relation', by: describeNode(universe, own), ...found };
  }
  return { kind: 'relation' };
}

/** A binary's own fields; where one that is yet to be built has none, those of the existing one stand in. */
function conflictFields({ nodes }: Universe, node: number): readonly RelationField[] {
  const record = nodes.record[node];
  const model = nodes.model[node];
  return [record?.conflicts ?? model?.conflicts, record?.breaks ?? model?.breaks].filter(
    (field) => field !== undefined,
  );
}

function findRelation(
  fields: readonly RelationField[],
  fits: (group: Alternatives) => boolean,
): Required<Pick<Forbidden, 'field' | 'relation' | 'location'>> | undefined {
  for (const field of fields) {
    const index = field.groups.findIndex(fits);
    const group = field.groups[index];
    if (group === undefined) continue;
    return { field: field.name, relation: formatAlternatives(group), location: locateGroup(field, index) };
  }
  return undefined;
}

/** By its name, or by a virtual package that it provides. */
function isMeant({ nodes, contexts, reading }: Universe, relation: Relation, node: number): boolean {
  const reader = { context: at(contexts, at(nodes.context, node)), reading };
  const offer = {
    version: nodes.version[node],
    arch: at(nodes.arch, node),
    multiArch: at(nodes.multiArch, node),
  };
  if (nodes.name[node] === relation.package && keepsOutReal(relation, offer, reader)) return true;
  const provides = [nodes.record[node], nodes.model[node]].flatMap(
    (record) => record?.provides?.groups ?? [],
  );
  return provides.flat().some(({ package: name, version, archQualifier }) => {
    const provided = { version: version?.version, archQualifier };
    return name === relation.package && keepsOutVirtual(relation, provided, offer, reader);
  });
}
