import type { Report } from './base/diagnostic.ts';
import type { RunOptions } from './options/run-options.ts';
import type { Attempt, AttemptEnd } from './run/attempt.ts';
import { driveRun, type DriveEnd, type DrivePorts, type DriveRequest } from './run/drive.ts';
import { HereExecutor } from './run/here/here-executor.ts';
import { findUser, prepareHere } from './run/here/prepare-here.ts';
import type { FoundSource, SourceStore } from './run/sources/source-store.ts';
import type { BuilderSettings } from './run/backends/backend.ts';
import type { WorkFolder } from './run/work-folder.ts';

/** A run on this machine. */
export interface OnThisMachine extends DriveRequest {
  readonly work: WorkFolder;
  readonly settings: BuilderSettings;
  readonly options: RunOptions;
  readonly sources: Pick<SourceStore, 'source'>;
  /** Of this process, with the words of DEB_BUILD_OPTIONS. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Builds a plan on this machine. @throws UserError before anything is begun, where no build could succeed */
export async function driveHere(
  request: OnThisMachine,
  ports: Omit<DrivePorts, 'executor' | 'prepare'>,
  report: Report,
): Promise<DriveEnd> {
  const { work, settings, options, sources, environment, selection } = request;
  const { ramDirectory, usesRamDisks, user: userName, timeoutMs, idleTimeoutMs, maxLogBytes } = options;
  const user = userName === undefined ? undefined : await findUser(userName);
  const hasRamTasks = usesRamDisks && selection.problem.builders.some((builder) => builder.ramDiskBytes > 0);
  const found = await prepareHere({ work, settings, user, ramDirectory }, hasRamTasks, report);
  const machine = { ...found, isolates: found.isolates && options.isIsolating };
  const executor = new HereExecutor({
    ...{ work, settings, user, ramDirectory, machine, environment, report },
    limits: { timeoutMs, idleTimeoutMs, maxLogBytes },
    sourceOf: async ({ task }) => dscOf(await sources.source(task)),
    transientPatterns: options.transient,
    keepsFolders: options.keep !== 'none',
    clock: ports.clock,
  });
  await executor.sweep();
  const prepare = async ({ task }: Attempt): Promise<AttemptEnd | undefined> =>
    problemOf(await sources.source(task), ports.clock());
  return driveRun(request, { ...ports, executor, prepare });
}

function dscOf(source: FoundSource): string | undefined {
  return source.kind === 'found' ? source.dsc : undefined;
}

/** A source that can't be had ends the attempt before it begins. */
function problemOf(source: FoundSource, nowMs: number): AttemptEnd | undefined {
  if (source.kind !== 'unavailable') return undefined;
  const { isTransient, reason } = source;
  const times = { startedMs: nowMs, endedMs: nowMs, exitCode: undefined };
  return { outcome: 'given-back', isTransient, reason, ...times, measured: undefined, node: undefined };
}
