import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analyse.ts';
import { buildFields } from '../../src/archive/universe.ts';
import type { Unit } from '../../src/archive/unit.ts';
import { at } from '../../src/base/column.ts';
import { edgesFrom, edgesTo, row } from '../../src/base/csr.ts';
import type { Location } from '../../src/base/diagnostic.ts';
import { formatAlternatives, type Alternatives } from '../../src/debian/relation.ts';
import { Explainer } from '../../src/graph/explain.ts';
import { findWays, type Way } from '../../src/graph/find-ways.ts';
import type { Remedy } from '../../src/graph/remedies.ts';
import { buildUnitGraph } from '../../src/graph/build-unit-graph.ts';
import type { UnitGraph } from '../../src/graph/unit-graph.ts';
import { ReasonTeller, type WhyReason } from '../../src/graph/why-reason.ts';
import { locateGroup } from '../../src/parse/relation-field.ts';
import { chooseNodes } from '../../src/resolve/choose-nodes.ts';
import { computeInstallability } from '../../src/resolve/installability.ts';
import { followChain, groupsWritten } from '../support/follow-chain.ts';
import { SlowArchive, type SlowPackage } from '../support/slow-archive.ts';
import { smallUniverse, textsOf, type SmallUniverse } from '../support/small-universe.ts';
import { readTexts, type Texts } from '../support/texts.ts';

const BOTH = ['amd64', 'arm64'];
const universes = fc.oneof(
  smallUniverse({ hasLayers: false, indexed: BOTH }),
  smallUniverse({ hasLayers: true, indexed: BOTH }),
  smallUniverse({ hasLayers: false, indexed: ['amd64'] }),
);

/** A graph in which every clause takes its first choice, and its twin. */
function graphAndTwin(small: SmallUniverse): { readonly graph: UnitGraph; readonly twin: SlowArchive } {
  const archive = readTexts(textsOf(small));
  const { universe } = analyse(archive, small.options, () => undefined);
  const installability = computeInstallability(universe, new Uint8Array(universe.units.length));
  const firsts = new Int32Array(universe.clauses.alternatives.length);
  const chosen = chooseNodes(universe, installability, firsts);
  const graph = buildUnitGraph(universe, installability, chosen, small.options);
  return { graph, twin: new SlowArchive(archive, universe.units, small.options) };
}

function edgesOf(graph: UnitGraph): readonly (readonly [Unit, Unit])[] {
  const { units } = graph.universe;
  return units.flatMap((unit) =>
    [...row(graph.needs, unit.id), ...(graph.needsItself[unit.id] === 1 ? [unit.id] : [])].map(
      (need) => [unit, at(units, need)] as const,
    ),
  );
}

/** The slow twin of walking: what a package pulls in, level by level. */
class SlowWalk {
  readonly #twin: SlowArchive;
  readonly #lost: ReadonlySet<SlowPackage>;
  readonly #served: ReadonlySet<SlowPackage>;

  constructor(twin: SlowArchive) {
    this.#twin = twin;
    this.#lost = twin.losses(new Set()).packages;
    this.#served = twin.served();
  }

