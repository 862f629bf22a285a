import type { Random } from '../../src/internal.ts';
import type { Popularity } from './debian-shape.ts';
import { drawQuantile, drawRank, pick } from './draw.ts';
import { binaryVersion, newestVersion, type GeneratedArchive } from './draw-archive.ts';

/** Which part of all sources anything is built with, or depends on. */
const NEEDED = 0.6;
/** Outside the core a few families of sources, one in so many, need each other: the small cycles of an archive. */
const FAMILY = 24;
const FAMILIES_APART = 96;
const IN_FAMILY = 0.3;
/** How much less popular than itself what a package of the core needs may be. */
const UPWARD_REACH = 5;
const PROFILES = ['nocheck', 'nocheck', 'nocheck', 'nodoc', 'nodoc', 'cross'] as const;
const RESTRICTIONS = ['linux-any', '!hurd-any', '!kfreebsd-any', 'amd64 arm64', 'any-amd64'] as const;
/** The first sources have few needs: they are what a chroot holds. */
const MINIMAL = 8;
/** What debhelper needs, and with it every build: so many sources, as in Debian; of a small archive a third of the core. */
const BASE = 60;
const DEBHELPER = 'debhelper';

/** The two fields of build dependencies of a source; an empty one is not written. */
export function drawBuildRelations(
  archive: GeneratedArchive,
  source: number,
  random: Random,
): { readonly always: string; readonly indep: string } {
  const { build, buildGroups } = archive.shape;
  const groups = [random() < build.compat ? 'debhelper-compat (= 13)' : 'debhelper (>= 11)'];
  const count = source < MINIMAL ? 1 : drawQuantile(buildGroups, random);
  for (let group = 0; group < count; group++) groups.push(drawBuildGroup(archive, source, random));
  const partner = archive.partner[source] ?? -1;
  if (partner !== -1) {
    const newest = `${nameOf(archive, firstOf(archive, partner))} (>= ${newestVersion(archive, partner)})`;
    // one half of most pairs can do without its tests
    groups.push(`${newest}${partner < source && partner % 5 !== 0 ? ' <!nocheck>' : ''}`);
  }
  const isSplit = archive.kinds[source] !== 'any' && random() < build.indep * 1.7;
  const kept = isSplit ? Math.ceil(groups.length * 0.6) : groups.length;
  return { always: joinGroups(groups.slice(0, kept)), indep: joinGroups(groups.slice(kept)) };
}

/** `Depends` of a binary; empty when it needs nothing. */
export function drawDepends(archive: GeneratedArchive, binary: number, random: Random): string {
  const { run, runGroups, runPopularity } = archive.shape;
  const source = archive.sourceOfBinary[binary] ?? 0;
  const isAll = archive.isAll[binary] === 1;
  if (nameOf(archive, binary) === DEBHELPER) return drawBase(archive);
  const first = firstOf(archive, source);
  const groups = binary !== first && random() < OWN ? [ownGroup(archive, binary, first)] : [];
  const drawn = drawQuantile(isAll ? runGroups.all : runGroups.any, random);
  const count = source < MINIMAL ? Math.min(source, 2) : drawn;
  for (let group = 0; group < count; group++) {
    const target = drawTarget(archive, source, runPopularity, run.upward, random);
    const from = firstOf(archive, target);
    const wanted = random() < 0.8 ? from : from + Math.floor(random() * binariesOf(archive, target));
    const isVirtual = random() < run.isVirtual * VIRTUAL && providesVirtual(archive, wanted);
    const name = isVirtual
      ? virtualName(archive, wanted)
      : constrained(archive, wanted, run.versioned, random);
    groups.push(random() < run.alternatives ? `${name} | ${nameOf(archive, wanted)}-legacy` : name);
  }
  return joinGroups(groups);
}

function drawBase(archive: GeneratedArchive): string {
  const core = archive.sourceNames.length * archive.shape.coreShare;
  const sources = Math.min(BASE, Math.ceil(core / 3));
  const others = Array.from({ length: sources }, (_, source) => nameOf(archive, firstOf(archive, source)));
  return joinGroups(others.filter((name) => name !== DEBHELPER));
}

