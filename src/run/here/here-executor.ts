import { randomUUID } from 'node:crypto';
import { chmod, chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../base/diagnostic.ts';
import { OwnGroup } from '../../measure/command-group.ts';
import type { Attempt, AttemptEnd, StopRequest } from '../attempt.ts';
import type { BuildCommand } from '../backends/build-command.ts';
import { BACKENDS } from '../backends/backends.ts';
import type { Executor } from '../executor.ts';
import { isAlive, readClaim, takeClaim } from '../shim.ts';
import { thisBoot } from '../this-boot.ts';
import { forgetAttemptRecord, readAttemptRecord, writeAttemptRecord } from './attempt-record.ts';
import type { AttemptRecord } from './attempt-record-schema.ts';
import { isInMemory, makePlace, openPlace, removePlace } from './build-place.ts';
import { cannotMount, leftProcesses, ranElsewhere } from './diagnostics.ts';
import { endOfJob, freeBytes } from './end-of-job.ts';
import { HereJob, type JobEnd } from './here-job.ts';
import type { HereOptions } from './here-options.ts';
import { ramPlace } from './machine.ts';
import { insideNamespace, type Owner } from './mounts.ts';
import { sweepWorkFolder } from './sweep.ts';

/** An attempt whose promise is not resolved yet. */
interface Running {
  job: HereJob | undefined;
  /** It was to be stopped before there was a job. */
  request: StopRequest | undefined;
}

/** Runs builds on this machine, each in a place, a control group and a session of its own. */
export class HereExecutor implements Executor {
  readonly #options: HereOptions;
  readonly #owner: Owner;
  /** By the folders of their attempts. */
  readonly #running = new Map<string, Running>();

  constructor(options: HereOptions) {
    this.#options = options;
    const { uid, gid } = options.user ?? { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
    this.#owner = { uid, gid };
  }

  /**
   * Removes what dead runs in this work folder have left: mounts, control groups, folders, processes. Attempts that still run are let
   * be; those that never began never will.
   */
  async sweep(): Promise<void> {
    await sweepWorkFolder(this.#options.work, this.#options.report);
  }

  /** @throws UserError when no RAM disk can be mounted, or the attempt's folder not be written */
  run(attempt: Attempt): Promise<AttemptEnd> {
    return this.#track(attempt, async (running) => {
      const record = await this.#prepare(attempt);
      const isInRam = isInMemory(record.place);
      const job = this.#job(attempt, record, running);
      const end = await job.run(await this.#command(attempt, record));
      return this.#finish(attempt, record, isInRam, end);
    });
  }

  /** @throws UserError for an attempt that was begun on another machine */
  adopt(attempt: Attempt): Promise<AttemptEnd> {
    const { folder, task } = attempt;
    return this.#track(attempt, async (running) => {
      await mkdir(folder, { recursive: true });
      const isTaken = await takeClaim(folder);
      const record = await this.#recordOf(attempt);
      const isInRam = isInMemory(record.place);
      const job = this.#job(attempt, record, running);
      const claim = isTaken ? undefined : await readClaim(folder);
      const state = claim === undefined ? 'dead' : await isAlive(claim);
      if (state === 'elsewhere') throw new UserError([ranElsewhere(task.id, claim?.host ?? '')]);
      const end = claim !== undefined && state === 'alive' ? await job.follow(claim) : await job.end(isTaken);
      return this.#finish(attempt, record, isInRam, end);
    });
  }

  stop({ folder }: Attempt, request: StopRequest): void {
    const running = this.#running.get(folder);
    if (running === undefined) return; // it has just ended
    running.request ??= request;
    running.job?.stop(request);
  }

  async #track({ folder }: Attempt, work: (running: Running) => Promise<AttemptEnd>): Promise<AttemptEnd> {
    const running: Running = { job: undefined, request: undefined };
    this.#running.set(folder, running);
    try {
      return await work(running);
    } finally {
      this.#running.delete(folder);
    }
  }

  #job(attempt: Attempt, record: AttemptRecord, running: Running): HereJob {
    const job = new HereJob(attempt, this.#options, record);
    running.job = job;
    if (running.request !== undefined) job.stop(running.request);
    return job;
  }

  /** Makes all that the attempt needs; what can outlive this process is written down before. */
  async #prepare(attempt: Attempt): Promise<AttemptRecord> {
    const { work, settings, machine, ramDirectory, clock, report } = this.#options;
    const { folder } = attempt;
    const out = join(folder, 'out');
    await mkdir(out, { recursive: true });
    await chmod(folder, 0o755);
    await chmod(out, 0o755);
    if (process.getuid?.() === 0) await chown(out, this.#owner.uid, this.#owner.gid);
    const place = await makePlace({
      ...{ attempt, work, owner: this.#owner, ramDirectory },
      ramPlace: ramPlace(machine, settings, ramDirectory),
    });
    const { bootId } = await thisBoot();
    const group = new OwnGroup(randomUUID().slice(0, 8)).record;
    const record = { startedMs: clock(), bootId, place, group };
    await writeAttemptRecord(folder, record);
    const problem = await openPlace(place, attempt.ramDiskBytes, this.#owner);
    if (problem === undefined) return record;
    await removePlace(place, report);
    await new OwnGroup(group).remove();
    throw new UserError([cannotMount(place.path, problem)]);
  }

  async #command(attempt: Attempt, { place }: AttemptRecord): Promise<BuildCommand> {
    const { settings, sourceOf, user, environment } = this.#options;
    const request = {
      ...{ attempt, settings, user, environment, workFolder: place.path },
      dsc: await sourceOf(attempt),
    };
    const backend = BACKENDS[settings.backend];
    for (const { name, content } of backend.files(request)) {
      await writeFile(join(attempt.folder, name), content);
      await chmod(join(attempt.folder, name), 0o644);
    }
    const command = backend.build(request);
    return place.kind === 'namespace'
      ? { ...command, ...insideNamespace(place.path, attempt.ramDiskBytes, command) }
      : command;
  }

  async #recordOf({ folder }: Attempt): Promise<AttemptRecord> {
    const found = await readAttemptRecord(this.#options.work, folder);
    if (found !== undefined) return found;
    const place = { kind: 'disk', path: join(folder, 'work') } as const;
    return { startedMs: this.#options.clock(), ...(await thisBoot()), place, group: { rooms: [] } };
  }

  async #finish(attempt: Attempt, record: AttemptRecord, isInRam: boolean, end: JobEnd): Promise<AttemptEnd> {
    const { report, keepsFolders } = this.#options;
    const diskFreeBytes = await freeBytes(attempt.folder);
    if (!end.isClean) report(leftProcesses(attempt.task.id));
    const isKept = keepsFolders && record.place.kind === 'disk';
    if (isKept) await forgetAttemptRecord(attempt.folder);
    else await removePlace(record.place, report);
    await new OwnGroup(record.group).remove();
    return endOfJob(attempt, this.#options, { record, isInRam, end, diskFreeBytes });
  }
}
