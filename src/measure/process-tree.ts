import type { ProcessStat } from './parse-proc.ts';
import { TICKS_PER_SECOND } from './parse-proc.ts';

/**
 * The processes below one, as repeated looks at all processes of the machine tell. Who was once below it stays, though its
 * parent has ended and it was handed to init; so does who shares its session.
 */
export class ProcessTree {
  readonly #root: number;
  /** Process → its start: a number is used again. */
  #members = new Map<number, number>();
  #peakCpuMs = 0;

  constructor(root: number) {
    this.#root = root;
  }

  /** @returns the processes that belong to it now. O(processes) */
  update(all: readonly ProcessStat[]): readonly ProcessStat[] {
    const children = new Map<number, ProcessStat[]>();
    for (const stat of all) {
      const siblings = children.get(stat.parent);
      if (siblings === undefined) children.set(stat.parent, [stat]);
      else siblings.push(stat);
    }
    const found = new Map<number, ProcessStat>();
    const waiting = all.filter((stat) => this.#isKnown(stat));
    for (let stat = waiting.pop(); stat !== undefined; stat = waiting.pop()) {
      if (found.has(stat.pid)) continue;
      found.set(stat.pid, stat);
      waiting.push(...(children.get(stat.pid) ?? []));
    }
    this.#members = new Map([...found.values()].map(({ pid, startTicks }) => [pid, startTicks]));
    const members = [...found.values()];
    const ticks = members.reduce((sum, stat) => sum + stat.ticks, 0);
    this.#peakCpuMs = Math.max(this.#peakCpuMs, Math.round((ticks * 1000) / TICKS_PER_SECOND));
    return members;
  }

  /** Time of the processes that were seen and of what they waited for: what ran since the last look is missing. */
  get cpuMs(): number {
    return this.#peakCpuMs;
  }

  #isKnown({ pid, session, startTicks }: ProcessStat): boolean {
    return pid === this.#root || session === this.#root || this.#members.get(pid) === startTicks;
  }
}
