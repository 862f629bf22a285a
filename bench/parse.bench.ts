import { parse } from 'debian-control';
import type { Bench } from 'tinybench';
import {
  compareVersions,
  parsePackages,
  parseRelationField,
  type Random,
  readStanzas,
  RelationTable,
  seededRandom,
} from '../src/internal.ts';

const TEXT_LENGTH = 10_000_000;
const FIELD_COUNT = 20_000;
const VERSION_COUNT = 100_000;
const LOCATION = { file: 'Packages', line: 1 };

/** Adds the benches of reading: 10 MB of `Packages`, 20,000 relation fields, 100,000 version comparisons. */
export async function parseBench(bench: Bench): Promise<void> {
  const text = generatePackages(TEXT_LENGTH, seededRandom(1));
  const fields = generate(FIELD_COUNT, relationField, seededRandom(2));
  const versions = generate(VERSION_COUNT, version, seededRandom(3));
  const wanted = new Set(['package', 'version', 'depends']);
  let sink = 0;
  bench
    .add('10 MB of Packages: its line ends, plain JavaScript', () => {
      for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) sink++;
    })
    .add('10 MB of Packages: stanzas, three fields', () => {
      for (const stanza of readStanzas(text, 'Packages', refuse, { wanted })) sink += stanza.fields.size;
    })
    .add('10 MB of Packages: stanzas, all fields', () => {
      for (const stanza of readStanzas(text, 'Packages', refuse)) sink += stanza.fields.size;
    })
    .add('10 MB of Packages: all fields, debian-control', () => {
      for (const paragraph of text.split('\n\n')) sink += Object.keys(parse(paragraph)).length;
    })
    .add('10 MB of Packages: parsePackages', () => {
      sink += parsePackages(
        text,
        'Packages',
        { relations: new RelationTable(), report: refuse },
        'amd64',
      ).length;
    })
    .add('20,000 relation fields', () => {
      const context = { relations: new RelationTable(), report: refuse };
      for (const field of fields)
        sink += parseRelationField('Depends', field, LOCATION, context).groups.length;
    })
    .add('100,000 version comparisons', () => {
      let previous = '0';
      for (const next of versions) {
        sink += compareVersions(previous, next);
        previous = next;
      }
    });
  await Promise.resolve();
  if (Number.isNaN(sink)) throw new Error('BUG: nothing was read');
}

/** Generated text is clean: a diagnostic means that the bench measures something else. */
function refuse(): never {
  throw new Error('BUG: a diagnostic about generated text');
}

/** Stanzas as long as Debian's, about 900 characters, of which two thirds are fields that no plan needs. */
function generatePackages(length: number, random: Random): string {
  const stanzas: string[] = [];
  for (let size = 0, id = 0; size < length; id++) {
    const name = `package-${String(id)}`;
    const stanza = [
      `Package: ${name}`,
      `Source: source-${String(id >> 1)} (${version(random)})`,
      `Version: ${version(random)}`,
      `Installed-Size: ${String(Math.floor(random() * 100_000))}`,
      'Maintainer: Maintainers of Generated Packages <generated-packages@lists.example.org>',
      'Architecture: amd64',
      'Multi-Arch: same',
      `Depends: ${relationField(random)}`,
      `Description: ${'a package among many '.repeat(3)}`,
      `Homepage: https://www.example.org/${name}/`,
      `Description-md5: ${'0123456789abcdef'.repeat(2)}`,
      `Tag: ${'devel::library, implemented-in::c++, role::shared-lib,\n '.repeat(3)}works-with::text`,
      'Section: libs',
      'Priority: optional',
      `Filename: pool/main/p/${name}/${name}_${version(random)}_amd64.deb`,
      `Size: ${String(Math.floor(random() * 1_000_000))}`,
      `MD5sum: ${'0123456789abcdef'.repeat(2)}`,
      `SHA256: ${'0123456789abcdef'.repeat(4)}`,
      '',
    ].join('\n');
    stanzas.push(stanza);
    size += stanza.length + 1;
  }
  return stanzas.join('\n');
}

/** Up to ten groups; names and versions repeat as in an archive, where one group in three is new. */
function relationField(random: Random): string {
  return generate(1 + Math.floor(random() * 10), group, random).join(', ');
}

function group(random: Random): string {
  const name = `lib${String(Math.floor(4000 * random() ** 3))}`;
  const constraint =
    random() < 0.6 ? ` (>= ${String(Math.floor(random() * 4))}.${String(Math.floor(random() * 5))})` : '';
  return random() < 0.05 ? `${name}${constraint} | ${name}-alternative` : `${name}${constraint}`;
}

function version(random: Random): string {
  const number = (below: number): string => String(Math.floor(random() * below));
  const epoch = random() < 0.1 ? `${number(3)}:` : '';
  const suffix = random() < 0.2 ? `~rc${number(3)}` : random() < 0.2 ? '+dfsg' : '';
  return `${epoch}${number(3)}.${number(20)}.${number(10)}${suffix}-${number(5)}${random() < 0.2 ? `+b${number(4)}` : ''}`;
}

function generate<T>(count: number, make: (random: Random) => T, random: Random): readonly T[] {
  return Array.from({ length: count }, () => make(random));
}
