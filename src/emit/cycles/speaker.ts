import type { Location } from '../../base/diagnostic.ts';
import type { CyclesComponent } from '../../cycles/document/cycles-document.ts';
import type { Style } from '../style.ts';
import { nameKeys } from '../summary/unit-names.ts';

/** How units and places are told in a text about one component. */
export interface Speaker {
  readonly style: Style;
  /** A unit by its key: no longer than it takes to tell it from the others. */
  readonly name: (key: string) => string;
  /** `  (Sources:12)`, dimmed; nothing for an unknown place. */
  readonly place: (location: Location | undefined) => string;
}

/** @param paths of the inputs as the user would open them, by label */
export function speakOf(
  component: CyclesComponent,
  paths: ReadonlyMap<string, string>,
  style: Style,
): Speaker {
  const names = nameKeys(keysOf(component));
  return {
    style,
    name: (key) => {
      const known = names.get(key);
      if (known === undefined) return key;
      const { name, place } = known;
      const stage = place.includes('+') ? place.slice(place.indexOf('+')) : '';
      return component.architectures.length === 1 ? `${name}${stage}` : `${name}/${place}`;
    },
    place: (location) =>
      location === undefined
        ? ''
        : style.dim(`  (${paths.get(location.file) ?? location.file}:${String(location.line)})`),
  };
}

/** All units that a component tells of. */
function keysOf({ units, breaks }: CyclesComponent): ReadonlySet<string> {
  const keys = new Set(units);
  for (const own of breaks) {
    for (const { unit, edges } of [own, ...own.alternatives]) {
      keys.add(unit);
      for (const { to } of edges) keys.add(to);
    }
  }
  return keys;
}

/** A relation without its architectures, which are many; its build profiles stay: they can open a cycle. */
export function withoutArchitectures(relation: string): string {
  return relation.replaceAll(/ \[[^\]]*\]/g, '');
}

/** A relation without architectures and build profiles. */
export function withoutRestrictions(relation: string): string {
  return relation.replaceAll(/ \[[^\]]*\]| <[^>]*>/g, '');
}
