import { editDistance, nearestName } from '../base/nearest-name.ts';

/** What an architecture's name stands for: `armhf` is `eabihf-gnu-linux-arm`. */
export interface ArchitectureTuple {
  readonly abi: string;
  readonly libc: string;
  readonly os: string;
  readonly cpu: string;
}

const CPUS: readonly string[] = [
  ...['alpha', 'amd64', 'arc', 'arm', 'armeb', 'arm64', 'avr32', 'hppa', 'i386', 'ia64', 'loong64', 'm32r'],
  ...[
    'm68k',
    'mips',
    'mipsel',
    'mipsr6',
    'mipsr6el',
    'mips64',
    'mips64el',
    'mips64r6',
    'mips64r6el',
    'nios2',
  ],
  ...['or1k', 'powerpc', 'powerpcel', 'ppc64', 'ppc64el', 'riscv64', 's390', 's390x', 'sh3', 'sh3eb', 'sh4'],
  ...['sh4eb', 'sparc', 'sparc64', 'tilegx'],
];

/** Systems that exist for every CPU: prefix of the name, then abi, libc, os. */
const SYSTEMS: readonly (readonly [prefix: string, abi: string, libc: string, os: string])[] = [
  ['', 'base', 'gnu', 'linux'],
  ['musl-linux-', 'base', 'musl', 'linux'],
  ['uclibc-linux-', 'base', 'uclibc', 'linux'],
  ['kfreebsd-', 'base', 'gnu', 'kfreebsd'],
  ['knetbsd-', 'base', 'gnu', 'knetbsd'],
  ['kopensolaris-', 'base', 'gnu', 'kopensolaris'],
  ['hurd-', 'base', 'gnu', 'hurd'],
  ['darwin-', 'base', 'bsd', 'darwin'],
  ['dragonflybsd-', 'base', 'bsd', 'dragonflybsd'],
  ['freebsd-', 'base', 'bsd', 'freebsd'],
  ['netbsd-', 'base', 'bsd', 'netbsd'],
  ['openbsd-', 'base', 'bsd', 'openbsd'],
  ['aix-', 'base', 'sysv', 'aix'],
  ['solaris-', 'base', 'sysv', 'solaris'],
  ['uclinux-', 'base', 'uclibc', 'uclinux'],
];

/** Names of their own: name, then abi, libc, os, cpu. They win over `SYSTEMS` (mips64 is not `base`). */
const SPECIAL: readonly (readonly [name: string, abi: string, libc: string, os: string, cpu: string])[] = [
  ['armel', 'eabi', 'gnu', 'linux', 'arm'],
  ['armhf', 'eabihf', 'gnu', 'linux', 'arm'],
  ['arm64ilp32', 'ilp32', 'gnu', 'linux', 'arm64'],
  ['mips64', 'abi64', 'gnu', 'linux', 'mips64'],
  ['mips64el', 'abi64', 'gnu', 'linux', 'mips64el'],
  ['mips64r6', 'abi64', 'gnu', 'linux', 'mips64r6'],
  ['mips64r6el', 'abi64', 'gnu', 'linux', 'mips64r6el'],
  ['mipsn32', 'abin32', 'gnu', 'linux', 'mips64'],
  ['mipsn32el', 'abin32', 'gnu', 'linux', 'mips64el'],
  ['mipsn32r6', 'abin32', 'gnu', 'linux', 'mips64r6'],
  ['mipsn32r6el', 'abin32', 'gnu', 'linux', 'mips64r6el'],
  ['powerpcspe', 'spe', 'gnu', 'linux', 'powerpc'],
  ['x32', 'x32', 'gnu', 'linux', 'amd64'],
  ['musl-linux-armhf', 'eabihf', 'musl', 'linux', 'arm'],
  ['uclibc-linux-armel', 'eabi', 'uclibc', 'linux', 'arm'],
  ['uclinux-armel', 'eabi', 'uclibc', 'uclinux', 'arm'],
  ['kfreebsd-armhf', 'eabihf', 'gnu', 'kfreebsd', 'arm'],
  ['mint-m68k', 'base', 'tos', 'mint', 'm68k'],
];

const TUPLES = buildTuples();
const PART_NAMES = ['abi', 'libc', 'os', 'cpu'] as const;
const PARTS: Readonly<Record<keyof ArchitectureTuple, ReadonlySet<string>>> = {
  abi: partsOf('abi'),
  libc: partsOf('libc'),
  os: partsOf('os'),
  cpu: partsOf('cpu'),
};
/** What people write as a rule: Debian's architectures and the wildcards of its archive. */
const COMMON: readonly string[] = [
  ...['all', 'any', 'amd64', 'arm64', 'armel', 'armhf', 'i386', 'loong64', 'mips64el', 'ppc64el', 'riscv64'],
  ...['s390x', 'linux-any', 'hurd-any', 'kfreebsd-any', 'any-amd64', 'any-arm64', 'any-arm', 'any-i386'],
];

/** Every architecture that has a name, in no particular order: about 600. `all` and `source` are none. */
export function architectureNames(): readonly string[] {
  return [...TUPLES.keys()];
}

