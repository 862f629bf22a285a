import type { Diagnostic } from '../base/diagnostic.ts';
import type { BinaryPackage, SourcePackage } from '../debian/package.ts';

/** What to read: the input options of the command line. */
export interface InputRequest {
  /** Files or folders, any mix; `-` is standard input. */
  readonly paths: readonly string[];
  /** `Packages` indexes; the architecture is read from the file when it is not given. */
  readonly packages: readonly { readonly path: string; readonly arch: string | undefined }[];
  /** Read this machine's own apt lists too (`apt-get indextargets`). */
  readonly apt: boolean;
  /** The architectures of the plan: the apt lists that count. */
  readonly architectures: readonly string[];
  /** Codename of a StarlingX tree; undefined: the tree's only one. */
  readonly suite: string | undefined;
}

/** All that was read. The order of everything depends on the contents and labels only, never on the order of inputs. */
export interface Inputs {
  /** What may be built. */
  readonly sources: readonly SourcePackage[];
  /** What exists already. */
  readonly binaries: readonly BinaryPackage[];
  /** Architectures for which a `Packages` index was given, sorted. */
  readonly indexedArchitectures: readonly string[];
  /** Every file that was read, sorted by name; a name is a label, never an absolute path. */
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
  /** Label → path as the user would open it. */
  readonly paths: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}
