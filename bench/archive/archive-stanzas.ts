import { seededRandom, type Random } from '../../src/internal.ts';
import { binaryVersion, newestVersion, type GeneratedArchive } from './draw-archive.ts';
import { drawBuildRelations, drawDepends, providesVirtual, virtualName } from './draw-relations.ts';
import { drawQuantile, pick } from './draw.ts';

const SECTIONS = ['misc', 'libs', 'libdevel', 'perl', 'python', 'golang', 'utils', 'net', 'doc', 'science'] as const; // prettier-ignore
const ESSENTIAL = ['libc6', 'perl-base', 'dpkg'];
const SOME_ARCHITECTURES = [
  'amd64',
  'amd64 i386',
  'any-amd64 any-i386',
  'amd64 arm64',
  'amd64 arm64',
  'arm64',
] as const;
const ENOUGH_DIGITS = 128;

/** The stanzas of `Sources`, by name as in an archive, each with its blank line. */
export function* sourceStanzas(archive: GeneratedArchive): Generator<string> {
  for (const source of byName(archive.sourceNames)) yield sourceStanza(archive, source);
}

/** The stanzas of one architecture's `Packages`, by name, each with its blank line. */
export function* packageStanzas(archive: GeneratedArchive, arch: string): Generator<string> {
  for (const binary of byName(archive.binaryNames)) {
    if (isBuiltFor(archive, binary, arch)) yield packageStanza(archive, binary, arch);
  }
}

function byName(names: readonly string[]): Uint32Array {
  return Uint32Array.from(names.keys()).sort((a, b) => ((names[a] ?? '') < (names[b] ?? '') ? -1 : 1));
}

/** What few architectures build, the others lack. */
function isBuiltFor(archive: GeneratedArchive, binary: number, arch: string): boolean {
  const source = archive.sourceOfBinary[binary] ?? 0;
  return archive.kinds[source] !== 'some' || someArchitectures(archive, source).includes(arch);
}

function someArchitectures({ seed }: GeneratedArchive, source: number): string {
  return pick(SOME_ARCHITECTURES, seededRandom(seed * 31 + source));
}

function sourceStanza(archive: GeneratedArchive, source: number): string {
  const random = seededRandom(archive.seed * 104_729 + 2 * source);
  const name = archive.sourceNames[source] ?? '';
  const version = newestVersion(archive, source);
  const binaries = binariesOf(archive, source);
  const { always, indep } = drawBuildRelations(archive, source, random);
  const digits = hexDigits(random);
  const bytes = drawQuantile(archive.shape.sourceBytes, random);
  const section = pick(SECTIONS, random);
  const files = [
    `${Math.min(2000, bytes)} ${name}_${version}.dsc`,
    `${Math.ceil(bytes * 0.9)} ${name}_${version}.orig.tar.xz`,
    `${Math.ceil(bytes * 0.1)} ${name}_${version}.debian.tar.xz`,
  ];
  const packages = binaries.map(
    (binary) =>
      ` ${archive.binaryNames[binary] ?? ''} deb ${section} optional arch=${listedArchitecture(archive, binary, source)}`,
  );
  return [
    `Package: ${name}`,
    `Binary: ${binaries.map((binary) => archive.binaryNames[binary]).join(', ')}`,
    `Version: ${version}`,
    'Maintainer: Debian Generated Packages Team <pkg-generated-maintainers@lists.alioth.debian.org>',
    'Uploaders: First Uploader <first@debian.org>, Second Uploader <second@debian.org>',
    `Build-Depends: ${always}`,
    ...(indep === '' ? [] : [`Build-Depends-Indep: ${indep}`]),
    `Architecture: ${architectureField(archive, source)}`,
    'Standards-Version: 4.6.2',
    'Format: 3.0 (quilt)',
    ...['Files:', ...files.map((file) => ` ${digits.slice(0, 32)} ${file}`)],
    `Vcs-Browser: https://salsa.debian.org/debian/${name}`,
    `Vcs-Git: https://salsa.debian.org/debian/${name}.git`,
    ...['Checksums-Sha256:', ...files.map((file) => ` ${digits.slice(0, 64)} ${file}`)],
    `Homepage: https://www.example.org/${name}/`,
    ...['Package-List:', ...packages],
    ...(random() < 0.52 ? ['Testsuite: autopkgtest'] : []),
    `Directory: pool/main/${name.slice(0, 1)}/${name}`,
    'Priority: source',
    `Section: ${section}`,
    '\n',
  ].join('\n');
}

