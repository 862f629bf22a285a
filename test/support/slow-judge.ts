import { compareVersions } from '../../src/debian/version.ts';
import type { Texts } from './texts.ts';

/** What a slow judge is asked. */
export interface SlowQuestion {
  readonly buildArch: string;
  readonly hostArch: string;
  readonly profiles: readonly string[];
  /** Whether every chroot holds build-essential and the Essential packages. */
  readonly hasImplicit: boolean;
  /** Whether Conflicts, Breaks, Build-Conflicts and versions of one name get in the way. */
  readonly heedsConflicts: boolean;
}

/** A binary package of an index; one that is `Architecture: all` is installed for the architecture that builds run on. */
interface SlowBinary {
  readonly name: string;
  readonly version: string;
  readonly arch: string;
  readonly multiArch: string;
  readonly isEssential: boolean;
  readonly needs: readonly Goal[];
  readonly provides: readonly SlowRelation[];
  readonly conflicts: readonly SlowRelation[];
}

interface SlowRelation {
  readonly name: string;
  readonly qualifier: string;
  readonly operator: string;
  readonly version: string;
  readonly archs: readonly string[];
  readonly profiles: readonly (readonly string[])[];
}

/** One group of alternatives with the architecture of who asks; or an Essential package, which only marked ones serve. */
interface Goal {
  readonly group: readonly SlowRelation[];
  readonly from: string;
  readonly isEssential: boolean;
}

/**
 * The slow, obvious twin of `checkSources` for what exists: reads the stanzas by itself, takes relations as Policy words them,
 * and tries every candidate of every group.
 * @returns source and version → whether it can be built
 * @see Debian Policy 7; the multiarch specification
 */
export function judgeSlowly(
  { sources = [], packages = {} }: Texts,
  question: SlowQuestion,
): ReadonlyMap<string, boolean> {
  const { buildArch, hostArch } = question;
  const binaries = readBinaries(packages, question);
  const implicit = question.hasImplicit ? implicitGoals(packages, question) : [];
  const told = sources.map(readFields).filter((fields) => isWanted(fields, hostArch));
  return new Map(
    told.map((fields) => {
      const reduced = (name: string): readonly (readonly SlowRelation[])[] =>
        [name, `${name}-Arch`, `${name}-Indep`]
          .flatMap((field) => readGroups(fields.get(field)))
          .map((group) => group.filter((relation) => holds(relation, question)))
          .filter((group) => group.length > 0);
      const goals = reduced('Build-Depends').map((group) => ({ group, from: hostArch, isEssential: false }));
      const unwanted = question.heedsConflicts ? reduced('Build-Conflicts').flat() : [];
      const allowed = binaries.filter((binary) => !unwanted.some((one) => isHit(binary, one, buildArch)));
      const key = `${fields.get('Package') ?? ''} ${fields.get('Version') ?? ''}`;
      return [key, canInstall([...implicit, ...goals], [], allowed, question)];
    }),
  );
}

/** Whether some set that holds `chosen` meets the goals and all that its packages need. */
function canInstall(
  goals: readonly Goal[],
  chosen: readonly SlowBinary[],
  allowed: readonly SlowBinary[],
  question: SlowQuestion,
): boolean {
  const open = goals.find((goal) => !chosen.some((binary) => serves(binary, goal, question.buildArch)));
  if (open === undefined) return true;
  return allowed
    .filter((binary) => serves(binary, open, question.buildArch))
    .filter(
      (binary) => !chosen.some((other) => question.heedsConflicts && areRivals(binary, other, question)),
    )
    .some((binary) => canInstall([...goals, ...binary.needs], [...chosen, binary], allowed, question));
}

function serves(binary: SlowBinary, { group, from, isEssential }: Goal, buildArch: string): boolean {
  if (isEssential) return binary.isEssential && group.some(({ name }) => name === binary.name);
  return group.some(
    (relation) => isCalled(binary, relation) && fitsArch(binary, relation.qualifier, from, buildArch),
  );
}

function fitsArch(
  { arch, multiArch }: SlowBinary,
  qualifier: string,
  from: string,
  buildArch: string,
): boolean {
  if (qualifier === 'any') return multiArch === 'allowed';
  if (qualifier === 'native') return arch === buildArch;
  if (qualifier !== '') return arch === qualifier;
  return arch === from || multiArch === 'foreign';
}

/** By its own name and version, or by what it provides. */
function isCalled(binary: SlowBinary, relation: SlowRelation): boolean {
  if (binary.name === relation.name && fitsVersion(binary.version, relation)) return true;
  return binary.provides.some(
    ({ name, version }) =>
      name === relation.name &&
      (relation.operator === '' || (version !== '' && fitsVersion(version, relation))),
  );
}

function fitsVersion(version: string, { operator, version: wanted }: SlowRelation): boolean {
  const order = compareVersions(version, wanted);
  if (operator === '') return true;
  if (order === 0) return operator.includes('=');
  return operator.startsWith(order < 0 ? '<' : '>');
}

