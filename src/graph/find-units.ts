import type { Unit } from '../archive/unit.ts';
import { UserError, type Diagnostic } from '../base/diagnostic.ts';
import { nearestName } from '../base/nearest-name.ts';
import { targetName } from '../debian/target.ts';
import type { SettledGraph } from './given-up.ts';

/**
 * The units that a name stands for, by their keys: a unit's key; or a source's name, as far as wanted with layer and build
 * type before it, and with version and architecture behind it: `i40e`, `rt/i40e`, `distro/rt/i40e_2.30.12`,
 * `i40e/arm64`. So every name that the summary of a plan prints is known.
 */
export function findUnits(units: readonly Unit[], name: string): readonly Unit[] {
  const exact = units.filter(({ key }) => key === name);
  if (exact.length > 0) return exact;
  const words = name.split('/');
  return units.filter(
    (unit) => isCalled(unit, words) || (isAt(unit, words) && isCalled(unit, words.slice(0, -1))),
  );
}

/** What each name stands for. @throws UserError when one fits no unit, with a diagnostic for each that doesn't */
export function findAllUnits(settled: SettledGraph, names: readonly string[]): readonly (readonly Unit[])[] {
  const { units } = settled.graph.universe;
  const found = names.map((name) => findUnits(units, name));
  const unknown = names.filter((_, place) => found[place]?.length === 0);
  if (unknown.length > 0) throw new UserError(unknown.map((name) => noSuchUnit(settled, name)));
  return found;
}

function isCalled({ source, version }: Unit, words: readonly string[]): boolean {
  const last = words.at(-1);
  if (last !== source.name && last !== `${source.name}_${version}`) return false;
  const path = [source.layer, source.buildType].filter((part) => part !== undefined);
  let next = 0;
  for (const part of path) if (part === words[next]) next++;
  return next === words.length - 1;
}

function isAt({ target }: Unit, words: readonly string[]): boolean {
  const place = words.at(-1);
  return words.length > 1 && (place === target.arch || place === targetName(target));
}

function noSuchUnit(settled: SettledGraph, name: string): Diagnostic {
  return {
    code: 'no-such-unit',
    severity: 'error',
    message: `'${name}' is no source and no unit of the inputs`,
    hint: hintFor(settled, name) ?? 'debplan graph --format csv lists them',
  };
}

function hintFor({ graph, notForArch }: SettledGraph, name: string): string | undefined {
  const { units } = graph.universe;
  const cut = name.lastIndexOf('/');
  const [source, place] = cut < 0 ? [name, undefined] : [name.slice(0, cut), name.slice(cut + 1)];
  const idle = notForArch.find((own) => own.source.name === source && (place ?? own.arch) === own.arch);
  if (idle !== undefined) {
    return `it has nothing to build on ${idle.arch}: Architecture: ${idle.source.architectures.join(' ')}`;
  }
  const elsewhere = place === undefined ? [] : findUnits(units, source);
  if (elsewhere.length > 0) {
    return `${source} is built for ${listOf(elsewhere.map(({ target }) => targetName(target)))}`;
  }
  const builders = units.filter(({ binaries }) => binaries.some((binary) => binary.name === source));
  if (builders.length > 0) {
    return `it is a binary package of the source ${listOf(builders.map((unit) => unit.source.name))}`;
  }
  const near = nearestName(
    source,
    units.map((unit) => unit.source.name),
  );
  return near === undefined ? undefined : `did you mean ${place === undefined ? near : `${near}/${place}`}?`;
}

function listOf(texts: readonly string[]): string {
  return [...new Set(texts)].sort().join(', ');
}
