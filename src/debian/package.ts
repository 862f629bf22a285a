import type { Location } from '../base/diagnostic.ts';
import type { RelationField } from './relation.ts';

/** A source package: one stanza of a `Sources` index, one `.dsc`, or one `debian/control`. */
export interface SourcePackage {
  readonly name: string;
  /** Debian version; `undefined` when the input does not tell (a bare control without a changelog). */
  readonly version: string | undefined;
  /** The Architecture field (`any`, `all`, `linux-any`, `amd64`, …); for a control, the union over its binaries. */
  readonly architectures: readonly string[];
  readonly binaries: readonly ProducedBinary[];
  /** False when nothing tells which binaries it builds (no control, no Binary field). */
  readonly knowsBinaries: boolean;
  /** Where it was read. Binaries that an index's source builds stand in a `Packages` index; a tree's or `.dsc`'s are new. */
  readonly origin: 'tree' | 'dsc' | 'index';
  /** True for a control file: `binaries` tell their run-time relations. False for an index or `.dsc`, which have none. */
  readonly tellsRelations: boolean;
  readonly buildDepends: BuildRelations;
  readonly buildConflicts: BuildRelations;
  /** `Extra-Source-Only: yes`: kept in the archive for another package's sake, never built. */
  readonly extraSourceOnly: boolean;
  /** From `Build-Size` or `XS-Build-Size`. */
  readonly buildSizeBytes: number | undefined;
  /** Sum of the sizes of the files of the source, from `Files` or `Checksums-*`. */
  readonly sourceBytes: number | undefined;
  /** What `sourceBytes` is made of; undefined where that is, and where no file of it is a tarball. */
  readonly tarballs: SourceTarballs | undefined;
  /** `serial: true` in meta_data.yaml: the build uses one core. */
  readonly serial: boolean;
  /** StarlingX layer (`compiler`, `distro`, `flock`), from debian_build_layer.cfg or `X-Stx-Layer`. */
  readonly layer: string | undefined;
  /** StarlingX build type (`std`, `rt`, `sign`). */
  readonly buildType: string | undefined;
  readonly location: Location;
}

/** The tarballs of a source: upstream's and Debian's, without `.dsc` and signatures. */
export interface SourceTarballs {
  /** Upstream's, of all components; of a native package its only one. Bytes as compressed. */
  readonly upstreamBytes: number;
  /** `.debian.tar.*` or `.diff.gz`; 0: a native package. */
  readonly debianBytes: number;
  /** The suffix of the largest of upstream's: `gz`, `bz2`, `xz`, …; `tar` where it is not compressed. */
  readonly compression: string;
}

/** The three fields that each come in: for every build, for `-B`, for `-A`. */
export interface BuildRelations {
  readonly always: RelationField | undefined;
  readonly arch: RelationField | undefined;
  readonly indep: RelationField | undefined;
}

/** A binary package that a source says it builds (a control's binary stanza, or a line of `Package-List`, or of `Binary`). */
export interface ProducedBinary {
  readonly name: string;
  /** Its own Architecture field, or `undefined` when the input only names it (`Binary:` without `Package-List`). */
  readonly architectures: readonly string[] | undefined;
  /** `Build-Profiles`: OR of ANDs as in `Relation.profiles`; empty: always built. */
  readonly profiles: readonly (readonly string[])[];
  readonly essential: boolean;
  readonly multiArch: MultiArch;
  /** Run-time relations; `undefined` fields also when the input does not tell them. Substitution variables are left out. */
  readonly preDepends: RelationField | undefined;
  readonly depends: RelationField | undefined;
  readonly provides: RelationField | undefined;
  readonly conflicts: RelationField | undefined;
  readonly breaks: RelationField | undefined;
  readonly location: Location;
}

export type MultiArch = 'no' | 'same' | 'foreign' | 'allowed';

/** A binary package that exists: one stanza of a `Packages` index. */
export interface BinaryPackage {
  readonly name: string;
  readonly version: string;
  /** `all` or one architecture. */
  readonly architecture: string;
  /** The architectures whose index lists it; an `Architecture: all` stanza belongs to the index that it stands in. */
  readonly indexArchitectures: readonly string[];
  readonly source: string;
  readonly sourceVersion: string;
  readonly essential: boolean;
  readonly multiArch: MultiArch;
  /** The Priority field (`required`, `optional`, …); '' when there is none. */
  readonly priority: string;
  readonly preDepends: RelationField | undefined;
  readonly depends: RelationField | undefined;
  readonly provides: RelationField | undefined;
  readonly conflicts: RelationField | undefined;
  readonly breaks: RelationField | undefined;
  readonly installedBytes: number | undefined;
  /** Size of the .deb. */
  readonly downloadBytes: number | undefined;
  readonly location: Location;
}
