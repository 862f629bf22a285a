/** What a run of a command took, as far as it could be seen. Times are integer milliseconds, sizes integer bytes. */
export interface Measured {
  readonly wallMs: number;
  /** User and system time of all its processes; left out where nothing tells it. */
  readonly cpuMs?: number;
  /** `cgroup`: counted by the kernel, exact; `processes`: summed over those that were seen, so a lower bound. */
  readonly cpuBy?: 'cgroup' | 'processes';
  /** What was looked at: a RAM disk as a whole, or a folder with all that is below it. */
  readonly place?: FootprintPlace;
  /** What it held before the command began. */
  readonly beginBytes?: number;
  /** What it held when the command was done; if the command emptied it again, before that. */
  readonly endBytes?: number;
  /** The most that was seen at once: a lower bound of the most that it held. */
  readonly peakBytes?: number;
  /** Whether the command emptied the place before it ended, as sbuild does. */
  readonly isCleanedUp?: boolean;
  /** What the RAM disk can hold; 0: no limit. */
  readonly capacityBytes?: number;
  /** Folders below the place that could not be read: what they hold is not counted. */
  readonly unreadableFolders?: number;
  /** The most memory that its processes held at once, without pages of files and RAM disks. */
  readonly memoryBytes?: number;
  readonly memoryBy?: MemorySource;
  /** The most that the kernel charged at once to the command: processes, RAM disk pages, page cache. Exact. */
  readonly chargedBytes?: number;
  /** RAM disk pages that the command's processes had written and that were there, when most of them were. */
  readonly shmemBytes?: number;
  /** How often the place was looked at. */
  readonly samples: number;
  /** The longest time between two looks at the place: what comes and goes in between may have been missed. */
  readonly longestGapMs: number;
}

/** `ram`: the whole file system, asked from the kernel; `folder`: a walk of all files. */
export type FootprintKind = 'ram' | 'folder';

export interface FootprintPlace {
  readonly kind: FootprintKind;
  readonly path: string;
}

/**
 * Where the memory comes from: the memory controller of cgroup version 1 or 2 (`anon` pages of all processes), or the anonymous
 * resident pages of the processes that were seen below the command, summed (a page that two of them share counts twice).
 */
export type MemorySource = 'cgroup-v1' | 'cgroup-v2' | 'processes';
