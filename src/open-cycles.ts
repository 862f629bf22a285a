import { findStandIn } from './archive/unit.ts';
import type { Universe } from './archive/universe.ts';
import { mergeVariants, NO_VARIANTS, type Variants } from './archive/variants.ts';
import { at } from './base/column.ts';
import { isFirstBuild, isFirstBuildUse, type Break, type Opened } from './cycles/break.ts';
import { candidateVariants } from './cycles/candidates.ts';
import { describeBreaks } from './cycles/describe-breaks.ts';
import { findHardCycles, findKnots, honouredEdges } from './cycles/find-cycles.ts';
import { poseBreaks, type BreakRules } from './cycles/pose-breaks.ts';
import { openSelfNeeds, openSelfNeedsElsewhere } from './cycles/self-needs.ts';
import { sidestepCycles } from './cycles/sidestep.ts';
import { findStuck, solveBreaks } from './cycles/solve-breaks.ts';
import type { EdgeOptions, UnitGraph } from './graph/unit-graph.ts';
import { graphOf } from './graph/universe-graph.ts';

export interface OpenOptions extends EdgeOptions {
  readonly architectures: readonly string[];
  readonly breakRules: BreakRules;
}

/** Builds done otherwise that open cycles, and the breaks that say why. */
export interface Opening extends Opened {
  readonly variants: Variants;
}

/**
 * Looks for builds done otherwise that open cycles of hard edges: build profiles, first builds, halves apart; cross builds
 * only where nothing else helps. All candidates are built into one universe; the cheapest set that opens it is kept.
 * @param stuck members of hard cycles
 * @param current what is done otherwise in `base` already
 * @param build a universe of the same sources
 */
export function openHardCycles(
  base: Universe,
  stuck: readonly number[],
  current: Variants,
  build: (variants: Variants) => Universe,
  options: OpenOptions,
): readonly Opening[] {
  const plain = graphOf(base, options);
  const alone = openSelfNeeds(plain, options.breakRules.costs);
  const self: Opening = { variants: variantsOf(base, alone), breaks: alone, universe: base };
  const known = mergeVariants(current, self.variants);
  const knots = concernedKnots(plain, stuck);
  const attempt = (crossFrom: readonly string[]): Attempt => {
    const candidates = candidateVariants(base, stuck, crossFrom);
    return tryCandidates(build(mergeVariants(candidates, known)), knots, options);
  };
  const native = attempt([]);
  const isCrossPossible = native.left.size > 0 && options.architectures.length > 1;
  const crossed = isCrossPossible ? attempt(options.architectures) : native;
  const best = crossed.left.size < native.left.size ? crossed : native;
  return [self, best.opening].filter(({ breaks }) => breaks.length > 0);
}

/** The components that hold some of the units, and those of these that need but themselves; as plain keys. */
function concernedKnots(graph: UnitGraph, stuck: readonly number[]): readonly ReadonlySet<string>[] {
  const { units } = graph.universe;
  const isStuck = new Set(stuck);
  const knots = findKnots(graph, honouredEdges(graph)).filter((members) =>
    members.some((unit) => isStuck.has(unit)),
  );
  const inKnot = new Set(knots.flatMap((members) => [...members]));
  const alone = stuck.filter((unit) => !inKnot.has(unit)).map((unit) => [unit]);
  return [...knots, ...alone].map(
    (members) => new Set(Array.from(members, (unit) => at(units, unit).plainKey)),
  );
}

interface Attempt {
  readonly opening: Opening;
  /** Units that stay in cycles all the same. */
  readonly left: ReadonlySet<number>;
}

/** @param knots plain keys of the units of each component that is to be opened */
function tryCandidates(
  universe: Universe,
  knots: readonly ReadonlySet<string>[],
  options: OpenOptions,
): Attempt {
  const left = new Set<number>();
  const graph = withoutHopeless(universe, knots, options, left);
  const { costs } = options.breakRules;
  const all = knots
    .flatMap((knot) => {
      const posed = poseBreaks(graph, membersOf(graph, knot), options.breakRules);
      const isKept = new Uint8Array(graph.needs.target.length);
      const found = describeBreaks(graph, posed, solveBreaks(posed.problem), isKept);
      return [...found, ...openSelfNeedsElsewhere(graph, knot, costs)];
    })
    .filter((own) => own.strategy !== 'existing-binary' && !isFirstBuildUse(own));
  const breaks = withoutOffers(universe, all);
  return { opening: { variants: variantsOf(universe, breaks), breaks, universe }, left };
}

