import type { Unit } from '../../archive/unit.ts';
import { at } from '../../base/column.ts';
import { compareText } from '../../base/compare.ts';
import { buildCsr, EdgeList } from '../../base/csr.ts';
import { DIRECT, HARD } from '../../graph/unit-graph.ts';
import type { Walkable } from '../../graph/universe-graph.ts';
import { InstallSetWalker } from '../../resolve/install-set-walker.ts';
import type { CyclePlatform } from './platform.ts';

/** Harm of building against the existing binary: a direct build dependency matters more than one run-time steps away. */
const DIRECT_HARM = 4;
const INDIRECT_HARM = 1;

/**
 * The platforms of a suite, one for each architecture, layer and build type: StarlingX's build hands its sources over in
 * such lists, and never asks about waits between two of them. Take a universe of `reading: 'starlingx'` for what
 * StarlingX's build will do with a file, in which each architecture builds `Architecture: all` itself.
 * @param suite what to call it in labels; may be empty
 * @returns sorted by architecture, layer and build type. O(units × install set)
 */
export function makeCyclePlatforms(graph: Walkable, suite: string): readonly CyclePlatform[] {
  const { units } = graph.universe;
  const architectures = [...new Set(units.map(({ target }) => target.arch))].sort(compareText);
  const needsOf = collectNeeds(graph);
  return architectures.flatMap((arch) => {
    const parts = new Map<string, Map<string, Unit[]>>();
    for (const unit of units) {
      const key = partOf(unit);
      const names = parts.get(key) ?? new Map<string, Unit[]>();
      parts.set(key, names);
      const known = names.get(unit.source.name) ?? [];
      if (unit.target.arch === arch) names.set(unit.source.name, [...known, unit]);
    }
    return [...parts]
      .filter(([, names]) => names.size > 0)
      .sort(([a], [b]) => compareText(a, b))
      .map(([part, names]) =>
        makePlatform(graph, needsOf, [suite, part, arch].filter((word) => word !== '').join(' '), names),
      );
  });
}

function partOf({ source }: Unit): string {
  return [source.layer, source.buildType].filter((word) => word !== undefined).join('/');
}

/** `HARD`, `DIRECT` by the unit that is needed; one map a unit. Itself is among its needs where it needs its own. */
type Needs = readonly ReadonlyMap<number, number>[];

/** As in the unit graph, but with self-needs, and with units that can't be built: StarlingX's build does not ask. */
function collectNeeds(graph: Walkable): Needs {
  const { universe } = graph;
  const walker = new InstallSetWalker(universe, graph.installability, graph.chosen);
  return universe.units.map((unit) => {
    const needs = new Map<number, number>();
    const add = (count: number, strength: number): void => {
      for (const clause of walker.clauses.subarray(0, count)) {
        const isDirect = walker.parent[clause] === -1;
        const node = at(walker.chosen, clause);
        const need = node < 0 ? -1 : at(universe.nodes.producer, node);
        if (need >= 0) needs.set(need, (needs.get(need) ?? 0) | strength | (isDirect ? DIRECT : 0));
      }
    };
    add(walker.walkUnit(unit.id, true), HARD);
    add(walker.walkUnit(unit.id), 0);
    return needs;
  });
}

function makePlatform(
  graph: Walkable,
  needsOf: Needs,
  label: string,
  members: ReadonlyMap<string, readonly Unit[]>,
): CyclePlatform {
  const names = [...members.keys()].sort(compareText);
  const place = new Map(names.map((name, index) => [name, index]));
  const { units } = graph.universe;
  const edges = new EdgeList();
  const flags: number[] = [];
  names.forEach((name, from) => {
    const found = new Map<number, number>();
    for (const unit of members.get(name) ?? []) {
      for (const [need, flag] of at(needsOf, unit.id)) {
        const other = at(units, need);
        const to = partOf(other) === partOf(unit) ? place.get(other.source.name) : undefined;
        if (to !== undefined) found.set(to, (found.get(to) ?? 0) | flag);
      }
    }
    for (const [to, flag] of [...found].sort(([a], [b]) => a - b)) {
      edges.push(from, to);
      flags.push(flag);
    }
  });
  return {
    label,
    names,
    needs: buildCsr(names.length, edges),
    isHard: Uint8Array.from(flags, (flag) => flag & HARD),
    harm: Float64Array.from(flags, (flag) => ((flag & DIRECT) === 0 ? INDIRECT_HARM : DIRECT_HARM)),
    isKnown: Uint8Array.from(names, (name) => Number(members.get(name)?.some(isTold) === true)),
    explain: explainer(graph, names, members),
  };
}

function isTold({ source }: Unit): boolean {
  return source.knowsBinaries;
}

/** The chains of a platform; those of one source are found at once, when the first of them is asked for. */
function explainer(
  graph: Walkable,
  names: readonly string[],
  members: ReadonlyMap<string, readonly Unit[]>,
): CyclePlatform['explain'] {
  const told = new Map<number, ReadonlyMap<string, string>>();
  return (from, to) => {
    const known = told.get(from) ?? explainNeeds(graph, members.get(at(names, from)) ?? []);
    told.set(from, known);
    return known.get(at(names, to));
  };
}

/** `a(s) -b> libb-dev -r> libb1(b)`, by `b`: the shortest chain of run-time relations behind a build dependency. */
function explainNeeds(graph: Walkable, from: readonly Unit[]): ReadonlyMap<string, string> {
  const { universe } = graph;
  const walker = new InstallSetWalker(universe, graph.installability, graph.chosen);
  const chains = new Map<string, string>();
  for (const unit of from) {
    const count = walker.walkUnit(unit.id);
    for (const last of walker.clauses.subarray(0, count)) {
      const node = at(walker.chosen, last);
      const producer = node < 0 ? -1 : at(universe.nodes.producer, node);
      if (producer < 0) continue;
      const other = at(universe.units, producer);
      if (chains.has(other.source.name) || partOf(other) !== partOf(unit)) continue;
      const chain: string[] = [];
      for (let clause = last; clause !== -1; clause = at(walker.parent, clause))
        chain.unshift(at(universe.nodes.name, at(walker.chosen, clause)));
      const text = `${unit.source.name}(s) -b> ${chain.join(' -r> ')}(${other.source.name})`;
      chains.set(other.source.name, text);
    }
  }
  return chains;
}