  /** The packages that a group pulls in, with the length of the shortest way to each. */
  reach(unit: Unit, group: Alternatives, isHard: boolean): ReadonlyMap<SlowPackage, number> {
    const found = new Map<SlowPackage, number>();
    let front: readonly Alternatives[] = [group];
    for (let length = 1; front.length > 0; length++) {
      const next: Alternatives[] = [];
      for (const own of front) {
        const candidates = this.#twin.satisfiers(unit, own);
        if (isHard && candidates.some((binary) => this.#served.has(binary))) continue;
        const chosen = candidates.find((binary) => !this.#lost.has(binary));
        if (chosen === undefined || found.has(chosen)) continue;
        found.set(chosen, length);
        if (!(isHard && chosen.isLater)) next.push(...chosen.needs);
      }
      front = next;
    }
    return found;
  }

  /** How a group leads to a unit: `hard 2`; undefined: it doesn't. */
  lead(unit: Unit, group: Alternatives, need: string, isDirect: boolean): string | undefined {
    for (const [isHard, isLater] of [
      [true, false],
      [false, false],
      [false, true],
    ] as const) {
      const lengths = [...this.reach(unit, group, isHard)]
        .filter(
          ([binary, length]) =>
            binary.producer === need && binary.isLater === isLater && !(isDirect && length > 1),
        )
        .map(([, length]) => length);
      if (lengths.length > 0)
        return `${isHard ? 'hard' : isLater ? 'later' : 'soft'} ${String(Math.min(...lengths))}`;
    }
    return undefined;
  }
}

function formatWay({ strength, isLater, clauses }: Way): string {
  return `${isLater ? 'later' : strength} ${String(clauses.length)}`;
}

describe('findWays', () => {
  it('gives every build dependency that leads to the unit, and no other, each with its shortest way', () => {
    const counts = { hard: 0, soft: 0, later: 0, several: 0, long: 0 };
    fc.assert(
      fc.property(universes, (small) => {
        const { graph, twin } = graphAndTwin(small);
        const walk = new SlowWalk(twin);
        for (const unit of graph.universe.units) {
          if (graph.installability.unitBuilt[unit.id] === 0) continue;
          for (const need of graph.universe.units) {
            const ways = findWays(graph, unit.id, need.id).filter(({ place }) => place !== -1);
            const expected = twin
              .needsOf(unit)
              .map((group) => walk.lead(unit, group, need.key, graph.depth === 'direct'))
              .flatMap((lead, place) => (lead === undefined ? [] : [`${String(place)} ${lead}`]));
            const found = ways.map((way) => `${String(way.place)} ${formatWay(way)}`);
            expect([...found].sort()).toEqual([...expected].sort());
            for (const way of ways) counts[way.isLater ? 'later' : way.strength]++;
            counts.several += Number(ways.length > 1);
            counts.long += ways.filter(({ clauses }) => clauses.length > 1).length;
          }
        }
      }),
      { seed: 5, numRuns: 300 },
    );
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(20);
  });

  it('puts first what Explainer takes for the reason', () => {
    fc.assert(
      fc.property(universes, (small) => {
        const { graph } = analyse(readTexts(textsOf(small)), small.options, () => undefined);
        const explainer = new Explainer(graph);
        const teller = new ReasonTeller(graph);
        for (const [unit, need] of edgesOf(graph)) {
          const known = explainer.explainNeeds(unit.id).get(need.id);
          const { reasons } = teller.tell(unit.id, need.id, 1);
          const [{ strength, isLater, chain, servedBy }] = reasons;
          expect({ strength, isLater, length: chain.length, servedBy }).toEqual({
            strength: known?.strength,
            isLater: known?.isLater,
            length: known?.chain.length,
            servedBy: known?.servedBy,
          });
        }
      }),
      { seed: 6, numRuns: 200 },
    );
  });
});

/** The field and stanza that a place lies in, and the group that begins there. */
function readPlace(
  texts: Texts,
  { file, line, column = 1 }: Location,
): Record<'field' | 'package' | 'group', string> {
  const controls = new Map((texts.controls ?? []).map((control) => [control.file, control.text]));
  const [arch = ''] = file.split('.Packages');
  const text =
    controls.get(file) ??
    (file === 'Sources' ? (texts.sources ?? []).join('\n') : (texts.packages?.[arch] ?? []).join('\n'));
  const lines = text.split('\n');
  const own = at(lines, line - 1);
  const head = lines.slice(0, line).findLast((other) => other.startsWith('Package: ')) ?? '';
  return {
    field: own.slice(0, own.indexOf(':')),
    package: head.slice(head.indexOf(' ') + 1),
    group: own.slice(column - 1).split(',')[0] ?? '',
  };
}

/** Every package that a relation's text names, in the order named. */
function namesIn(relation: string): readonly string[] {
  return relation.split(' | ').map((one) => /^[^ :]+/.exec(one)?.[0] ?? '');
}

describe('a reason in full', () => {
  it('has a chain that is real, each relation where it says, and remedies that help', () => {
    const counts = {
      links: 0,
      standIns: 0,
      profile: 0,
      existing: 0,
      alternative: 0,
      nothing: 0,
      preDepends: 0,
    };
    fc.assert(
      fc.property(universes, (small) => {
        const texts = textsOf(small);
        const { graph, twin } = graphAndTwin(small);
        const teller = new ReasonTeller(graph);
        for (const [unit, need] of edgesOf(graph)) {
          const { count, reasons } = teller.tell(unit.id, need.id, Infinity);
          expect(reasons.length).toBe(count);
          for (const reason of reasons) {
            checkChain(twin, unit, need, reason);
            for (const [index, link] of reason.chain.slice(1).entries()) {
              const place = readPlace(texts, link.location ?? { file: '', line: 0 });
              expect(place).toMatchObject({ field: link.field, package: at(reason.chain, index).binary });
              expect(namesIn(place.group)).toEqual(expect.arrayContaining([...namesIn(link.relation)]));
              counts.links++;
              counts.standIns += Number(link.isStandIn);
              counts.preDepends += Number(link.field === 'Pre-Depends');
            }
            for (const remedy of reason.remedies) {
              checkRemedy(small, twin, unit, need, reason, remedy);
              counts[remedy.kind]++;
            }
            counts.nothing += Number(reason.remedies.length === 0);
          }
        }
      }),
      { seed: 7, numRuns: 300 },
    );
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(15);
  });
});

function checkChain(twin: SlowArchive, unit: Unit, need: Unit, reason: WhyReason): void {
  if (reason.field === 'Essential') return;
  const steps = reason.chain.map(({ binary, relation }, index) => ({
    relation: index === 0 ? undefined : relation,
    fits: ({ name }: SlowPackage) => name === binary,
  }));
  const { packages } = followChain(twin, unit, groupsWritten(twin, unit, reason.relation), steps);
  expect(packages.map(({ producer }) => producer)).toContain(need.key);
}

function checkRemedy(
  small: SmallUniverse,
  twin: SlowArchive,
  unit: Unit,
  need: Unit,
  reason: WhyReason,
  remedy: Remedy,
): void {
  if (remedy.kind === 'profile') {
    expect(restOf(small, unit, reason, [])).toContain(reason.relation);
    expect(restOf(small, unit, reason, [remedy.profile])).not.toContain(reason.relation);
    return;
  }
  expect(reason.chain.map(({ relation }) => relation)).toContain(remedy.relation);
  if (reason.field === 'Essential') return;
  const groups = [...twin.needsOf(unit), ...twin.packagesFor(unit).flatMap(({ needs }) => needs)];
  const fitting = groups
    .filter((group) => formatAlternatives(group) === remedy.relation)
    .flatMap((group) => twin.satisfiers(unit, group))
    .filter(({ name, version }) => name === remedy.binary && version === remedy.version);
  if (remedy.kind === 'existing') {
    expect(fitting.some((binary) => twin.served().has(binary))).toBe(true);
    expect(reason.strength).toBe('soft');
    return;
  }
  const walk = new SlowWalk(twin);
  const isFree = (binary: SlowPackage): boolean =>
    binary.producer !== need.key &&
    binary.needs.every((group) =>
      [...walk.reach(unit, group, false).keys()].every(({ producer }) => producer !== need.key),
    );
  expect(fitting.some(isFree)).toBe(true);
  expect(fitting.some((binary) => !twin.losses(new Set()).packages.has(binary))).toBe(true);
}

/** The build dependencies of a unit, as they stand in the reason's field and place, that count with more profiles active. */
function restOf(
  small: SmallUniverse,
  unit: Unit,
  reason: WhyReason,
  profiles: readonly string[],
): readonly string[] {
  const options = { ...small.options, profiles: [...small.options.profiles, ...profiles].sort() };
  const { universe } = analyse(readTexts(textsOf(small)), options, () => undefined);
  const again = universe.units.find(({ key }) => key === unit.key);
  if (again === undefined) throw new Error(`no unit ${unit.key}`);
  const groups = buildFields(again).flatMap((field) =>
    field.groups.map((group, index) => ({ field, group, location: locateGroup(field, index) })),
  );
  const { unitClauses, unitClauseGroup } = universe;
  return [...unitClauseGroup.subarray(edgesFrom(unitClauses, again.id), edgesTo(unitClauses, again.id))]
    .map((place) => at(groups, place))
    .filter(({ field, location }) => {
      return field.name === reason.field && JSON.stringify(location) === JSON.stringify(reason.location);
    })
    .map(({ group }) => formatAlternatives(group));
}
