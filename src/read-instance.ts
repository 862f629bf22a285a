import { buildCsr, EdgeList } from './base/csr.ts';
import type { Report } from './base/diagnostic.ts';
import { toDag } from './graph/dag.ts';
import type { PsplibInstance, PsplibJob } from './parse/psplib/instance.ts';
import { parsePsplib } from './parse/psplib/psplib.ts';
import type { Project } from './schedule/project.ts';

/**
 * Text of a standard instance (`.sm`, `.mm`, `.rcp`) → the project in it, without its dummy source and sink.
 * @returns undefined where the text is no instance; `report` has then taken an error
 */
export function readInstance(text: string, file: string, report: Report): Project | undefined {
  const instance = parsePsplib(text, file, report);
  return instance === undefined ? undefined : toProject(instance);
}

function toProject(instance: PsplibInstance): Project {
  const waiting = new Set(instance.jobs.flatMap((job) => job.successors));
  const isKept = instance.jobs.map((job, index) => {
    const isSource = index === 0 && !waiting.has(0);
    const isSink = index === instance.jobs.length - 1 && job.successors.length === 0;
    return !((isSource || isSink) && isDummy(job));
  });
  const taskOf = new Map<number, number>();
  isKept.forEach((kept, job) => {
    if (kept) taskOf.set(job, taskOf.size);
  });
  const jobs = instance.jobs.filter((_, job) => isKept[job]);
  const needs = new EdgeList();
  instance.jobs.forEach(({ successors }, job) => {
    const from = taskOf.get(job);
    if (from === undefined) return;
    for (const successor of successors) {
      const to = taskOf.get(successor);
      if (to !== undefined) needs.push(to, from);
    }
  });
  const dag = toDag(buildCsr(jobs.length, needs));
  if (dag === undefined) throw new Error('BUG: a checked instance has no cycle');
  return { taskCount: jobs.length, dag, ...resourcesOf(instance, jobs) };
}

function resourcesOf(
  { renewable, nonrenewable }: PsplibInstance,
  jobs: readonly PsplibJob[],
): Omit<Project, 'taskCount' | 'dag'> {
  const modes = jobs.flatMap((job) => job.modes);
  const modeOffset = new Int32Array(jobs.length + 1);
  let offset = 0;
  jobs.forEach((job, task) => {
    offset += job.modes.length;
    modeOffset[task + 1] = offset;
  });
  return {
    capacities: Int32Array.from(renewable),
    budgets: Int32Array.from(nonrenewable),
    modeOffset,
    duration: Int32Array.from(modes, ({ duration }) => duration),
    demand: Int32Array.from(modes.flatMap(({ demands }) => demands.slice(0, renewable.length))),
    consumption: Int32Array.from(modes.flatMap(({ demands }) => demands.slice(renewable.length))),
    release: new Int32Array(jobs.length),
  };
}

function isDummy({ modes }: PsplibJob): boolean {
  return modes.every(({ duration, demands }) => duration === 0 && demands.every((demand) => demand === 0));
}
