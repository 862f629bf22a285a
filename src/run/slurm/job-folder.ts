import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../../io/system-error.ts';
import type { Attempt } from '../attempt.ts';
import type { BuildCommand } from '../backends/build-command.ts';
import type { WorkFolder } from '../work-folder.ts';
import { GATHER_SCRIPT, JOB_SCRIPT, NEEDS, PACKAGES, UNMET } from './job-script.ts';

/** The files of a work folder that all jobs read. */
export interface JobScripts {
  readonly job: string;
  readonly gather: string;
}

/** Writes the scripts, which are always the same. */
export async function writeJobScripts({ root }: WorkFolder): Promise<JobScripts> {
  const folder = join(root, 'slurm');
  const scripts = { job: join(folder, 'job'), gather: join(folder, 'gather') };
  await mkdir(folder, { recursive: true });
  await writeFile(scripts.job, JOB_SCRIPT, { mode: 0o755 });
  await writeFile(scripts.gather, GATHER_SCRIPT, { mode: 0o755 });
  return scripts;
}

/** The attempt with the folder in which its packages will lie when it begins. @param hasNeeds whether there will be any */
export function withPackages(attempt: Attempt, hasNeeds: boolean): Attempt {
  return hasNeeds ? { ...attempt, extraPackages: join(attempt.folder, PACKAGES) } : attempt;
}

/** What a job finds in its folder. */
export interface JobFiles {
  /** See `BoardNeed`; empty: the build needs nothing of this plan. */
  readonly needs: readonly { readonly slug: string; readonly attempt: number }[];
  readonly command: BuildCommand;
  /** Where the build gets a folder on its node. */
  readonly directory: string;
}

/** What sbatch is told about them. */
export interface JobWords {
  readonly environment: string;
  readonly output: string;
  readonly words: readonly string[];
}

/**
 * Makes an attempt's folder with all that its job will look at. May be repeated.
 * @returns the files, and the words of the batch script
 */
export async function makeJobFolder(
  { folder, task, target }: Attempt,
  { needs, command, directory }: JobFiles,
  { root }: WorkFolder,
  { gather }: JobScripts,
): Promise<JobWords> {
  await mkdir(join(folder, 'out'), { recursive: true });
  const environment = join(folder, 'environment');
  const variables = Object.entries(command.env).map(([name, value]) => `${name}=${value}\0`);
  await writeFile(environment, variables.join(''));
  const build = [command.file, ...command.args];
  const words = ['--ram', directory, folder];
  const output = join(folder, 'slurm.log');
  if (needs.length === 0) return { environment, output, words: [...words, ...build] };
  const archs = new Set(['all', target.arch, task.buildArch ?? target.arch]);
  const lines = needs.map(({ slug, attempt }) => `${slug} ${String(attempt)}\n`);
  await writeFile(join(folder, NEEDS), `${[...archs].join(' ')}\n${lines.join('')}`);
  return { environment, output, words: [...words, '/bin/sh', gather, root, folder, ...build] };
}

/** Whether an attempt found on its node that what it needs was not built. */
export async function wasUnmet({ folder }: Pick<Attempt, 'folder'>): Promise<boolean> {
  try {
    await stat(join(folder, UNMET));
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}
