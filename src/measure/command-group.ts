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
  readonly version: 1 | 2;
  readonly counts: 'memory' | 'cpu' | 'both';
}

/** A group as text can hold it. Its folders are there as long as it is. */
export interface GroupRecord {
  readonly rooms: readonly Room[];
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

  /** @param from tells the groups of one process apart; or what another process has recorded of the group that it made */
  constructor(from: string | GroupRecord) {
    const hierarchies = findHierarchies(readText('/proc/self/cgroup'), readText('/proc/self/mountinfo'));
    this.layout = layoutOf(hierarchies);
    const rooms = typeof from === 'string' ? makeRooms(hierarchies, from) : from.rooms;
    const memory = rooms.find(({ counts }) => counts !== 'cpu');
    const cpu = rooms.find(({ counts }) => counts !== 'memory');
    if (memory !== undefined) this.memory = memoryFiles(memory);
    if (cpu !== undefined) {
      this.cpu = { usageFile: join(cpu.folder, cpu.version === 2 ? 'cpu.stat' : 'cpuacct.usage') };
    }
    this.#rooms = rooms;
  }

  /** For a process that comes later: who knows it can kill and remove the group. */
  get record(): GroupRecord {
    return { rooms: this.#rooms };
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

  /** The processes in it now, and in groups that they have made in it. */
  members(): readonly number[] {
    return [...new Set(this.#rooms.flatMap(({ folder }) => allProcessesOf(folder)))];
  }

  /** How many of its processes the kernel has killed for want of memory. */
  oomKills(): number {
    const [room] = this.#rooms.filter(({ counts }) => counts !== 'cpu');
    if (room === undefined) return 0;
    const file = room.version === 2 ? 'memory.events' : 'memory.oom_control';
    return Number(/^oom_kill (\d+)$/m.exec(readText(join(room.folder, file)))?.[1] ?? 0);
  }

  /**
   * Ends all of its processes, at once where the kernel can (version 2, Linux 5.14).
   * @returns whether none is left. One that the kernel itself waits for ends later, as may one whose parent has not looked yet
   */
  kill(): boolean {
    for (const { folder, version } of this.#rooms) if (version === 2) killRoom(folder);
    const members = this.members();
    for (const pid of members) killProcess(pid);
    return members.length === 0;
  }

  /** Removes the group, and groups that the command made in it; processes that are left go to where this process is. */
  async remove(): Promise<void> {
    for (const { folder, home } of this.#rooms) {
      for (let attempt = 0; attempt < ATTEMPTS && !removeRoom(folder, home); attempt++)
        await rest(ATTEMPT_MS);
    }
  }
}

function makeRooms(hierarchies: readonly CgroupHierarchy[], label: string): readonly Room[] {
  const name = `${NAME}${process.pid}-${label}`;
  const memory = makeMemoryRoom(hierarchies, name);
  if (memory?.version === 2) return [{ ...memory, counts: 'both' }];
  const cpu = makeCpuRoom(hierarchies, name);
  return [
    ...(memory === undefined ? [] : [{ ...memory, counts: 'memory' as const }]),
    ...(cpu === undefined ? [] : [{ ...cpu, counts: 'cpu' as const }]),
  ];
}

type VersionedRoom = Omit<Room, 'counts'>;

function memoryFiles({ folder, version }: Room): NonNullable<CommandGroup['memory']> {
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

function allProcessesOf(folder: string): readonly number[] {
  const below = foldersIn(folder).flatMap((name) => allProcessesOf(join(folder, name)));
  return [...processesOf(folder).map(Number), ...below];
}

function foldersIn(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch {
    return []; // it has been removed
  }
}

function killRoom(folder: string): void {
  try {
    writeFileSync(join(folder, 'cgroup.kill'), '1');
  } catch {
    return; // an older kernel, or removed: its processes are killed one by one
  }
}

function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    return; // it has ended meanwhile
  }
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
