import { at } from '../../src/base/column.ts';
import { seededRandom, type Random } from '../../src/base/random.ts';
import { binary, source, type Fields } from '../support/texts.ts';

/** A small archive for amd64 and arm64 as stanzas. Every stanza is one that dose3 and Debian's tools read alike. */
export interface RandomUniverse {
  /** No relation has an architecture qualifier. */
  readonly isPlain: boolean;
  readonly amd64: readonly string[];
  readonly arm64: readonly string[];
  readonly sources: readonly string[];
}

type Arch = 'amd64' | 'arm64';

/** Exist on both architectures, in some version. */
const CORE = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7'];
/** May lack on either. */
const RARE = ['r0', 'r1', 'r2', 'r3', 'r4'];
/** Some are Essential. */
const BASE = ['e0', 'e1'];
const VIRTUAL = ['v0', 'v1', 'v2', 'v3'];
/** Real names that others may provide too. */
const PROVIDED = ['p0', 'p1', 'r0'];
/** No two of them are equal for dpkg: where they are, dose3 refuses the list. */
const VERSIONS = ['1', '2', '3', '2~rc1', '2-1', '1:1'];
const MULTI_ARCH = ['', '', 'no', 'same', 'same', 'foreign', 'allowed'];
const MOST_BINARIES = 30;

/** Architecture qualifiers that occur in the universes that aren't plain; drawn as often as they stand here. */
export interface Qualifiers {
  readonly buildDepends: readonly string[];
  readonly depends: readonly string[];
  readonly conflicts: readonly string[];
}

/** The universe of a seed. */
export function randomUniverse(seed: number, qualifiers: Qualifiers): RandomUniverse {
  return new UniverseMaker(seededRandom(seed), qualifiers).make();
}

interface Draft {
  readonly name: string;
  readonly version: string;
  readonly fields: Fields;
}

class UniverseMaker {
  readonly #random: Random;
  readonly #qualifiers: Qualifiers;
  readonly #isPlain: boolean;
  readonly #hasEssentials: boolean;
  readonly #versions = new Map<string, readonly string[]>();
  readonly #multiArchs = new Map<string, string>();

  constructor(random: Random, qualifiers: Qualifiers) {
    this.#random = random;
    this.#qualifiers = qualifiers;
    this.#isPlain = this.#chance(0.6);
    this.#hasEssentials = this.#chance(0.5);
  }

  make(): RandomUniverse {
    const counts: readonly number[] = [1, 1, 1, 2, 2, 3];
    for (const name of [...BASE, ...CORE, ...RARE]) {
      this.#versions.set(name, this.#some(VERSIONS, this.#pick(counts)));
      this.#multiArchs.set(name, this.#pick(MULTI_ARCH));
    }
    const lists: Record<Arch, string[]> = { amd64: [], arm64: [] };
    for (const [name, versions] of this.#versions) {
      const isKept = versions.map(() => this.#chance(CORE.includes(name) ? 0.9 : 0.8));
      versions.forEach((version, place) => {
        const isCore = CORE.includes(name) && place === 0;
        if (isCore || isKept[place] === true) this.#addBinary(lists, { name, version, isCore });
      });
    }
    this.#addTools(lists);
    return {
      isPlain: this.#isPlain,
      amd64: lists.amd64.slice(0, MOST_BINARIES),
      arm64: withoutOwnEssentials(lists.arm64.slice(0, MOST_BINARIES), lists.amd64),
      sources: this.#sources(),
    };
  }

  #addBinary(
    lists: Readonly<Record<Arch, string[]>>,
    { name, version, isCore }: { readonly name: string; readonly version: string; readonly isCore: boolean },
  ): void {
    const isAll = this.#chance(0.25);
    const draft = this.#draft(name, version);
    for (const arch of ['amd64', 'arm64'] as const) {
      if (!isCore && this.#chance(0.07)) continue;
      // An arch:all stanza is the same in both indexes; others may differ, as after a binNMU or with [arch] lists.
      const own = isAll || this.#chance(0.85) ? draft : this.#draft(name, version);
      lists[arch].push(binary(name, { Version: version, Architecture: isAll ? 'all' : arch, ...own.fields }));
    }
  }

  #draft(name: string, version: string): Draft {
    const isBase = BASE.includes(name);
    const multiArch = this.#chance(0.15) ? this.#pick(MULTI_ARCH) : (this.#multiArchs.get(name) ?? '');
    const provides = this.#list(isBase ? 0.3 : 0.6, 2, () => this.#provided(name));
    const conflict = (): string => this.#conflict(name, multiArch, provides);
    const fields = {
      'Multi-Arch': multiArch,
      Essential: isBase && this.#hasEssentials && this.#chance(0.8) ? 'yes' : '',
      'Pre-Depends': this.#list(0.1, 1, () => this.#group(false)).join(', '),
      Depends: this.#list(isBase ? 0.3 : 0.5, 2, () => this.#group(false)).join(', '),
      Provides: provides.join(', '),
      Conflicts: this.#list(isBase ? 0.1 : 0.35, 2, conflict).join(', '),
      Breaks: this.#list(isBase ? 0.1 : 0.25, 2, conflict).join(', '),
    };
    return { name, version, fields };
  }

