import { groupBy } from '../../base/group-by.ts';
import { isFirstBuildUse } from '../../cycles/break.ts';
import type {
  CyclesBreak,
  CyclesChange,
  CyclesComponent,
  CyclesEdge,
  CyclesRelation,
} from '../../cycles/document/cycles-document.ts';
import { RISKS, STRATEGIES } from '../../cycles/strategies.ts';
import { count } from '../summary/lines.ts';
import { textTable } from '../text-table.ts';
import { withoutArchitectures, withoutRestrictions, type Speaker } from './speaker.ts';

/** How many units of a component are shown with what is done, how many other ways of each, and how many names in a list. */
const SHOWN = { units: 12, alternatives: 3, names: 4, changes: 8 } as const;

/** What is done about a component: what each unit does otherwise and what that costs, then what else could be done. */
export function breakLines(component: CyclesComponent, speaker: Speaker): readonly string[] {
  const opening = component.breaks.filter(({ strategy }) => strategy !== 'none');
  const byUnit = groupBy(opening, ({ strategy, unit, profile }) => [strategy, unit, profile].join(' '));
  const groups = [...byUnit.values()];
  const more = groups.length - SHOWN.units;
  const shown = more > 1 ? groups.slice(0, SHOWN.units) : groups;
  const paragraphs = shown.map((group) => groupLines(group, speaker));
  const heads = paragraphs.map(({ cost, risk }) => [cost, risk]);
  const prices = textTable([['cost', 'risk'], ...heads], [true, false]);
  const width = Math.max(...prices.map(({ length }) => length));
  const lines = paragraphs.flatMap(({ lines: [first = '', ...others] }, index) => [
    `    ${(prices[index + 1] ?? '').padEnd(width)}  ${first}`,
    ...others.map((line) => `    ${' '.repeat(width)}    ${line}`),
  ]);
  return [
    ...(opening.length === 0
      ? []
      : [`  opened by ${describeCost(component, opening)}`, `    ${prices[0] ?? ''}`]),
    ...lines,
    ...(more > 1 ? [`    … and ${count(more, 'more build')} (--json)`] : []),
    ...(component.breaks.length === 0 ? [`  ${NOT_NEEDED}`] : []),
    ...(component.cost === null ? wayOutLines(component, speaker) : []),
  ];
}

const NOT_NEEDED = 'nothing is done: without what is left out for other reasons there is no cycle';

function describeCost(component: CyclesComponent, opening: readonly CyclesBreak[]): string {
  const { cost, lowerBound, isOptimal } = component;
  const number = count(opening.length, 'break');
  if (cost === null) return number;
  const proof = isOptimal
    ? ', and no way costs less'
    : lowerBound > 0
      ? `; every way costs ${formatCost(lowerBound)} or more`
      : '';
  return `${number} at a cost of ${formatCost(cost)}${proof}`;
}

interface Paragraph {
  readonly cost: string;
  readonly risk: string;
  readonly lines: readonly string[];
}

/** Breaks of one unit by one strategy: as a rule several relations that existing binaries meet. */
function groupLines(group: readonly [CyclesBreak, ...CyclesBreak[]], speaker: Speaker): Paragraph {
  const merged = merge(group);
  return {
    cost: merged.cost === null ? '' : formatCost(merged.cost),
    risk: merged.risk,
    lines: [
      `${speaker.style.bold(speaker.name(merged.unit))} ${describeChange(merged, speaker)}`,
      ...detailLines(merged, speaker),
      ...alternativeLines(group, speaker),
    ],
  };
}

/** What could be done instead of single breaks of a unit, the cheapest first, each with what it stands for. */
function alternativeLines(group: readonly CyclesBreak[], speaker: Speaker): readonly string[] {
  const offers = group.flatMap(({ alternatives, relations }) =>
    alternatives.map((other) => ({ other, relations, text: offerText(other, speaker) })),
  );
  const lines = [...groupBy(offers, ({ text }) => text).values()]
    .sort(([{ other: a }], [{ other: b }]) => (a.cost ?? Infinity) - (b.cost ?? Infinity))
    .map((same) => {
      const [{ text }] = same;
      const instead = same.flatMap(({ relations }) =>
        relations.map((own) => withoutRestrictions(own.relation)),
      );
      return group.length === 1 ? `or: ${text}` : `or, instead for ${listOf(instead)}: ${text}`;
    });
  const rest = lines.length - SHOWN.alternatives;
  return rest > 1 ? [...lines.slice(0, SHOWN.alternatives), `or ${String(rest)} other ways (--json)`] : lines;
}

function offerText(other: CyclesChange, speaker: Speaker): string {
  const { cost, risk, unit, relations } = other;
  const concerned = relations.length === 0 ? '' : ` (${listOf(wordsOf(relations))})`;
  const price = cost === null ? '' : `cost ${formatCost(cost)}, `;
  return `${speaker.name(unit)} ${describeChange(other, speaker)}${concerned}; ${price}risk ${risk}`;
}

