import type { Diagnostic } from '../../base/diagnostic.ts';

/** Slurm's programs are not there. */
export function noSlurm(program: string): Diagnostic {
  return {
    code: 'no-slurm',
    severity: 'error',
    message: `cannot run ${program}: there is no such program`,
    hint: "install Slurm's programs on this machine (apt-get install slurm-client), or leave out --on slurm",
  };
}

/** No controller answers. */
export function noCluster(words: string): Diagnostic {
  return {
    code: 'no-cluster',
    severity: 'error',
    message: `Slurm does not answer: ${words}`,
    hint: 'see whether the cluster is up: scontrol ping',
  };
}

/** sbatch refuses not one build, but how builds are submitted. */
export function refusedBuilds(task: string, words: string): Diagnostic {
  return {
    code: 'refused-builds',
    severity: 'error',
    message: `Slurm refuses builds such as ${task}: ${words}`,
    hint: 'see --slurm-partition, --slurm-constraint, --slurm-ram and --slurm-option; then go on with --resume',
  };
}

/** Nothing would keep builds from nodes of another architecture. */
export function unguidedArchitectures(archs: readonly string[]): Diagnostic {
  const [first = ''] = archs;
  return {
    code: 'unguided-architectures',
    severity: 'error',
    message: `no node has ${archs.join(' or ')} as a feature, so Slurm can't tell where to build for which`,
    hint: `say it: --slurm-partition ${first}=PARTITION or --slurm-constraint ${first}=FEATURE`,
  };
}

/** The queue can't be read for now, or takes no more. */
export function slowSlurm(words: string): Diagnostic {
  return {
    code: 'slow-slurm',
    severity: 'warning',
    message: `Slurm does not take or tell anything now: ${words}; it is asked again`,
  };
}

/** A person has interrupted the run, and its jobs are Slurm's. */
export function jobsGoOn(jobs: number): Diagnostic {
  return {
    code: 'jobs-go-on',
    severity: 'note',
    message: `${jobs} ${jobs === 1 ? 'job goes' : 'jobs go'} on in Slurm without debplan`,
    hint: 'debplan run --resume, with the same --work, takes up what they build, with --cancel it cancels them',
  };
}

/** Nothing of the run is in the queue. */
export function nothingToCancel(): Diagnostic {
  return {
    code: 'nothing-to-cancel',
    severity: 'note',
    message: 'there is nothing to cancel: no job of this run has not ended',
  };
}
