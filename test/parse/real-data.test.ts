import { describe, expect, it } from 'vitest';
import { compareText } from '../../src/base/compare.ts';
import type { Report } from '../../src/base/diagnostic.ts';
import type { BuildRelations, ProducedBinary } from '../../src/debian/package.ts';
import { formatAlternatives, type RelationField } from '../../src/debian/relation.ts';
import { readChangelogVersion } from '../../src/parse/changelog.ts';
import { parseControl } from '../../src/parse/control.ts';
import { parseMetaData } from '../../src/parse/meta-data.ts';
import { parsePackages } from '../../src/parse/packages-index.ts';
import { locateGroup } from '../../src/parse/relation-field.ts';
import { sniffText } from '../../src/parse/sniff.ts';
import { parseSources } from '../../src/parse/sources-index.ts';
import { collectingContext, places } from './collect.ts';
import { hasSharedData, listShared, readShared } from './shared-data.ts';

const refuse: Report = ({ message }) => {
  throw new Error(message);
};
const PUPPET_LVM = 'tree/integ/config/puppet-modules/puppet-lvm/debian';

describe.skipIf(!hasSharedData)('the real StarlingX files', () => {
  it('give a source for each of the 326 control files, with three missing commas', () => {
    const context = collectingContext();
    const substitute = new Map([['@KERNEL_TYPE@', '-rt']]);
    const files = listShared('control');
    const sources = files.flatMap(
      (file) => parseControl(readShared(file), file, context, { substitute }) ?? [],
    );
    expect(sources).toHaveLength(326);
    expect(sources.flatMap(({ binaries }) => binaries)).toHaveLength(546);
    expect(places(context.diagnostics).toSorted(compareText)).toEqual([
      'missing-comma tree/config-files/openvswitch-config/debian/all/deb_folder/control:12:2',
      `missing-comma ${PUPPET_LVM}/bullseye/deb_folder/control:14:11`,
      `missing-comma ${PUPPET_LVM}/trixie/deb_folder/control:14:11`,
    ]);
    for (const { location, buildDepends, binaries } of sources) {
      const lines = readShared(location.file).replaceAll('@KERNEL_TYPE@', '-rt').split('\n');
      const fields = [...buildFields(buildDepends), ...binaries.flatMap(runTimeFields)];
      expect(fields.flatMap((field) => misplacedGroups(field, lines))).toEqual([]);
    }
  });

  it('give 344 and 359 sources from the Sources indexes, without a diagnostic', () => {
    const context = collectingContext();
    const counts = ['trixie', 'bullseye'].map((suite) => {
      const file = `${suite}.Sources`;
      const sources = parseSources(readShared(file), file, context);
      return [sources.length, sources.filter(({ knowsBinaries }) => !knowsBinaries).length];
    });
    expect(context.diagnostics).toEqual([]);
    expect(counts).toEqual([
      [344, 14],
      [359, 14],
    ]);
  });

  it.each([
    ['trixie-amd64', 3440],
    ['trixie-arm64', 3411],
    ['bullseye-amd64', 3052],
    ['bullseye-arm64', 2996],
  ])('give all packages of %s, without a diagnostic', (name, count) => {
    const context = collectingContext();
    const packages = parsePackages(readShared(`${name}.Packages`), name, context);
    expect(context.diagnostics).toEqual([]);
    expect(packages).toHaveLength(count);
    const arch = name.slice(name.indexOf('-') + 1);
    expect(new Set(packages.map(({ indexArchitectures }) => indexArchitectures.join()))).toEqual(
      new Set([arch]),
    );
  });

  it('give a version for every meta_data.yaml, with three misspelt keys', () => {
    const context = collectingContext();
    const files = listShared('meta_data.yaml');
    const all = files.map((file) => parseMetaData(readShared(file), file, context.report));
    expect(files).toHaveLength(529);
    expect(all.filter(({ version }) => version !== undefined)).toHaveLength(529);
    expect(all.filter(({ name }) => name !== undefined)).toHaveLength(489);
    expect(all.filter(({ serial }) => serial)).toHaveLength(2);
    expect(places(context.diagnostics).toSorted(compareText)).toEqual([
      'misspelt-key tree/integ/base/lsb/debian/bullseye/meta_data.yaml:4:1',
      'misspelt-key tree/integ/security/python-keyring/debian/bullseye/meta_data.yaml:3:1',
      'misspelt-key tree/integ/security/python-keyring/debian/trixie/meta_data.yaml:3:1',
    ]);
  });

  it('give a name and version for every changelog', () => {
    const files = listShared('changelog');
    expect(files.length).toBeGreaterThan(100);
    expect(
      files.filter((file) => readChangelogVersion(readShared(file), file, refuse) === undefined),
    ).toEqual([]);
  });

  it('are told apart by content', () => {
    for (const file of listShared('control')) expect(sniffText(readShared(file))).toBe('control');
    for (const file of ['trixie.Sources', 'bullseye.Sources'])
      expect(sniffText(readShared(file))).toBe('sources');
    for (const file of ['trixie-arm64.Packages', 'bullseye-amd64.Packages']) {
      expect(sniffText(readShared(file))).toBe('packages');
    }
    for (const file of [...listShared('changelog'), ...listShared('meta_data.yaml')]) {
      expect(sniffText(readShared(file))).toBe('unknown');
    }
  });
});

function buildFields({ always, arch, indep }: BuildRelations): readonly RelationField[] {
  return [always, arch, indep].filter((field) => field !== undefined);
}

function runTimeFields({
  preDepends,
  depends,
  provides,
  conflicts,
  breaks,
}: ProducedBinary): readonly RelationField[] {
  return [preDepends, depends, provides, conflicts, breaks].filter((field) => field !== undefined);
}

/** The groups that do not stand in the file where `locateGroup` says. */
function misplacedGroups(field: RelationField, lines: readonly string[]): readonly string[] {
  return field.groups.map(formatAlternatives).filter((text, index) => {
    const { line, column = 0 } = locateGroup(field, index);
    const name = /^[^: ]+/.exec(text)?.[0] ?? '?';
    return lines[line - 1]?.slice(column - 1).startsWith(name) !== true;
  });
}
