import type { Csr } from '../../base/csr.ts';

/**
 * What StarlingX's build orders at once: the sources of one layer and build type, for one architecture of one suite, by
 * name. Its build knows no other waits: what an earlier layer or build type made counts as existing.
 */
export interface CyclePlatform {
  /** How people call it: `trixie distro/std amd64`. */
  readonly label: string;
  /** Source names in code-unit order, without doubles; their places are the nodes of `needs`. */
  readonly names: readonly string[];
  /** Row `name`: the sources whose binaries are in its install set, ascending; itself among them where it needs its own. */
  readonly needs: Csr;
  /** One cell an edge of `needs`; 1: no existing binary serves, so the need has to be built before. */
  readonly isHard: Uint8Array;
  /** One cell an edge of `needs`: how much is lost when the need is built later instead, ≥ 0. */
  readonly harm: Float64Array;
  /** 0: no input tells what the source needs or builds, so its row and column say nothing. One cell a name. */
  readonly isKnown: Uint8Array;
  /** Why one waits for the other, as comments of the file put it: `a(s) -b> libb-dev -r> libb1(b)`; undefined: unknown. */
  readonly explain: (from: number, to: number) => string | undefined;
}
