import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { seededRandom } from '../../src/base/random.ts';
import {
  architectureNames,
  matchesArchitecture,
  matchesArchitectureList,
} from '../../src/debian/architecture.ts';
import { hasDpkgPerl, runPerl } from './dpkg.ts';

const IS = 'while (<STDIN>) { chomp; my ($a, $s) = split / /; print debarch_is($a, $s) ? 1 : 0, "\\n" }';
const CONCERNED =
  'while (<STDIN>) { chomp; my ($a, @l) = split / /; print debarch_is_concerned($a, @l) ? 1 : 0, "\\n" }';
const VALID = 'print "$_\\n" foreach get_valid_arches()';
const MODULES = ['Dpkg::Arch=:all'];
const ABIS = words('base eabi eabihf abin32 abi64 spe x32 ilp32');
const LIBCS = words('gnu musl uclibc bsd sysv tos');
const SYSTEMS = words('linux kfreebsd hurd darwin freebsd solaris uclinux mint');
const WILDCARDS = [
  ...ABIS.map((abi) => `${abi}-any-any-any`),
  ...LIBCS.map((libc) => `${libc}-any-any`),
  ...SYSTEMS.map((system) => `${system}-any`),
  ...words(
    'any any-amd64 any-arm any-i386 any-arm64 any-mips any-mips64 any-powerpc gnu-linux-any musl-linux-any',
  ),
  ...words(
    'any-any-any-any any-any-any-arm eabi-gnu-linux-any any-musl-linux-arm any-any gnu-any linux-amd64',
  ),
  ...words('linux-armhf-x a-b-c-d-any any-a-b-c-d all source nonsense linux- any-'),
];

describe('matchesArchitecture', () => {
  it.skipIf(!hasDpkgPerl)('knows the names that the installed dpkg knows', () => {
    const installed = new Set(runPerl(VALID, [], MODULES));
    const ours = new Set(architectureNames());
    const recent = [...installed].filter((name) => !ours.has(name));
    expect(ours.size - [...ours].filter((name) => !installed.has(name)).length).toBeGreaterThan(500);
    // A dpkg newer than the table may know more; one of 1.21 or 1.22 knows a handful more at most.
    expect(recent.length).toBeLessThan(40);
  });

  it.skipIf(!hasDpkgPerl)('agrees with debarch_is on every architecture and wildcard', () => {
    const installed = new Set(runPerl(VALID, [], MODULES));
    const names = architectureNames().filter((name) => installed.has(name));
    const specs = [...WILDCARDS, 'amd64', 'armhf', 'x32', 'arm', 'hurd-i386', 'musl-linux-armhf', 'mips64el'];
    const pairs = [...names, 'all', 'nonsense'].flatMap((arch) => specs.map((spec) => ({ arch, spec })));
    const answers = runPerl(
      IS,
      pairs.map(({ arch, spec }) => `${arch} ${spec}`),
      MODULES,
    );
    expect(answers).toHaveLength(pairs.length);
    expect(
      pairs.filter(({ arch, spec }, index) => matchesArchitecture(arch, spec) !== (answers[index] === '1')),
    ).toEqual([]);
  });
});

describe('matchesArchitectureList', () => {
  it.skipIf(!hasDpkgPerl)('agrees with debarch_is_concerned on 5,000 lists, mixed ones too', () => {
    const random = seededRandom(5);
    const terms = [
      'amd64',
      'arm64',
      'armhf',
      'i386',
      'any-arm',
      'linux-any',
      'kfreebsd-any',
      'hurd-i386',
      'x32',
    ];
    const pick = (list: readonly string[]): string => at(list, Math.floor(random() * list.length));
    const cases = Array.from({ length: 5000 }, () => ({
      arch: pick(['amd64', 'arm64', 'armhf', 'hurd-i386', 'x32']),
      list: Array.from(
        { length: 1 + Math.floor(random() * 4) },
        () => (random() < 0.5 ? '!' : '') + pick(terms),
      ),
    }));
    const answers = runPerl(
      CONCERNED,
      cases.map(({ arch, list }) => `${arch} ${list.join(' ')}`),
      MODULES,
    );
    expect(answers).toHaveLength(cases.length);
    expect(
      cases.filter(
        ({ arch, list }, index) => matchesArchitectureList(arch, list) !== (answers[index] === '1'),
      ),
    ).toEqual([]);
  });
});

function words(text: string): readonly string[] {
  return text.split(' ');
}
