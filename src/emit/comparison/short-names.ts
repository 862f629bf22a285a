import type { ComparisonDocument } from '../../compare/comparison-document.ts';

/** A unit of a comparison as it is called in a text for people. */
export type UnitNamer = (unit: string) => string;

/**
 * Units by no more of their names than it takes to tell them apart: without layer and build type, and without the architecture
 * where all have the same. O(all names)
 */
export function shortNames(document: ComparisonDocument): UnitNamer {
  const units = unitsOf(document);
  const places = new Set([...units].map(placeOf));
  const hasPlaces = document.kind === 'plans';
  const isOnePlace = hasPlaces && places.size === 1;
  const shortest = (unit: string): number => (hasPlaces || placeOf(unit) === 'all' ? 2 : 1);
  const users = new Map<string, number>();
  for (const unit of units)
    for (const end of endsOf(unit, shortest(unit))) users.set(end, (users.get(end) ?? 0) + 1);
  return (unit) => {
    const name = endsOf(unit, shortest(unit)).find((end) => users.get(end) === 1) ?? unit;
    return cutMiddle(isOnePlace ? withoutPlace(name) : name, LONGEST);
  };
}

function unitsOf({ sides, lone, changed, edges, breaks, leftOut }: ComparisonDocument): ReadonlySet<string> {
  return new Set([
    ...sides.flatMap(({ criticalChain }) => criticalChain.map(({ unit }) => unit)),
    ...[...lone, ...changed, ...leftOut].map(({ unit }) => unit),
    ...[...edges, ...breaks].flatMap(({ unit, needs }) => [unit, needs]),
  ]);
}

/** `arm64` of `base/std/hello/arm64+stage1`. */
function placeOf(unit: string): string {
  return unit.slice(unit.lastIndexOf('/') + 1).replace(/\+.*$/, '');
}

function withoutPlace(name: string): string {
  return name.replace(/\/[^/+]*(?=(?:\+[^/]*)?$)/, '');
}

/** The last parts of a name, from the shortest on. */
function endsOf(unit: string, shortest: number): readonly string[] {
  const parts = unit.split('/');
  const ends: string[] = [];
  for (let count = Math.min(shortest, parts.length); count <= parts.length; count++)
    ends.push(parts.slice(-count).join('/'));
  return ends;
}

/** Longer names would push what stands beside them off the screen. */
const LONGEST = 56;

/** A text of at most so many characters, `…` for its middle. */
export function cutMiddle(text: string, width: number): string {
  if (text.length <= width) return text;
  const half = (width - 1) / 2;
  return `${text.slice(0, Math.ceil(half))}…${text.slice(-Math.floor(half))}`;
}
