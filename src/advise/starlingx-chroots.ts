const GIB = 1024 ** 3;
/** StarlingX makes no RAM-disk chroot smaller than this. */
const LEAST_GIB = 10;

/**
 * The RAM-disk chroots that StarlingX's package builder mounts: of `parallel` chroots at least one is on disk; of the others
 * as many are in RAM as get 10 GiB each, all of the same size, in whole GiB.
 * @param tmpfsPercentage of the available memory, 1 .. 100
 * @param availableBytes as the kernel tells when the chroots are made
 * @returns how many, and the size of each in bytes
 * @see clone_chroot in stx/toCOPY/pkgbuilder/debbuilder.py of StarlingX's tools
 */
export function starlingXChroots(
  parallel: number,
  tmpfsPercentage: number,
  availableBytes: number,
): { readonly count: number; readonly sizeBytes: number } {
  const availableGib = Math.floor((availableBytes * tmpfsPercentage) / (100 * GIB));
  for (let count = parallel - 1; count > 0; count--) {
    const sizeGib = Math.floor(availableGib / count);
    if (sizeGib >= LEAST_GIB) return { count, sizeBytes: sizeGib * GIB };
  }
  return { count: 0, sizeBytes: 0 };
}
