import { parseAnonymousBytes, parseProcessStat } from './parse-proc.ts';
import { parseCpuUsage, parseMemoryStat } from './parse-cgroup.ts';
import { FootprintPeak } from './footprint-peak.ts';
import type { FootprintPlace, Measured } from './measured.ts';
import { ProcessTree } from './process-tree.ts';
import type { CommandGroup } from './command-group.ts';
import type { World } from './world.ts';

/** Something that is looked at again and again, and what the looks tell together. */
export interface Probe {
  /** Looks once. @returns how long that took, in ms */
  readonly look: () => Promise<number>;
  /** What was found; after the last look. */
  readonly found: () => Partial<Measured>;
}

/** Looks at a RAM disk or folder. */
export function footprintProbe(place: FootprintPlace, world: World): Probe {
  const peak = new FootprintPeak();
  let capacityBytes: number | undefined;
  let unreadableFolders = 0;
  const looks: Record<FootprintPlace['kind'], () => Promise<number>> = {
    ram: () => {
      const start = world.now();
      const usage = world.ramDisk(place.path);
      if (usage !== undefined) peak.add(usage.usedBytes, start); // else the command has unmounted it
      capacityBytes = usage?.capacityBytes ?? capacityBytes;
      return Promise.resolve(world.now() - start);
    },
    folder: async () => {
      const { bytes, unreadableFolders: unreadable, busyMs } = await world.walk(place.path);
      peak.add(bytes, world.now());
      unreadableFolders = Math.max(unreadableFolders, unreadable);
      return busyMs;
    },
  };
  return {
    look: looks[place.kind],
    found: () => ({
      place,
      ...peak.figures(),
      ...(capacityBytes === undefined ? {} : { capacityBytes }),
      ...(unreadableFolders === 0 ? {} : { unreadableFolders }),
    }),
  };
}

/** Looks at the memory of a group of processes; its CPU time is asked for once, at the end. */
export function groupProbe({ memory, cpu }: CommandGroup, world: World): Probe {
  let memoryBytes: number | undefined;
  let shmemBytes = 0;
  let chargedBytes = 0;
  return {
    look: () => {
      const start = world.now();
      if (memory === undefined) return Promise.resolve(0);
      const now = parseMemoryStat(world.read(memory.statFile) ?? '', memory.version);
      if (now !== undefined) {
        memoryBytes = Math.max(memoryBytes ?? 0, now.anonymousBytes);
        shmemBytes = Math.max(shmemBytes, now.shmemBytes);
      }
      const charged = Number(world.read(memory.peakFile) ?? world.read(memory.currentFile) ?? 0);
      chargedBytes = Math.max(chargedBytes, charged);
      return Promise.resolve(world.now() - start);
    },
    found: () => {
      const cpuMs = cpu === undefined ? undefined : parseCpuUsage(world.read(cpu.usageFile) ?? '');
      return {
        ...(cpuMs === undefined ? {} : { cpuMs, cpuBy: 'cgroup' }),
        ...(memory === undefined || memoryBytes === undefined
          ? {}
          : { memoryBytes, memoryBy: `cgroup-v${memory.version}`, shmemBytes, chargedBytes }),
      };
    },
  };
}

/** Looks at the processes below one: where there is no group to ask. */
export function processesProbe(root: number, world: World): Probe {
  const tree = new ProcessTree(root);
  let memoryBytes = 0;
  const statOf = (pid: number): ReturnType<typeof parseProcessStat> =>
    parseProcessStat(world.read(`/proc/${pid}/stat`) ?? '');
  return {
    look: () => {
      const start = world.now();
      const all = world.processes().flatMap((pid) => statOf(pid) ?? []);
      const sizes = tree
        .update(all)
        .map(({ pid }) => parseAnonymousBytes(world.read(`/proc/${pid}/status`) ?? '') ?? 0);
      memoryBytes = Math.max(
        memoryBytes,
        sizes.reduce((sum, bytes) => sum + bytes, 0),
      );
      return Promise.resolve(world.now() - start);
    },
    found: () => ({ cpuMs: tree.cpuMs, cpuBy: 'processes', memoryBytes, memoryBy: 'processes' }),
  };
}
