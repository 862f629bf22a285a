import { at } from '../../base/column.ts';
import { formatDuration } from '../../base/quantity.ts';
import type { PlanBuilder } from '../../plan/plan.ts';
import { ramDiskMebibytes } from '../mebibytes.ts';
import type { CiUnit } from './ci-units.ts';
import type { GitlabStages } from './gitlab-stages.ts';
import type { Machine } from './machines.ts';
import { CAN_PUBLISH, collectResults, PUBLISH } from './results.ts';
import { block, flow, list, row, type YamlEntry } from './yaml-text.ts';

/** All that the jobs of a pipeline are made of. */
export interface GitlabJobs {
  readonly units: readonly CiUnit[];
  /** What each unit waits for, or of what it gets the packages: places of units. */
  readonly needs: readonly (readonly number[])[];
  readonly machines: ReadonlyMap<string, Machine>;
  readonly stages: GitlabStages;
  /** Whether packages go from job to job as artifacts; else to a repository. */
  readonly areHandedOn: boolean;
}

/** What every job has, and what those of one builder have. */
export function commonEntries({ machines, areHandedOn }: GitlabJobs): readonly YamlEntry[] {
  return [
    {
      key: '.debplan',
      comment: [],
      value: block([
        ['interruptible', true],
        // as GitLab does where nobody tells it otherwise: no packages of earlier jobs in the same folder
        ['variables', CLEAN],
        [
          'retry',
          block([
            ['max', 2],
            // never a build that failed: it would fail again
            ['when', row(['runner_system_failure', 'api_failure', 'scheduler_failure', 'unknown_failure'])],
          ]),
        ],
        ['before_script', list([...PREPARE, areHandedOn ? FIND_PACKAGES : DEFINE_PUBLISH])],
        [
          'artifacts',
          block([
            ['when', 'always'],
            ['expire_in', '1 week'],
            ['paths', list([`${resultsOf('$CI_JOB_NAME')}/`])],
          ]),
        ],
      ]),
    },
    ...[...machines.values()].map(({ name, arch }): YamlEntry => ({
      key: `.on ${name}`,
      comment: [],
      value: block([
        ['extends', '.debplan'],
        ['tags', row([arch, name])],
      ]),
    })),
  ];
}

/** What a job makes. Runners use folders again, which GitLab cleans before a job's artifacts come. */
function resultsOf(job: string): string {
  return `results/${job}`;
}

/** A job without a fetch would clean nothing, and hand on what lies in its folder from others. */
const CLEAN = flow([
  ['GIT_STRATEGY', 'fetch'],
  ['GIT_CLEAN_FLAGS', '-ffdx'],
]);

const PREPARE: readonly string[] = [
  `rm -rf packages "${resultsOf('$CI_JOB_NAME')}"`,
  `mkdir -p packages "${resultsOf('$CI_JOB_NAME')}"`,
  `export DEBPLAN_PACKAGES="$PWD/packages" DEBPLAN_RESULTS="$PWD/${resultsOf('$CI_JOB_NAME')}"`,
  // not in after_script, for which gitlab-ci-local makes the folder anew; also what a build leaves that fails: its log
  `keep_results() { ${collectResults('mv -f', '"$DEBPLAN_RESULTS"')}; }`,
  'trap keep_results EXIT',
];

/** Here is nothing but artifacts of what a job needs: its folder was cleaned before they came. */
const FIND_PACKAGES = `find results -name '*.deb' -exec ln -f {} packages/ ';'`;

const DEFINE_PUBLISH = [
  CAN_PUBLISH,
  `publish() { ${collectResults('mv -f', '"$DEBPLAN_RESULTS"')}; ${PUBLISH}; }`,
].join('\n');

