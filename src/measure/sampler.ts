import type { CommandGroup } from './command-group.ts';
import type { FootprintPlace, Measured } from './measured.ts';
import { PacedProbe } from './paced-probe.ts';
import { footprintProbe, groupProbe, processesProbe } from './probes.ts';
import { thisWorld, type World } from './world.ts';

/** What to look at. */
export interface SamplerTarget {
  readonly place?: FootprintPlace;
  /** The group that the command will run in. */
  readonly group?: CommandGroup;
  /** How often, in ms, as long as looking stays within its share of a core (`MOST_SHARE`). */
  readonly intervalMs: number;
}

/** Often enough for what a build does, and below 1 % of a core for a RAM disk and a group. */
export const INTERVAL_MS = 50;

/** A sampler at work. */
export class Sampler {
  readonly #world: World;
  readonly #target: SamplerTarget;
  readonly #place: PacedProbe | undefined;
  readonly #others: PacedProbe[] = [];
  #startMs = 0;
  #stopped: Promise<Measured> | undefined;

  private constructor(target: SamplerTarget, world: World) {
    const { place, group, intervalMs } = target;
    this.#target = target;
    this.#world = world;
    if (place !== undefined) this.#place = new PacedProbe(footprintProbe(place, world), world, intervalMs);
    if (group !== undefined) this.#others.push(new PacedProbe(groupProbe(group, world), world, intervalMs));
  }

  /** Begins to look. When it resolves, the place has been looked at, and the command can be started. */
  static async start(target: SamplerTarget, world: World = thisWorld): Promise<Sampler> {
    const sampler = new Sampler(target, world);
    await Promise.all(sampler.#all().map((probe) => probe.start()));
    sampler.#startMs = world.now();
    return sampler;
  }

  /** The command has just been started: what its group doesn't tell is summed over the processes below it. */
  follow(pid: number): void {
    const { group, intervalMs } = this.#target;
    if (group?.memory !== undefined && group.cpu !== undefined) return;
    const probe = new PacedProbe(processesProbe(pid, this.#world), this.#world, intervalMs);
    this.#others.unshift(probe); // what the kernel counts comes later, and wins
    void probe.start();
  }

  /** The command has ended: looks a last time. Its group and its folder should still be there. Asked again, it answers the same. */
  stop(): Promise<Measured> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<Measured> {
    const wallMs = Math.round(this.#world.now() - this.#startMs);
    const all = this.#all();
    await Promise.all(all.map((probe) => probe.stop()));
    const samples = this.#place?.looks ?? 0;
    const longestGapMs = Math.round(this.#place?.longestGapMs ?? 0);
    const found = all.map((probe) => probe.found());
    return found.reduce<Measured>((sum, figures) => ({ ...sum, ...figures }), {
      wallMs,
      samples,
      longestGapMs,
    });
  }

  #all(): readonly PacedProbe[] {
    return [...(this.#place === undefined ? [] : [this.#place]), ...this.#others];
  }
}