/** The changes of one unit as one. */
function merge(group: readonly [CyclesChange, ...CyclesChange[]]): CyclesChange {
  const [first, ...others] = group;
  if (others.length === 0) return first;
  const riskiest = group.reduce((worst, own) =>
    RISKS.indexOf(own.risk) > RISKS.indexOf(worst.risk) ? own : worst,
  );
  const once = <T>(entries: readonly T[], keyOf: (entry: T) => string): readonly T[] =>
    [...groupBy(entries, keyOf).values()].map(([entry]) => entry);
  return {
    ...first,
    cost: group.reduce((sum, { cost }) => sum + (cost ?? 0), 0),
    risk: riskiest.risk,
    relations: once(
      group.flatMap((own) => own.relations),
      ({ field, relation }) => `${field} ${relation}`,
    ),
    edges: once(
      group.flatMap((own) => own.edges),
      ({ to }) => to,
    ),
    servedBy: once(
      group.flatMap((own) => own.servedBy),
      ({ binary }) => binary,
    ),
    stale: once(
      group.flatMap((own) => own.stale),
      ({ binary }) => binary,
    ),
  };
}

/** What a unit does otherwise, in few words. */
function describeChange({ strategy, profile, edges }: CyclesChange, { name }: Speaker): string {
  if (strategy === 'none') return 'stays closed';
  return STRATEGIES[strategy].does(listOf(edges.map(({ to }) => name(to))), profile);
}

/** With what, and which relations are concerned. */
function detailLines(change: CyclesChange, { place, style }: Speaker): readonly string[] {
  const { strategy, relations, servedBy, stale } = change;
  const newer = new Map(stale.map(({ binary, plannedVersion }) => [binary, plannedVersion]));
  // what is older than planned first: that is what people must know
  const binaries = [...servedBy].sort((a, b) => Number(newer.has(b.binary)) - Number(newer.has(a.binary)));
  const taken = binaries.map(({ binary, version }) => {
    const planned = newer.get(binary);
    const text = version === undefined ? binary : `${binary} ${version}`;
    return planned === undefined ? text : style.yellow(`${text} (the plan builds ${planned})`);
  });
  const isMet = strategy === 'existing-binary' || isFirstBuildUse(change);
  // what a profile drops is told with the restriction that says so
  const words = isMet ? relations.map(({ relation }) => withoutRestrictions(relation)) : wordsOf(relations);
  const where = place(relations[0]?.location);
  return [
    ...(taken.length === 0 ? [] : [`it takes what exists: ${listOf(taken)}`]),
    ...(words.length === 0 ? [] : [`${isMet ? 'for' : 'without'} ${listOf(words)}${where}`]),
  ];
}

function wordsOf(relations: readonly CyclesRelation[]): readonly string[] {
  return relations.map(({ relation }) => withoutArchitectures(relation));
}

/** What somebody would have to change where nothing opens the hard cycles. */
function wayOutLines({ cycles, breaks }: CyclesComponent, speaker: Speaker): readonly string[] {
  const closed = new Set(breaks.filter(({ strategy }) => strategy === 'none').map(({ unit }) => unit));
  const hard = cycles.filter(({ isHard }) => isHard);
  const stuck = hard.filter(({ edges }) => closed.size === 0 || edges.some(({ from }) => closed.has(from)));
  const edges = new Map(
    (stuck.length > 0 ? stuck : hard).flatMap((cycle) =>
      cycle.edges.map((edge) => [`${edge.from} ${edge.to}`, edge] as const),
    ),
  );
  const changes = [...edges.values()].flatMap((edge) => changeLines(edge, speaker));
  const rest = changes.length - SHOWN.changes;
  const binaries = new Set([...edges.values()].map(({ chain }) => chain.at(-1)?.binary ?? ''));
  return [
    `  ${speaker.style.red('no way out')}: each hard cycle needs one of these changes`,
    `    bring a binary: a Packages index that has ${listOf([...binaries].sort(), 'or')}`,
    ...changes.slice(0, SHOWN.changes),
    ...(rest > 0 ? [`    … and ${count(rest, 'more')} (--json)`] : []),
  ];
}

/** What would remove one hard edge, if it has no other reasons. */
function changeLines(edge: CyclesEdge, { name, place }: Speaker): readonly string[] {
  const { from, to, field, relation, location, chain, remedies, reasonCount } = edge;
  const words = withoutArchitectures(relation);
  const profiles = remedies.flatMap((remedy) => (remedy.kind === 'profile' ? [remedy.profile] : []));
  const also =
    reasonCount > 1
      ? `; ${count(reasonCount - 1, 'other relation')} of it ${reasonCount === 2 ? 'leads' : 'lead'} to ${name(to)} too`
      : '';
  const how =
    profiles.length > 0
      ? `build ${name(from)} with the profile ${listOf(profiles, 'or')}: it drops ${words}`
      : field === 'Essential'
        ? `make ${words} exist: every build needs it`
        : `let ${name(from)} build without ${words}: mark it <!stage1> or <!nocheck>, or drop it`;
  const last = chain.at(-1);
  const asker = chain.at(-2);
  return [
    `    ${how}${also}${place(location)}`,
    ...(last === undefined || asker === undefined
      ? []
      : [`    let ${asker.binary} do without ${withoutArchitectures(last.relation)}${place(last.location)}`]),
  ];
}

function listOf(texts: readonly string[], last = 'and'): string {
  const more = texts.length - SHOWN.names;
  const shown = more > 1 ? [...texts.slice(0, SHOWN.names), `${String(more)} more`] : texts;
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} ${last} ${shown.at(-1) ?? ''}`;
}

function formatCost(cost: number): string {
  return String(Math.round(cost * 100) / 100);
}
