import { at } from '../../src/base/column.ts';
import { seededRandom, type Random } from '../../src/base/random.ts';

const CHARACTERS = [
  '0',
  '0',
  '1',
  '9',
  '10',
  '007',
  'a',
  'Z',
  '~',
  '~',
  '+',
  '.',
  '-',
  'rc',
  '2147483648',
  'dfsg',
];

/** Seeded version texts that dpkg accepts, many of them nearly equal. */
export function randomVersions(count: number, seed: number): readonly string[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const epoch = random() < 0.2 ? `${pick(['0', '1', '00', '12'], random)}:` : '';
    const body = Array.from({ length: Math.floor(random() * 6) }, () => pick(CHARACTERS, random)).join('');
    const version = `${epoch}${pick(['0', '1', '1.', '00'], random)}${body}`;
    return version.endsWith('-') ? `${version}${pick(['0', '1', '~'], random)}` : version;
  });
}

/** Seeded pairs that dpkg accepts; most compare a version with a small change of itself. */
export function randomPairs(count: number, seed: number): readonly (readonly [string, string])[] {
  const versions = randomVersions(count, seed);
  const random = seededRandom(seed + 1);
  return versions.map((version): readonly [string, string] => {
    if (random() < 0.4) return [version, pick(versions, random)];
    const start = version.indexOf(':') + 2;
    const cut = start + Math.floor(random() * (version.length + 1 - start));
    const changed = `${version.slice(0, cut)}${pick(['0', '1', '~', '+', 'a', '.0'], random)}${version.slice(cut)}`;
    return [version, changed];
  });
}

function pick<T>(list: readonly T[], random: Random): T {
  return at(list, Math.floor(random() * list.length));
}