function packageStanza(archive: GeneratedArchive, binary: number, arch: string): string {
  const random = seededRandom(archive.seed * 104_729 + 2 * binary + 1);
  const { shape } = archive;
  const source = archive.sourceOfBinary[binary] ?? 0;
  const name = archive.binaryNames[binary] ?? '';
  const sourceName = archive.sourceNames[source] ?? '';
  const version = binaryVersion(archive, binary);
  const own = archive.versions[source] ?? '';
  const shownSource = version === own ? sourceName : `${sourceName} (${own})`;
  const architecture = archive.isAll[binary] === 1 ? 'all' : arch;
  const depends = drawDepends(archive, binary, random);
  const installedKib = drawQuantile(shape.installedKib, random);
  const digits = hexDigits(random);
  return [
    `Package: ${name}`,
    ...(shownSource === name ? [] : [`Source: ${shownSource}`]),
    `Version: ${version}`,
    `Installed-Size: ${installedKib}`,
    'Maintainer: Debian Generated Packages Team <pkg-generated-maintainers@lists.alioth.debian.org>',
    `Architecture: ${architecture}`,
    ...(ESSENTIAL.includes(name) ? ['Essential: yes'] : []),
    ...multiArchField(archive, binary, random),
    ...(depends === '' ? [] : [`Depends: ${depends}`]),
    ...providesField(archive, binary, random),
    ...otherFields(archive, binary, random),
    'Description: one package of many that nobody wrote',
    `Homepage: https://www.example.org/${sourceName}/`,
    `Description-md5: ${digits.slice(64, 96)}`,
    'Tag: devel::library, implemented-in::c, role::program, works-with::text',
    'Section: misc',
    'Priority: optional',
    `Filename: pool/main/${sourceName.slice(0, 1)}/${sourceName}/${name}_${version}_${architecture}.deb`,
    `Size: ${Math.ceil(installedKib * 1024 * 0.27)}`,
    `MD5sum: ${digits.slice(96)}`,
    `SHA256: ${digits.slice(0, 64)}`,
    '\n',
  ].join('\n');
}

function providesField(archive: GeneratedArchive, binary: number, random: Random): readonly string[] {
  const name = archive.binaryNames[binary] ?? '';
  if (name === 'debhelper') return ['Provides: debhelper-compat (= 12), debhelper-compat (= 13)'];
  if (!providesVirtual(archive, binary)) return [];
  const more = drawQuantile(archive.shape.provides.names, random) - 1;
  const others = Array.from({ length: more }, (_, place) => `${name}-feature-${place}`);
  return [`Provides: ${[virtualName(archive, binary), ...others].join(', ')}`];
}

function multiArchField(
  { shape, isAll, isAny }: GeneratedArchive,
  binary: number,
  random: Random,
): readonly string[] {
  if (isAny[binary] === 1) return ['Multi-Arch: allowed'];
  const { same, foreign } = shape.multiArch;
  const drawn = random();
  // only what is built for an architecture can be there for several
  const atLeast = isAll[binary] === 1 ? 0 : same * 2;
  if (drawn < atLeast) return ['Multi-Arch: same'];
  return drawn < atLeast + foreign ? ['Multi-Arch: foreign'] : [];
}

/** What forbids versions of before its own. */
function otherFields(
  { shape, versions, sourceOfBinary, binaryNames }: GeneratedArchive,
  binary: number,
  random: Random,
): readonly string[] {
  const version = versions[sourceOfBinary[binary] ?? 0] ?? '';
  const other = binaryNames[Math.floor(random() * binary)] ?? '';
  const old = `${other === '' ? 'nothing' : other}-old (<< ${version})`;
  return [
    ...(random() < shape.conflicts ? [`Conflicts: ${old}`] : []),
    ...(random() < shape.breaks ? [`Breaks: ${old}`, `Replaces: ${old}`] : []),
  ];
}

function binariesOf({ firstBinary }: GeneratedArchive, source: number): readonly number[] {
  const first = firstBinary[source] ?? 0;
  return Array.from({ length: (firstBinary[source + 1] ?? 0) - first }, (_, place) => first + place);
}

function architectureField(archive: GeneratedArchive, source: number): string {
  const kind = archive.kinds[source] ?? 'any';
  if (kind === 'some') return someArchitectures(archive, source);
  const hasAll = binariesOf(archive, source).some((binary) => archive.isAll[binary] === 1);
  return kind === 'mixed' ? (hasAll ? 'any all' : 'any') : kind;
}

function listedArchitecture(archive: GeneratedArchive, binary: number, source: number): string {
  if (archive.isAll[binary] === 1) return 'all';
  return archive.kinds[source] === 'some' ? someArchitectures(archive, source).replaceAll(' ', ',') : 'any';
}

function hexDigits(random: Random): string {
  let digits = '';
  while (digits.length < ENOUGH_DIGITS)
    digits += Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  return digits;
}
