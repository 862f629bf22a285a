/** Units that see the same binaries: one architecture, and in a tree with layers one layer and build type. */
export interface Context {
  /** Its place among the contexts. */
  readonly index: number;
  /** What is built for: dpkg's host architecture. */
  readonly arch: string;
  /** What the builds run on; the same as `arch` but for cross builds. */
  readonly buildArch: string;
  readonly layer: string | undefined;
  readonly buildType: string | undefined;
  /** Whether a `Packages` index tells what exists on the architecture. */
  readonly isIndexed: boolean;
}

/**
 * `starlingx`: restrictions, versions and virtual packages are ignored, and every alternative is required. `dose`: as
 * dose-builddebcheck 7 does: `:any` fits every real package whatever its version and Multi-Arch, and a package that is
 * `Multi-Arch: foreign` fits every qualifier.
 */
export type Reading = 'debian' | 'dose' | 'starlingx';
