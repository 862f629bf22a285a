import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reduceAlternatives } from '../../src/debian/reduce.ts';
import { formatAlternatives, type Alternatives, type RelationField } from '../../src/debian/relation.ts';
import { parseRelationField } from '../../src/parse/relation-field.ts';
import { readStanzas } from '../../src/parse/stanza.ts';
import { hasDpkgPerl, runPerl } from '../debian/dpkg.ts';
import { collectingContext } from './collect.ts';
import { anyAlternatives } from './relation-samples.ts';
import { hasSharedData, readShared } from './shared-data.ts';

/** Prints each line's field as dpkg writes it, or `REFUSED`. */
const PARSE = `while (<STDIN>) { chomp; my $d = deps_parse($_, build_dep => 1); print defined $d ? $d->output : 'REFUSED', "\\n" }`;
/** Reduces by architecture and profiles: `arch;profiles;field`. */
const REDUCE = `while (<STDIN>) { chomp; my ($a, $p, $f) = split /;/, $_, 3; my $d = deps_parse($f, build_dep => 1,
  reduce_arch => 1, host_arch => $a, build_arch => $a, reduce_profiles => 1, build_profiles => [split /,/, $p]);
  print defined $d ? $d->output : 'REFUSED', "\\n" }`;
const MODULES = ['Dpkg::Deps'];
const MODES = ['amd64;', 'arm64;nocheck', 'armhf;cross,stage1', 'hurd-i386;nodoc,nocheck'];

describe('parseRelationField and reduceAlternatives', () => {
  it.skipIf(!hasDpkgPerl)('read what Dpkg::Deps reads', () => {
    const fields = fc.sample(fc.array(anyAlternatives, { minLength: 1, maxLength: 4 }), {
      seed: 8,
      numRuns: 2000,
    });
    const lines = fields.map(writeField);
    expect(lines.map((line) => writeField(read(line).groups))).toEqual(runPerl(PARSE, lines, MODULES));
  });

  it.skipIf(!hasDpkgPerl)('reduce random fields as Dpkg::Deps does', () => {
    const fields = fc.sample(fc.array(anyAlternatives, { minLength: 1, maxLength: 4 }), {
      seed: 9,
      numRuns: 1000,
    });
    expectSameReduction(fields.map(writeField));
  });

  it.skipIf(!hasDpkgPerl || !hasSharedData)('reduce the real build relations as Dpkg::Deps does', () => {
    const lines = ['trixie.Sources', 'bullseye.Sources'].flatMap((index) =>
      [...readStanzas(readShared(index), index, () => undefined)].flatMap(({ fields }) =>
        ['build-depends', 'build-depends-indep', 'build-conflicts'].flatMap(
          (key) => fields.get(key)?.text ?? [],
        ),
      ),
    );
    expect(lines.length).toBeGreaterThan(700);
    expectSameReduction(lines);
  });
});

/** dpkg takes the restrictions that held out of the relations; so does this test. */
function expectSameReduction(lines: readonly string[]): void {
  for (const mode of MODES) {
    const [arch = '', profiles = ''] = mode.split(';');
    const restrictions = { arch, profiles: new Set(profiles.split(',').filter((profile) => profile !== '')) };
    const ours = lines.map((line) => {
      const kept = read(line).groups.map((group) => reduceAlternatives(group, restrictions));
      return writeField(kept.flatMap((group) => (group === undefined ? [] : [group.map(unrestricted)])));
    });
    const theirs = runPerl(
      REDUCE,
      lines.map((line) => `${mode};${line}`),
      MODULES,
    );
    expect(ours).toEqual(theirs);
  }
}

function unrestricted(relation: Alternatives[number]): Alternatives[number] {
  return { ...relation, architectures: [], profiles: [] };
}

function read(line: string): RelationField {
  return parseRelationField('Build-Depends', line, { file: 'f', line: 1 }, collectingContext());
}

function writeField(groups: readonly Alternatives[]): string {
  return groups.map(formatAlternatives).join(', ');
}