/** @param groups the gathering jobs that stand for its needs, if any */
export function jobEntry(
  jobs: GitlabJobs,
  place: number,
  needs: readonly number[],
  groups: readonly number[],
): YamlEntry {
  const { slug, task, command, timeoutMinutes } = at(jobs.units, place);
  const machine = jobs.machines.get(task.builder);
  if (machine === undefined) throw new Error(`BUG: no builder ${task.builder}`);
  const names =
    groups.length > 0 ? groups.map(gatherName) : needs.map((need) => jobName(at(jobs.units, need).slug));
  return {
    key: jobName(slug),
    comment: [plannedLine(at(jobs.units, place))],
    value: block([
      ['extends', `.on ${machine.name}`],
      ['stage', at(jobs.stages.of, place)],
      ['needs', names.length === 0 ? row([]) : list(names)],
      ['variables', variables(at(jobs.units, place))],
      ['resource_group', isLarge(task, machine.builder) ? `${machine.name} large` : undefined],
      ['timeout', timeout(timeoutMinutes)],
      ['script', list(jobs.areHandedOn ? [command] : [command, 'publish'])],
    ]),
  };
}

/** A job that waits for some builds and hands on what they made, since a job may name only so many needs. */
export function gatherEntry(
  jobs: GitlabJobs,
  group: number,
  needs: readonly number[],
  place: number,
): YamlEntry {
  const { task } = at(jobs.units, place);
  const names = needs.map((need) => jobName(at(jobs.units, need).slug));
  return {
    key: gatherName(group),
    comment: [],
    value: block([
      ['tags', row([jobs.machines.get(task.builder)?.arch ?? ''])],
      ['stage', at(jobs.stages.of, place)],
      ['needs', list(names)],
      ['variables', CLEAN],
      ['script', list(['true'])],
      [
        'artifacts',
        jobs.areHandedOn
          ? block([
              ['paths', list(names.map((name) => `${resultsOf(name)}/`))],
              ['expire_in', '1 week'],
            ])
          : undefined,
      ],
    ]),
  };
}

/** Blanks: no slug has any, so no build can be called that. */
function gatherName(group: number): string {
  return `gather ${String(group + 1)}`;
}

/** The name in the plan, but for those that mean something else to GitLab. */
function jobName(slug: string): string {
  return RESERVED.has(slug) ? `build ${slug}` : slug;
}

const RESERVED: ReadonlySet<string> = new Set([
  ...[
    'image',
    'services',
    'stages',
    'types',
    'before_script',
    'after_script',
    'variables',
    'cache',
    'include',
  ],
  ...['true', 'false', 'nil', 'pages', 'default', 'workflow', 'spec'],
]);

function variables({ task }: CiUnit): ReturnType<typeof flow> {
  return flow([
    ['DEBPLAN_MODE', task.mode],
    ['DEBPLAN_RAM_DISK_MIB', task.mode === 'ram' ? String(ramDiskMebibytes(task)) : undefined],
  ]);
}

/** `4h 10m`. */
function timeout(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  return [
    ...(hours > 0 ? [`${String(hours)}h`] : []),
    ...(minutes % 60 > 0 ? [`${String(minutes % 60)}m`] : []),
  ].join(' ');
}

function plannedLine({ task }: CiUnit): string {
  const { startMs, durationMs, slot, mode, critical } = task;
  const where = mode === 'ram' ? 'in RAM' : 'on disk';
  const times = `${formatDuration(durationMs)} ${where}, ${startMs === 0 ? 'at once' : `after ${formatDuration(startMs)}`}`;
  return `${times}, slot ${String(slot)}${critical ? ', critical' : ''}`;
}

/**
 * Of builds that take more than half of the RAM disk, or fit only a chroot of which there is one, never two can run at once:
 * a group that runs one job at a time costs them nothing, and keeps a runner from starting a second one.
 */
function isLarge(task: CiUnit['task'], { ramDiskBytes, ramDiskChroots }: PlanBuilder): boolean {
  if (task.mode !== 'ram') return false;
  if (ramDiskChroots.length === 0) return task.ramDiskBytes * 2 > ramDiskBytes;
  return task.ramDiskBytes > (ramDiskChroots[1] ?? 0);
}
