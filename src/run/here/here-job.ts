import { spawn, type ChildProcess } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { systemCode, systemReason } from '../../io/system-error.ts';
import { OwnGroup } from '../../measure/command-group.ts';
import { INTERVAL_MS, Sampler } from '../../measure/sampler.ts';
import { thisWorld } from '../../measure/world.ts';
import type { Attempt, AttemptEnd, StopRequest } from '../attempt.ts';
import type { BuildCommand } from '../backends/build-command.ts';
import { isAlive, shimCommand, type Claim } from '../shim.ts';
import type { AttemptRecord } from './attempt-record-schema.ts';
import { footprintOf } from './build-place.ts';
import { AttemptProcesses } from './end-processes.ts';
import type { HereOptions } from './here-options.ts';
import { namespaceWorld } from './namespace-world.ts';
import { Watch, type Stopped } from './watch.ts';
import type { Measured } from '../../measure/measured.ts';

const LOOK_MS = 250;

/** How the processes of an attempt ended. */
export interface JobEnd {
  /** Of the shim, where this process started it; undefined: not known, or it never was started. */
  readonly shimCode: number | undefined;
  readonly stopped: Stopped | undefined;
  /** When the shim was seen to have ended, or to be gone; ms since 1970. */
  readonly endedMs: number;
  readonly oomKills: number;
  readonly measured: Measured | undefined;
  readonly neverBegan: boolean;
  /** Whether it was seen from its begin on. */
  readonly isWhole: boolean;
  /** Whether none of its processes is left. */
  readonly isClean: boolean;
  /** Why its command could not be started, though it was tried; left out: it could. */
  readonly startProblem?: StartProblem;
}

/** What the system says to a command that can't be started. */
export interface StartProblem {
  readonly reason: string;
  /** Whether there may be room for it later. */
  readonly isTransient: boolean;
}

/** The processes of one attempt, from their start or from when they were found again to the end of the last one. */
export class HereJob {
  readonly #attempt: Attempt;
  readonly #options: HereOptions;
  readonly #record: AttemptRecord;
  readonly #group: OwnGroup;
  readonly #processes: AttemptProcesses;
  #shim: number | undefined;
  #stopped: Stopped | undefined;

  constructor(attempt: Attempt, options: HereOptions, record: AttemptRecord) {
    this.#attempt = attempt;
    this.#options = options;
    this.#record = record;
    this.#group = new OwnGroup(record.group);
    this.#processes = new AttemptProcesses(this.#group, join(attempt.folder, 'out'));
  }

  /** Ends all of its processes soon; the first reason counts. */
  stop({ outcome, reason }: StopRequest | Stopped): void {
    this.#stopped ??= { outcome, reason };
    void this.#processes.end();
  }

  /** Starts the command under its shim. */
  async run(command: BuildCommand): Promise<JobEnd> {
    const sampler = await this.#startSampler();
    try {
      return await this.#run(command, sampler);
    } finally {
      await sampler.stop(); // else it would look on for ever
    }
  }

