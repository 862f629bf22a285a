import fc from 'fast-check';
import type { AnalyseOptions } from '../../src/analysis.ts';
import { binary, control, ONLY_EXISTING, optionsOf, source, type Fields, type Texts } from './texts.ts';

/** A source of a small universe; its binaries' relations count only where it is a control file. */
export interface SmallSource {
  readonly name: string;
  readonly version: string;
  readonly layer: string | undefined;
  readonly buildType: string | undefined;
  readonly isControl: boolean;
  readonly architecture: string;
  readonly always: readonly string[];
  readonly arch: readonly string[];
  readonly indep: readonly string[];
  readonly binaries: readonly SmallBinary[];
}

export interface SmallBinary {
  readonly name: string;
  readonly architecture: string;
  readonly profiles: string;
  readonly multiArch: string;
  readonly depends: readonly string[];
  readonly provides: readonly string[];
}

/** A binary that exists, listed in one architecture's index. */
export interface SmallExisting {
  readonly index: string;
  readonly name: string;
  readonly version: string;
  readonly isAll: boolean;
  readonly source: string;
  readonly isEssential: boolean;
  readonly multiArch: string;
  readonly preDepends: readonly string[];
  readonly depends: readonly string[];
  readonly provides: readonly string[];
}

/** At most a dozen packages that get in each other's way, as records; `textsOf` writes them down. */
export interface SmallUniverse {
  readonly sources: readonly SmallSource[];
  readonly existing: readonly SmallExisting[];
  /** Architectures that have a `Packages` index. */
  readonly indexed: readonly string[];
  readonly options: AnalyseOptions;
}

export interface UniverseShape {
  /** Sources lie in the layers base, middle and top, some of them in two build types. */
  readonly hasLayers: boolean;
  /** Architectures that have a `Packages` index. */
  readonly indexed: readonly string[];
}

/** Binaries that sources build; some of them exist too. */
const BUILT = ['b0', 'b1', 'b2', 'b3', 'b4', 'b5', 'b6', 'b7'];
/** Binaries that exist only, if at all. */
const FOREIGN = ['e0', 'e1', 'e2'];
const VIRTUAL = ['v0', 'v1'];
const VERSIONS = ['1', '2', '1:1', '2~rc1', '3-1'];
const LAYERS = ['base', 'middle', 'top'];

const version = fc.constantFrom(...VERSIONS);
const anyName = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...BUILT) },
  { weight: 1, arbitrary: fc.constantFrom(...FOREIGN) },
  { weight: 1, arbitrary: fc.constantFrom(...VIRTUAL) },
);
const sometimes = (odds: number, text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ weight: odds, arbitrary: fc.constant('') }, { weight: 1, arbitrary: text });

const plainRelation = fc
  .record({
    name: anyName,
    qualifier: sometimes(12, fc.constantFrom(':any', ':native', ':arm64')),
    constraint: sometimes(
      5,
      fc
        .tuple(fc.constantFrom('<<', '<=', '=', '>=', '>=', '>=', '>>'), version)
        .map(([op, text]) => ` (${op} ${text})`),
    ),
  })
  .map(({ name, qualifier, constraint }) => `${name}${qualifier}${constraint}`);
const restrictedRelation = fc
  .tuple(
    plainRelation,
    sometimes(4, fc.constantFrom(' [amd64]', ' [!amd64]', ' [linux-any]', ' [any-arm64]')),
    sometimes(4, fc.constantFrom(' <!nocheck>', ' <nodoc>', ' <!nocheck !nodoc>', ' <nocheck> <!nodoc>')),
  )
  .map((parts) => parts.join(''));
const groups = (relation: fc.Arbitrary<string>, most: number): fc.Arbitrary<readonly string[]> =>
  fc.array(
    fc.array(relation, { minLength: 1, maxLength: 3 }).map((group) => group.join(' | ')),
    { maxLength: most },
  );
const provides = fc.array(
  fc
    .tuple(
      fc.constantFrom(...VIRTUAL, 'b0', 'e0'),
      sometimes(
        1,
        version.map((text) => ` (= ${text})`),
      ),
    )
    .map((parts) => parts.join('')),
  { maxLength: 2 },
);
const multiArch = sometimes(2, fc.constantFrom('allowed', 'same', 'foreign'));

const smallBinary: fc.Arbitrary<SmallBinary> = fc.record({
  name: fc.constantFrom(...BUILT),
  architecture: fc.constantFrom('any', 'any', 'any', 'all', 'amd64', 'linux-any'),
  profiles: sometimes(5, fc.constantFrom('<!nodoc>', '<nocheck>')),
  multiArch,
  depends: groups(restrictedRelation, 2),
  provides,
});

const smallSource = ({ hasLayers }: UniverseShape): fc.Arbitrary<SmallSource> =>
  fc.record({
    name: fc.constantFrom('s0', 's1', 's2', 's3', 's4', 's5'),
    version,
    layer: hasLayers ? fc.constantFrom(...LAYERS) : fc.constant(undefined),
    buildType: hasLayers ? fc.constantFrom('std', 'std', 'rt') : fc.constant(undefined),
    isControl: fc.boolean(),
    architecture: fc.constantFrom('any', 'any all', 'all', 'amd64', 'arm64 all'),
    always: groups(restrictedRelation, 2),
    arch: groups(restrictedRelation, 1),
    indep: groups(restrictedRelation, 1),
    binaries: fc.uniqueArray(smallBinary, { selector: ({ name }) => name, minLength: 1, maxLength: 3 }),
  });

