import type { OnProgress, Progress } from '../base/progress.ts';
import type { BenchStage } from './bench-document.ts';

/** Takes the processor time of what a command does, step by step, as it tells of it. */
export class StageClock {
  readonly #cpuMs: () => number;
  readonly #onProgress: OnProgress;
  readonly #stages: BenchStage[] = [];
  #stage: string;
  #sinceMs: number;

  /** @param first what is done until something else is told */
  constructor(first: string, cpuMs: () => number, onProgress: OnProgress) {
    this.#stage = first;
    this.#cpuMs = cpuMs;
    this.#sinceMs = cpuMs();
    this.#onProgress = onProgress;
  }

  /** To be handed to whoever tells of progress. */
  readonly tell = (progress: Progress): void => {
    if (progress.doing !== this.#stage) {
      this.#close();
      this.#stage = progress.doing;
    }
    this.#onProgress(progress);
  };

  /** The stages so far, in their order; what was gone back to stands once. */
  end(): readonly BenchStage[] {
    this.#close();
    return this.#stages;
  }

  #close(): void {
    const nowMs = this.#cpuMs();
    const cpuMs = Math.max(0, Math.round(nowMs - this.#sinceMs));
    const known = this.#stages.findIndex(({ stage }) => stage === this.#stage);
    const before = this.#stages[known];
    if (before === undefined) this.#stages.push({ stage: this.#stage, cpuMs });
    else this.#stages[known] = { ...before, cpuMs: before.cpuMs + cpuMs };
    this.#sinceMs = nowMs;
  }
}
