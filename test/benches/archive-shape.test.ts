import { describe, expect, it } from 'vitest';
import { packageStanzas, sourceStanzas } from '../../bench/archive/archive-stanzas.ts';
import { drawArchive } from '../../bench/archive/draw-archive.ts';
import { measureShape, type MeasuredShape } from '../../bench/archive/measure-shape.ts';
import { parsePackages, parseSources, RelationTable, type Diagnostic } from '../../src/internal.ts';

/** `measureShape` of Debian 12 main, amd64, as of 2026-11-22. */
const BOOKWORM: MeasuredShape = {
  sources: 34_299,
  binaries: 63_440,
  sourceStanzaBytes: 1479,
  packageStanzaBytes: 789,
  binariesOfSource: [1, 1, 3, 11],
  buildGroups: [2, 6, 16, 45],
  runGroups: [0, 3, 10, 28],
  installedKib: [30, 227, 6046, 85_646],
  buildTop: [0.221, 0.439, 0.709],
  runTop: [0.212, 0.376, 0.613],
  buildVersioned: 0.27,
  buildProfiled: 0.109,
  buildVirtual: 0.139,
  runVersioned: 0.583,
  runAlternatives: 0.026,
  runVirtual: 0.109,
  all: 0.49,
  multiArch: 0.361,
  provides: 0.152,
  epoch: 0.031,
  native: 0.022,
};
const SOURCES = 4000;
/** Quantiles are counts or sizes: within a fifth, small counts within one; of the last percent few are drawn. */
const RATIOS = [0.2, 0.2, 0.2, 0.7] as const;
const SHARE = 0.07;
/** Of a small archive a larger part is its head; the table of a thousand names is a third of its own. */
const TOP_SHARE = 0.1;
const TOPS = 2;

const SHARES = [
  ...(['buildVersioned', 'buildProfiled', 'buildVirtual', 'runVersioned', 'runAlternatives'] as const),
  ...(['runVirtual', 'all', 'multiArch', 'provides', 'epoch', 'native'] as const),
];

const archive = drawArchive({ sources: SOURCES, seed: 5 });
const sourcesText = [...sourceStanzas(archive)].join('');
const packagesText = [...packageStanzas(archive, 'amd64')].join('');

describe('a generated archive', () => {
  const shape = measureShape(sourcesText, packagesText);

  it.each(['binariesOfSource', 'buildGroups', 'runGroups', 'installedKib'] as const)(
    'has the quantiles of Debian: %s',
    (name) => {
      for (const [place, known] of BOOKWORM[name].entries())
        expect(Math.abs((shape[name][place] ?? 0) - known), `${place}`).toBeLessThanOrEqual(
          Math.max(1, known * (RATIOS[place] ?? 0)),
        );
    },
  );

  it.each(['buildTop', 'runTop'] as const)('has names as popular as in Debian: %s', (name) => {
    for (const [place, known] of BOOKWORM[name].slice(0, TOPS).entries())
      expect(Math.abs((shape[name][place] ?? 0) - known), `${place}`).toBeLessThan(TOP_SHARE);
  });

  it.each(SHARES)('has the share of Debian: %s', (name) => {
    expect(Math.abs(shape[name] - BOOKWORM[name])).toBeLessThan(SHARE);
  });

  it('has stanzas as long as Debian, and as many binaries of a source', () => {
    expect(shape.sources).toBe(SOURCES);
    expect(shape.binaries / SOURCES).toBeGreaterThan(1.6);
    expect(shape.binaries / SOURCES).toBeLessThan(2.2);
    expect(shape.sourceStanzaBytes / BOOKWORM.sourceStanzaBytes).toBeGreaterThan(0.85);
    expect(shape.packageStanzaBytes / BOOKWORM.packageStanzaBytes).toBeGreaterThan(0.85);
  });

  it('is clean: nothing in it is reported', () => {
    const diagnostics: Diagnostic[] = [];
    const context = { relations: new RelationTable(), report: (own: Diagnostic) => diagnostics.push(own) };
    expect(parseSources(sourcesText, 'Sources', context)).toHaveLength(SOURCES);
    expect(parsePackages(packagesText, 'Packages', context, 'amd64')).toHaveLength(shape.binaries);
    expect(diagnostics).toEqual([]);
  });

  it('is the same for the same seed, another for another, and names no binary twice', () => {
    const again = drawArchive({ sources: SOURCES, seed: 5 });
    expect([...sourceStanzas(again)].join('') === sourcesText).toBe(true);
    const other = drawArchive({ sources: SOURCES, seed: 6 });
    expect([...sourceStanzas(other)].join('') === sourcesText).toBe(false);
    expect(new Set(archive.binaryNames).size).toBe(archive.binaryNames.length);
  });
});
