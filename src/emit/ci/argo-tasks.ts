import { at } from '../../base/column.ts';
import type { Plan } from '../../plan/plan.ts';
import { mebibytes, ramDiskMebibytes } from '../mebibytes.ts';
import { argoText } from './argo-text.ts';
import type { CiUnit } from './ci-units.ts';
import { handedOn } from './handed-on.ts';
import { plainNames } from './plain-names.ts';
import { MOST_HANDED_ON } from './results.ts';
import { block, flow, list, row, yamlText, type YamlValue } from './yaml-text.ts';

/** What Kubernetes and Argo take. */
export interface ArgoLimits {
  /** Tasks of one graph: Argo 4 takes no more. */
  readonly graph: number;
  /** Tasks of a workflow: each adds about a kilobyte of state to what etcd keeps of it. */
  readonly tasks: number;
  /** Bytes of a workflow: etcd takes 1.5 MB, with the state of all its tasks. */
  readonly fileBytes: number;
}

/** The units as tasks of workflows. */
export interface ArgoTasks {
  readonly units: readonly CiUnit[];
  /** Of each unit: a DNS label that begins with a letter. */
  readonly names: readonly string[];
  /** Of each unit: the label of the nodes that can build it. */
  readonly archs: readonly string[];
  /** Whether builds find the packages of others in a folder; else in a repository. */
  readonly areHandedOn: boolean;
  /** Of each unit: the places of those whose packages are in its folder; empty where there are none such. */
  readonly packagesOf: readonly (readonly number[])[];
}

/** Tasks of one graph, in plan order; what they need of earlier ones, graphs before this one have done. */
export type ArgoGraph = readonly YamlValue[];

export function argoTasks(units: readonly CiUnit[], { builders }: Plan): ArgoTasks {
  // Argo takes no name that begins with a digit for one to depend on
  const wishes = units.map(({ slug }) => slug.toLowerCase().replace(/^(?=\d)/, 'x'));
  const names = plainNames(wishes, /[^a-z0-9]+/g, 63);
  const archs = new Map(builders.map(({ name, arch }) => [name, arch]));
  const areHandedOn = units.length <= MOST_HANDED_ON;
  const plain = plainNames(archs.values(), /[^A-Za-z0-9._-]+/g, 63);
  return {
    units,
    names: wishes.map((wish) => names.get(wish) ?? ''),
    archs: units.map(({ task }) => {
      const arch = archs.get(task.builder) ?? '';
      return KUBERNETES_ARCHS.get(arch) ?? plain.get(arch) ?? '';
    }),
    areHandedOn,
    packagesOf: areHandedOn ? handedOn(units) : [],
  };
}

/** Debian's names and those of the label kubernetes.io/arch, where they differ. */
const KUBERNETES_ARCHS: ReadonlyMap<string, string> = new Map([
  ['i386', '386'],
  ['armhf', 'arm'],
  ['armel', 'arm'],
  ['ppc64el', 'ppc64le'],
  ['mips64el', 'mips64le'],
]);

/** All tasks in plan order, cut into graphs that are small enough, and those grouped to workflows that are. */
export function argoWorkflows(tasks: ArgoTasks, limits: ArgoLimits): readonly (readonly ArgoGraph[])[] {
  const workflows: YamlValue[][][] = [];
  let room = { tasks: 0, bytes: 0 };
  let from = 0;
  for (const place of tasks.units.keys()) {
    let task = taskOf(tasks, place, from);
    const length = yamlText([{ key: 'tasks', value: list([task]) }], TASKS_INDENT).length;
    const isFull = length > room.bytes || room.tasks === 0;
    if (isFull || place - from === limits.graph) {
      from = place;
      task = taskOf(tasks, place, from);
      if (isFull) workflows.push([]);
      if (isFull) room = { tasks: limits.tasks, bytes: limits.fileBytes };
      workflows.at(-1)?.push([]);
    }
    workflows.at(-1)?.at(-1)?.push(task);
    room = { tasks: room.tasks - 1, bytes: room.bytes - length };
  }
  return workflows;
}

const TASKS_INDENT = ' '.repeat(10);

/** @param from the place of the first task of the same graph */
function taskOf({ units, names, archs, packagesOf }: ArgoTasks, place: number, from: number): YamlValue {
  const { task, slug, command, timeoutMinutes, needs } = at(units, place);
  const ramMib = ramDiskMebibytes(task);
  const memoryMib = ramMib + Math.max(1, mebibytes(task.memoryBytes));
  const here = needs.filter((need) => need >= from).map((need) => at(names, need));
  const parameters: readonly (readonly [string, string | undefined])[] = [
    ['unit', slug],
    ['command', argoText(command)],
    ['needs', packagesOf[place]?.map((need) => at(units, need).slug).join(' ')],
    ['arch', at(archs, place)],
    ['ram-disk', task.mode === 'ram' ? `${String(ramMib)}Mi` : undefined],
    ['memory', `${String(memoryMib)}Mi`],
    ['cpu', String(task.makeJobs)],
    ['seconds', String(timeoutMinutes * 60)],
  ];
  const given = parameters.flatMap(([name, value]) =>
    value === undefined
      ? []
      : flow([
          ['name', name],
          ['value', value],
        ]),
  );
  return block([
    ['name', at(names, place)],
    ['template', task.mode],
    ['dependencies', here.length === 0 ? undefined : row(here)],
    ['arguments', block([['parameters', list(given)]])],
  ]);
}
