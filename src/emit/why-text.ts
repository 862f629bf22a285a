import type { Why } from '../graph/why.ts';
import type { Style } from './style.ts';

/** An answer of `debplan why`, a step a paragraph: who waits for whom, by which relation in which file, and how firmly. */
export function formatWhy(why: Why, paths: ReadonlyMap<string, string>, style: Style): string {
  if (why.steps.length === 0) {
    const turned = why.isReversed ? `; ${why.b} waits for ${why.a}` : '';
    return `${why.a} does not wait for ${why.b}${turned}\n`;
  }
  const lines: string[] = [];
  for (const { from, to, reason } of why.steps) {
    lines.push(`${style.bold(from)} waits for ${style.bold(to)}`);
    const place = reason.location;
    const path = place === undefined ? '' : (paths.get(place.file) ?? place.file);
    const where = place === undefined ? '' : style.dim(`  (${path}:${String(place.line)})`);
    lines.push(`  ${reason.field}: ${reason.relation}${where}`);
    reason.chain.forEach((link, index) => {
      const asked = index === 0 ? '' : `, for ${link.relation}`;
      const isLast = index === reason.chain.length - 1;
      lines.push(`  ${'  '.repeat(index)}→ ${link.binary}${asked}${isLast ? `, built by ${to}` : ''}`);
    });
    lines.push(`  ${firmness(reason.strength, reason.servedBy, reason.isLater)}`, '');
  }
  return lines
    .slice(0, -1)
    .map((line) => `${line}\n`)
    .join('');
}

function firmness(strength: 'hard' | 'soft', servedBy: string | undefined, isLater: boolean): string {
  if (isLater)
    return `soft: the other one belongs to a later layer${servedBy === undefined ? '' : `; ${servedBy} serves instead`}`;
  if (strength === 'hard') return 'hard: no binary that exists serves instead';
  return `soft: ${servedBy ?? 'a binary that exists'} serves if need be`;
}
