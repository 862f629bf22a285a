/** How the kernel's control groups are set up: version 1, version 2, or both side by side, each controller in one of them. */
export type CgroupLayout = 'v1' | 'v2' | 'hybrid' | 'none';

/** A hierarchy of control groups that this process is in. */
export interface CgroupHierarchy {
  readonly version: 1 | 2;
  /** Controllers of version 1: `memory`, `cpuacct`, …; none in version 2, where each group names its own. */
  readonly controllers: readonly string[];
  /** Where it is mounted: no group lies above. */
  readonly mountPoint: string;
  /** The folder of the group that this process is in. */
  readonly folder: string;
}

/**
 * Finds the groups of a process.
 * @param membership `/proc/self/cgroup`: `4:memory:/a/b`, `0::/a/b`
 * @param mountInfo `/proc/self/mountinfo`. In a container a part of the hierarchy is mounted, whose name is then cut off
 */
export function findHierarchies(membership: string, mountInfo: string): readonly CgroupHierarchy[] {
  const mounts = mountInfo.split('\n').flatMap(parseMount);
  return membership.split('\n').flatMap((line) => {
    const [, id, names = '', path = ''] = /^(\d+):([^:]*):(.*)$/.exec(line) ?? [];
    if (id === undefined) return [];
    const version = names === '' ? 2 : 1;
    const controllers = names === '' ? [] : names.split(',');
    const mount = mounts.find((candidate) =>
      version === 2
        ? candidate.type === 'cgroup2'
        : candidate.type === 'cgroup' && controllers.every((name) => candidate.options.includes(name)),
    );
    if (mount === undefined) return [];
    return [{ version, controllers, mountPoint: mount.point, folder: folderOf(mount, path) } as const];
  });
}

/** What to call it. */
export function layoutOf(hierarchies: readonly CgroupHierarchy[]): CgroupLayout {
  const versions = new Set(hierarchies.map(({ version }) => version));
  if (versions.size === 2) return 'hybrid';
  const [version] = versions;
  return version === undefined ? 'none' : `v${version}`;
}

interface Mount {
  readonly type: string;
  /** What of the hierarchy is mounted. */
  readonly root: string;
  readonly point: string;
  readonly options: readonly string[];
}

/** `35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory` @see proc(5) */
function parseMount(line: string): readonly Mount[] {
  const [head = '', tail = ''] = line.split(' - ');
  const [, , , root, point] = head.split(' ');
  const [type, , options = ''] = tail.split(' ');
  if (root === undefined || point === undefined || type === undefined) return [];
  return type.startsWith('cgroup')
    ? [{ type, root, point: unescape(point), options: options.split(',') }]
    : [];
}

function folderOf({ root, point }: Mount, path: string): string {
  const isBelow = root !== '/' && (path === root || path.startsWith(`${root}/`));
  const rest = isBelow ? path.slice(root.length) : path;
  return rest === '/' || rest === '' ? point : `${point}${rest}`;
}

/** Blanks and the like stand as `\040`. */
function unescape(text: string): string {
  return text.replaceAll(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}

/** What a group's processes hold, and its RAM disk pages, from `memory.stat`; undefined where they don't stand there. */
export interface CgroupMemory {
  /** Pages that belong to processes alone, not to files: with those of groups below. */
  readonly anonymousBytes: number;
  /** Pages of RAM disks and shared memory that the group has written first. */
  readonly shmemBytes: number;
}

/** Reads `memory.stat` of either version. */
export function parseMemoryStat(text: string, version: 1 | 2): CgroupMemory | undefined {
  const valueOf = (name: string): number =>
    Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
  const anonymousBytes = valueOf(version === 1 ? 'total_rss' : 'anon');
  const shmemBytes = valueOf(version === 1 ? 'total_shmem' : 'shmem');
  if (!Number.isFinite(anonymousBytes)) return undefined;
  return { anonymousBytes, shmemBytes: Number.isFinite(shmemBytes) ? shmemBytes : 0 };
}

/** Milliseconds of CPU time from `cpu.stat` (`usage_usec 1234`) or `cpuacct.usage` (nanoseconds); undefined for neither. */
export function parseCpuUsage(text: string): number | undefined {
  const microseconds = /^usage_usec (\d+)$/m.exec(text)?.[1];
  if (microseconds !== undefined) return Math.round(Number(microseconds) / 1000);
  return /^\d+\s*$/.test(text) ? Math.round(Number(text) / 1e6) : undefined;
}
