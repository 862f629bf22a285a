import type { Plan } from '../../plan/plan.ts';
import type { EmitOptions, EmittedFile, Emitter } from '../emitter.ts';
import { aboutPlan } from './about-plan.ts';
import { ciUnits } from './ci-units.ts';
import { gatherNeeds } from './gather-needs.ts';
import { commonEntries, jobEntry, gatherEntry, type GitlabJobs } from './gitlab-jobs.ts';
import { stagesOf } from './gitlab-stages.ts';
import { handedOn } from './handed-on.ts';
import { machinesOf, roomOf } from './machines.ts';
import { ABOUT_MODE, ABOUT_PACKAGES, aboutRepository, MOST_HANDED_ON, TOO_MANY_BUILDS } from './results.ts';
import { block, commentText, flow, list, row, yamlText, type YamlEntry } from './yaml-text.ts';

/** What GitLab takes. */
export interface GitlabLimits {
  /** Jobs that a job may name in `needs`; an administrator can change it. */
  readonly needs: number;
  /** Builds of a pipeline. */
  readonly builds: number;
  /** Jobs of a pipeline, with those that gather needs: GitLab has no limit of its own, but gets slow. */
  readonly jobs: number;
  /** Bytes of a file: what counts is the memory of the parsed file, 2 MB (1 MB before 17.3), about five times its text. */
  readonly fileBytes: number;
}

export const GITLAB_LIMITS: GitlabLimits = {
  needs: 50,
  builds: MOST_HANDED_ON,
  jobs: 2 * MOST_HANDED_ON,
  fileBytes: 200_000,
};

export const gitlab: Emitter = {
  describe: 'a GitLab pipeline, a job a build with its needs; child pipelines where there are too many',
  emit: (plan, options) => gitlabFiles(plan, options, GITLAB_LIMITS),
};

const FOLDER = '.gitlab/debplan';

/**
 * One pipeline where all jobs fit in it, whose packages are artifacts that go from job to job; else child pipelines one
 * after another, which are cut in plan order.
 */
export function gitlabFiles(plan: Plan, options: EmitOptions, limits: GitlabLimits): readonly EmittedFile[] {
  const units = ciUnits(plan, options);
  const stages = stagesOf(units, plan.options.layers);
  const machines = machinesOf(plan);
  const needs = units.map((unit) => unit.needs);
  const parted: GitlabJobs = { units, needs, machines, stages, areHandedOn: false };
  if (units.length > limits.builds) return childPipelines(plan, parted, TOO_MANY_BUILDS, limits);
  // a job gets the artifacts of the jobs alone that it names
  const jobs: GitlabJobs = { ...parted, needs: handedOn(units), areHandedOn: true };
  const whole = jobEntries(jobs, 0, units.length, limits);
  if (whole.length <= limits.jobs) return onePipeline(plan, jobs, whole, limits);
  const gathering = `${String(whole.length - units.length)} jobs that gather more than ${String(limits.needs)} needs of a build`;
  return childPipelines(plan, parted, gathering, limits);
}

/** The jobs of the units from one place up to another, each after those that gather its needs. */
function jobEntries(
  jobs: GitlabJobs,
  from: number,
  until: number,
  limits: GitlabLimits,
): readonly YamlEntry[] {
  const here = jobs.needs.slice(from, until).map((needs) => needs.filter((need) => need >= from));
  const { groups, groupsOf } = gatherNeeds(here, limits.needs);
  const given = new Set<number>();
  return here.flatMap((needs, index) => {
    const own = groupsOf[index] ?? [];
    const fresh = own.filter((group) => !given.has(group));
    for (const group of fresh) given.add(group);
    return [
      ...fresh.map((group) => gatherEntry(jobs, group, groups[group] ?? [], from + index)),
      jobEntry(jobs, from + index, needs, own),
    ];
  });
}

function onePipeline(
  plan: Plan,
  jobs: GitlabJobs,
  entries: readonly YamlEntry[],
  limits: GitlabLimits,
): readonly EmittedFile[] {
  const head = commentText(headLines(plan, jobs, ABOUT_PACKAGES));
  const common = yamlText([stagesEntry(jobs), ...commonEntries(jobs)]);
  const body = yamlText(entries.length === 0 ? [NOTHING] : entries);
  if (common.length + body.length <= limits.fileBytes) {
    return [file('.gitlab-ci.yml', head + common + body)];
  }
  const files = jobFiles(`${FOLDER}/jobs`, entries, limits);
  return [file('.gitlab-ci.yml', `${head}${yamlText([includeEntry(files)])}\n${common}`), ...files];
}

