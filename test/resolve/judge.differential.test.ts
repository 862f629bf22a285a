import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSources } from '../../src/check.ts';
import { judgeSlowly, type SlowQuestion } from '../support/slow-judge.ts';
import { binary, optionsOf, readTexts, source, type Fields, type Texts } from '../support/texts.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];
const VIRTUAL = ['v', 'w'];
const VERSIONS = ['1', '2', '2~rc1'];

const sometimes = (odds: number, text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ weight: odds, arbitrary: fc.constant('') }, { weight: 1, arbitrary: text });
const version = fc.constantFrom(...VERSIONS);
const name = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...NAMES) },
  { weight: 1, arbitrary: fc.constantFrom(...VIRTUAL) },
);
const qualifier = sometimes(8, fc.constantFrom(':any', ':native', ':native', ':amd64', ':arm64'));
const constraint = (odds: number): fc.Arbitrary<string> =>
  sometimes(
    odds,
    fc.tuple(fc.constantFrom('<<', '<=', '=', '>=', '>>'), version).map(([op, text]) => ` (${op} ${text})`),
  );
const archList = sometimes(8, fc.constantFrom(' [amd64]', ' [!amd64]', ' [linux-any]', ' [!arm64 !i386]'));
const profileList = sometimes(8, fc.constantFrom(' <!nocheck>', ' <nocheck> <nodoc>', ' <!nodoc !nocheck>'));

const relation = fc.tuple(name, qualifier, constraint(4)).map((parts) => parts.join(''));
const buildRelation = fc.tuple(relation, archList, profileList).map((parts) => parts.join(''));
const conflict = fc.tuple(name, qualifier, constraint(2)).map((parts) => parts.join(''));
const buildConflict = fc.tuple(conflict, archList, profileList).map((parts) => parts.join(''));
const list = (item: fc.Arbitrary<string>, most: number): fc.Arbitrary<string> =>
  fc.array(item, { maxLength: most, size: 'max' }).map((items) => items.join(', '));
const groups = (item: fc.Arbitrary<string>, most: number): fc.Arbitrary<string> =>
  list(
    fc.array(item, { minLength: 1, maxLength: 3, size: 'max' }).map((group) => group.join(' | ')),
    most,
  );
const provided = fc
  .tuple(
    fc.constantFrom(...VIRTUAL, ...VIRTUAL, 'a', 'b'),
    sometimes(
      1,
      version.map((text) => ` (= ${text})`),
    ),
  )
  .map((parts) => parts.join(''));

const multiArch = sometimes(2, fc.constantFrom('same', 'same', 'same', 'foreign', 'allowed'));
const ownFields: fc.Arbitrary<Fields> = fc.record({
  'Multi-Arch': multiArch,
  Essential: sometimes(7, fc.constant('yes')),
  'Pre-Depends': sometimes(7, groups(relation, 1)),
  Depends: sometimes(1, groups(relation, 2)),
  Provides: list(provided, 2),
  Conflicts: list(conflict, 1),
  Breaks: sometimes(1, list(conflict, 2)),
});

/** One version of a binary: the same everywhere if it is arch:all, else with relations of its own on each architecture. */
const product = fc.record({
  name: fc.constantFrom(...NAMES),
  version,
  isAll: fc.integer({ min: 0, max: 3 }).map((roll) => roll === 0),
  /** Its Multi-Arch is its own, not that of its name. */
  isOdd: fc.integer({ min: 0, max: 7 }).map((roll) => roll === 0),
  onAmd64: fc.integer({ min: 0, max: 9 }).map((roll) => roll > 0),
  onArm64: fc.integer({ min: 0, max: 9 }).map((roll) => roll > 0),
  amd64: ownFields,
  arm64: ownFields,
});
const products = fc.uniqueArray(product, {
  selector: (one) => `${one.name} ${one.version}`,
  minLength: 6,
  maxLength: 11,
  size: 'max',
});
const tools = fc.tuple(
  sometimes(2, relation).map((text) => binary('build-essential', { Depends: text })),
  sometimes(2, relation).map((text) => binary('crossbuild-essential-arm64', { Depends: text })),
);
/** Sometimes a chroot lacks one of its tools. */
const toolLists = fc.oneof(
  { weight: 9, arbitrary: tools },
  { weight: 1, arbitrary: tools.map(([one]) => [one]) },
);
const forBoth = fc.constantFrom(...NAMES).map((own) => `${own}, ${own}:native`);
const buildFields: fc.Arbitrary<Fields> = fc.record({
  Architecture: fc.constantFrom('any', 'any', 'all', 'amd64', 'any all', 'linux-any', 'arm64 all'),
  'Build-Depends': fc
    .tuple(groups(buildRelation, 3), sometimes(3, forBoth))
    .map((parts) => parts.filter((part) => part !== '').join(', ')),
  'Build-Depends-Arch': sometimes(3, groups(buildRelation, 1)),
  'Build-Depends-Indep': sometimes(3, groups(buildRelation, 1)),
  'Build-Conflicts': sometimes(2, list(buildConflict, 2)),
  'Build-Conflicts-Arch': sometimes(5, list(buildConflict, 1)),
  'Build-Conflicts-Indep': sometimes(5, list(buildConflict, 1)),
});

