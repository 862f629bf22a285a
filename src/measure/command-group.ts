import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { setTimeout as rest } from 'node:timers/promises';
import { dirname, join } from 'node:path';
import { findHierarchies, layoutOf, type CgroupHierarchy, type CgroupLayout } from './parse-cgroup.ts';

/** The files that tell what a command's control group uses. */
export interface CommandGroup {
  readonly memory?: {
    readonly version: 1 | 2;
    readonly statFile: string;
    /** The kernel's own peak; younger than version 2 itself (Linux 5.19). */
    readonly peakFile: string;
    readonly currentFile: string;
  };
  readonly cpu?: { readonly usageFile: string };
}

/** One group in one hierarchy. */
interface Room {
  readonly folder: string;
  /** The group that this process is in: where it, and what outlives the command, goes back to. */
  readonly home: string;
}

const NAME = 'debplan-';
const ATTEMPTS = 20;
const ATTEMPT_MS = 25;

/**
 * A control group of its own for one command, where this user may make one: root, or who was given a part of the hierarchy.
 * In version 1 it lies below the group that this process is in. In version 2 a group that holds processes can't hand the memory
 * controller down, so it lies beside that group or further up, as long as no group that is left has a limit.
 */
export class OwnGroup implements CommandGroup {
  readonly layout: CgroupLayout;
  readonly memory?: NonNullable<CommandGroup['memory']>;
  readonly cpu?: NonNullable<CommandGroup['cpu']>;
  readonly #rooms: readonly Room[];

  /** @param label tells the groups of one process apart */
  constructor(label: string) {
    const hierarchies = findHierarchies(readText('/proc/self/cgroup'), readText('/proc/self/mountinfo'));
    const name = `${NAME}${process.pid}-${label}`;
    const rooms: Room[] = [];
    const memory = makeMemoryRoom(hierarchies, name);
    if (memory !== undefined) {
      rooms.push(memory);
      this.memory = memoryFiles(memory);
    }
    const cpu = memory?.version === 2 ? memory : makeCpuRoom(hierarchies, name);
    if (cpu !== undefined) {
      if (cpu !== memory) rooms.push(cpu);
      this.cpu = { usageFile: join(cpu.folder, cpu.version === 2 ? 'cpu.stat' : 'cpuacct.usage') };
    }
    this.layout = layoutOf(hierarchies);
    this.#rooms = rooms;
  }

  /**
   * Calls what starts the command while this process itself stands in the group: so the command's first process is in it from
   * its first moment. Then this process goes back.
   */
  startInside<T>(start: () => T): T {
    try {
      for (const { folder } of this.#rooms) moveProcess('0', folder);
      return start();
    } finally {
      for (const { home } of this.#rooms) moveProcess('0', home);
    }
  }

  /** The processes in it now. */
  members(): readonly number[] {
    const [room] = this.#rooms;
    return room === undefined ? [] : processesOf(room.folder).map(Number);
  }

  /** Removes the group, and groups that the command made in it; processes that are left go to where this process is. */
  async remove(): Promise<void> {
    for (const { folder, home } of this.#rooms) {
      for (let attempt = 0; attempt < ATTEMPTS && !removeRoom(folder, home); attempt++)
        await rest(ATTEMPT_MS);
    }
  }
}

interface VersionedRoom extends Room {
  readonly version: 1 | 2;
}

function memoryFiles({ folder, version }: VersionedRoom): NonNullable<CommandGroup['memory']> {
  const file = (name: string): string => join(folder, name);
  const statFile = file('memory.stat');
  return version === 1
    ? {
        version,
        statFile,
        peakFile: file('memory.max_usage_in_bytes'),
        currentFile: file('memory.usage_in_bytes'),
      }
    : { version, statFile, peakFile: file('memory.peak'), currentFile: file('memory.current') };
}

function makeMemoryRoom(hierarchies: readonly CgroupHierarchy[], name: string): VersionedRoom | undefined {
  const old = hierarchies.find(({ controllers }) => controllers.includes('memory'));
  if (old !== undefined) return makeRoom(old, old.folder, name, 'memory.stat');
  const unified = hierarchies.find(({ version }) => version === 2);
  if (unified === undefined) return undefined;
  for (let parent = unified.folder; ; parent = dirname(parent)) {
    const room = makeRoom(unified, parent, name, 'memory.stat');
    if (room !== undefined) return room;
    if (parent === unified.mountPoint || hasLimit(parent)) return undefined;
  }
}

/** In version 2 every group counts its CPU time, without any controller; so it is preferred also where both versions stand. */
function makeCpuRoom(hierarchies: readonly CgroupHierarchy[], name: string): VersionedRoom | undefined {
  const unified = hierarchies.find(({ version }) => version === 2);
  const old = hierarchies.find(({ controllers }) => controllers.includes('cpuacct'));
  const room = unified === undefined ? undefined : makeRoom(unified, unified.folder, name, 'cpu.stat');
  return room ?? (old === undefined ? undefined : makeRoom(old, old.folder, name, 'cpuacct.usage'));
}

/** Makes a group, and takes it only if it has the file and this process may enter and leave it. */
function makeRoom(
  { version, folder: home }: CgroupHierarchy,
  parent: string,
  name: string,
  file: string,
): VersionedRoom | undefined {
  const folder = join(parent, name);
  try {
    removeStale(parent);
    mkdirSync(folder);
  } catch {
    return undefined; // not allowed here
  }
  try {
    if (!existsSync(join(folder, file))) throw new Error(`no ${file}`);
    moveProcess('0', folder);
    moveProcess('0', home);
    return { folder, home, version };
  } catch {
    removeRoom(folder, home);
    return undefined;
  }
}

/** Whether leaving a group would escape a limit. */
function hasLimit(folder: string): boolean {
  return ['memory.max', 'memory.high', 'cpu.max', 'pids.max'].some((name) => {
    const path = join(folder, name);
    return existsSync(path) && !readText(path).startsWith('max');
  });
}

/** Groups of runs that were killed before they could tidy up; those that are in use can't be removed. */
function removeStale(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = new RegExp(`^${NAME}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || existsSync(`/proc/${pid}`)) continue;
    try {
      rmdirSync(join(parent, name));
    } catch {
      continue; // something still runs in it
    }
  }
}

/** @returns whether it is gone */
function removeRoom(folder: string, home: string): boolean {
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true }))
      if (entry.isDirectory()) removeRoom(join(folder, entry.name), home);
    for (const pid of processesOf(folder)) {
      try {
        moveProcess(pid, home);
      } catch {
        continue; // it has ended meanwhile
      }
    }
    rmdirSync(folder);
    return true;
  } catch {
    return !existsSync(folder);
  }
}

function processesOf(folder: string): readonly string[] {
  return readText(join(folder, 'cgroup.procs'))
    .split('\n')
    .filter((line) => line !== '');
}

/** @param pid `0`: this process with all its threads */
function moveProcess(pid: string, folder: string): void {
  writeFileSync(join(folder, 'cgroup.procs'), pid);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // a kernel without control groups
  }
}
