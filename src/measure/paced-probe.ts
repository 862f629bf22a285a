import { restMs } from './pace.ts';
import type { Probe } from './probes.ts';
import type { Measured } from './measured.ts';
import type { World } from './world.ts';

/** A probe that is looked at again and again, at most one look at a time, until it is stopped. */
export class PacedProbe {
  /** Longest time from the begin of one look to the begin of the next. */
  longestGapMs = 0;
  looks = 0;
  readonly #probe: Probe;
  readonly #world: World;
  readonly #intervalMs: number;
  #lastMs: number | undefined;
  #isStopped = false;
  #cancel = (): void => undefined;
  /** The look that is under way, or the last one. */
  #current: Promise<void> = Promise.resolve();

  constructor(probe: Probe, world: World, intervalMs: number) {
    this.#probe = probe;
    this.#world = world;
    this.#intervalMs = intervalMs;
  }

  /** Resolves when the first look is done. */
  start(): Promise<void> {
    this.#current = this.#lookAndGoOn();
    return this.#current;
  }

  /** Looks a last time. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel();
    await this.#current;
    await this.#look();
  }

  found(): Partial<Measured> {
    return this.#probe.found();
  }

  async #lookAndGoOn(): Promise<void> {
    const busyMs = await this.#look();
    if (this.#isStopped) return;
    this.#cancel = this.#world.after(restMs(busyMs, this.#intervalMs), () => {
      this.#current = this.#lookAndGoOn();
    });
  }

  #look(): Promise<number> {
    const now = this.#world.now();
    this.longestGapMs = Math.max(this.longestGapMs, now - (this.#lastMs ?? now));
    this.#lastMs = now;
    this.looks++;
    return this.#probe.look();
  }
}
