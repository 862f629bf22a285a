import { at } from '../../base/column.ts';
import type { Plan } from '../../plan/plan.ts';
import type { EmitOptions, EmittedFile, Emitter } from '../emitter.ts';
import { aboutPlan } from './about-plan.ts';
import { argoTasks, argoWorkflows, type ArgoGraph, type ArgoLimits, type ArgoTasks } from './argo-tasks.ts';
import { buildTemplate } from './argo-template.ts';
import { ciUnits } from './ci-units.ts';
import { ABOUT_PACKAGES, aboutRepository, TOO_MANY_BUILDS } from './results.ts';
import { block, commentText, flow, list, yamlText, type YamlEntry, type YamlValue } from './yaml-text.ts';

export const ARGO_LIMITS: ArgoLimits = { graph: 200, tasks: 1000, fileBytes: 700_000 };

export const argo: Emitter = {
  describe: 'an Argo workflow for builders on Kubernetes, RAM disks as volumes in memory',
  emit: (plan, options) => argoFiles(plan, options, ARGO_LIMITS),
};

/** One workflow; where that is too large for etcd several, and a script that submits one after another. */
export function argoFiles(plan: Plan, options: EmitOptions, limits: ArgoLimits): readonly EmittedFile[] {
  const tasks = argoTasks(ciUnits(plan, options), plan);
  const workflows = argoWorkflows(tasks, limits);
  if (workflows.length <= 1) {
    const about = headLines(plan, tasks, 'argo submit argo/workflow.yaml');
    return [workflow({ name: 'workflow', about, plan, tasks, graphs: workflows[0] ?? [[NOTHING]] })];
  }
  const names = workflows.map((_, index) => `workflow-${String(index + 1).padStart(2, '0')}`);
  const about = headLines(plan, tasks, 'argo/submit');
  return [
    submitScript(names),
    ...workflows.map((graphs, index) => {
      const part = `Part ${String(index + 1)} of ${String(workflows.length)}: etcd takes 1.5 MB of a workflow with its state.`;
      return workflow({ name: at(names, index), about: [...about, '', part], plan, tasks, graphs });
    }),
  ];
}

const NOTHING: YamlValue = block([
  ['name', 'nothing-to-build'],
  ['template', 'nothing'],
]);

interface WorkflowParts {
  readonly name: string;
  readonly about: readonly string[];
  readonly plan: Plan;
  readonly tasks: ArgoTasks;
  readonly graphs: readonly ArgoGraph[];
}

function workflow({ name, about, plan, tasks, graphs }: WorkflowParts): EmittedFile {
  const slots = plan.builders.reduce((sum, builder) => sum + builder.slots, 0);
  const isEmpty = tasks.units.length === 0;
  const modes = [buildTemplate('ram', tasks.areHandedOn), buildTemplate('disk', tasks.areHandedOn)];
  const nothing = block([
    ['name', 'nothing'],
    ['suspend', flow([['duration', '0']])],
  ]);
  const entries: readonly YamlEntry[] = [
    { key: 'apiVersion', value: 'argoproj.io/v1alpha1' },
    { key: 'kind', value: 'Workflow' },
    { key: 'metadata', value: block([['generateName', `${name.replace('workflow', 'debplan')}-`]]) },
    {
      key: 'spec',
      value: block([
        ['entrypoint', 'plan'],
        // all slots of the plan's builders: what starts first is what the plan starts first
        ['parallelism', Math.max(1, slots)],
        ['podGC', flow([['strategy', 'OnPodSuccess']])],
        ['arguments', isEmpty ? undefined : block([['parameters', list(askedFor(tasks))]])],
        ['templates', list([...(isEmpty ? [nothing] : modes), ...graphTemplates(graphs)])],
      ]),
    },
  ];
  return { path: `argo/${name}.yaml`, content: commentText(about) + yamlText(entries), isExecutable: false };
}

/** One graph of tasks, or a graph of graphs, one after another. */
function graphTemplates(graphs: readonly ArgoGraph[]): readonly YamlValue[] {
  const [first] = graphs;
  if (first !== undefined && graphs.length === 1) return [graphTemplate('plan', first)];
  const names = graphs.map((_, index) => `part-${String(index + 1)}`);
  const parts = names.map((name, index): YamlValue => {
    const before = names[index - 1];
    return block([
      ['name', name],
      ['template', name],
      // whatever failed: a build looks itself whether the packages that it needs are there
      [
        'depends',
        before === undefined ? undefined : `${before}.Succeeded || ${before}.Failed || ${before}.Errored`,
      ],
    ]);
  });
  return [
    graphTemplate('plan', parts),
    ...graphs.map((graph, index) => graphTemplate(at(names, index), graph)),
  ];
}

function graphTemplate(name: string, tasks: ArgoGraph): YamlValue {
  return block([
    ['name', name],
    [
      'dag',
      block([
        ['failFast', false],
        ['tasks', list(tasks)],
      ]),
    ],
  ]);
}

function askedFor({ areHandedOn }: ArgoTasks): readonly YamlValue[] {
  const publish = block([
    ['name', 'publish'],
    ['description', 'A command that is given a folder and adds the packages in it to a repository'],
  ]);
  return [
    block([
      ['name', 'image'],
      ['description', 'A container image with the builder command in it'],
    ]),
    block([
      ['name', 'claim'],
      ['value', 'debplan'],
      ['description', 'A volume claim for sources and results'],
    ]),
    ...(areHandedOn ? [] : [publish]),
  ];
}

function headLines(plan: Plan, { units, areHandedOn }: ArgoTasks, submit: string): readonly string[] {
  return [
    ...aboutPlan('An Argo workflow', plan, units.length),
    '',
    'It needs an image that holds the builder command, and a volume claim that all nodes mount',
    '(ReadWriteMany) with the source packages in its folder sources/; results go to results/.',
    'Nodes are chosen by architecture, memory and processors.',
    `  ${submit} -p image=IMAGE -p claim=CLAIM${areHandedOn ? '' : ' -p publish=COMMAND'}`,
    '',
    ...(areHandedOn ? ABOUT_PACKAGES : aboutRepository(TOO_MANY_BUILDS, 'in an earlier graph or part')),
    'A build gets an empty volume of the planned size at $TMPDIR, in memory where it is planned in RAM.',
  ];
}

function submitScript(names: readonly string[]): EmittedFile {
  const content = [
    '#!/bin/sh',
    '# Submits the parts of the plan one after another: submit -p image=IMAGE -p claim=CLAIM. Made by debplan.',
    'cd "$(dirname "$0")" || exit 1',
    'status=0',
    `for part in ${names.join(' ')}; do`,
    '  # the next one too where builds failed: most of its builds need others',
    '  argo submit --wait "$part.yaml" "$@" || status=1',
    'done',
    'exit "$status"',
    '',
  ].join('\n');
  return { path: 'argo/submit', content, isExecutable: true };
}
