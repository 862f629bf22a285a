import type { Analysis, AnalyseOptions } from './analysis.ts';
import { isStandIn, mergeVariants, NO_VARIANTS, type Variants } from './archive/variants.ts';
import { int32At, uint8At } from './base/cells.ts';
import { at } from './base/column.ts';
import { edgesFrom, edgesTo } from './base/csr.ts';
import type { Report } from './base/diagnostic.ts';
import { isFirstBuildUse } from './cycles/break.ts';
import { ExistingFinder } from './cycles/existing-binaries.ts';
import { STANDS_IN } from './graph/unit-graph.ts';
import { openHardCycles, variantsOf, type Opening } from './open-cycles.ts';
import { settleUncut, withCut, type SettleOptions } from './settle.ts';

type Round = Omit<Analysis, 'openings' | 'plain'>;
type UncutRound = Omit<Round, 'cut'>;

/** A universe of the run's sources, built in these ways. */
export type Build = (variants: Variants, report: Report) => Pick<Analysis, 'universe' | 'notForArch'>;

/**
 * Settles what is built in which graph; where cycles leave something out, or are cheaper opened so, some units are built
 * otherwise, and all is settled anew: first what opens hard cycles, then build profiles, at last what is built again.
 */
export function settleInRounds(build: Build, options: AnalyseOptions, report: Report): Analysis {
  const openings: Opening[] = [];
  const settleWith = (variants: Variants, mayUseProfiles: boolean, tell = silent): UncutRound => {
    const built = build(variants, tell);
    const settled = settleUncut(built.universe, settleOptions(options, mayUseProfiles), []);
    return { ...built, ...settled, variants };
  };
  const cut = (round: UncutRound, mayUseProfiles: boolean, last?: Round): Round =>
    withCut(round, settleOptions(options, mayUseProfiles), last?.cut);
  const follow = (round: UncutRound, found: readonly Opening[], mayUseProfiles: boolean): UncutRound => {
    if (found.length === 0) return round;
    openings.push(...found);
    const all = found.reduce((sum, { variants }) => mergeVariants(sum, variants), round.variants);
    return settleWith(all, mayUseProfiles);
  };
  const plain = settleWith(NO_VARIANTS, true, report);
  const stuck = plain.hardCycles.flatMap(({ members }) => members);
  const buildSilently = (variants: Variants): Analysis['universe'] => build(variants, silent).universe;
  const { breakRules, ...others } = settleOptions(options, true);
  const rules = { ...options, ...others, breakRules: { ...breakRules, mayMerge: true } };
  const ways =
    stuck.length === 0 ? [] : openHardCycles(plain.universe, stuck, NO_VARIANTS, buildSilently, rules);
  const opened = cut(follow(plain, ways, true), true);
  const profiles = profileOpenings(opened);
  const profiled = profiles.length === 0 ? opened : cut(follow(opened, profiles, false), false, opened);
  const staged = usedStages(profiled);
  const isAllUsed = staged.size === profiled.variants.staged.size;
  const used = isAllUsed
    ? profiled
    : cut(settleWith({ ...profiled.variants, staged }, false), false, profiled);
  const again = rebuilt(used, options);
  const last =
    again.size === 0 ? used : cut(settleWith({ ...used.variants, rebuilt: again }, false), false, used);
  return { ...last, openings: openings.map(withoutStages), plain };
}

const silent: Report = () => undefined;

/** @param mayUseProfiles whether build profiles may be set for single units */
export function settleOptions(options: AnalyseOptions, mayUseProfiles: boolean): SettleOptions {
  const { breakCosts: costs, reluctance } = options;
  const breakRules = {
    costs,
    mayUseProfiles,
    mayMerge: false,
    ...(reluctance === undefined ? {} : { reluctance }),
  };
  return { ...options, breakRules };
}

/** First builds inside components are breaks of the last round too: only what frees a unit from itself is not. */
function withoutStages(opening: Opening): Opening {
  const breaks = opening.breaks.filter(
    ({ strategy, unit, needs }) => strategy !== 'staged-build' || needs.includes(unit),
  );
  return { ...opening, breaks };
}

/** The build profiles that open cycles more cheaply than existing binaries do. */
function profileOpenings({ cut, universe, variants }: Round): readonly Opening[] {
  const breaks = cut.components
    .flatMap((component) => component.breaks)
    .filter(({ strategy }) => strategy === 'profile');
  if (breaks.length === 0) return [];
  return [{ variants: variantsOf(universe, breaks, variants.staged), breaks, universe }];
}

/** The first builds that somebody takes before the full ones are done; others would only come in between. */
function usedStages({ planned, cut, universe, variants }: Round): Variants['staged'] {
  if (variants.staged.size === 0) return variants.staged;
  const used = new Set<string>();
  const { units } = universe;
  const stands = Uint8Array.from(units, ({ stage }) => Number(isStandIn(stage)));
  const { needs, edgeFlags } = planned;
  for (const { id, plainKey } of units) {
    for (let edge = edgesFrom(needs, id); edge < edgesTo(needs, id); edge++) {
      const need = int32At(needs.target, edge);
      if ((uint8At(edgeFlags, edge) & STANDS_IN) !== 0 && cut.isKept[edge] === 0)
        used.add(at(units, need).plainKey);
      else if (stands[need] === 1 && at(units, need).full === id) used.add(plainKey);
    }
  }
  return new Map([...variants.staged].filter(([key]) => used.has(key)));
}

/** The units to be built once more at the end, by plain key. */
function rebuilt(round: Round, { rebuildAfterStage, rebuildStale }: AnalyseOptions): ReadonlySet<string> {
  const { units } = round.universe;
  const breaks = round.cut.components.flatMap((component) => component.breaks);
  const finder = new ExistingFinder(round.planned);
  const found = breaks.filter(
    (own) =>
      (rebuildAfterStage && isFirstBuildUse(own)) || (rebuildStale && finder.findStale(own).length > 0),
  );
  return new Set(
    found
      .map(({ unit }) => at(units, unit))
      .filter(({ stage }) => !isStandIn(stage))
      .map(({ plainKey }) => plainKey),
  );
}
