import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveCheckOptions, type RawCheckOptions } from '../../src/options/check-options.ts';
import { checkSources, type Check } from '../../src/check.ts';
import { binary, readTexts, source, type Texts } from '../support/texts.ts';
import { askDose, type DoseReport } from './dose.ts';
import { randomUniverse, type Qualifiers, type RandomUniverse } from './random-universe.ts';

/** How both are asked one question. */
interface Mode {
  readonly title: string;
  readonly ours: RawCheckOptions;
  readonly theirs: readonly string[];
  readonly qualifiers: Qualifiers;
}

interface Answer {
  readonly seed: number;
  readonly universe: RandomUniverse;
  readonly dose: DoseReport;
}

const NATIVE = { arch: ['amd64'] };
const CROSS = { hostArch: 'arm64', buildArch: 'amd64' };
const CROSS_OPTIONS = ['--deb-host-arch=arm64', '--deb-foreign-archs=arm64'];
// Those that the two read alike. `DIFFERENCES` has the others.
const NATIVE_QUALIFIERS: Qualifiers = {
  buildDepends: [':any', ':native', ':native', ':amd64', ':arm64'],
  depends: [':any', ':any', ':amd64', ':arm64'],
  conflicts: [':any', ':native', ':amd64', ':arm64'],
};
const CROSS_QUALIFIERS: Qualifiers = {
  buildDepends: [':any', ':native', ':native', ':amd64', ':arm64'],
  depends: [':any', ':any', ':amd64', ':arm64'],
  conflicts: [':any', ':native', ':amd64', ':arm64'],
};
const MODES: readonly Mode[] = [
  { title: 'native', ours: NATIVE, theirs: [], qualifiers: NATIVE_QUALIFIERS },
  {
    title: 'with profiles',
    ours: { ...NATIVE, profiles: ['nocheck', 'cross'] },
    theirs: ['--deb-profiles=nocheck,cross'],
    qualifiers: NATIVE_QUALIFIERS,
  },
  {
    title: 'without Build-Depends-Indep',
    ours: { ...NATIVE, kind: 'any' },
    theirs: ['--deb-drop-b-d-indep'],
    qualifiers: NATIVE_QUALIFIERS,
  },
  {
    title: 'without Build-Depends-Arch',
    ours: { ...NATIVE, kind: 'all' },
    theirs: ['--deb-drop-b-d-arch'],
    qualifiers: NATIVE_QUALIFIERS,
  },
  { title: 'cross', ours: CROSS, theirs: CROSS_OPTIONS, qualifiers: CROSS_QUALIFIERS },
];
const SEEDS = Array.from({ length: 300 }, (_, index) => index + 1);
const PROCESSES = 2;
const MACHINE = { arch: 'amd64', cpus: 2, memoryBytes: 2 ** 30 };

let folder: string;
const limit = pLimit(PROCESSES);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'debplan-dose-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The texts as dose3 is told them; each question has a name of its own. */
function ask({ sources, packages }: Texts, theirs: readonly string[], name: string): Promise<DoseReport> {
  const write = (kind: string, stanzas: readonly string[] = []): string => {
    const path = join(folder, `${name}.${kind}`);
    writeFileSync(path, `${stanzas.join('\n')}\n`);
    return path;
  };
  return limit(() =>
    askDose({
      options: ['--deb-native-arch=amd64', ...theirs],
      packages: Object.entries(packages ?? {}).map(([arch, stanzas]) => write(arch, stanzas)),
      sources: write('Sources', sources),
    }),
  );
}

function check(texts: Texts, ours: RawCheckOptions, reading: 'debian' | 'dose'): Check {
  const { diagnostics, ...archive } = readTexts(texts);
  expect(diagnostics).toEqual([]);
  const { options } = resolveCheckOptions({ like: 'dose', reading, ...ours }, MACHINE);
  return checkSources(archive, options, () => undefined);
}

/** Source and version → whether it is broken. */
function verdicts({ universe, installability }: Check): ReadonlyMap<string, boolean> {
  const told = universe.units.map((unit) => {
    return [`${unit.source.name} ${unit.version}`, installability.unitBuilt[unit.id] === 0] as const;
  });
  return new Map(told);
}

function textsFor({ amd64, arm64, sources }: RandomUniverse, mode: Mode): Texts {
  return { sources, packages: mode.ours === CROSS ? { amd64, arm64 } : { amd64 } };
}

