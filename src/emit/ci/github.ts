import type { Plan } from '../../plan/plan.ts';
import type { EmitOptions, EmittedFile, Emitter } from '../emitter.ts';
import { aboutPlan } from './about-plan.ts';
import { ciUnits } from './ci-units.ts';
import { buildAction, UNITS_SCRIPT_PATH, ACTION_PATH } from './github-action.ts';
import { batchesOf, matrixEntry, unitEntries, type GithubJobs } from './github-jobs.ts';
import { machinesOf, roomOf } from './machines.ts';
import { ABOUT_MODE, ABOUT_PACKAGES, aboutRepository, MOST_HANDED_ON, TOO_MANY_BUILDS } from './results.ts';
import { downloadsOf, unitsScript } from './units-script.ts';
import { block, commentText, flow, row, yamlText, type YamlEntry } from './yaml-text.ts';

/** What GitHub takes. */
export interface GithubLimits {
  /** Jobs of a workflow where each build has its own: what its page still shows. */
  readonly jobs: number;
  /** Jobs that a matrix may make. */
  readonly matrix: number;
  /** Bytes of a workflow file; GitHub takes 500 kB. */
  readonly fileBytes: number;
}

export const GITHUB_LIMITS: GithubLimits = { jobs: 600, matrix: 256, fileBytes: 480_000 };

export const github: Emitter = {
  describe: 'a GitHub workflow, a job a build with its needs; a matrix a level where there are too many',
  emit: (plan, options) => githubFiles(plan, options, GITHUB_LIMITS),
};

const FOLDER = '.github/workflows';

/**
 * One job a build as long as the workflow takes them; else one matrix for each level of needs and builder. Where those don't
 * fit a file, more workflows, which the first one calls one after another.
 */
export function githubFiles(plan: Plan, options: EmitOptions, limits: GithubLimits): readonly EmittedFile[] {
  const units = ciUnits(plan, options);
  const jobs: GithubJobs = { units, machines: machinesOf(plan), areHandedOn: units.length <= MOST_HANDED_ON };
  const head = commentText(headLines(plan, jobs)) + yamlText(workflowEntries(jobs));
  const action = [
    { path: ACTION_PATH, content: buildAction(downloadsOf(jobs)), isExecutable: false },
    { path: UNITS_SCRIPT_PATH, content: unitsScript(jobs), isExecutable: true },
  ];
  if (units.length <= limits.jobs) {
    const content = head + jobsText(units.length === 0 ? [NOTHING] : unitEntries(jobs));
    if (content.length <= limits.fileBytes) return [workflow('debplan', content), ...action];
  }
  const parts = partsOf(jobs, limits, limits.fileBytes - head.length - 1000);
  const [first] = parts;
  if (first !== undefined && parts.length === 1)
    return [workflow('debplan', head + jobsText(first)), ...action];
  return [...calledParts(head, parts), ...action];
}

function workflowEntries({ areHandedOn }: GithubJobs): readonly YamlEntry[] {
  return [
    { key: 'name', value: 'debplan' },
    { key: 'on', value: block([['workflow_dispatch', flow([])]]) },
    { key: 'permissions', value: block([['contents', 'read']]) },
    // two runs would build the same at the same time on the same builders
    {
      key: 'concurrency',
      value: block([
        ['group', 'debplan'],
        ['cancel-in-progress', false],
      ]),
    },
    ...(areHandedOn
      ? []
      : [{ key: 'env', value: block([['DEBPLAN_PUBLISH', '${{ vars.DEBPLAN_PUBLISH }}']]) }]),
  ];
}

/** Lists of matrix jobs, each of which fits a file; a level's jobs need only levels before. */
function partsOf(
  jobs: GithubJobs,
  limits: GithubLimits,
  mostBytes: number,
): readonly (readonly YamlEntry[])[] {
  const batches = batchesOf(jobs, limits.matrix);
  const parts: YamlEntry[][] = [];
  let part: YamlEntry[] = [];
  let bytes = 0;
  let inPart = new Set<string>();
  for (const batch of batches) {
    const length = yamlText([matrixEntry(jobs, batch, inPart)], '  ').length;
    if (part.length > 0 && bytes + length > mostBytes) {
      parts.push(part);
      part = [];
      bytes = 0;
      inPart = new Set();
    }
    part.push(matrixEntry(jobs, batch, inPart));
    inPart.add(batch.name);
    bytes += length;
  }
  return part.length === 0 ? parts : [...parts, part];
}

/** A workflow that calls others one after another: in one run, so that artifacts are shared. */
function calledParts(head: string, parts: readonly (readonly YamlEntry[])[]): readonly EmittedFile[] {
  const name = (index: number): string => `debplan-${String(index + 1).padStart(2, '0')}`;
  const calls = parts.map((_, index): YamlEntry => ({
    key: `part-${String(index + 1)}`,
    comment: [],
    value: block([
      ['needs', index === 0 ? undefined : row([`part-${String(index)}`])],
      ['if', index === 0 ? undefined : '${{ !cancelled() }}'],
      ['uses', `./${FOLDER}/${name(index)}.yml`],
    ]),
  }));
  return [
    workflow('debplan', head + jobsText(calls)),
    ...parts.map((entries, index) => {
      const about = commentText([
        `Part ${String(index + 1)} of ${String(parts.length)}, which debplan.yml calls.`,
      ]);
      const on: YamlEntry = { key: 'on', value: block([['workflow_call', flow([])]]) };
      return workflow(name(index), about + yamlText([on]) + jobsText(entries));
    }),
  ];
}

function jobsText(entries: readonly YamlEntry[]): string {
  return `\njobs:\n${yamlText(entries, '  ').replace(/^\n/, '')}`;
}

const NOTHING: YamlEntry = {
  key: 'nothing-to-build',
  value: block([
    ['runs-on', 'ubuntu-latest'],
    ['steps', { kind: 'list', isFlow: false, items: [flow([['run', 'echo "The plan is empty."']])] }],
  ]),
};

function headLines(plan: Plan, { units, machines, areHandedOn }: GithubJobs): readonly string[] {
  return [
    ...aboutPlan('A GitHub workflow', plan, units.length),
    '',
    'Commit it, and the folder .github/actions/debplan, to the repository that holds the source packages',
    '(.dsc files and what they name) in its root; start it on the page of the workflow. Each builder needs',
    'as many self-hosted runners as it has slots, with its name as a label:',
    ...[...machines.values()].map((machine) => `  ${machine.name} (${machine.arch}): ${roomOf(machine)}`),
    '',
    ...(areHandedOn ? ABOUT_PACKAGES : aboutRepository(TOO_MANY_BUILDS, 'in an earlier level')),
    ...(areHandedOn ? [] : ['(a variable of the repository: Settings, Secrets and variables, Actions)']),
    ...ABOUT_MODE,
    'The commands are in .github/actions/debplan/units.sh.',
  ];
}

function workflow(name: string, content: string): EmittedFile {
  return { path: `${FOLDER}/${name}.yml`, content, isExecutable: false };
}
