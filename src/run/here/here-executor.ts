import { randomUUID } from 'node:crypto';
import { chmod, chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../base/diagnostic.ts';
import { systemCode, systemReason } from '../../io/system-error.ts';
import { OwnGroup } from '../../measure/command-group.ts';
import type { Attempt, AttemptEnd, StopRequest } from '../attempt.ts';
import type { BuildCommand } from '../backends/build-command.ts';
import { BACKENDS } from '../backends/backends.ts';
import type { Executor } from '../executor.ts';
import { isAlive, readClaim, takeClaim } from '../shim.ts';
import { thisBoot } from '../this-boot.ts';
import { forgetAttemptRecord, readAttemptRecord, writeAttemptRecord } from './attempt-record.ts';
import type { AttemptRecord } from './attempt-record-schema.ts';
import { isInMemory, makePlace, openPlace, removePlace, type BuildPlace } from './build-place.ts';
import { checkOut } from './check-out.ts';
import { cannotMount, cannotPrepare, leftProcesses, ranElsewhere } from './diagnostics.ts';
import { endOfJob, freeBytes } from './end-of-job.ts';
import { AttemptProcesses } from './end-processes.ts';
import { HereJob, type JobEnd } from './here-job.ts';
import type { HereOptions } from './here-options.ts';
import { ramPlace } from './machine.ts';
import { aloneInside, insideNamespace, type Owner } from './mounts.ts';
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
      return this.#tidied(attempt, record, async () => {
        const job = this.#job(attempt, record, running);
        const command = await this.#command(attempt, record);
        return this.#finish(attempt, record, isInRam, await job.run(command));
      });
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
      const claim = isTaken ? undefined : await readClaim(folder);
      const state = claim === undefined ? 'dead' : await isAlive(claim);
      if (state === 'elsewhere') throw new UserError([ranElsewhere(task.id, claim?.host ?? '')]);
      return this.#tidied(attempt, record, async () => {
        const job = this.#job(attempt, record, running);
        const isAliveHere = claim !== undefined && state === 'alive';
        const end = isAliveHere ? await job.follow(claim) : await job.end(isTaken);
        return this.#finish(attempt, record, isInRam, end);
      });
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

  /** Whatever is thrown, nothing of the attempt is left on the machine. */
  async #tidied(
    attempt: Attempt,
    record: AttemptRecord,
    work: () => Promise<AttemptEnd>,
  ): Promise<AttemptEnd> {
    try {
      return await work();
    } catch (error) {
      await new AttemptProcesses(new OwnGroup(record.group), join(attempt.folder, 'out')).end();
      await this.#remove(record);
      throw this.#told(attempt, error);
    }
  }

  async #remove({ place, group }: AttemptRecord): Promise<void> {
    await removePlace(place, this.#options.report);
    await new OwnGroup(group).remove();
  }

  /** What the disk has no room for is no bug. */
  #told({ folder }: Attempt, error: unknown): unknown {
    const code = systemCode(error);
    const isSystem = code !== undefined && !code.startsWith('ERR_');
    return isSystem ? new UserError([cannotPrepare(folder, systemReason(error))]) : error;
  }

  #job(attempt: Attempt, record: AttemptRecord, running: Running): HereJob {
    const job = new HereJob(attempt, this.#options, record);
    running.job = job;
    if (running.request !== undefined) job.stop(running.request);
    return job;
  }

  /** Makes all that the attempt needs; what can outlive this process is written down before. */
  async #prepare(attempt: Attempt): Promise<AttemptRecord> {
    const { folder } = attempt;
    try {
      const place = await this.#makeFolders(attempt);
      const { bootId } = await thisBoot();
      const { makeGroup = (name: string) => new OwnGroup(name) } = this.#options;
      const group = makeGroup(randomUUID().slice(0, 8)).record;
      const record = { startedMs: this.#options.clock(), bootId, place, group };
      try {
        await writeAttemptRecord(folder, record);
        const problem = await openPlace(place, attempt.ramDiskBytes, this.#owner);
        if (problem !== undefined) throw new UserError([cannotMount(place.path, problem)]);
      } catch (error) {
        await this.#remove(record);
        throw error;
      }
      return record;
    } catch (error) {
      throw this.#told(attempt, error);
    }
  }

  async #makeFolders(attempt: Attempt): Promise<BuildPlace> {
    const { work, settings, machine, ramDirectory } = this.#options;
    const { folder } = attempt;
    const out = join(folder, 'out');
    await mkdir(out, { recursive: true });
    await chmod(folder, 0o755);
    await chmod(out, 0o755);
    if (process.getuid?.() === 0) await chown(out, this.#owner.uid, this.#owner.gid);
    return makePlace({
      ...{ attempt, work, owner: this.#owner, ramDirectory },
      ramPlace: ramPlace(machine, settings, ramDirectory),
    });
  }

  async #command(attempt: Attempt, { place, group }: AttemptRecord): Promise<BuildCommand> {
    const { settings, sourceOf, user, environment, machine } = this.#options;
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
    // without a control group nothing else knows all of its processes
    const isolates = machine.isolates && group.rooms.length === 0;
    if (place.kind === 'namespace') {
      const inside = { folder: place.path, bytes: attempt.ramDiskBytes, isolates };
      return { ...command, ...insideNamespace(inside, command) };
    }
    const isAlone = isolates && (machine.isRoot || backend.livesInNamespace(settings));
    return isAlone ? { ...command, ...aloneInside(command, machine.isRoot) } : command;
  }

  async #recordOf({ folder }: Attempt): Promise<AttemptRecord> {
    const found = await readAttemptRecord(this.#options.work, folder);
    if (found !== undefined) return found;
    const place = { kind: 'disk', path: join(folder, 'work') } as const;
    return { startedMs: this.#options.clock(), ...(await thisBoot()), place, group: { rooms: [] } };
  }

  async #finish(attempt: Attempt, record: AttemptRecord, isInRam: boolean, end: JobEnd): Promise<AttemptEnd> {
    const { work, report, keepsFolders } = this.#options;
    const diskFreeBytes = await freeBytes(work.root);
    if (!end.isClean) report(leftProcesses(attempt.task.id));
    const isKept = keepsFolders && record.place.kind === 'disk';
    if (isKept) await forgetAttemptRecord(attempt.folder);
    else await removePlace(record.place, report);
    await new OwnGroup(record.group).remove();
    const outProblem = await checkOut(attempt, work, report);
    return endOfJob(attempt, this.#options, { record, isInRam, end, diskFreeBytes, outProblem });
  }
}