/** Whether two packages can't be installed side by side. */
function areRivals(a: SlowBinary, b: SlowBinary, { buildArch }: SlowQuestion): boolean {
  if (a.name === b.name) {
    const areSame = a.multiArch === 'same' && b.multiArch === 'same';
    return !(a.arch !== b.arch && areSame && compareVersions(a.version, b.version) === 0);
  }
  return (
    a.conflicts.some((relation) => isHit(b, relation, buildArch)) ||
    b.conflicts.some((relation) => isHit(a, relation, buildArch))
  );
}

/** Whether a conflict means the package: of every architecture, unless it names one. */
function isHit(binary: SlowBinary, relation: SlowRelation, buildArch: string): boolean {
  const { qualifier } = relation;
  const arch = qualifier === 'native' ? buildArch : qualifier;
  return isCalled(binary, relation) && ['', 'any', binary.arch].includes(arch);
}

/** The tools, and the names that the index of the architecture that builds run on marks Essential. */
function implicitGoals(
  packages: NonNullable<Texts['packages']>,
  { buildArch, hostArch }: SlowQuestion,
): readonly Goal[] {
  const tools = ['build-essential', ...(hostArch === buildArch ? [] : [`crossbuild-essential-${hostArch}`])];
  const marked = (packages[buildArch] ?? [])
    .map(readFields)
    .filter((fields) => fields.get('Essential') === 'yes');
  const essentials = new Set(marked.map((fields) => fields.get('Package') ?? ''));
  return [
    ...tools.map((name) => ({ group: [bare(name)], from: buildArch, isEssential: false })),
    ...[...essentials].map((name) => ({ group: [bare(name)], from: buildArch, isEssential: true })),
  ];
}

function bare(name: string): SlowRelation {
  return { name, qualifier: '', operator: '', version: '', archs: [], profiles: [] };
}

function readBinaries(
  packages: NonNullable<Texts['packages']>,
  { buildArch, hostArch }: SlowQuestion,
): readonly SlowBinary[] {
  const listed = [...new Set([buildArch, hostArch])].flatMap((arch) => packages[arch] ?? []);
  const found = new Map<string, SlowBinary>();
  for (const fields of listed.map(readFields)) {
    const own = fields.get('Architecture') ?? '';
    const arch = own === 'all' ? buildArch : own;
    const groups = (name: string): readonly (readonly SlowRelation[])[] => readGroups(fields.get(name));
    const binary = {
      name: fields.get('Package') ?? '',
      version: fields.get('Version') ?? '',
      arch,
      multiArch: fields.get('Multi-Arch') ?? 'no',
      isEssential: fields.get('Essential') === 'yes',
      needs: [...groups('Pre-Depends'), ...groups('Depends')].map((group) => {
        return { group, from: arch, isEssential: false };
      }),
      provides: groups('Provides').flat(),
      conflicts: [...groups('Conflicts'), ...groups('Breaks')].flat(),
    };
    const key = [binary.name, binary.version, arch].join(' ');
    if (!found.has(key)) found.set(key, binary);
  }
  return [...found.values()];
}

function readFields(text: string): ReadonlyMap<string, string> {
  const lines = text.trimEnd().split('\n');
  return new Map(
    lines.map((line) => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon), line.slice(colon + 2)];
    }),
  );
}

function readGroups(text = ''): readonly (readonly SlowRelation[])[] {
  if (text === '') return [];
  return text.split(', ').map((group) => group.split(' | ').map(readRelation));
}

function readRelation(text: string): SlowRelation {
  const found = /^([^ :]+)(?::([a-z0-9]+))?(?: \((\S+) (\S+)\))?(?: \[(.*)\])?/.exec(text);
  const formulas = [...text.matchAll(/ <([^<=>]*)>/g)];
  return {
    name: found?.[1] ?? '',
    qualifier: found?.[2] ?? '',
    operator: found?.[3] ?? '',
    version: found?.[4] ?? '',
    archs: found?.[5]?.split(' ') ?? [],
    profiles: formulas.map((formula) => formula[1]?.split(' ') ?? []),
  };
}

function holds({ archs, profiles }: SlowRelation, question: SlowQuestion): boolean {
  const isNamed = archs.some((name) => isMatch(name.replace('!', ''), question.hostArch));
  const isNegative = archs[0]?.startsWith('!') === true;
  if (archs.length > 0 && isNamed === isNegative) return false;
  const isActive = (term: string): boolean =>
    term.startsWith('!') !== question.profiles.includes(term.replace('!', ''));
  return profiles.length === 0 || profiles.some((terms) => terms.every(isActive));
}

function isWanted(fields: ReadonlyMap<string, string>, hostArch: string): boolean {
  const names = (fields.get('Architecture') ?? '').split(' ');
  return names.includes('all') || names.some((name) => isMatch(name, hostArch));
}

function isMatch(name: string, arch: string): boolean {
  return ['any', 'linux-any', `any-${arch}`, arch].includes(name);
}
