/** How a plan is run on Slurm. */
export interface SlurmOptions {
  /** By architecture; the empty name stands for all that have no own. Absent: the cluster's default partition. */
  readonly partitions: ReadonlyMap<string, string>;
  /** Features that the nodes must have, in Slurm's words; the same keys. An empty text: none. */
  readonly constraints: ReadonlyMap<string, string>;
  /** What Slurm counts MiB of RAM disk by. `auto`: the generic resource `ramdisk` where a node has it, else nothing. */
  readonly ramDisk: RamDiskCount | 'auto';
  /** A licence for each build on disk; undefined: as many as there is room for. */
  readonly diskLicense: string | undefined;
  /** Further options of sbatch, a word each. */
  readonly extra: readonly string[];
  /** Jobs in the queue at once, of this run; undefined: what the cluster has room for, `MOST_JOBS` at most. */
  readonly window: number | undefined;
  /** Between two looks at the queue. */
  readonly pollMs: number;
  /** Of every node: the RAM disk, in which each build in RAM gets a folder. */
  readonly ramDirectory: string;
  /** Of every node: where builds on disk get one. */
  readonly diskDirectory: string;
  /** Instead of going on: cancel what is in the queue. */
  readonly isCancelling: boolean;
}

export type RamDiskCount =
  { readonly kind: 'gres' | 'license'; readonly name: string } | { readonly kind: 'none' };

export const MOST_JOBS = 1000;