/** A pipeline that triggers others, each of as many jobs as a pipeline takes. @param tooMany why packages are not handed on */
function childPipelines(
  plan: Plan,
  jobs: GitlabJobs,
  tooMany: string,
  limits: GitlabLimits,
): readonly EmittedFile[] {
  const parts: { readonly name: string; readonly files: readonly EmittedFile[] }[] = [];
  const common = file(
    `${FOLDER}/common.yml`,
    commentText(['What all parts share.']) + yamlText(commonEntries(jobs)),
  );
  for (let from = 0; from < jobs.units.length;) {
    const { until, entries } = partFrom(jobs, from, limits);
    const name = `part-${String(parts.length + 1).padStart(2, '0')}`;
    const files = jobFiles(`${FOLDER}/${name}-jobs`, entries, limits);
    const about = [`Builds ${String(from + 1)} to ${String(until)} of ${String(jobs.units.length)}.`];
    const main = yamlText([stagesEntry(jobs), includeEntry([common, ...files])]);
    parts.push({ name, files: [file(`${FOLDER}/${name}.yml`, commentText(about) + main), ...files] });
    from = until;
  }
  const triggers = parts.map(({ name }, index): YamlEntry => ({
    key: name,
    comment: [],
    value: block([
      ['stage', 'build'],
      ['needs', index === 0 ? row([]) : row([parts[index - 1]?.name ?? ''])],
      // a failed build stops what needs it in its own part alone, as the head of the file says
      ['when', index === 0 ? undefined : 'always'],
      [
        'trigger',
        block([
          ['include', list([flow([['local', `${FOLDER}/${name}.yml`]])])],
          ['strategy', 'depend'],
          // those that a person gives when starting a pipeline
          ['forward', flow([['pipeline_variables', true]])],
        ]),
      ],
    ]),
  }));
  const head = commentText(headLines(plan, jobs, aboutRepository(tooMany, 'in an earlier part')));
  return [
    file('.gitlab-ci.yml', head + yamlText([{ key: 'stages', value: row(['build']) }, ...triggers])),
    common,
    ...parts.flatMap(({ files }) => files),
  ];
}

/** As many units from a place on as give no more jobs than a pipeline takes; one at least. */
function partFrom(
  jobs: GitlabJobs,
  from: number,
  limits: GitlabLimits,
): { readonly until: number; readonly entries: readonly YamlEntry[] } {
  let until = Math.min(jobs.units.length, from + limits.builds);
  for (;;) {
    const entries = jobEntries(jobs, from, until, limits);
    const over = entries.length - limits.jobs;
    if (over <= 0 || until === from + 1) return { until, entries };
    until = Math.max(from + 1, until - over);
  }
}

/** Jobs in files that are small enough, in their order. */
function jobFiles(path: string, entries: readonly YamlEntry[], limits: GitlabLimits): readonly EmittedFile[] {
  const texts: string[] = [];
  let text = '';
  for (const entry of entries) {
    const next = yamlText([entry]);
    if (text !== '' && text.length + next.length > limits.fileBytes) {
      texts.push(text);
      text = '';
    }
    text += next;
  }
  if (text !== '') texts.push(text);
  return texts.map((content, index) => file(`${path}-${String(index + 1)}.yml`, content.replace(/^\n/, '')));
}

function includeEntry(files: readonly EmittedFile[]): YamlEntry {
  return { key: 'include', value: list(files.map(({ path }) => flow([['local', path]]))) };
}

function stagesEntry({ stages }: GitlabJobs): YamlEntry {
  return { key: 'stages', value: row(stages.names) };
}

const NOTHING: YamlEntry = {
  key: 'nothing to build',
  comment: [],
  value: block([
    ['stage', 'build'],
    ['script', list(['echo "The plan is empty."'])],
  ]),
};

function headLines(
  plan: Plan,
  { units, machines, areHandedOn }: GitlabJobs,
  aboutPackages: readonly string[],
): readonly string[] {
  return [
    ...aboutPlan('A GitLab pipeline', plan, units.length),
    '',
    'Commit it to the root of the repository that holds the source packages (.dsc files and what they',
    'name). Each builder needs a runner with these tags, which takes as many jobs at once (`limit`) as it',
    'has slots:',
    ...[...machines.values()].map((machine) => `  ${machine.arch}, ${machine.name}: ${roomOf(machine)}`),
    '',
    ...aboutPackages,
    ...ABOUT_MODE,
    ...(areHandedOn
      ? ['Large packages need a higher "Maximum artifacts size" than the default of 100 MB a job.']
      : []),
  ];
}

function file(path: string, content: string): EmittedFile {
  return { path, content, isExecutable: false };
}