/** How often a binary needs the first of its source. */
const OWN = 0.8;
/** Not all binaries provide anything: those that do are asked for so much more often. */
const VIRTUAL = 4;

function drawBuildGroup(archive: GeneratedArchive, source: number, random: Random): string {
  const { build, buildPopularity } = archive.shape;
  const target = drawTarget(archive, source, buildPopularity, 1, random);
  const first = firstOf(archive, target);
  const binary = binariesOf(archive, target) > 1 ? first + 1 : first;
  const isVirtual = random() < build.isVirtual * VIRTUAL && providesVirtual(archive, binary);
  const name = isVirtual
    ? virtualName(archive, binary)
    : constrained(archive, binary, build.versioned, random);
  const restriction = random() < build.restricted ? ` [${pick(RESTRICTIONS, random)}]` : '';
  const profile = random() < build.profiled ? ` <!${pick(PROFILES, random)}>` : '';
  const alternative = random() < build.alternatives ? ` | ${nameOf(archive, binary)}-legacy` : '';
  return `${name}${restriction}${profile}${alternative}`;
}

/**
 * A source that another needs, by popularity. Sources of the core need any of the core, `upward` of their needs even less
 * popular ones; all others only more popular ones, but for a few families.
 */
function drawTarget(
  { shape, sourceNames }: GeneratedArchive,
  source: number,
  popularity: Popularity,
  upward: number,
  random: Random,
): number {
  const count = sourceNames.length;
  const core = Math.ceil(count * shape.coreShare);
  const family = Math.floor(source / FAMILY);
  if (source >= core && family % FAMILIES_APART === 0 && random() < IN_FAMILY)
    return Math.min(count - 1, family * FAMILY + Math.floor(random() * FAMILY));
  const isUpward = source < core && random() < upward;
  const reach = popularity === shape.runPopularity ? UPWARD_REACH * source : core;
  const below = isUpward ? Math.min(core, reach) : Math.min(source, Math.ceil(count * NEEDED));
  const target = drawRank(popularity, Math.ceil(count * NEEDED), below, random);
  return target === source ? Math.max(0, source - 1) : target;
}

/** A name, most often with a version that what exists satisfies. */
function constrained(archive: GeneratedArchive, binary: number, versioned: number, random: Random): string {
  const name = nameOf(archive, binary);
  const any = archive.isAny[binary] === 1 && random() < 0.5 ? ':any' : '';
  if (random() >= versioned) return `${name}${any}`;
  const version = binaryVersion(archive, binary);
  if (random() < 0.02) return `${name}${any} (<< ${version}.9~)`;
  const [least = '0'] = /^(?:\d+:)?\d+\.\d+/.exec(version) ?? [];
  return `${name}${any} (>= ${least})`;
}

/** To the first binary of the same source: the very version, unless only one of the two can have been rebuilt. */
function ownGroup(archive: GeneratedArchive, binary: number, first: number): string {
  const isSame = archive.isAll[binary] === archive.isAll[first];
  const version = isSame
    ? `= ${binaryVersion(archive, first)}`
    : `>= ${archive.versions[archive.sourceOfBinary[first] ?? 0] ?? ''}`;
  return `${nameOf(archive, first)} (${version})`;
}

/** What a binary of a popular source provides beside its name. */
export function virtualName(archive: GeneratedArchive, binary: number): string {
  return `${nameOf(archive, binary)}-abi-${1 + (binary % 9)}`;
}

export function providesVirtual({ provides }: GeneratedArchive, binary: number): boolean {
  return provides[binary] === 1;
}

function nameOf({ binaryNames }: GeneratedArchive, binary: number): string {
  return binaryNames[binary] ?? '';
}

function firstOf({ firstBinary }: GeneratedArchive, source: number): number {
  return firstBinary[source] ?? 0;
}

function binariesOf({ firstBinary }: GeneratedArchive, source: number): number {
  return (firstBinary[source + 1] ?? 0) - (firstBinary[source] ?? 0);
}

function joinGroups(groups: readonly string[]): string {
  return [...new Set(groups)].join(', ');
}