const smallExisting: fc.Arbitrary<SmallExisting> = fc.record({
  index: fc.constantFrom('amd64', 'arm64'),
  name: fc.oneof(fc.constantFrom(...BUILT), fc.constantFrom(...FOREIGN)),
  version,
  isAll: fc.boolean(),
  source: fc.oneof(
    fc.constant(''),
    fc.tuple(fc.constantFrom('s0', 's1', 's2', 's3', 's4', 's5'), version).map(([name, text]) => {
      return `${name} (${text})`;
    }),
  ),
  isEssential: fc.integer({ min: 0, max: 9 }).map((roll) => roll === 0),
  multiArch,
  preDepends: sometimes(3, plainRelation).map((relation) => (relation === '' ? [] : [relation])),
  depends: groups(plainRelation, 1),
  provides,
});

/** Any small universe for amd64 and arm64. */
export function smallUniverse(shape: UniverseShape): fc.Arbitrary<SmallUniverse> {
  // Without bias: the small ones, which fast-check likes, have hardly an edge.
  return fc.noBias(biasedUniverse(shape));
}

function biasedUniverse(shape: UniverseShape): fc.Arbitrary<SmallUniverse> {
  return fc.record({
    sources: fc.uniqueArray(smallSource(shape), {
      selector: ({ name, layer, buildType }) => [name, layer, buildType].join(' '),
      minLength: 2,
      maxLength: 6,
    }),
    existing: fc.uniqueArray(smallExisting, {
      selector: ({ index, name, version: text }) => [index, name, text].join(' '),
      minLength: 4,
      maxLength: 16,
    }),
    indexed: fc.constant(shape.indexed),
    options: fc
      .record({
        allOn: fc.constantFrom('amd64', 'arm64'),
        profiles: fc.subarray(['nocheck', 'nodoc']),
        depth: fc.constantFrom('install' as const, 'install' as const, 'direct' as const),
        alternatives: fc.constantFrom('any' as const, 'first' as const),
      })
      .map((options) =>
        optionsOf({
          ...options,
          architectures: ['amd64', 'arm64'],
          layers: shape.hasLayers ? LAYERS : [],
          // the slow twins build each unit once, as its source says
          breakCosts: ONLY_EXISTING,
        }),
      ),
  });
}

/** The universe as texts; a `Packages` index that isn't there leaves out the binaries that it would list. */
export function textsOf({ sources, existing, indexed }: SmallUniverse): Texts {
  return {
    sources: sources.filter(({ isControl }) => !isControl).map(sourceText),
    controls: sources
      .filter(({ isControl }) => isControl)
      .map((own) =>
        control(own.name, Object.fromEntries(own.binaries.map(controlBinary)), buildFields(own), {
          file: [own.layer, own.buildType, own.name, 'debian/control'].join('/'),
          version: own.version,
          layer: own.layer,
          buildType: own.buildType,
        }),
      ),
    packages: Object.fromEntries(
      indexed.map((arch) => [arch, existing.filter(({ index }) => index === arch).map(existingText)]),
    ),
  };
}

function sourceText(own: SmallSource): string {
  const list = own.binaries.map(({ name, architecture, profiles }) => {
    const formula = [...profiles.matchAll(/<([^>]*)>/g)].map(([, terms]) => terms?.replaceAll(' ', '+'));
    const profile = formula.length === 0 ? '' : ` profile=${formula.join(',')}`;
    return `\n ${name} deb misc optional arch=${architecture}${profile}`;
  });
  return source(own.name, {
    Version: own.version,
    Architecture: own.architecture,
    Binary: own.binaries.map(({ name }) => name).join(', '),
    'Package-List': list.join(''),
    'X-Stx-Layer': own.layer ?? '',
    'X-Stx-Build-Type': own.buildType ?? '',
    ...buildFields(own),
  });
}

function buildFields({ always, arch, indep }: SmallSource): Fields {
  return {
    'Build-Depends': always.join(', '),
    'Build-Depends-Arch': arch.join(', '),
    'Build-Depends-Indep': indep.join(', '),
  };
}

function controlBinary(own: SmallBinary): readonly [string, Fields] {
  const fields = {
    Architecture: own.architecture,
    'Build-Profiles': own.profiles,
    'Multi-Arch': own.multiArch,
    Depends: own.depends.join(', '),
    Provides: own.provides.join(', '),
  };
  return [own.name, fields];
}

function existingText(own: SmallExisting): string {
  return binary(own.name, {
    Version: own.version,
    Architecture: own.isAll ? 'all' : own.index,
    Source: own.source,
    Essential: own.isEssential ? 'yes' : '',
    'Multi-Arch': own.multiArch,
    'Pre-Depends': own.preDepends.join(', '),
    Depends: own.depends.join(', '),
    Provides: own.provides.join(', '),
  });
}
