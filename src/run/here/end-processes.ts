import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as rest } from 'node:timers/promises';
import type { OwnGroup } from '../../measure/command-group.ts';
import { parseProcessStat, type ProcessStat } from '../../measure/parse-proc.ts';
import { ProcessTree } from '../../measure/process-tree.ts';

const ATTEMPTS = 200;
const ATTEMPT_MS = 50;

/**
 * The processes of one attempt: those of its control group; where it has none, those below its shim or in its session as far
 * as they were seen, and all that still have its environment.
 */
export class AttemptProcesses {
  readonly #group: OwnGroup;
  readonly #isGrouped: boolean;
  readonly #mark: string;
  #tree: ProcessTree | undefined;

  /** @param outFolder what DEBPLAN_OUT is for it */
  constructor(group: OwnGroup, outFolder: string) {
    this.#group = group;
    this.#isGrouped = group.record.rooms.length > 0;
    this.#mark = `DEBPLAN_OUT=${outFolder}`;
  }

  /** The shim has this number, and is alive. */
  follow(shim: number): void {
    if (!this.#isGrouped) this.#tree = new ProcessTree(shim);
  }

  /** The shim has ended: another process may get its number. */
  look(): void {
    if (this.#tree !== undefined) this.#tree.update(allProcesses());
  }

  /** Ends them all, however many times they fork meanwhile. @returns whether none is left */
  async end(): Promise<boolean> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (this.#isGrouped ? this.#group.kill() : this.#killFound()) return true;
      await rest(attempt === 0 ? 1 : ATTEMPT_MS);
    }
    return false;
  }

  #killFound(): boolean {
    const all = allProcesses();
    const below = this.#tree?.update(all) ?? [];
    const marked = all.filter(({ pid }) => environmentOf(pid).includes(this.#mark));
    const found = new Set([...below, ...marked].map(({ pid }) => pid));
    found.delete(process.pid);
    for (const pid of found) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        found.delete(pid); // it has ended meanwhile, or may not be killed
      }
    }
    return found.size === 0;
  }
}

/** Those that have ended and wait for their parents left out: nobody can end them more. */
function allProcesses(): readonly ProcessStat[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    const text = readText(`/proc/${name}/stat`);
    const isEnded = /^\d+ \(.*\) [ZX] /s.test(text);
    const stat = isEnded ? undefined : parseProcessStat(text);
    return stat === undefined ? [] : [stat];
  });
}

function environmentOf(pid: number): readonly string[] {
  return readText(`/proc/${String(pid)}/environ`).split('\0');
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // ended, or another user's
  }
}