  async #run(command: BuildCommand, sampler: Sampler): Promise<JobEnd> {
    if (this.#stopped !== undefined) {
      return { ...(await this.#end(sampler, undefined)), measured: undefined, neverBegan: true };
    }
    const child = this.#spawn(command);
    if ('isTransient' in child) return this.#endUnstarted(sampler, child);
    const ended = untilEnd(child);
    if (child.pid !== undefined) {
      this.#follow(child.pid);
      sampler.follow(child.pid);
    }
    let isOver = false;
    void ended.then(() => (isOver = true));
    const watch = this.#watch();
    while (!isOver) {
      this.#look(watch);
      await Promise.race([ended, rest(LOOK_MS)]);
    }
    const shim = await ended;
    if (typeof shim === 'object') return this.#endUnstarted(sampler, shim);
    return { ...(await this.#end(sampler, shim)), isWhole: true };
  }

  async #endUnstarted(sampler: Sampler, startProblem: StartProblem): Promise<JobEnd> {
    return { ...(await this.#end(sampler, undefined)), measured: undefined, startProblem };
  }

  /** Follows a shim that another process has started, until it has ended. */
  async follow(claim: Claim): Promise<JobEnd> {
    this.#follow(claim.pid);
    const sampler = await this.#startSampler();
    try {
      sampler.follow(claim.pid);
      const watch = this.#watch();
      while ((await isAlive(claim)) === 'alive') {
        this.#look(watch);
        await rest(LOOK_MS);
      }
      return await this.#end(sampler, undefined);
    } finally {
      await sampler.stop();
    }
  }

  /** Ends what is left of it. @param neverBegan whether its command was not run, and never will be */
  async end(neverBegan: boolean): Promise<JobEnd> {
    return { ...(await this.#end(undefined, undefined)), neverBegan };
  }

  #spawn({ file, args, env, cwd }: BuildCommand): ChildProcess | StartProblem {
    const shim = shimCommand(this.#attempt.folder, { file, args });
    try {
      return this.#group.startInside(() =>
        spawn(shim.file, shim.args, { cwd, env, detached: true, stdio: 'ignore' }),
      );
    } catch (error) {
      // some of the system's answers come as events, some at once
      const problem = startProblem(error);
      if (problem === undefined) throw error;
      return problem;
    }
  }

  #startSampler(): Promise<Sampler> {
    const place = footprintOf(this.#record.place);
    const isInside = this.#record.place.kind === 'namespace';
    const world = isInside ? namespaceWorld(() => this.#shim) : thisWorld;
    return Sampler.start({ place, group: this.#group, intervalMs: INTERVAL_MS }, world);
  }

  #follow(shim: number): void {
    this.#shim = shim;
    this.#processes.follow(shim);
  }

  #watch(): Watch {
    return new Watch(this.#options.limits, this.#record.startedMs, this.#options.clock());
  }

  #look(watch: Watch): void {
    this.#processes.look();
    const log = statSync(join(this.#attempt.folder, 'log'), { throwIfNoEntry: false });
    const stopped = watch.look(log?.size ?? 0, this.#options.clock());
    if (stopped !== undefined && this.#stopped === undefined) this.stop(stopped);
  }

  async #end(sampler: Sampler | undefined, shimCode: number | undefined): Promise<JobEnd> {
    const endedMs = this.#options.clock();
    const oomKills = this.#group.oomKills();
    const isClean = await this.#processes.end();
    const measured = await sampler?.stop();
    return {
      ...{ shimCode, stopped: this.#stopped, endedMs, oomKills, measured, isClean },
      ...{ isWhole: false, neverBegan: false },
    };
  }
}

/** @returns its exit code; undefined when a signal ended it; why it could not be started */
function untilEnd(child: ChildProcess): Promise<AttemptEnd['exitCode'] | StartProblem> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      resolve(startProblem(error));
    });
    child.once('exit', (code) => {
      resolve(code ?? undefined);
    });
  });
}

/** @returns undefined: it is not the system that says so */
function startProblem(error: unknown): StartProblem | undefined {
  const code = systemCode(error);
  if (code === undefined || code.startsWith('ERR_')) return undefined;
  const reason = IN_WORDS.get(code) ?? systemReason(error);
  return { reason: `it can't be started: ${reason}`, isTransient: MAY_PASS.has(code) };
}

const MAY_PASS: ReadonlySet<string> = new Set(['ENOMEM', 'EAGAIN', 'EMFILE', 'ENFILE']);
const IN_WORDS: ReadonlyMap<string, string> = new Map([
  ['E2BIG', 'its command and environment are too long for this system (E2BIG)'],
  ['ENOMEM', 'no memory is left (ENOMEM)'],
  ['EAGAIN', 'no further process may be made (EAGAIN)'],
]);
