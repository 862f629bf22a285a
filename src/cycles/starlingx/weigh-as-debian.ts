import { at } from '../../base/column.ts';
import { edgesFrom, edgesTo } from '../../base/csr.ts';
import type { CyclePlatform } from './platform.ts';

/** Harm of a wait that StarlingX's reading alone sees: another alternative, or another profile, does without it. */
const UNREAL_HARM = 0.1;

/**
 * The same sets and waits, but what is hard and what does harm is judged by Debian's reading: StarlingX's takes every
 * alternative for required and knows no virtual packages, so it is right about what its build waits for, not about why.
 * @param debian the same platforms from a graph of `reading: 'debian'`, found by label; what is missing stays as it is
 */
export function weighAsDebian(
  platforms: readonly CyclePlatform[],
  debian: readonly CyclePlatform[],
): readonly CyclePlatform[] {
  const byLabel = new Map(debian.map((platform) => [platform.label, platform]));
  return platforms.map((platform) => {
    const other = byLabel.get(platform.label);
    return other === undefined ? platform : weigh(platform, other);
  });
}

function weigh(platform: CyclePlatform, debian: CyclePlatform): CyclePlatform {
  const { names, needs } = platform;
  const isHard = new Uint8Array(needs.target.length);
  const harm = new Float64Array(needs.target.length).fill(UNREAL_HARM);
  names.forEach((name, from) => {
    const real = realNeeds(debian, name);
    for (let edge = edgesFrom(needs, from); edge < edgesTo(needs, from); edge++) {
      const found = real.get(at(names, at(needs.target, edge)));
      if (found === undefined) continue;
      isHard[edge] = at(debian.isHard, found);
      harm[edge] = at(debian.harm, found);
    }
  });
  return { ...platform, isHard, harm };
}

/** The edges of a name's row, by the name needed. */
function realNeeds({ names, needs }: CyclePlatform, name: string): ReadonlyMap<string, number> {
  const from = names.indexOf(name);
  const edges = new Map<string, number>();
  if (from === -1) return edges;
  for (let edge = edgesFrom(needs, from); edge < edgesTo(needs, from); edge++)
    edges.set(at(names, at(needs.target, edge)), edge);
  return edges;
}
