import type { Report } from '../../base/diagnostic.ts';
import { demandAboveCapacity, instanceCycle, unknownSuccessor } from './diagnostics.ts';
import type { PsplibInstance } from './instance.ts';
import type { ReadInstance } from './numbers.ts';

/** Reports successors that don't exist, jobs that wait for each other and jobs that fit in no mode. @returns whether all is well */
export function checkInstance(read: ReadInstance, file: string, report: Report): boolean {
  const { jobs } = read.instance;
  const unknown = jobs.flatMap(({ successors }, job) =>
    successors
      .filter((successor) => successor < 0 || successor >= jobs.length)
      .map((successor) =>
        unknownSuccessor({ file, line: read.successorLine[job] ?? 1 }, job + 1, successor + 1, jobs.length),
      ),
  );
  unknown.forEach(report);
  if (unknown.length > 0) return false;
  const cycle = findCycle(read.instance);
  if (cycle !== undefined) {
    const line = read.successorLine[cycle[0] ?? 0] ?? 1;
    report(
      instanceCycle(
        { file, line },
        cycle.map((job) => job + 1),
      ),
    );
  }
  return checkDemands(read, file, report) && cycle === undefined;
}

function checkDemands({ instance, modeLine }: ReadInstance, file: string, report: Report): boolean {
  let isSound = true;
  const capacities = [...instance.renewable, ...instance.nonrenewable];
  instance.jobs.forEach(({ modes }, job) => {
    const blocked = modes.map(({ demands }) =>
      demands.findIndex((demand, resource) => demand > (capacities[resource] ?? 0)),
    );
    if (blocked.some((resource) => resource < 0)) return;
    const resource = blocked[0] ?? 0;
    const isRenewable = resource < instance.renewable.length;
    const name = isRenewable ? `R ${resource + 1}` : `N ${resource + 1 - instance.renewable.length}`;
    const demand = modes[0]?.demands[resource] ?? 0;
    const line = modeLine[job] ?? 1;
    report(demandAboveCapacity({ file, line }, job + 1, name, demand, capacities[resource] ?? 0));
    isSound = false;
  });
  return isSound;
}

/** Some jobs in a ring, the first once more at the end. What Kahn's algorithm leaves over has such a ring upstream of each. */
function findCycle({ jobs }: PsplibInstance): readonly number[] | undefined {
  const waits = jobs.map(() => 0);
  for (const { successors } of jobs)
    for (const successor of successors) waits[successor] = (waits[successor] ?? 0) + 1;
  const done = jobs.flatMap((_, job) => (waits[job] === 0 ? [job] : []));
  for (let next = 0; next < done.length; next++) {
    for (const successor of jobs[done[next] ?? 0]?.successors ?? []) {
      waits[successor] = (waits[successor] ?? 0) - 1;
      if (waits[successor] === 0) done.push(successor);
    }
  }
  if (done.length === jobs.length) return undefined;
  const needOf = new Map<number, number>();
  jobs.forEach(({ successors }, job) => {
    if ((waits[job] ?? 0) > 0) for (const successor of successors) needOf.set(successor, job);
  });
  const seen = new Set<number>();
  let job = waits.findIndex((count) => count > 0);
  while (!seen.has(job)) {
    seen.add(job);
    job = needOf.get(job) ?? job;
  }
  const way = [...seen];
  return [job, ...way.slice(way.indexOf(job)).reverse()];
}
