import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { essence, readPaths, unitKey } from './read-tree.ts';

const STARLINGX = fileURLToPath(new URL('../../../shared/data/starlingx/', import.meta.url));
const SUITES: readonly (readonly [string, number])[] = [
  ['trixie', 344],
  ['bullseye', 359],
];

/** Folder, layer and build type of each stanza of an index, sorted. */
function indexedUnits(suite: string): readonly string[] {
  const stanzas = readFileSync(`${STARLINGX}${suite}.Sources`, 'utf8').trim().split('\n\n');
  const field = (stanza: string, name: string): string =>
    new RegExp(`^${name}: (.*)$`, 'm').exec(stanza)?.[1] ?? '';
  return stanzas
    .map((stanza) => ['Dir', 'Layer', 'Build-Type'].map((name) => field(stanza, `X-Stx-${name}`)).join(' '))
    .sort();
}

describe.skipIf(!existsSync(STARLINGX))("StarlingX's own tree (../shared)", () => {
  it.each(SUITES)(
    'has the folders, layers and build types of %s that its index has: %i',
    async (suite, count) => {
      const { sources } = await readPaths([`${STARLINGX}tree`], suite);
      const units = sources.map(({ location, layer, buildType }) => {
        const folder = location.file.replace(/^tree\//, '').replace(/\/debian\/.*/, '');
        return [folder, layer, buildType].join(' ');
      });
      expect(units.sort()).toEqual(indexedUnits(suite));
      expect(units).toHaveLength(count);
    },
  );

  it.each(SUITES)('yields with the index of %s what the index alone yields', async (suite, count) => {
    const both = await readPaths([`${STARLINGX}tree`, `${STARLINGX}${suite}.Sources`], suite);
    const alone = await readPaths([`${STARLINGX}${suite}.Sources`], undefined);
    const sorted = (units: typeof both.sources): readonly unknown[] =>
      [...units].sort((a, b) => (unitKey(a) < unitKey(b) ? -1 : 1)).map(essence);
    // The index was made by a tool that took the version 0.10 for a number.
    const corrected = alone.sources.map((source) =>
      source.name === 'python3-durationpy' ? { ...source, version: '0.10' } : source,
    );
    expect(both.sources).toHaveLength(count);
    expect(sorted(both.sources)).toEqual(sorted(corrected));
  });

  it('completes exactly the packages whose control is not in the tree', async () => {
    const { diagnostics } = await readPaths([`${STARLINGX}tree`, `${STARLINGX}trixie.Sources`], 'trixie');
    const count = (code: string): number =>
      diagnostics.filter((diagnostic) => diagnostic.code === code).length;
    // X-Stx-Control says `debian` 86 times and `unknown`, which helps nobody, 14 times.
    expect(diagnostics.find(({ code }) => code === 'index-looked-up')?.message).toContain(
      '100 of their stanzas',
    );
    expect(count('no-control')).toBe(14);
    expect(count('missing-package-folder')).toBe(0);
  });
});
