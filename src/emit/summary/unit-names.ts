import { groupBy } from '../../base/group-by.ts';
import type { Plan } from '../../plan/plan.ts';

/** How the summary calls a unit: no longer than it takes to tell it from the others of the plan. */
export interface UnitName {
  /** The source, with layer, build type or version only where units of that source differ in them; then the stage. */
  readonly name: string;
  /** `amd64`, `arm64`, `all`. */
  readonly place: string;
}

/** The short names of some units, by key. */
export type UnitNames = Pick<ReadonlyMap<string, UnitName>, 'get' | 'has'>;

/** Names every unit that occurs in the plan, planned or not. */
export function nameUnits(plan: Plan): UnitNames {
  const keys = new Set([
    ...plan.targets.flatMap(({ tasks }) => tasks.map((task) => task.id)),
    ...plan.unbuildable.flatMap(({ unit }) => (unit === undefined ? [] : [unit])),
    ...plan.breaks.flatMap(({ from, to }) => [from, to]),
  ]);
  return nameKeys(keys);
}

/** Short names that tell the units of some keys apart, none twice. Made source by source, as they are asked for: texts name few units. */
export function nameKeys(keys: ReadonlySet<string>): UnitNames {
  const bySource = groupBy(keys, sourceOf);
  const names = new Map<string, UnitName>();
  return {
    has: (key) => keys.has(key),
    get: (key) => {
      if (!keys.has(key)) return undefined;
      const known = names.get(key);
      if (known !== undefined) return known;
      const namesakes = (bySource.get(sourceOf(key)) ?? []).map(splitKey);
      for (const parts of namesakes) names.set(parts.key, nameOne(parts, namesakes));
      return names.get(key);
    },
  };
}

/** A text with every unit key in it replaced by the unit's short name, its place left out. */
export function shortenKeys(text: string, names: UnitNames): string {
  return text.replaceAll(/[^\s,;:()]+(?::[^\s,;:()]+)*/g, (word) => names.get(word)?.name ?? word);
}

/** A unit in a line of its own: `laganc/arm64`; with one architecture in the plan `laganc`. */
export function labelUnit(key: string, names: UnitNames, plan: Plan): string {
  const unit = names.get(key);
  if (unit === undefined) return key;
  const [arch, ...others] = plan.options.architectures;
  // a source whose halves are built apart has two units even there
  const isHalf = unit.place === 'all' && names.has(key.replace(/all$/, arch ?? ''));
  return others.length === 0 && !isHalf ? unit.name : `${unit.name}/${unit.place}`;
}

/** ` (amd64, arm64)`; nothing when the plan has one architecture. */
export function formatPlaces(places: Iterable<string>, plan: Plan): string {
  return plan.options.architectures.length === 1 ? '' : ` (${[...places].join(', ')})`;
}

interface KeyParts {
  readonly key: string;
  /** Layer and build type, as far as the key has them. */
  readonly path: readonly string[];
  readonly source: string;
  readonly version: string;
  readonly place: string;
  /** `+stage1`; empty for a full build. */
  readonly stage: string;
}

function splitKey(key: string): KeyParts {
  const path = key.split('/');
  const [place = '', ...stage] = (path.pop() ?? '').split('+');
  const versioned = path.pop() ?? '';
  return {
    key,
    path,
    source: sourceOf(key),
    version: versioned.slice(versioned.lastIndexOf('_') + 1),
    place,
    stage: stage.map((name) => `+${name}`).join(''),
  };
}

/** `hello` of `base/std/hello_2.10-3/arm64`. */
function sourceOf(key: string): string {
  const end = Math.max(0, key.lastIndexOf('/'));
  const versioned = key.slice(key.lastIndexOf('/', end - 1) + 1, end);
  return versioned.slice(0, versioned.lastIndexOf('_'));
}

function nameOne(
  { path, source, version, place, stage }: KeyParts,
  namesakes: readonly KeyParts[],
): UnitName {
  const told = path.filter((part, index) => namesakes.some((other) => other.path[index] !== part));
  const isVersionTold = namesakes.some(
    (other) => other.version !== version && other.path.join('/') === path.join('/'),
  );
  return { name: `${[...told, isVersionTold ? `${source}_${version}` : source].join('/')}${stage}`, place };
}
