import { anyVersion, formatAlternatives, type Alternatives } from '../../src/debian/relation.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { reduceAll, type Offer, type Place, type ReplayArchive, type ReplayBuild } from './replay-archive.ts';

/** Something that must be installed: a group as some package asks for it, or a package marked Essential. */
export interface Goal {
  readonly field: string;
  readonly group: Alternatives;
  /** The architecture of who asks. */
  readonly from: string;
  readonly isEssential: boolean;
  /** The binary alone must be there, not what it depends on: `--deps direct` looks no further. */
  readonly isShallow: boolean;
}

/** What gets installed for a build. */
export interface InstallSet {
  readonly installed: ReadonlySet<Offer>;
  /** One line for each goal that can't be met. */
  readonly missing: readonly string[];
}

/** What is in the archive at some moment. */
export type IsDone = (build: ReplayBuild) => boolean;

/** What builds need and what is missing for them. */
export class ReplayJudge {
  readonly #archive: ReplayArchive;
  readonly #options: Plan['options'];
  readonly #isShallow: boolean;
  readonly #known = new Map<Goal, readonly Offer[]>();
  readonly #needs = new Map<Offer, readonly Goal[]>();

  /** @param isShallow whether the binaries that build dependencies name are looked at, and nothing that these need */
  constructor(archive: ReplayArchive, options: Plan['options'], isShallow: boolean) {
    this.#archive = archive;
    this.#options = options;
    this.#isShallow = isShallow;
  }

  /** The build dependencies of a build and what every chroot holds. */
  goalsOf(build: ReplayBuild): readonly Goal[] {
    const { source, kind, arch, buildArch, profiles } = build;
    const { always, arch: dependent, indep } = source.buildDepends;
    const fields = [always, kind === 'all' ? undefined : dependent, kind === 'any' ? undefined : indep];
    const own = fields.flatMap((field) => {
      const groups = field === undefined ? [] : reduceAll([field], arch, profiles);
      return groups.map((group) => ({
        field: field?.name ?? '',
        group: this.#options.alternatives === 'first' ? firstOf(group) : group,
        from: arch,
        isEssential: false,
        isShallow: this.#isShallow,
      }));
    });
    const tools = ['build-essential', ...(arch === buildArch ? [] : [`crossbuild-essential-${arch}`])];
    const place = placeOf(build);
    const implicit = (field: string, names: readonly string[]): readonly Goal[] =>
      names.map((name) => ({
        field,
        group: [anyVersion(name)],
        from: buildArch,
        isEssential: field === 'Essential',
        isShallow: false,
      }));
    return [
      ...own,
      ...(this.#options.implicit.includes('build-essential')
        ? implicit(
            'build-essential',
            tools.filter((name) => this.#archive.exists(buildArch, name)),
          )
        : []),
      ...(this.#options.implicit.includes('essential')
        ? implicit('Essential', this.#archive.essentialNames(place))
        : []),
    ];
  }

  /** Installs what a build needs at a moment, as far as that can be done: each goal takes its first candidate that holds. */
  install(build: ReplayBuild, goals: readonly Goal[], isDone: IsDone): InstallSet {
    const place = placeOf(build);
    const isThere = (offer: Offer): boolean => isInArchive(offer, isDone);
    const lost = new Map<Offer, Goal>();
    const choose = (goal: Goal): Offer | undefined =>
      this.#candidates(place, goal).find((offer) => isThere(offer) && (goal.isShallow || !lost.has(offer)));
    for (;;) {
      const installed = new Set<Offer>();
      const queue = goals.flatMap((goal) => (goal.isShallow ? [] : (choose(goal) ?? [])));
      const before = lost.size;
      for (let offer = queue.pop(); offer !== undefined; offer = queue.pop()) {
        if (installed.has(offer)) continue;
        installed.add(offer);
        for (const goal of this.#needsOf(offer)) {
          const chosen = choose(goal);
          if (chosen === undefined) {
            lost.set(offer, goal);
            break;
          }
          if (!installed.has(chosen)) queue.push(chosen);
        }
      }
      // what lacks something is struck out, and all is tried again without it
      if (lost.size > before) continue;
      const missing = goals.filter((goal) => choose(goal) === undefined);
      for (const goal of goals) {
        const chosen = choose(goal);
        if (chosen !== undefined) installed.add(chosen);
      }
      return { installed, missing: missing.map((goal) => this.#tell(place, goal, isThere, lost)) };
    }
  }

  /** Why nothing meets a goal, down to what is not there at all. */
  #tell(
    place: Place,
    goal: Goal,
    isThere: (offer: Offer) => boolean,
    lost: ReadonlyMap<Offer, Goal>,
  ): string {
    const chain: string[] = [];
    let end = goal;
    for (;;) {
      const offer = this.#candidates(place, end).find(isThere);
      const next = offer === undefined ? undefined : lost.get(offer);
      if (offer === undefined || next === undefined) break;
      chain.push(`${describeOffer(offer)} needs ${formatAlternatives(next.group)}`);
      end = next;
    }
    const late = this.#candidates(place, end).map(describeLate);
    const reason = late.length === 0 ? 'nothing provides it' : late.join(', ');
    return [`${goal.field}: ${formatAlternatives(goal.group)}`, ...chain, reason].join('; ');
  }

  #candidates(place: Place, goal: Goal): readonly Offer[] {
    const known = this.#known.get(goal) ?? this.#findCandidates(place, goal);
    this.#known.set(goal, known);
    return known;
  }

  #findCandidates(place: Place, goal: Goal): readonly Offer[] {
    if (!goal.isEssential) return this.#archive.candidates(place, goal.group, goal.from);
    return this.#archive.named(place, goal.group[0]?.package ?? '').filter(({ essential }) => essential);
  }

  #needsOf(offer: Offer): readonly Goal[] {
    const known = this.#needs.get(offer) ?? offer.needs.map((group) => runtimeGoal(group, offer.arch));
    this.#needs.set(offer, known);
    return known;
  }
}

function runtimeGoal(group: Alternatives, from: string): Goal {
  return { field: 'Depends', group, from, isEssential: false, isShallow: false };
}

export function isInArchive({ when, build, replacedBy }: Offer, isDone: IsDone): boolean {
  if (when !== 'built' || build === undefined) return when === 'always';
  return isDone(build) && (replacedBy === undefined || !isDone(replacedBy));
}

export function describeOffer({ name, version }: Offer): string {
  return version === undefined ? name : `${name} ${version}`;
}

function describeLate(offer: Offer): string {
  const by = offer.build === undefined ? '' : ` by ${offer.build.id}, done at ${offer.build.endMs}`;
  return `${describeOffer(offer)}${by}${offer.when === 'never' ? ', of a later layer' : ''}`;
}

export function placeOf({ arch, buildArch, source: { layer, buildType } }: ReplayBuild): Place {
  return { key: JSON.stringify([arch, buildArch, layer, buildType]), arch, buildArch, layer, buildType };
}

/** Build daemons keep the first alternative, and later ones only for the same package. */
function firstOf(group: Alternatives): Alternatives {
  return group.filter((relation) => relation.package === group[0]?.package);
}
