import fc from 'fast-check';
import type { SmallBinary, SmallExisting, SmallSource, SmallUniverse } from './small-universe.ts';
import { optionsOf } from './texts.ts';

const BOTH = ['amd64', 'arm64'];
const VERSIONS = ['0.8', '0.9', '1', '1.1'];

/** Percent. */
const chance = (odds: number): fc.Arbitrary<boolean> =>
  fc.integer({ min: 0, max: 99 }).map((roll) => roll >= 100 - odds);
const when = (odds: number, text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(chance(odds), text).map(([isThere, own]) => (isThere ? own : ''));

/** Binaries of a source: a library, a document for all architectures, a tool. */
type Kind = 'lib' | 'doc' | 'tool';

const formula = fc.constantFrom(' <!nocheck>', ' <!nodoc>', ' <!stage1>', ' <!stage1 !nocheck>', ' <!cross>');

/** The kinds of binaries that each source builds. */
type Makes = readonly (readonly Kind[])[];

/** A relation to a binary of another source, as a rule one that is near in the ring of all sources. */
function relation(own: number, makes: Makes, restrictedOdds: number): fc.Arbitrary<string> {
  const name = fc
    .tuple(fc.integer({ min: 1, max: Math.min(3, makes.length - 1) }), fc.nat(2))
    .map(([step, pick]) => {
      const other = (own + step) % makes.length;
      const kinds = makes[other] ?? [];
      return `${kinds[pick % kinds.length] ?? 'lib'}${other}`;
    });
  const odd = fc.constantFrom('base', 'virtual0', 'virtual1', `lib${own}`, 'gone');
  return fc
    .tuple(
      fc.oneof({ weight: 19, arbitrary: name }, { weight: 1, arbitrary: odd }),
      when(40, fc.constantFrom(' (>= 0.9)', ' (>= 1)', ' (>= 1)', ' (>= 1)', ' (<< 1)', ' (>= 1.1)')),
      when(4, fc.constantFrom(' [amd64]', ' [!amd64]')),
      when(restrictedOdds, formula),
    )
    .map((parts) => parts.join(''));
}

function groups(
  own: number,
  makes: Makes,
  most: number,
  restrictedOdds: number,
): fc.Arbitrary<readonly string[]> {
  const one = relation(own, makes, restrictedOdds);
  const group = fc
    .tuple(one, when(20, one))
    .map(([first, second]) => (second === '' ? first : `${first} | ${second}`));
  return fc.array(group, { maxLength: most, size: 'max' });
}

function binaryOf(own: number, makes: Makes, kind: Kind): fc.Arbitrary<SmallBinary> {
  return fc.record({
    name: fc.constant(`${kind}${own}`),
    architecture: fc.constant(kind === 'doc' ? 'all' : 'any'),
    profiles:
      kind === 'lib' ? fc.constant('') : when(40, fc.constantFrom('<!stage1>', '<!nodoc>', '<!nocheck>')),
    multiArch: when(30, fc.constantFrom('same', 'foreign', 'allowed')),
    depends: groups(own, makes, 1, 0),
    provides: when(15, fc.constantFrom('virtual0', 'virtual1 (= 1)')).map((name) =>
      name === '' ? [] : [name],
    ),
  });
}

function sourceOf(own: number, makes: Makes, hasLayers: boolean): fc.Arbitrary<SmallSource> {
  const kinds = makes[own] ?? [];
  return fc.record({
    name: fc.constant(`source${own}`),
    version: fc.constantFrom('1', '1', '1', '1.1'),
    layer: hasLayers ? fc.constantFrom('low', 'low', 'high') : fc.constant(undefined),
    buildType: hasLayers ? fc.constantFrom('std', 'std', 'rt') : fc.constant(undefined),
    isControl: fc.boolean(),
    architecture: fc.constant(kinds.includes('doc') ? 'any all' : 'any'),
    always: groups(own, makes, 2, 45),
    arch: groups(own, makes, 1, 20),
    indep: groups(own, makes, 2, 20),
    binaries: fc.tuple(...kinds.map((kind) => binaryOf(own, makes, kind))),
  });
}

/** What exists of one name: nothing as often as not, an older version, or the one to be built. */
function existingOf(
  own: number,
  makes: Makes,
  kind: Kind,
  odds: number,
): fc.Arbitrary<readonly SmallExisting[]> {
  return fc
    .record({
      isThere: chance(odds),
      version: fc.constantFrom(...VERSIONS),
      isSourceKnown: fc.boolean(),
      isEssential: chance(4),
      multiArch: when(30, fc.constantFrom('same', 'foreign', 'allowed')),
      depends: groups(own, makes, 1, 0),
      indexes: fc.constantFrom(BOTH, BOTH, ['amd64'], ['arm64']),
    })
    .map(({ isThere, indexes, isSourceKnown, ...common }) =>
      (isThere ? indexes : []).map((index) => ({
        ...common,
        index,
        name: `${kind}${own}`,
        isAll: kind === 'doc',
        source: isSourceKnown ? `source${own} (${common.version})` : '',
        preDepends: [],
        provides: [],
      })),
    );
}

const BASE: readonly SmallExisting[] = BOTH.map((index) => ({
  index,
  name: 'base',
  version: '1',
  isAll: false,
  source: '',
  isEssential: false,
  multiArch: '',
  preDepends: [],
  depends: [],
  provides: [],
}));

export interface KnottyShape {
  readonly hasLayers: boolean;
  /** Architectures that have a `Packages` index. */
  readonly indexed: readonly string[];
}

/**
 * Four to eight sources that mostly need each other in rings: some relations fall away with a build profile, some binaries
 * are for all architectures, few exist already. So cycles of every kind come up all the time.
 */
export function knottyUniverse({ hasLayers, indexed }: KnottyShape): fc.Arbitrary<SmallUniverse> {
  const makes = fc.array(
    fc
      .tuple(chance(60), chance(50))
      .map(([hasDoc, hasTool]): readonly Kind[] => [
        'lib',
        ...(hasDoc ? (['doc'] as const) : []),
        ...(hasTool ? (['tool'] as const) : []),
      ]),
    { minLength: 4, maxLength: 8, size: 'max' },
  );
  const universe = fc.tuple(makes, fc.constantFrom(10, 35, 60)).chain(([own, odds]) => {
    const places = own.map((_, place) => place);
    const existing = own.flatMap((kinds, place) => kinds.map((kind) => existingOf(place, own, kind, odds)));
    return fc.record({
      sources: fc.tuple(...places.map((place) => sourceOf(place, own, hasLayers))),
      existing: fc.tuple(...existing).map((lists) => [...BASE, ...lists.flat()]),
      indexed: fc.constant(indexed),
      options: fc
        .record({
          architectures: fc.constantFrom(BOTH, BOTH, ['amd64']),
          profiles: fc.constantFrom([], [], ['nocheck'], ['nodoc']),
          depth: fc.constantFrom('install' as const, 'install' as const, 'direct' as const),
          alternatives: fc.constantFrom('any' as const, 'first' as const),
        })
        .map((options) => optionsOf({ ...options, layers: hasLayers ? ['low', 'high'] : [] })),
    });
  });
  // Without bias: the small ones, which fast-check likes, have hardly an edge.
  return fc.noBias(universe);
}
