import { readFileSync, readlinkSync } from 'node:fs';
import { ramDiskUsage, thisWorld, type World } from '../../measure/world.ts';

/**
 * This machine as the command of a shim sees it, which has a namespace of its own: a RAM disk that is mounted there can be asked only
 * through the command's process, and only as long as it lives.
 * @param shim its process; undefined: not started yet
 */
export function namespaceWorld(shim: () => number | undefined): World {
  const own = namespaceOf('self');
  return {
    ...thisWorld,
    ramDisk: (path) => {
      const child = childrenOf(shim()).find((pid) => {
        const other = namespaceOf(pid);
        return other !== undefined && other !== own;
      });
      return child === undefined ? undefined : ramDiskUsage(`/proc/${child}/root${path}`);
    },
  };
}

function childrenOf(pid: number | undefined): readonly string[] {
  if (pid === undefined) return [];
  try {
    const text = readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8');
    return text.split(' ').filter((word) => word !== '');
  } catch {
    return []; // it has ended
  }
}

function namespaceOf(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/mnt`);
  } catch {
    return undefined; // it has ended
  }
}
