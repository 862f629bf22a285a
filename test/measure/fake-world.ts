import type { World } from '../../src/measure/world.ts';

interface Timer {
  readonly atMs: number;
  readonly call: () => void;
}

/** A machine whose clock the test moves, and whose files, RAM disk and folders it writes. */
export class FakeWorld implements World {
  readonly files = new Map<string, string>();
  pids: readonly number[] = [];
  /** What the RAM disk holds; undefined: none is there. */
  ram: number | undefined;
  capacity = 1000;
  /** What a walk finds. */
  folder = 0;
  /** How long a walk takes. */
  walkMs = 0;
  /** When walks began. */
  readonly walks: number[] = [];
  #now = 5000;
  #timers: readonly Timer[] = [];

  readonly now = (): number => this.#now;

  readonly after = (delayMs: number, call: () => void): (() => void) => {
    const timer = { atMs: this.#now + delayMs, call };
    this.#timers = [...this.#timers, timer];
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  readonly read = (path: string): string | undefined => this.files.get(path);

  readonly processes = (): readonly number[] => this.pids;

  readonly ramDisk = (): ReturnType<World['ramDisk']> =>
    this.ram === undefined ? undefined : { usedBytes: this.ram, capacityBytes: this.capacity };

  readonly walk = (): ReturnType<World['walk']> => {
    this.walks.push(this.#now);
    return Promise.resolve({ bytes: this.folder, files: 1, unreadableFolders: 0, busyMs: this.walkMs });
  };

  get timerCount(): number {
    return this.#timers.length;
  }

  /** Lets time pass, and what is due happen. */
  async pass(ms: number): Promise<void> {
    const endMs = this.#now + ms;
    for (;;) {
      const due = this.#timers.filter(({ atMs }) => atMs <= endMs);
      const next = due.reduce<Timer | undefined>(
        (first, timer) => (first === undefined || timer.atMs < first.atMs ? timer : first),
        undefined,
      );
      if (next === undefined) break;
      this.#now = next.atMs;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      next.call();
      await settled();
    }
    this.#now = endMs;
  }
}

/** Lets promises that wait for nothing but each other come to rest. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
