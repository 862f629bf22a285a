/** What one build of a source makes: its architecture-dependent binaries, its arch:all binaries, or both. */
export type BuildKind = 'any' | 'all' | 'binary';

/** What is built for: an architecture, what to make there, and the build profiles that are active. */
export interface Target {
  /** The architecture that is built for: dpkg's host architecture. */
  readonly arch: string;
  /** The architecture that the build runs on, for a cross build; absent: `arch`. */
  readonly buildArch?: string;
  readonly kind: BuildKind;
  /** Sorted by code unit, without doubles. */
  readonly profiles: readonly string[];
}

/** The part of a unit's key that names its target: the architecture, or `all`. */
export function targetName(target: Target): string {
  return target.kind === 'all' ? 'all' : target.arch;
}