  #provided(own: string): string {
    const name = this.#chance(0.1) ? own : this.#pick([...VIRTUAL, ...VIRTUAL, ...PROVIDED]);
    return this.#chance(0.5) ? name : `${name} (= ${this.#pick(VERSIONS)})`;
  }

  /**
   * What a binary conflicts with. dose3 reads some conflicts of `Multi-Arch: same` packages in ways of its own (with a name
   * that they provide, with their own name where others provide it, versioned ones with virtual names): those aren't drawn.
   */
  #conflict(own: string, multiArch: string, provides: readonly string[]): string {
    const isSame = multiArch === 'same';
    const drawn = this.#chance(0.12) ? own : this.#chance(0.3) ? this.#pick(VIRTUAL) : this.#realName();
    const isOdd = isSame && (provides.some((text) => text.split(' ')[0] === drawn) || PROVIDED.includes(own));
    const name = isOdd ? 'none' : drawn;
    const isUnversioned = isSame && !CORE.includes(name);
    const qualifier = this.#qualifier(this.#qualifiers.conflicts);
    return name + qualifier + (isUnversioned ? '' : this.#constraint(name, 0.5));
  }

  #group(isBuild: boolean): string {
    const most = this.#chance(0.5) ? 3 : 1;
    return this.#times(1 + Math.floor(this.#random() * most), () => this.#relation(isBuild)).join(' | ');
  }

  #relation(isBuild: boolean): string {
    const name = this.#chance(0.12) ? this.#pick(VIRTUAL) : this.#chance(0.01) ? 'none' : this.#realName();
    const { buildDepends, depends } = this.#qualifiers;
    const qualifier = this.#qualifier(isBuild ? buildDepends : depends);
    return name + qualifier + this.#constraint(name, 0.2) + this.#restrictions(isBuild);
  }

  #qualifier(choices: readonly string[]): string {
    return this.#isPlain || choices.length === 0 || this.#chance(0.7) ? '' : this.#pick(choices);
  }

  /** Satisfied by a version of the name, as a rule. */
  #constraint(name: string, chance: number): string {
    if (!this.#chance(chance)) return '';
    const known = this.#versions.get(name);
    const versions = known === undefined || this.#chance(0.1) ? VERSIONS : known;
    return ` (${this.#pick(['>=', '>=', '<=', '<=', '=', '>>', '<<'])} ${this.#pick(versions)})`;
  }

  #restrictions(isBuild: boolean): string {
    if (!isBuild || this.#chance(0.8)) return '';
    const archs = [
      ' [amd64]',
      ' [!amd64]',
      ' [linux-any]',
      ' [arm64 i386]',
      ' [!i386 !arm64]',
      ' [any-amd64]',
    ];
    const profiles = [
      ' <!nocheck>',
      ' <nocheck>',
      ' <!nocheck !nodoc>',
      ' <nodoc> <nocheck>',
      ' <!cross>',
      ' <cross>',
    ];
    return (this.#chance(0.6) ? this.#pick(archs) : '') + (this.#chance(0.6) ? this.#pick(profiles) : '');
  }

  #addTools(lists: Readonly<Record<Arch, string[]>>): void {
    const needs = (): Fields => ({ Depends: this.#chance(0.3) ? this.#group(false) : '' });
    const roll = this.#random();
    const architecture = roll < 0.05 ? 'all' : 'amd64';
    if (roll < 0.9) {
      lists.amd64.unshift(binary('build-essential', { Architecture: architecture, ...needs() }));
    } else if (roll < 0.95) {
      lists.amd64.unshift(binary('tools', { ...needs(), Provides: 'build-essential' }));
    }
    if (this.#chance(0.5))
      lists.arm64.unshift(binary('build-essential', { Version: '2', Architecture: 'arm64' }));
    if (this.#chance(0.95)) lists.amd64.unshift(binary('crossbuild-essential-arm64', needs()));
  }

  #sources(): readonly string[] {
    const count = 3 + Math.floor(this.#random() * 8);
    return [...new Array(count).keys()].map((index) => {
      // Two versions of one source.
      const isSecond = index > 0 && index % 4 === 0;
      return source(`s${isSecond ? index - 1 : index}`, {
        Version: isSecond ? '2' : '1',
        // dose3 counts something else where there is nothing to check.
        Architecture: index === 0 ? 'any' : this.#pick(ARCHITECTURES),
        ...this.#buildFields(),
      });
    });
  }

  #buildFields(): Fields {
    const needs = (chance: number, most: number): string =>
      this.#list(chance, most, () => this.#group(true)).join(', ');
    const both = this.#isPlain || this.#chance(0.7) ? '' : this.#realName();
    const conflicts = (chance: number): string =>
      this.#list(chance, 2, () => this.#buildConflict()).join(', ');
    return {
      'Build-Depends': [needs(0.9, 4), ...(both === '' ? [] : [both, `${both}:native`])]
        .filter((text) => text !== '')
        .join(', '),
      'Build-Depends-Arch': needs(0.2, 2),
      'Build-Depends-Indep': needs(0.2, 2),
      'Build-Conflicts': conflicts(0.2),
      'Build-Conflicts-Arch': conflicts(0.1),
      'Build-Conflicts-Indep': conflicts(0.1),
    };
  }

  #buildConflict(): string {
    const name = this.#chance(0.3) ? this.#pick(VIRTUAL) : this.#realName();
    const qualifier = this.#qualifier(this.#qualifiers.conflicts);
    return name + qualifier + this.#constraint(name, 0.4) + this.#restrictions(true);
  }

  #realName(): string {
    const names = this.#chance(0.85) ? CORE : this.#chance(0.7) ? RARE : BASE;
    return this.#pick(names);
  }

  #list(chance: number, most: number, make: () => string): readonly string[] {
    if (!this.#chance(chance)) return [];
    return [...new Set(this.#times(1 + Math.floor(this.#random() * most), make))];
  }

  #times(count: number, make: () => string): readonly string[] {
    return Array.from({ length: count }, make);
  }

  #some(values: readonly string[], count: number): readonly string[] {
    return values
      .map((value) => ({ value, rank: this.#random() }))
      .sort((a, b) => a.rank - b.rank)
      .slice(0, count)
      .map(({ value }) => value);
  }

  #pick<T>(values: readonly T[]): T {
    return at(values, Math.floor(this.#random() * values.length));
  }

  #chance(chance: number): boolean {
    return this.#random() < chance;
  }
}

const ARCHITECTURES = [
  'any',
  'any',
  'any',
  'any all',
  'any',
  'all',
  'any all',
  'amd64',
  'arm64',
  'linux-any',
  'i386 all',
  'arm64 all',
  'i386',
];

/** dose3 also asks for packages that are Essential in the other architecture's index alone; those aren't drawn. */
function withoutOwnEssentials(stanzas: readonly string[], natives: readonly string[]): readonly string[] {
  const isEssential = (stanza: string): boolean => stanza.includes('Essential: yes\n');
  const nameOf = (stanza: string): string | undefined => stanza.split('\n')[0];
  const names = new Set(natives.filter(isEssential).map(nameOf));
  return stanzas.map((stanza) =>
    names.has(nameOf(stanza)) ? stanza : stanza.replace('Essential: yes\n', ''),
  );
}