/** The breaks but for profiles of first builds that no break asks for: those are merely offered. */
function withoutOffers({ units }: Universe, breaks: readonly Break[]): readonly Break[] {
  const made = new Set(
    breaks
      .filter((own) => isFirstBuild(own) || own.strategy === 'cross-build')
      .map(({ unit }) => at(units, unit).plainKey),
  );
  return breaks.filter(({ strategy, unit }) => {
    const { stage, plainKey } = at(units, unit);
    return strategy !== 'profile' || stage === '' || made.has(plainKey);
  });
}

/** The units that are built of a component, their stages and halves among them; ascending. */
function membersOf({ universe, installability }: UnitGraph, knot: ReadonlySet<string>): Int32Array {
  return Int32Array.from(
    universe.units
      .filter(({ id, plainKey }) => installability.unitBuilt[id] === 1 && knot.has(plainKey))
      .map(({ id }) => id),
  );
}

/** The graph without the units that stay in cycles whatever is given up: these are added to `left`. */
function withoutHopeless(
  universe: Universe,
  knots: readonly ReadonlySet<string>[],
  options: OpenOptions,
  left: Set<number>,
): UnitGraph {
  const skipped = new Int32Array(universe.clauses.alternatives.length);
  for (;;) {
    const leftOut = Uint8Array.from(universe.units, ({ id }) => Number(left.has(id)));
    const graph = graphOf(universe, options, { leftOut, skipped });
    const hard = findHardCycles(graph);
    if (hard.length > 0 && sidestepCycles(graph, hard, skipped)) continue;
    const before = left.size;
    graph.needsItself.forEach((needs, unit) => {
      if (needs === 1) left.add(unit);
    });
    for (const knot of knots) {
      const members = membersOf(graph, knot);
      for (const component of findStuck(poseBreaks(graph, members, options.breakRules).problem))
        for (const node of component) if (node < members.length) left.add(at(members, node));
    }
    if (left.size === before) return graph;
  }
}

/**
 * What has to be built otherwise for these breaks. A profile of a first build counts only where that is made, by some break
 * or already: one that is merely offered and opens nothing is not built.
 * @param made the first builds that `universe` has for good
 */
export function variantsOf(
  universe: Universe,
  breaks: readonly Break[],
  made: Variants['staged'] = new Map(),
): Variants {
  const profiles = new Map<string, readonly string[]>();
  const staged = new Map<string, readonly string[]>();
  const apart = new Set<string>();
  const cross = new Map<string, string>();
  for (const own of breaks) {
    const { strategy, unit } = own;
    const { plainKey, full } = at(universe.units, unit);
    if (strategy === 'arch-all-apart') apart.add(plainKey);
    else if (isFirstBuild(own)) staged.set(plainKey, [own.profile]);
    else if (strategy === 'cross-build') {
      const buildArch = findStandIn(universe.units, full)?.target.buildArch;
      if (buildArch !== undefined) cross.set(plainKey, buildArch);
    }
  }
  for (const { strategy, unit, profile } of breaks) {
    if (strategy !== 'profile' || profile === undefined) continue;
    const { plainKey, stage } = at(universe.units, unit);
    // a cross build takes the place of the full one
    const isOfFull = stage === '' || (stage === 'cross' && cross.has(plainKey));
    const into = isOfFull ? profiles : staged;
    const known = into.get(plainKey) ?? (isOfFull ? undefined : made.get(plainKey));
    if (isOfFull || known !== undefined) into.set(plainKey, [...new Set([...(known ?? []), profile])]);
  }
  return { ...NO_VARIANTS, profiles, staged, apart, cross };
}