describe.each(MODES)('the verdicts on random universes, $title', (mode) => {
  let answers: readonly Answer[];

  beforeAll(async () => {
    const questions = SEEDS.map(async (seed) => {
      const universe = randomUniverse(seed, mode.qualifiers);
      return { seed, universe, dose: await ask(textsFor(universe, mode), mode.theirs, String(seed)) };
    });
    answers = await Promise.all(questions);
  });

  // Debian's reading of qualifiers isn't dose3's: `:any` is strict, and `Multi-Arch: foreign` doesn't serve `:native`.
  it.each(['dose', 'debian'] as const)("are dose3's, reading as %s does", (reading) => {
    const compared = answers.filter(({ universe }) => reading === 'dose' || universe.isPlain);
    const differences: string[] = [];
    let conflictCount = 0;
    let brokenCount = 0;
    for (const { seed, universe, dose } of compared) {
      const found = check(textsFor(universe, mode), mode.ours, reading);
      const ours = verdicts(found);
      for (const [name, isBroken] of ours) {
        if (isBroken === dose.unbuildable.includes(name)) continue;
        differences.push(`seed ${seed}: ${name} is ${isBroken ? 'broken' : 'fine'} here only`);
      }
      // A source of which only the other half is wanted has nothing to build here; dose3 checks it all the same.
      if (mode.ours.kind === undefined) expect([seed, ours.size]).toEqual([seed, dose.checked]);
      conflictCount += Number(found.conflicts.size > 0);
      brokenCount += Number([...ours.values()].includes(true) && [...ours.values()].includes(false));
    }
    expect(differences).toEqual([]);
    expect(conflictCount).toBeGreaterThan(compared.length / 4);
    expect(brokenCount).toBeGreaterThan(compared.length / 4);
  });
});

/** Where we mean to differ, or do; the verdicts on one source. */
interface Difference {
  readonly title: string;
  readonly ours: RawCheckOptions;
  readonly theirs: readonly string[];
  readonly texts: Texts;
  /** Whether the source is broken. */
  readonly verdicts: { readonly dose3: boolean; readonly dose: boolean; readonly debian: boolean };
}

const TOOLS = [binary('build-essential'), binary('crossbuild-essential-arm64')];
const needs = (relations: string, conflicts = ''): readonly string[] => [
  source('s', { 'Build-Depends': relations, 'Build-Conflicts': conflicts }),
];
const onAmd64 = (sources: readonly string[], ...stanzas: readonly string[]): Difference['texts'] => ({
  sources,
  packages: { amd64: [...TOOLS, ...stanzas] },
});
const onBoth = (
  sources: readonly string[],
  amd64: readonly string[],
  arm64: readonly string[],
): Difference['texts'] => ({ sources, packages: { amd64: [...TOOLS, ...amd64], arm64 } });

const native = { ours: NATIVE, theirs: [] };
const cross = { ours: CROSS, theirs: CROSS_OPTIONS };
const DIFFERENCES: readonly Difference[] = [
  {
    title: 'an Essential package that only the host architecture marks so is no part of a chroot',
    ...cross,
    texts: onBoth(
      needs(''),
      [],
      [binary('base', { Architecture: 'arm64', Essential: 'yes', Depends: 'gone' })],
    ),
    verdicts: { dose3: true, dose: true, debian: false },
  },
  {
    title:
      "a Multi-Arch: same package conflicts with another version of what provides its own conflict's name",
    ...native,
    texts: onAmd64(
      needs('a, b (= 2)'),
      binary('a', { 'Multi-Arch': 'same', Provides: 'v', Conflicts: 'v' }),
      binary('b', { Provides: 'v' }),
      binary('b', { Version: '2' }),
    ),
    verdicts: { dose3: true, dose: false, debian: false },
  },
  {
    title: 'a Multi-Arch: same package breaks an old version of itself, and not what provides its name',
    ...native,
    texts: onAmd64(
      needs('a (= 2), b'),
      binary('a', { Version: '2', 'Multi-Arch': 'same', Breaks: 'a (<< 2)' }),
      binary('b', { Provides: 'a' }),
    ),
    verdicts: { dose3: true, dose: false, debian: false },
  },
  {
    title: 'a Multi-Arch: same package conflicts with a version of a virtual package',
    ...native,
    texts: onAmd64(
      needs('a, b'),
      binary('a', { 'Multi-Arch': 'same', Conflicts: 'v (= 2)' }),
      binary('b', { Provides: 'v (= 2)' }),
    ),
    verdicts: { dose3: false, dose: true, debian: true },
  },
  {
    title: 'a list that mixes `a` and `!b` is read as dpkg does, entry by entry',
    ...native,
    texts: onAmd64(needs('gone [!i386 amd64]')),
    verdicts: { dose3: false, dose: true, debian: true },
  },
  {
    title: 'the old operators < and > mean <= and >=',
    ...native,
    texts: onAmd64(needs('a (< 1)'), binary('a')),
    verdicts: { dose3: true, dose: false, debian: false },
  },
];

describe('our verdict is our own', () => {
  it.each(DIFFERENCES)('$title', async ({ ours, theirs, texts, verdicts: expected }) => {
    const { unbuildable } = await ask(texts, theirs, 'difference');
    const archive = readTexts(texts);
    const isBroken = (reading: 'debian' | 'dose'): boolean => {
      const { options } = resolveCheckOptions({ like: 'dose', reading, ...ours }, MACHINE);
      return verdicts(checkSources(archive, options, () => undefined)).get('s 1') === true;
    };
    expect({
      dose3: unbuildable.includes('s 1'),
      dose: isBroken('dose'),
      debian: isBroken('debian'),
    }).toEqual(expected);
  });
});
