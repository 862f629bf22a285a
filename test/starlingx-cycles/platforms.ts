import fc from 'fast-check';
import { at } from '../../src/base/column.ts';
import { buildCsr, EdgeList } from '../../src/base/csr.ts';
import type { CyclePlatform } from '../../src/cycles/starlingx/platform.ts';
import { parseCycleOrders, type CycleOrder } from '../../src/parse/starlingx/cycle-orders.ts';

/** A need of a hand-made platform; `!` behind the name of the need: a hard one. */
export type NeedsByName = Readonly<Record<string, string>>;

/** A platform from names: `{ a: 'b c!', b: '' }` means that a needs b, and c without which it can't be built. */
export function platformOf(needs: NeedsByName, label = 'suite distro/std amd64'): CyclePlatform {
  const names = Object.keys(needs).sort();
  const edges = new EdgeList();
  const isHard: number[] = [];
  names.forEach((name, from) => {
    const words = (needs[name] ?? '').split(' ').filter((word) => word !== '');
    const targets = words.map((word) => [names.indexOf(word.replace('!', '')), word.endsWith('!')] as const);
    for (const [to, hard] of [...targets].sort(([a], [b]) => a - b)) {
      if (to === -1) throw new Error(`${name} needs a name that the platform lacks`);
      edges.push(from, to);
      isHard.push(Number(hard));
    }
  });
  return {
    label,
    names,
    needs: buildCsr(names.length, edges),
    isHard: Uint8Array.from(isHard),
    harm: new Float64Array(isHard.length).fill(1),
    isKnown: new Uint8Array(names.length).fill(1),
    explain: () => undefined,
  };
}

/** Entries from lines `SET = ORDER`, the first in line 1 and 2, the next in 3 and 4. */
export function entriesOf(...lines: readonly string[]): readonly CycleOrder[] {
  const text = lines.map((line) => {
    const [set = '', order = set] = line.split(' = ');
    return `SRC SET: ${set}\nBUILD ORDER: ${order}\n`;
  });
  return parseCycleOrders(text.join(''), 'f', ({ message }) => {
    throw new Error(message);
  });
}

/** Every subset of the names, the empty one first. */
export function subsetsOf(names: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: 2 ** names.length }, (_, bits) =>
    names.filter((_, index) => (bits & (1 << index)) !== 0),
  );
}

/** Small platforms; hard needs form no cycle: they point down a hidden order. Self-needs are soft. */
export function platform(most: number): fc.Arbitrary<CyclePlatform> {
  return fc.noBias(
    fc.integer({ min: 1, max: most }).chain((count) => {
      const node = fc.nat(count - 1);
      const ranks = Array.from({ length: count }, (_, index) => index);
      return fc
        .record({
          rank: fc.shuffledSubarray(ranks, { minLength: count }),
          drawn: fc.array(fc.tuple(node, node, fc.boolean()), { maxLength: count * 3, size: 'max' }),
        })
        .map(({ rank, drawn }) => {
          const needs: Record<string, string> = {};
          for (const index of ranks) needs[nameAt(index)] = '';
          const seen = new Set<string>();
          for (const [a, b, isHard] of drawn) {
            const isTurned = isHard && at(rank, a) < at(rank, b);
            const [from, to] = isTurned ? [b, a] : [a, b];
            const pair = `${from} ${to}`;
            if (seen.has(pair)) continue;
            seen.add(pair);
            const name = nameAt(from);
            needs[name] = `${needs[name] ?? ''} ${nameAt(to)}${isHard && from !== to ? '!' : ''}`;
          }
          return platformOf(needs);
        });
    }),
  );
}

function nameAt(index: number): string {
  return String.fromCharCode(97 + index);
}