/** Whether the text names one architecture of dpkg's tables: `amd64`, `hurd-i386`; not `all`, `any` or a wildcard. */
export function isArchitecture(text: string): boolean {
  return TUPLES.has(text);
}

/** Whether the text stands for a set of architectures: `any`, `linux-any`, `gnu-any-any`. */
export function isWildcard(text: string): boolean {
  return splitTuple(text).includes('any');
}

/**
 * Whether the text means some architecture of dpkg's tables: a name, also with `linux-` before it, or a wildcard all of
 * whose parts occur there. `any-amd46` and `gun-any-any` mean none; neither does `all`.
 */
export function meansArchitecture(text: string): boolean {
  if (tupleOf(text) !== undefined) return true;
  const wanted = wildcardTuple(text);
  return (
    wanted !== undefined &&
    PART_NAMES.every((part) => wanted[part] === 'any' || PARTS[part].has(wanted[part]))
  );
}

/**
 * The name or wildcard that an unknown one may have been meant for: one of Debian's own architectures and the common
 * wildcards before the other names; `any-armhf`, whose CPU is `arm`, may have been meant for `armhf`.
 * @returns undefined when none is near
 */
export function nearestArchitecture(text: string): string | undefined {
  const wanted = text.toLowerCase();
  if (wanted.startsWith('any-') && TUPLES.has(wanted.slice(4))) return wanted.slice(4);
  const near = nearestName(wanted, COMMON);
  return near !== undefined && editDistance(wanted, near) <= 2 ? near : nearestName(wanted, TUPLES.keys());
}

/**
 * Whether an architecture is meant by a name or wildcard: `any`, `linux-any`, `any-arm` (armel, armhf, arm of every
 * system), `gnu-any-any`. Names that the tables don't know match only themselves and `any`.
 * @see Debian Policy 11.1; dpkg's `debarch_is`
 */
export function matchesArchitecture(arch: string, spec: string): boolean {
  if (spec === arch || spec === 'any') return true;
  const real = tupleOf(arch);
  if (real === undefined) return false;
  const wanted = wildcardTuple(spec) ?? tupleOf(spec);
  if (wanted === undefined) return false;
  return (
    matchesPart(real.abi, wanted.abi) &&
    matchesPart(real.libc, wanted.libc) &&
    matchesPart(real.os, wanted.os) &&
    matchesPart(real.cpu, wanted.cpu)
  );
}

/**
 * Whether an architecture list `[…]` holds: `a b` is one of these, `!a !b` none of these, an empty list always. A list
 * that mixes both, which Policy forbids, is read as dpkg does: the first entry that matches decides; when none
 * does, the list holds if any entry is negated. Case does not count.
 * @see Debian Policy 7.1; dpkg's `debarch_is_concerned`
 */
export function matchesArchitectureList(arch: string, list: readonly string[]): boolean {
  let holds = list.length === 0;
  for (const entry of list) {
    const negated = entry.startsWith('!');
    const spec = (negated ? entry.slice(1) : entry).toLowerCase();
    if (matchesArchitecture(arch, spec)) return !negated;
    if (negated) holds = true;
  }
  return holds;
}

const TUPLE_PARTS = 4;

/** dpkg also reads `linux-amd64` as `amd64`. */
function tupleOf(arch: string): ArchitectureTuple | undefined {
  const known = TUPLES.get(arch);
  if (known !== undefined || !arch.startsWith('linux-')) return known;
  return TUPLES.get(arch.split('-')[1] ?? '');
}

/** `linux-any` → any-any-linux-any: missing parts in front are `any`. */
function wildcardTuple(spec: string): ArchitectureTuple | undefined {
  const parts = splitTuple(spec);
  if (!parts.includes('any')) return undefined;
  while (parts.length < TUPLE_PARTS) parts.unshift('any');
  const [abi = '', libc = '', os = '', cpu = ''] = parts;
  return { abi, libc, os, cpu };
}

/** At most four parts; what is left stays in the last one. */
function splitTuple(spec: string): string[] {
  const parts = spec.split('-');
  if (parts.length <= TUPLE_PARTS) return parts;
  return [...parts.slice(0, TUPLE_PARTS - 1), parts.slice(TUPLE_PARTS - 1).join('-')];
}

function matchesPart(real: string, wanted: string): boolean {
  return wanted === 'any' || wanted === real;
}

function buildTuples(): ReadonlyMap<string, ArchitectureTuple> {
  const tuples = new Map<string, ArchitectureTuple>();
  for (const [prefix, abi, libc, os] of SYSTEMS) {
    for (const cpu of CPUS) tuples.set(prefix + cpu, { abi, libc, os, cpu });
  }
  for (const [name, abi, libc, os, cpu] of SPECIAL) tuples.set(name, { abi, libc, os, cpu });
  return tuples;
}

function partsOf(part: keyof ArchitectureTuple): ReadonlySet<string> {
  return new Set([...TUPLES.values()].map((tuple) => tuple[part]));
}
