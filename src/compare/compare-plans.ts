import { at } from '../base/column.ts';
import {
  COMPARISON_SCHEMA,
  type ComparedLink,
  type ComparisonDocument,
  type ComparisonSide,
  type NamedPlan,
  type Pair,
} from './comparison-document.ts';
import { changedUnits, countChanges, isShared } from './changed-units.ts';
import { compareChains } from './compare-chains.ts';
import { compareEdges } from './lone-edges.ts';
import { compareInputs, compareSettings } from './compare-settings.ts';
import { compareLosses } from './compare-losses.ts';
import { compareMetrics } from './metrics.ts';
import { loneUnits } from './lone-reasons.ts';
import { matchUnits } from './match-units.ts';
import { makeSide, type Side, type SideRequest } from './side.ts';

/**
 * Compares two plans. Two plans each of which is for one architecture, and not for the same, are compared as architectures.
 * Turned round, it says the same with left and right exchanged. Pure. O(n log n + edges)
 * @throws UserError for a plan that contradicts itself, as far as that is noticed
 * @example
 * const plan = readPlan(await readFile('plan.json', 'utf8'), 'plan.json');
 * const { isSame } = comparePlans({ name: 'yesterday.json', plan }, { name: 'today.json', plan });
 * isSame; // → true
 */
export function comparePlans(left: NamedPlan, right: NamedPlan): ComparisonDocument {
  const [ours, theirs] = [left.plan.options.architectures, right.plan.options.architectures];
  if (ours.length === 1 && theirs.length === 1 && ours[0] !== theirs[0])
    return compareArchitectures(left, at(ours, 0), at(theirs, 0), right);
  return compareSides([
    makeSide({ ...left, planName: left.label, arch: null, isByArch: false }),
    makeSide({ ...right, planName: right.label, arch: null, isByArch: false }),
  ]);
}

/**
 * Compares two architectures of a plan, or one of a plan with one of another; if they are the same one, only as far as two plans
 * concern it. Names that a plan isn't for make an empty side.
 * @throws UserError for a plan that contradicts itself
 * @example
 * const plan = readPlan(await readFile('plan.json', 'utf8'), 'plan.json');
 * const { sides } = compareArchitectures({ name: 'plan.json', plan }, 'amd64', 'arm64');
 * sides.map(({ arch }) => arch); // → ['amd64', 'arm64']
 */
export function compareArchitectures(
  left: NamedPlan,
  leftArch: string,
  rightArch: string,
  right: NamedPlan = left,
): ComparisonDocument {
  const isOnePlan = left.plan === right.plan;
  const isByArch = isOnePlan || leftArch !== rightArch;
  const requestOf = ({ label, plan }: NamedPlan, arch: string): SideRequest => {
    return { label: isOnePlan ? arch : `${label} ${arch}`, planName: label, plan, arch, isByArch };
  };
  const ours = makeSide(requestOf(left, leftArch));
  const theirs = requestOf(right, rightArch);
  return compareSides([ours, isOnePlan ? makeSide(theirs, ours.byId) : makeSide(theirs)]);
}

function compareSides(sides: Pair<Side>): ComparisonDocument {
  const [left, right] = sides;
  const matching = matchUnits(left, right);
  const { pairs } = matching;
  const chains = compareChains(sides);
  const metrics = compareMetrics([
    { side: left, criticalChain: chains[0] },
    { side: right, criticalChain: chains[1] },
  ]);
  const lone = loneUnits(sides, matching);
  const changed = changedUnits(pairs, left.isByArch);
  const { edges, breaks } = compareEdges(sides, matching);
  const leftOut = compareLosses(sides);
  const isSame =
    [lone, changed, edges, breaks, leftOut].every((list) => list.length === 0) &&
    metrics.every(({ difference }) => difference === 0) &&
    chains.flat().every(({ isCommon }) => isCommon);
  return {
    schema: COMPARISON_SCHEMA,
    kind: left.isByArch ? 'architectures' : 'plans',
    isSame,
    sides: [describeSide(left, chains[0]), describeSide(right, chains[1])],
    metrics,
    settings: compareSettings(left.plan, right.plan),
    inputs: compareInputs(left.plan, right.plan),
    counts: {
      units: [left.tasks.length, right.tasks.length],
      both: pairs.length,
      shared: left.isByArch ? pairs.filter(isShared).length : 0,
      lone: [lone.filter(({ side }) => side === 0).length, lone.filter(({ side }) => side === 1).length],
      changed: changed.length,
      changes: countChanges(changed),
      edges: [edges.filter(({ side }) => side === 0).length, edges.filter(({ side }) => side === 1).length],
      breaks: breaks.length,
      chainCommon: chains[0].filter(({ isCommon }) => isCommon).length,
    },
    lone,
    changed,
    edges,
    breaks,
    leftOut,
    conditions: [],
  };
}

function describeSide(
  { label, planName, plan, arch, builders, lowerBoundName }: Side,
  criticalChain: readonly ComparedLink[],
): ComparisonSide {
  return {
    hasRun: plan.ran !== undefined,
    label,
    plan: planName,
    arch,
    builders,
    lowerBoundName,
    criticalChain,
  };
}
