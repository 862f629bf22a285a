import type { Unit } from '../archive/unit.ts';
import { matchesProfiles } from '../debian/profile.ts';

/**
 * Build profiles that change how a package is built but not what.
 * @see https://wiki.debian.org/BuildProfileSpec: nocheck never changes the result; nodoc may leave out documentation
 */
const HARMLESS_PROFILES: readonly string[] = ['nocheck', 'nodoc'];

/** Whether a unit makes the same binaries with the profile set. */
export function isHarmless(unit: Unit, profile: string): boolean {
  return (
    HARMLESS_PROFILES.includes(profile) &&
    unit.binaries.every(({ profiles }) => isMadeWith(profiles, unit, profile))
  );
}

/** Whether a unit still makes some binary with the profile set. */
export function leavesBinaries(unit: Unit, profile: string): boolean {
  return unit.binaries.some(({ profiles }) => isMadeWith(profiles, unit, profile));
}

function isMadeWith(formula: readonly (readonly string[])[], { target }: Unit, profile: string): boolean {
  return matchesProfiles(formula, new Set([...target.profiles, profile]));
}
