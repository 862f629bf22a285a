import { at } from '../../base/column.ts';
import type { Plan } from '../../plan/plan.ts';
import type { EmitOptions, EmittedFile, Emitter } from '../emitter.ts';
import { aboutPlan } from './about-plan.ts';
import { buildTemplate } from './argo-template.ts';
import { ciUnits, type CiUnit } from './ci-units.ts';
import { orderingNeeds } from './ordering-needs.ts';
import { plainNames } from './plain-names.ts';
import { ABOUT_REPOSITORY, MOST_HANDED_ON } from './results.ts';
import { argoText } from './argo-text.ts';
import {
  block,
  commentText,
  flow,
  list,
  row,
  yamlText,
  type YamlEntry,
  type YamlValue,
} from './yaml-text.ts';

/** What Kubernetes and Argo take. */
export interface ArgoLimits {
  /** Tasks of a workflow: each adds about a kilobyte of state to what etcd keeps of it. */
  readonly tasks: number;
  /** Bytes of a workflow: etcd takes 1.5 MB, with the state of all its tasks. */
  readonly fileBytes: number;
}

export const ARGO_LIMITS: ArgoLimits = { tasks: 1000, fileBytes: 700_000 };

export const argo: Emitter = {
  describe: 'an Argo workflow for builders on Kubernetes, RAM disks as volumes in memory',
  emit: (plan, options) => argoFiles(plan, options, ARGO_LIMITS),
};

interface ArgoTasks {
  readonly units: readonly CiUnit[];
  readonly names: readonly string[];
  readonly archOf: (unit: CiUnit) => string;
  readonly areHandedOn: boolean;
}

/** One workflow; where that is too large for etcd several, and a script that submits one after another. */
export function argoFiles(plan: Plan, options: EmitOptions, limits: ArgoLimits): readonly EmittedFile[] {
  const units = ciUnits(plan, options);
  const slugs = plainNames(
    units.map(({ slug }) => slug.toLowerCase()),
    /[^a-z0-9]+/g,
    63,
  );
  const archs = new Map(plan.builders.map(({ name, arch }) => [name, arch]));
  const archNames = plainNames(archs.values(), /[^A-Za-z0-9._-]+/g, 63);
  const tasks: ArgoTasks = {
    units,
    names: units.map(({ slug }) => slugs.get(slug.toLowerCase()) ?? ''),
    archOf: ({ task }) => {
      const arch = archs.get(task.builder) ?? '';
      return KUBERNETES_ARCHS.get(arch) ?? archNames.get(arch) ?? '';
    },
    areHandedOn: units.length <= MOST_HANDED_ON,
  };
  const parts = partsOf(tasks, limits);
  if (parts.length <= 1) {
    const about = headLines(plan, tasks, 'argo submit argo/workflow.yaml');
    return [workflow('workflow', about, plan, tasks, parts[0] ?? [NOTHING])];
  }
  const names = parts.map((_, index) => `workflow-${String(index + 1).padStart(2, '0')}`);
  return [
    submitScript(names),
    ...parts.map((part, index) => {
      const about = [
        ...headLines(plan, tasks, 'argo/submit'),
        '',
        `Part ${String(index + 1)} of ${String(parts.length)}: etcd takes 1.5 MB of a workflow and the state of its tasks.`,
      ];
      return workflow(at(names, index), about, plan, tasks, part);
    }),
  ];
}

const TASKS_INDENT = ' '.repeat(10);

/** Tasks in plan order, as many as a workflow takes, then the next. */
function partsOf(tasks: ArgoTasks, limits: ArgoLimits): readonly (readonly YamlValue[])[] {
  const needs = orderingNeeds(tasks.units);
  const parts: YamlValue[][] = [];
  let part: YamlValue[] = [];
  let bytes = 0;
  let from = 0;
  for (const place of tasks.units.keys()) {
    let task = taskOf(tasks, place, at(needs, place), from);
    let length = yamlText([{ key: 'tasks', value: list([task]) }], TASKS_INDENT).length;
    if (part.length > 0 && (bytes + length > limits.fileBytes || part.length >= limits.tasks)) {
      parts.push(part);
      part = [];
      bytes = 0;
      from = place;
      task = taskOf(tasks, place, at(needs, place), from);
      length = yamlText([{ key: 'tasks', value: list([task]) }], TASKS_INDENT).length;
    }
    part.push(task);
    bytes += length;
  }
  return part.length === 0 ? parts : [...parts, part];
}

