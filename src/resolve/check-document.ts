import type { NotForArch, Unit } from '../archive/unit.ts';
import type { Universe } from '../archive/universe.ts';
import { at } from '../base/column.ts';
import { compareText, firstDifference } from '../base/compare.ts';
import type { Location } from '../base/diagnostic.ts';
import type { SourcePackage } from '../debian/package.ts';
import { compareVersions } from '../debian/version.ts';
import { explainConflict, formatConflict, type ConflictLoss } from './explain-conflict.ts';
import { LossExplainer, type Loss, type LossLink } from './explain-loss.ts';
import type { Judgement } from './judge.ts';
import type { Nearest } from './nearest.ts';

export const CHECK_SCHEMA = 'debplan/check@1';

/** What `debplan check --json` prints: which sources can't be built on which architecture, and why. */
export interface CheckDocument {
  readonly schema: typeof CHECK_SCHEMA;
  /** One an architecture of the check, sorted. */
  readonly targets: readonly CheckTarget[];
}

export interface CheckTarget {
  /** What is built for. */
  readonly arch: string;
  /** What the builds run on; absent for native builds. */
  readonly buildArch?: string;
  /** How many sources can be built; each version counts, and in a tree with layers each layer's and build type's. */
  readonly buildable: number;
  /** Sorted by source, then version by Debian's order, then unit. */
  readonly unbuildable: readonly CheckUnbuildable[];
  /** What is behind `unbuildable`: the most frequent first, then by `cause`. */
  readonly causes: readonly CheckCause[];
  /** Sources that have nothing to build here; sorted as `unbuildable`. */
  readonly notForThisArch: readonly CheckNotForArch[];
}

/**
 * `missing`: a relation that nothing satisfies; `conflict`: all is there, but can't be installed together;
 * `needs-unbuildable`: a binary that doesn't exist and whose source can't be built itself.
 */
export type CheckUnbuildable = CheckMissing | CheckConflict | CheckNeedsUnbuildable;

interface CheckSource {
  readonly source: string;
  readonly version: string;
  /** `hello_2.10-3/arm64`; in a tree with layers `distro/rt/i40e_2.30.12/arm64`. Unique. */
  readonly unit: string;
  /** The build dependency that fails, of a conflict the first: `Build-Depends`, `-Arch` or `-Indep`, or `Essential` for what every chroot holds. */
  readonly field: string;
  /** As written. */
  readonly relation: string;
  /** Where it stands; for `Essential`, where the source does. */
  readonly location: Location;
  /** From the binary that satisfies `relation` to the last one that exists, each asked for by its relation. */
  readonly chain: readonly CheckLink[];
  /** The root cause, the `cause` of one of the target's `causes`. */
  readonly cause: string;
}

export interface CheckMissing extends CheckSource {
  readonly kind: 'missing';
  /** The relation that nothing satisfies. */
  readonly missing: string;
  /** Where it stands; absent where no input says. */
  readonly causeLocation?: Location;
  readonly nearest?: Nearest;
}

export interface CheckConflict extends CheckSource {
  readonly kind: 'conflict';
  readonly conflict: ConflictLoss;
}

export interface CheckNeedsUnbuildable extends CheckSource {
  readonly kind: 'needs-unbuildable';
  /** The unit that would build the last binary of the chain. */
  readonly blockedBy: string;
}

/** A binary with its version, and the relation that asks for it. */
export type CheckLink = LossLink;

/** A root cause and all that fails for it. */
export interface CheckCause {
  readonly cause: string;
  readonly kind: 'missing' | 'conflict';
  /** How many entries of `unbuildable` share it. */
  readonly count: number;
  /** Their sources, sorted, none twice. */
  readonly sources: readonly string[];
}

export interface CheckNotForArch {
  readonly source: string;
  readonly version: string;
  /** The source's Architecture field. */
  readonly architectures: readonly string[];
}

/** Finished verdicts. */
export interface Verdicts extends Judgement {
  readonly universe: Universe;
  readonly notForArch: readonly NotForArch[];
}

/**
 * Verdicts as a document.
 * @param architectures of the check
 * @param sources all that were read, for what comes near to what is missing
 * Cost: linear in what was judged, and in the chains of what can't be built.
 */
export function makeCheckDocument(
  verdicts: Verdicts,
  architectures: readonly string[],
  sources: readonly SourcePackage[],
): CheckDocument {
  const describer = new Describer(verdicts, sources);
  const targets = [...architectures].sort(compareText).map((arch) => makeTarget(verdicts, arch, describer));
  return { schema: CHECK_SCHEMA, targets };
}

