import { describe, expect, it } from 'vitest';
import { findHierarchies, layoutOf, parseCpuUsage, parseMemoryStat } from '../../src/measure/parse-cgroup.ts';

const V1_MOUNTS = `31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
33 31 0:30 / /sys/fs/cgroup/cpu,cpuacct rw,relatime shared:4 - cgroup cgroup rw,cpu,cpuacct
35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
`;
const V2_MOUNT = '25 24 0:23 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n';
const SIDE_BY_SIDE = V2_MOUNT.replace('/sys/fs/cgroup', '/sys/fs/cgroup/unified');

describe('the control groups of a process', () => {
  it('are found in version 2', () => {
    const found = findHierarchies('0::/user.slice/user-1000.slice/session-3.scope\n', V2_MOUNT);
    expect(found).toEqual([
      {
        version: 2,
        controllers: [],
        mountPoint: '/sys/fs/cgroup',
        folder: '/sys/fs/cgroup/user.slice/user-1000.slice/session-3.scope',
      },
    ]);
    expect(layoutOf(found)).toBe('v2');
  });

  it('are found in version 1, also where two controllers share a mount', () => {
    const found = findHierarchies('4:memory:/a/b\n2:cpu,cpuacct:/\n', V1_MOUNTS);
    expect(found.map(({ folder, controllers }) => [folder, ...controllers])).toEqual([
      ['/sys/fs/cgroup/memory/a/b', 'memory'],
      ['/sys/fs/cgroup/cpu,cpuacct', 'cpu', 'cpuacct'],
    ]);
    expect(layoutOf(found)).toBe('v1');
  });

  it('are of both versions where they stand side by side', () => {
    const found = findHierarchies('4:memory:/a\n0::/\n', V1_MOUNTS + SIDE_BY_SIDE);
    expect(found.map(({ version, folder }) => [version, folder])).toEqual([
      [1, '/sys/fs/cgroup/memory/a'],
      [2, '/sys/fs/cgroup/unified'],
    ]);
    expect(layoutOf(found)).toBe('hybrid');
  });

  it('lie below the part that a container sees', () => {
    const mounts = V2_MOUNT.replace(' / /sys', ' /docker/abc /sys');
    const folders = ['/docker/abc', '/docker/abc/job', '/docker/abcd'].map(
      (path) => findHierarchies(`0::${path}\n`, mounts)[0]?.folder,
    );
    expect(folders).toEqual(['/sys/fs/cgroup', '/sys/fs/cgroup/job', '/sys/fs/cgroup/docker/abcd']);
  });

  it('may be mounted where the name has a blank', () => {
    const mounts = V2_MOUNT.replace('/sys/fs/cgroup', String.raw`/mnt/control\040groups`);
    expect(findHierarchies('0::/x\n', mounts)[0]?.folder).toBe('/mnt/control groups/x');
  });

  it('are none where nothing is mounted', () => {
    const found = findHierarchies('4:memory:/a\n0::/\n', '31 23 0:28 / /proc rw - proc proc rw\n');
    expect([found, layoutOf(found)]).toEqual([[], 'none']);
  });
});

describe('the files of a group', () => {
  it('tell memory of processes apart from RAM disk pages', () => {
    const old = 'cache 5\nrss 6\nshmem 7\ntotal_cache 50\ntotal_rss 60\ntotal_rss_huge 1\ntotal_shmem 70\n';
    const young = 'anon 61\nfile 500\nkernel 9\nshmem 71\nanon_thp 0\n';
    expect(parseMemoryStat(old, 1)).toEqual({ anonymousBytes: 60, shmemBytes: 70 });
    expect(parseMemoryStat(young, 2)).toEqual({ anonymousBytes: 61, shmemBytes: 71 });
  });

  it.each([
    ['of the other version', 'anon 61\nshmem 71\n', 1],
    ['that is empty', '', 2],
  ] as const)('tell nothing in a file %s', (_, text, version) => {
    expect(parseMemoryStat(text, version)).toBeUndefined();
  });

  it('tell CPU time in microseconds or nanoseconds', () => {
    expect(parseCpuUsage('usage_usec 1500400\nuser_usec 7\n')).toBe(1500);
    expect(parseCpuUsage('2499600000\n')).toBe(2500);
    expect(parseCpuUsage('')).toBeUndefined();
  });
});