const texts: fc.Arbitrary<Texts> = fc
  .tuple(
    products,
    fc.array(multiArch, { minLength: NAMES.length, maxLength: NAMES.length, size: 'max' }),
    toolLists,
    fc.array(buildFields, { minLength: 3, maxLength: 3, size: 'max' }),
  )
  .map(([made, multiArchs, toolList, wanted]) => {
    const stanzas = (arch: 'amd64' | 'arm64'): readonly string[] =>
      made
        .filter((one) => (arch === 'amd64' ? one.onAmd64 : one.onArm64))
        .map((one) => {
          const own = one.isAll ? one.amd64 : one[arch];
          const usual = multiArchs[NAMES.indexOf(one.name)] ?? '';
          const fields = one.isOdd ? own : { ...own, 'Multi-Arch': usual };
          return binary(one.name, {
            Version: one.version,
            Architecture: one.isAll ? 'all' : arch,
            ...fields,
          });
        });
    return {
      packages: { amd64: [...toolList, ...stanzas('amd64')], arm64: stanzas('arm64') },
      sources: wanted.map((fields, index) => source(`s${index}`, fields)),
    };
  });

/** Source and version → whether it can be built, and how many are lost for a conflict alone. */
function judgeFast(
  given: Texts,
  { buildArch, hostArch, profiles, hasImplicit }: SlowQuestion,
): { readonly verdicts: ReadonlyMap<string, boolean>; readonly conflicts: ReadonlySet<string> } {
  const { diagnostics, ...archive } = readTexts(given);
  expect(diagnostics).toEqual([]);
  const options = {
    ...optionsOf({ architectures: [hostArch], profiles }),
    allOn: undefined,
    buildArch: buildArch === hostArch ? undefined : buildArch,
    implicit: hasImplicit ? (['essential', 'build-essential'] as const) : [],
    available: 'existing' as const,
  };
  const { universe, installability, conflicts } = checkSources(archive, options, () => undefined);
  const keyOf = (unit: number): string => {
    const found = universe.units[unit];
    return found === undefined ? '' : `${found.source.name} ${found.version}`;
  };
  return {
    verdicts: new Map(universe.units.map(({ id }) => [keyOf(id), installability.unitBuilt[id] === 1])),
    conflicts: new Set([...conflicts.keys()].map(keyOf)),
  };
}

const questions = fc.record({
  hostArch: fc.constantFrom('amd64', 'arm64'),
  profiles: fc.subarray(['nocheck', 'nodoc']),
  hasImplicit: fc.boolean(),
});

describe('checkSources', () => {
  it('gives the verdicts of the slow judge, and calls a conflict what can be built without conflicts', () => {
    const counts = { built: 0, missing: 0, conflicts: 0, crossConflicts: 0 };
    // Without bias: small values, which fast-check likes, have hardly a conflict.
    const asked = fc.noBias(fc.tuple(texts, questions));
    fc.assert(
      fc.property(asked, ([given, drawn]) => {
        const question = { ...drawn, buildArch: 'amd64', heedsConflicts: true };
        const fast = judgeFast(given, question);
        const slow = judgeSlowly(given, question);
        const loose = judgeSlowly(given, { ...question, heedsConflicts: false });
        expect(sorted(fast.verdicts)).toEqual(sorted(slow));
        const conflicting = [...slow.keys()].filter(
          (key) => slow.get(key) === false && loose.get(key) === true,
        );
        expect([...fast.conflicts].sort()).toEqual(conflicting.sort());
        counts.conflicts += conflicting.length;
        if (question.hostArch !== 'amd64') counts.crossConflicts += conflicting.length;
        counts.built += [...slow.values()].filter(Boolean).length;
        counts.missing += [...loose.values()].filter((isBuilt) => !isBuilt).length;
      }),
      { seed: 5, numRuns: 600 },
    );
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(60);
  });
});

function sorted(verdicts: ReadonlyMap<string, boolean>): readonly string[] {
  return [...verdicts].map(([key, isBuilt]) => `${key}: ${isBuilt ? 'built' : 'lost'}`).sort();
}
