import type { LogNormal } from '../../base/log-normal.ts';

/** What a source's features say of its build, though it was never built here. */
export interface Prior {
  /** Unpacked source, build tree and packages at their peak, in bytes. */
  readonly treeBytes: LogNormal;
  /** Processor time from unpacking the source to the packages on the reference machine, in ms. */
  readonly workMs: LogNormal;
  /** The largest resident size of the build's processes, in bytes. */
  readonly memoryBytes: LogNormal;
  /** How many of the features that the model knows were there: none of them gives the broadest distribution. */
  readonly knows: 'all' | 'source' | 'binaries' | 'counts';
}
