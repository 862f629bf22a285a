import { at } from '../../base/column.ts';
import { formatDuration } from '../../base/quantity.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Emitter } from '../emitter.ts';
import { buildScript } from './build-script.ts';
import { builderResources, type BuilderResource } from './builder-resources.ts';
import { comment } from './describe-pools.ts';
import { describeUsage } from './describe-usage.ts';
import { engineUnits, type EngineUnit } from './engine-units.ts';

/** A Snakefile: one rule a build, with what it takes of its builder in whole MiB, and the plan's priority. */
export const snakemake: Emitter = {
  describe: 'a Snakefile that runs the plan by RAM disk in MiB, slots and priorities',
  emit: (plan, options) => {
    const units = engineUnits(plan);
    const resources = builderResources(plan);
    const threads = plan.builders.reduce(
      (sum, { slots, makeJobs }) => sum + slots * makeJobs.reduce((a, b) => Math.max(a, b), 1),
      0,
    );
    return [
      { path: 'snakemake/Snakefile', content: snakefile(plan, units, resources), isExecutable: false },
      buildScript('snakemake', plan, units, options),
      { path: 'snakemake/run', content: runSnakemake(Math.max(1, threads)), isExecutable: true },
    ];
  },
};

function snakefile(
  plan: Plan,
  units: readonly EngineUnit[],
  resources: ReadonlyMap<string, readonly BuilderResource[]>,
): string {
  const limits = [...resources.values()]
    .flat()
    .map(({ name, capacity }) => `    "${name}": ${String(capacity)},\n`);
  const rules = units.map((unit, place) => rule(unit, place, units, resources.get(unit.task.builder) ?? []));
  return [
    comment([...describeUsage('./run'), '', `The plan takes ${formatDuration(plan.makespanMs)}.`]),
    '\n# What the builders have; --resources NAME=NUMBER gives them more or less.\nLIMITS = {\n',
    ...limits,
    '}\nfor name, limit in LIMITS.items():\n    workflow.global_resources.setdefault(name, limit)\n\n',
    'rule all:\n    input:\n',
    ...units.map(({ slug }) => `        "done/${slug}",\n`),
    ...rules,
  ].join('');
}

function rule(
  { task, slug, needs }: EngineUnit,
  place: number,
  units: readonly EngineUnit[],
  resources: readonly BuilderResource[],
): string {
  const word = `unit_${String(place + 1)}_${slug.replaceAll(/[^A-Za-z0-9]/g, '_')}`;
  const demands = resources
    .map(({ name, demandOf }) => ({ name, demand: demandOf(task) }))
    .filter(({ demand }) => demand > 0);
  return [
    `\nrule ${word}:\n`,
    ...(needs.length === 0 ? [] : ['    input:\n']),
    ...needs.map((need) => `        "done/${at(units, need).slug}",\n`),
    `    output: "done/${slug}"\n`,
    `    threads: ${String(task.makeJobs)}\n`,
    // the order that the plan looks at them in; its own priorities may be equal
    `    priority: ${String(units.length - place)}\n`,
    ...(demands.length === 0 ? [] : ['    resources:\n']),
    ...demands.map(({ name, demand }) => `        ${name}=${String(demand)},\n`),
    `    shell: "./build-unit ${slug}"\n`,
  ].join('');
}

function runSnakemake(threads: number): string {
  return `#!/bin/sh
# Builds the plan with snakemake: all that doesn't depend on a failure, the most urgent first. What the builders have is in
# the Snakefile; the make jobs of all slots together are no limit.
cd "$(dirname -- "$0")" && exec snakemake --cores ${String(threads)} --keep-going --rerun-incomplete \\
  --rerun-triggers mtime --scheduler greedy "$@"
`;
}