function makeTarget(
  { universe, installability, notForArch }: Verdicts,
  arch: string,
  describer: Describer,
): CheckTarget {
  const units = universe.units.filter(({ target }) => target.arch === arch);
  const lost = units.filter(({ id }) => installability.unitBuilt[id] === 0);
  const unbuildable = lost.map((unit) => describer.describe(unit)).sort(compareSources);
  const buildArch = units[0]?.target.buildArch;
  return {
    arch,
    ...(buildArch === undefined ? {} : { buildArch }),
    buildable: units.length - unbuildable.length,
    unbuildable,
    causes: groupByCause(lost, describer),
    notForThisArch: notForArch
      .filter((own) => own.arch === arch)
      .map(({ source }) => ({
        source: source.name,
        version: source.version ?? '0',
        architectures: source.architectures,
      }))
      .sort(compareSources),
  };
}

type RootCause = Pick<CheckCause, 'cause' | 'kind'>;

/** Words for each unit that can't be built, and its root cause. */
class Describer {
  readonly #verdicts: Verdicts;
  readonly #explainer: LossExplainer;
  readonly #causes = new Map<number, RootCause>();

  constructor(verdicts: Verdicts, sources: readonly SourcePackage[]) {
    this.#verdicts = verdicts;
    this.#explainer = new LossExplainer(verdicts.universe, verdicts.installability, sources);
  }

  describe(unit: Unit): CheckUnbuildable {
    const named = { source: unit.source.name, version: unit.version, unit: unit.key };
    const { cause } = this.causeOf(unit);
    const conflict = this.#conflictOf(unit);
    if (conflict !== undefined) {
      const { field, relation, location, chain } = at(conflict.sides, 0);
      return { ...named, kind: 'conflict', field, relation, location, chain, conflict, cause };
    }
    const loss = this.#explainer.explain(unit.id);
    const { field, relation, location, chain, missing, nearest, blockedBy, causeLocation } = loss;
    const way = { field, relation, location, chain };
    if (blockedBy !== undefined) {
      return { ...named, kind: 'needs-unbuildable', ...way, blockedBy: blockedBy.key, cause };
    }
    return {
      ...named,
      kind: 'missing',
      ...way,
      missing: missing ?? relation,
      ...(causeLocation === undefined ? {} : { causeLocation }),
      ...(nearest === undefined ? {} : { nearest }),
      cause,
    };
  }

  #conflictOf(unit: Unit): ConflictLoss | undefined {
    const conflict = this.#verdicts.conflicts.get(unit.id);
    return conflict === undefined ? undefined : explainConflict(this.#verdicts.universe, unit.id, conflict);
  }

  /** Of what is blocked by another unit, that one's cause. */
  causeOf(unit: Unit): RootCause {
    const way: Unit[] = [];
    let cause: RootCause | undefined;
    for (let current = unit; cause === undefined;) {
      way.push(current);
      const known = this.#causes.get(current.id) ?? this.#ownCause(current);
      if ('cause' in known) cause = known;
      else current = known;
    }
    for (const { id } of way) this.#causes.set(id, cause);
    return cause;
  }

  /** Or the unit that blocks it, which lies nearer to the cause. */
  #ownCause(unit: Unit): RootCause | Unit {
    const conflict = this.#conflictOf(unit);
    if (conflict !== undefined) return { cause: formatConflict(conflict), kind: 'conflict' };
    const loss = this.#explainer.explain(unit.id);
    return loss.blockedBy ?? { cause: missingCause(loss), kind: 'missing' };
  }
}

/** The name alone where nothing of that name is here, so that relations of all versions share it. */
function missingCause({ missing, missingName, missingOn, nearest }: Loss): string {
  const isHere = nearest !== undefined && HERE.has(nearest.kind);
  return `${(isHere ? missing : missingName) ?? ''} is missing on ${missingOn}`;
}

const HERE: ReadonlySet<Nearest['kind']> = new Set(['too-old', 'too-new', 'provided', 'qualifier']);

function groupByCause(lost: readonly Unit[], describer: Describer): readonly CheckCause[] {
  const groups = new Map<string, RootCause & { readonly sources: string[] }>();
  for (const unit of lost) {
    const { cause, kind } = describer.causeOf(unit);
    const group = groups.get(cause) ?? { cause, kind, sources: [] };
    groups.set(cause, group);
    group.sources.push(unit.source.name);
  }
  return [...groups.values()]
    .map(({ cause, kind, sources }) => ({
      cause,
      kind,
      count: sources.length,
      sources: [...new Set(sources)].sort(compareText),
    }))
    .sort((a, b) => b.count - a.count || compareText(a.cause, b.cause));
}

function compareSources(
  a: { readonly source: string; readonly version: string; readonly unit?: string },
  b: { readonly source: string; readonly version: string; readonly unit?: string },
): number {
  return firstDifference(
    compareText(a.source, b.source),
    compareVersions(a.version, b.version),
    compareText(a.version, b.version),
    compareText(a.unit ?? '', b.unit ?? ''),
  );
}
