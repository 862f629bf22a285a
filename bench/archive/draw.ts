import type { Random } from '../../src/internal.ts';
import type { Popularity, Quantiles } from './debian-shape.ts';

/** A whole number with the measured distribution; between two shares it grows by the same factor, from 0 by the same amount. */
export function drawQuantile(quantiles: Quantiles, random: Random): number {
  const share = random();
  let [fromShare, from] = quantiles[0] ?? [0, 0];
  for (const [toShare, to] of quantiles) {
    if (share < toShare) {
      const part = (share - fromShare) / (toShare - fromShare);
      return Math.round(from === 0 ? to * part : from * (to / from) ** part);
    }
    [fromShare, from] = [toShare, to];
  }
  return from;
}

/**
 * The place of a name by popularity, 0 for the most popular. The head of the table is taken as it is, however large the
 * archive: a larger one has more names in its tail.
 * @param count how many names there are: the last rank of the table
 * @param below only ranks less than this
 */
export function drawRank(popularity: Popularity, count: number, below: number, random: Random): number {
  if (below <= 1) return 0;
  const share = random() * shareUpTo(popularity, count, below);
  let [fromRank, fromShare] = [0, 0];
  for (const [rank, toShare] of popularity) {
    const toRank = stretched(popularity, count, rank);
    if (share < toShare || toRank >= below) {
      const part = Math.min(1, (share - fromShare) / (toShare - fromShare));
      const found = fromRank === 0 ? toRank * part : fromRank * (toRank / fromRank) ** part;
      return Math.min(below - 1, Math.floor(found));
    }
    [fromRank, fromShare] = [toRank, toShare];
  }
  return below - 1;
}

/** Ranks of the tail, from a thousand on, are those of an archive of this size. */
function stretched(popularity: Popularity, count: number, rank: number): number {
  const [last = 1] = popularity.at(-1) ?? [];
  if (rank <= HEAD || count <= HEAD) return rank;
  return HEAD * (count / HEAD) ** (Math.log(rank / HEAD) / Math.log(last / HEAD));
}

const HEAD = 1000;

function shareUpTo(popularity: Popularity, count: number, below: number): number {
  let [fromRank, fromShare] = [0, 0];
  for (const [rank, share] of popularity) {
    const toRank = stretched(popularity, count, rank);
    if (toRank >= below) {
      const part = fromRank === 0 ? below / toRank : Math.log(below / fromRank) / Math.log(toRank / fromRank);
      return fromShare + (share - fromShare) * part;
    }
    [fromRank, fromShare] = [toRank, share];
  }
  return fromShare;
}

/** One of the words. */
export function pick<T>(words: readonly [T, ...T[]], random: Random): T {
  return words[Math.floor(random() * words.length)] ?? words[0];
}
