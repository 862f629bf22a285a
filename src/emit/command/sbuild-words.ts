import type { PlanTarget, PlanTask } from '../../plan/plan.ts';

/**
 * `hello_2.10-3.dsc`: a version without its epoch, as files are named. A name that could be taken for an option gets `./` in
 * front.
 */
export function dscName({ source, version }: Pick<PlanTask, 'source' | 'version'>): string {
  const name = `${source}_${version.replace(/^\d+:/, '')}.dsc`;
  return name.startsWith('-') ? `./${name}` : name;
}

/**
 * What tells sbuild to build exactly this task: architecture, which half of the source, profiles, make jobs.
 * @see sbuild(1) 0.85: a native build makes the `Architecture: all` packages too unless told not to
 */
export function sbuildOptions({
  task,
  target,
}: {
  readonly task: PlanTask;
  readonly target: PlanTarget['target'];
}): readonly string[] {
  const { arch, kind } = target;
  const profiles = task.profiles ?? target.profiles;
  const isCross = task.buildArch !== undefined && task.buildArch !== arch;
  return [
    ...(isCross ? [`--host=${arch}`, `--build=${task.buildArch}`] : [`--arch=${arch}`]),
    ...KIND_OPTIONS[kind],
    ...(profiles.length === 0 ? [] : [`--profiles=${profiles.join(',')}`]),
    `--jobs=${String(task.makeJobs)}`,
  ];
}

/** Explicit in both ways: what sbuild does without depends on its settings. */
const KIND_OPTIONS: Readonly<Record<PlanTarget['target']['kind'], readonly string[]>> = {
  any: ['--arch-any', '--no-arch-all'],
  all: ['--arch-all', '--no-arch-any'],
  binary: ['--arch-any', '--arch-all'],
};
