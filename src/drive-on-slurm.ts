import { sha256Of } from './run/open-work.ts';
import type { BuilderSettings } from './run/backends/backend.ts';
import type { DriveEnd } from './run/drive.ts';
import type { SourceStore } from './run/sources/source-store.ts';
import { classifyJobs } from './run/slurm/classify-job.ts';
import { driveSlurm, type SlurmPorts, type SlurmRequest } from './run/slurm/drive-slurm.ts';
import { SlurmClient } from './run/slurm/slurm-client.ts';
import { slurmCommands } from './run/slurm/slurm-commands.ts';

/** A run on Slurm, before it is known how to talk to Slurm. */
export interface OnSlurm extends Omit<SlurmRequest, 'runId'> {
  readonly settings: BuilderSettings;
  readonly sources: Pick<SourceStore, 'source'>;
  /** Of this process; builds get it with the words of DEB_BUILD_OPTIONS. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Log lines that mean: the same might succeed at another time. */
  readonly transient: readonly RegExp[];
  /** When the run's first runner began, in ms since 1970. */
  readonly beganMs: number;
}

/** Runs a plan on the cluster that Slurm's own settings name. */
export function driveOnSlurm(
  { settings, sources, environment, transient, beganMs, ...request }: OnSlurm,
  ports: Omit<SlurmPorts, 'slurm' | 'commandOf' | 'classify'>,
): Promise<DriveEnd> {
  const { clock } = ports;
  // the same for every runner of a work folder, and of no other
  const runId = sha256Of(`${request.work.root}\n${String(beganMs)}`).slice(0, RUN_ID_LETTERS);
  return driveSlurm(
    { ...request, runId },
    {
      ...ports,
      slurm: new SlurmClient(environment),
      commandOf: slurmCommands({
        ...{ settings, environment, clock },
        sourceOf: (task) => sources.source(task),
      }),
      classify: classifyJobs(transient),
    },
  );
}

const RUN_ID_LETTERS = 12;
