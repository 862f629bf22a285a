import { at } from '../base/column.ts';
import type { Placement, Problem } from '../dispatch/problem.ts';
import type { StartEvent } from '../journal/run-event.ts';
import type { Plan, PlanTarget, PlanTask } from '../plan/plan.ts';
import type { Attempt } from './attempt.ts';
import { attemptFolder, type WorkFolder } from './work-folder.ts';

/** What attempts are made of. */
export interface AttemptSource {
  readonly plan: Plan;
  /** By task. */
  readonly tasks: readonly PlanTask[];
  /** Of which placements tell. */
  readonly problem: Problem;
  /** From `taskSlugs`. */
  readonly slugs: ReadonlyMap<string, string>;
  readonly work: WorkFolder;
}

/** Attempt without the packages that it is built with. */
type BareAttempt = Omit<Attempt, 'extraPackages'>;

/** Makes attempts of what the dispatcher says, and of what a journal says. */
export class AttemptMaker {
  readonly #source: AttemptSource;
  readonly #targetOf: ReadonlyMap<string, PlanTarget['target']>;

  constructor(source: AttemptSource) {
    this.#source = source;
    const { targets } = source.plan;
    this.#targetOf = new Map(
      targets.flatMap(({ target, tasks }) => tasks.map(({ id }) => [id, target] as const)),
    );
  }

  /** @param number 1 for the first */
  ofPlacement(placement: Placement, number: number): BareAttempt {
    const { task, builder, slot, mode, chroot, makeJobs } = placement;
    const { problem } = this.#source;
    const isInRam = mode === 'ram';
    return this.#make(task, number, {
      builder: at(problem.builders, builder).name,
      ...{ slot, mode, chroot, makeJobs },
      ramDiskBytes: isInRam ? this.#ramDiskBytes(placement) : 0,
    });
  }

  /** An attempt that has begun. Its packages were gathered then. */
  ofStart(task: number, start: StartEvent): Attempt {
    const { builder, slot, mode, chroot = -1, makeJobs, ramDiskBytes, attempt } = start;
    const place = { builder, slot, mode, chroot, makeJobs, ramDiskBytes };
    return { ...this.#make(task, attempt, place), extraPackages: undefined };
  }

  startEvent(attempt: Attempt, atMs: number): StartEvent {
    const { task, number, builder, slot, mode, chroot, makeJobs, ramDiskBytes } = attempt;
    return {
      event: 'start',
      atMs,
      task: task.id,
      attempt: number,
      ...{ builder, slot, mode },
      ...(chroot < 0 ? {} : { chroot }),
      ...{ makeJobs, ramDiskBytes },
    };
  }

  /** A fixed chroot is as large as it is, whoever builds in it. */
  #ramDiskBytes({ task, builder, chroot }: Placement): number {
    const { problem, tasks } = this.#source;
    const { ramDiskChroots } = at(problem.builders, builder);
    return ramDiskChroots[chroot] ?? at(tasks, task).ramDiskBytes;
  }

  #make(
    task: number,
    number: number,
    place: Pick<Attempt, 'builder' | 'slot' | 'mode' | 'chroot' | 'makeJobs' | 'ramDiskBytes'>,
  ): BareAttempt {
    const { tasks, slugs, work } = this.#source;
    const planTask = at(tasks, task);
    const slug = slugs.get(planTask.id);
    const target = this.#targetOf.get(planTask.id);
    if (slug === undefined || target === undefined) throw new Error(`BUG: ${planTask.id} is not in the plan`);
    return { task: planTask, target, slug, number, ...place, folder: attemptFolder(work, slug, number) };
  }
}
