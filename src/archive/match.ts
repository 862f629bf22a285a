import type { MultiArch } from '../debian/package.ts';
import type { Relation } from '../debian/relation.ts';
import { satisfiesConstraint } from '../debian/version.ts';
import type { Context, Reading } from './context.ts';

/** What relations are compared with: a binary that can be installed. */
export interface Offer {
  readonly version: string | undefined;
  /** The architecture that it is installed for. */
  readonly arch: string;
  readonly multiArch: MultiArch;
}

/** One name of a binary's Provides. */
export interface Provided {
  readonly version: string | undefined;
  readonly archQualifier: string | undefined;
}

/** In which place relations are read, and by whose rules. */
export interface Reader {
  readonly context: Context;
  readonly reading: Reading;
}

/**
 * Whether a binary of the name satisfies a relation. An unknown version satisfies every constraint.
 * @param from the architecture of the package that has the relation; for a source, the one that is built for
 * @see the multiarch specification, https://wiki.ubuntu.com/MultiarchSpec; for `:native` deb-src-control(5)
 */
export function satisfiedByReal(relation: Relation, offer: Offer, from: string, reader: Reader): boolean {
  if (reader.reading === 'dose' && relation.archQualifier === 'any') return true;
  if (!isOfArchitecture(relation, offer, from, reader)) return false;
  return (
    relation.version === undefined ||
    offer.version === undefined ||
    satisfiesConstraint(offer.version, relation.version)
  );
}

/** Whether a binary that provides the name satisfies a relation. A provided name without a version fits no constraint. */
export function satisfiedByVirtual(
  relation: Relation,
  provided: Provided,
  offer: Offer,
  from: string,
  reader: Reader,
): boolean {
  if (provided.archQualifier !== undefined && provided.archQualifier !== relation.archQualifier) return false;
  const isQualifiedAlike = provided.archQualifier !== undefined;
  if (!isQualifiedAlike && !isOfArchitecture(relation, offer, from, reader)) return false;
  return fitsVersion(relation, provided.version);
}

/**
 * Whether a relation of Conflicts, Breaks or Build-Conflicts keeps out a binary of the name: of every architecture, unless it
 * names one. An unknown version is never meant by a constraint.
 */
export function keepsOutReal(relation: Relation, offer: Offer, reader: Reader): boolean {
  if (reader.reading === 'dose' && relation.archQualifier === 'any') return true;
  return isMeant(relation, offer, reader) && fitsVersion(relation, offer.version);
}

/** Whether it keeps out a binary that provides the name. */
export function keepsOutVirtual(
  relation: Relation,
  provided: Provided,
  offer: Offer,
  reader: Reader,
): boolean {
  if (reader.reading === 'dose' && relation.archQualifier === 'any' && offer.multiArch !== 'allowed')
    return false;
  return isMeant(relation, offer, reader) && fitsVersion(relation, provided.version);
}

function isOfArchitecture(
  { archQualifier }: Relation,
  offer: Offer,
  from: string,
  { context, reading }: Reader,
): boolean {
  if (reading === 'dose' && isForeignTo(archQualifier, offer, context)) return true;
  switch (archQualifier) {
    case undefined:
      return offer.arch === from || offer.multiArch === 'foreign';
    case 'any':
      return offer.multiArch === 'allowed';
    case 'native':
      return offer.arch === context.buildArch;
    default:
      return offer.arch === archQualifier;
  }
}

function isMeant({ archQualifier }: Relation, offer: Offer, { context, reading }: Reader): boolean {
  if (archQualifier === undefined || archQualifier === 'any') return true;
  if (reading === 'dose' && isForeignTo(archQualifier, offer, context)) return true;
  return offer.arch === (archQualifier === 'native' ? context.buildArch : archQualifier);
}

/** dose3 takes what is `Multi-Arch: foreign` for a package of each architecture that there is. */
function isForeignTo(qualifier: string | undefined, offer: Offer, context: Context): boolean {
  if (offer.multiArch !== 'foreign' || qualifier === 'any') return false;
  return qualifier === undefined || ['native', context.arch, context.buildArch].includes(qualifier);
}

function fitsVersion({ version: constraint }: Relation, version: string | undefined): boolean {
  return constraint === undefined || (version !== undefined && satisfiesConstraint(version, constraint));
}