/** @param from the place of the first task of the same workflow */
function taskOf(
  { units, names, archOf, areHandedOn }: ArgoTasks,
  place: number,
  order: readonly number[],
  from: number,
): YamlValue {
  const unit = at(units, place);
  const { task, slug, command, timeoutMinutes, needs } = unit;
  const ramMib = task.mode === 'ram' ? Math.ceil(task.ramDiskBytes / 2 ** 20) : 0;
  const memoryMib = ramMib + Math.max(1, Math.ceil(task.memoryBytes / 2 ** 20));
  const here = order.filter((need) => need >= from).map((need) => at(names, need));
  const parameters: readonly (readonly [string, string | undefined])[] = [
    ['unit', slug],
    ['command', argoText(command)],
    ['needs', areHandedOn ? needs.map((need) => at(units, need).slug).join(' ') : undefined],
    ['arch', archOf(unit)],
    ['ram-disk', task.mode === 'ram' ? `${String(ramMib)}Mi` : undefined],
    ['memory', `${String(memoryMib)}Mi`],
    ['cpu', String(task.makeJobs)],
    ['seconds', String(timeoutMinutes * 60)],
  ];
  return block([
    ['name', at(names, place)],
    ['template', task.mode],
    ['dependencies', here.length === 0 ? undefined : row(here)],
    [
      'arguments',
      block([
        [
          'parameters',
          list(
            parameters.flatMap(([name, value]) =>
              value === undefined
                ? []
                : flow([
                    ['name', name],
                    ['value', value],
                  ]),
            ),
          ),
        ],
      ]),
    ],
  ]);
}

const NOTHING: YamlValue = block([
  ['name', 'nothing-to-build'],
  ['template', 'nothing'],
]);

function workflow(
  name: string,
  about: readonly string[],
  plan: Plan,
  tasks: ArgoTasks,
  part: readonly YamlValue[],
): EmittedFile {
  const slots = plan.builders.reduce((sum, builder) => sum + builder.slots, 0);
  const isEmpty = tasks.units.length === 0;
  const templates: readonly YamlValue[] = isEmpty
    ? [
        block([
          ['name', 'nothing'],
          ['suspend', flow([['duration', '0']])],
        ]),
      ]
    : [buildTemplate('ram', tasks.areHandedOn), buildTemplate('disk', tasks.areHandedOn)];
  const dag = block([
    ['name', 'plan'],
    [
      'dag',
      block([
        // a build that fails stops what needs it alone
        ['failFast', false],
        ['tasks', list(part)],
      ]),
    ],
  ]);
  const entries: readonly YamlEntry[] = [
    { key: 'apiVersion', value: 'argoproj.io/v1alpha1' },
    { key: 'kind', value: 'Workflow' },
    {
      key: 'metadata',
      value: block([['generateName', `debplan-${name.replace(/^workflow-?/, '')}`.replace(/-?$/, '-')]]),
    },
    {
      key: 'spec',
      value: block([
        ['entrypoint', 'plan'],
        // all slots of the plan's builders: what starts first is what the plan starts first
        ['parallelism', Math.max(1, slots)],
        ['podGC', flow([['strategy', 'OnPodSuccess']])],
        ['arguments', isEmpty ? undefined : block([['parameters', list(PARAMETERS(tasks.areHandedOn))]])],
        ['templates', list([...templates, dag])],
      ]),
    },
  ];
  return { path: `argo/${name}.yaml`, content: commentText(about) + yamlText(entries), isExecutable: false };
}

function PARAMETERS(areHandedOn: boolean): readonly YamlValue[] {
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
    ...(areHandedOn
      ? []
      : [
          block([
            ['name', 'publish'],
            ['description', 'A shell command that adds $DEBPLAN_RESULTS to a repository'],
          ]),
        ]),
  ];
}

function headLines(plan: Plan, { units, areHandedOn }: ArgoTasks, submit: string): readonly string[] {
  return [
    ...aboutPlan('An Argo workflow', plan, units.length),
    '',
    'It needs an image that holds the builder command, and a volume claim that all nodes mount (ReadWriteMany) with the source packages',
    'in its folder sources/; results go to results/. Nodes are chosen by architecture, memory and processors.',
    `  ${submit} -p image=IMAGE -p claim=CLAIM${areHandedOn ? '' : ' -p publish=COMMAND'}`,
    ...(areHandedOn ? ABOUT_NEEDS : ABOUT_REPOSITORY),
  ];
}

const ABOUT_NEEDS: readonly string[] = [
  'A build finds the packages that it needs of others in $DEBPLAN_PACKAGES (sbuild: --extra-package="$DEBPLAN_PACKAGES"), and an empty',
  'volume of the planned size at $TMPDIR, in memory where the plan builds in RAM.',
];

function submitScript(names: readonly string[]): EmittedFile {
  const content = [
    '#!/bin/sh',
    '# Submits the parts of the plan one after another: submit -p image=IMAGE -p claim=CLAIM. Made by debplan.',
    'cd "$(dirname "$0")" || exit 1',
    'status=0',
    `for part in ${names.join(' ')}; do`,
    '  # failed builds stop what needs them alone',
    '  argo submit --wait "$part.yaml" "$@" || status=1',
    'done',
    'exit "$status"',
    '',
  ].join('\n');
  return { path: 'argo/submit', content, isExecutable: true };
}

/** Debian's names and those of the label kubernetes.io/arch, where they differ. */
const KUBERNETES_ARCHS: ReadonlyMap<string, string> = new Map([
  ['i386', '386'],
  ['armhf', 'arm'],
  ['armel', 'arm'],
  ['ppc64el', 'ppc64le'],
  ['mips64el', 'mips64le'],
]);
