import { compareNumber, compareText, firstDifference } from '../base/compare.ts';
import { groupBy } from '../base/group-by.ts';
import { Heap } from '../base/heap.ts';
import type { Plan, PlanBuilder, PlanTask } from '../plan/plan.ts';
import { widened } from './widened.ts';
import type { BuiltAttempt } from './built-attempts.ts';
import type { StartEvent } from './run-event.ts';

/** A build that took place. */
export interface ActualBuild {
  /** Its `needs` are among the builds. */
  readonly task: PlanTask;
  readonly attempt: BuiltAttempt;
  /** Name of the builder, or of the cluster's node. */
  readonly builder: string;
}

/** Its place in the document. */
export interface ActualPlace {
  readonly slot: number;
  /** -1: none. */
  readonly chroot: number;
  readonly startMs: number;
  readonly durationMs: number;
  /** `durationMs` as work: what it would take in RAM at speed 1 with `options.durationJobs` make jobs, by the plan's factors. */
  readonly workMs: number;
}

/** Clocks and journals differ by no more than this: within it a build waits for the one before it, else it has a slot of its own. */
const JITTER_MS = 5000;

/**
 * Puts builds that took place where `verifySchedule` finds nothing wrong with them: none begins before what it needs has ended, or in
 * a slot or fixed chroot that another one has. What clocks tell otherwise is moved: first to another free place, then by up to
 * `JITTER_MS`; then there is one slot more. O(n (slots + log n))
 */
export class ActualPlaces {
  readonly #plan: Plan;
  /** When each slot and chroot of a builder is free again. */
  readonly #slots = new Map<string, number[]>();
  readonly #chroots = new Map<string, number[]>();
  /** Builders where fixed chroots don't explain what was built: their RAM disk is taken for one budget. */
  readonly #unexplained = new Set<string>();
  readonly #places = new Map<string, ActualPlace>();

  constructor(plan: Plan, builds: readonly ActualBuild[], builders: ReadonlyMap<string, PlanBuilder>) {
    this.#plan = plan;
    for (const { name, slots, ramDiskChroots } of builders.values()) {
      this.#slots.set(name, Array.from<number>({ length: slots }).fill(0));
      this.#chroots.set(
        name,
        ramDiskChroots.map(() => 0),
      );
    }
    for (const build of inOrder(builds)) this.#place(build, builders);
  }

  /** Where a build stands. */
  of({ task: { id }, builder }: ActualBuild): ActualPlace {
    const place = this.#places.get(id);
    if (place === undefined) throw new Error(`BUG: ${id} has no place`);
    return this.#unexplained.has(builder) ? { ...place, chroot: -1 } : place;
  }

  /**
   * The builders with room for all that was put there.
   * @param tasks as they are in the document
   */
  widen(builders: ReadonlyMap<string, PlanBuilder>, tasks: readonly PlanTask[]): readonly PlanBuilder[] {
    const tasksOf = groupBy(tasks, ({ builder }) => builder);
    return [...builders.values()].map((builder) =>
      widened(
        this.#explained(builder),
        this.#slots.get(builder.name)?.length ?? 1,
        tasksOf.get(builder.name) ?? [],
      ),
    );
  }

  #explained(builder: PlanBuilder): PlanBuilder {
    return this.#unexplained.has(builder.name) ? { ...builder, ramDiskChroots: [] } : builder;
  }

  #place({ task, attempt, builder: name }: ActualBuild, builders: ReadonlyMap<string, PlanBuilder>): void {
    const builder = builders.get(name);
    if (builder === undefined) throw new Error(`BUG: ${name} is no builder of the run`);
    const { start, end } = attempt;
    const needsMs = task.needs.map((need) => {
      const place = this.#places.get(need);
      return place === undefined ? 0 : place.startMs + place.durationMs;
    });
    const readyMs = Math.max(attempt.startMs, ...needsMs);
    // of a node nobody knows how many builds it takes at once: as many as it had
    const patienceMs = end.node === undefined ? JITTER_MS : 0;
    const slots = this.#slots.get(name) ?? [];
    const slot = freePlace(slots, start.slot, readyMs + patienceMs) ?? slots.push(0) - 1;
    const hasChroots = start.mode === 'ram' && builder.ramDiskChroots.length > 0;
    const chroots = hasChroots ? (this.#chroots.get(name) ?? []) : [];
    const fitting = chroots.map((freeMs, place) =>
      (builder.ramDiskChroots[place] ?? 0) < start.ramDiskBytes ? Infinity : freeMs,
    );
    const chroot = freePlace(fitting, start.chroot ?? 0, readyMs + patienceMs) ?? -1;
    if (hasChroots && chroot < 0) this.#unexplained.add(name);
    const startMs = Math.max(readyMs, slots[slot] ?? 0, chroots[chroot] ?? 0);
    const tookMs = Math.max(1, attempt.endMs - startMs);
    const { workMs, durationMs } = asWork(tookMs, this.#durations(task, builder, start));
    slots[slot] = startMs + durationMs;
    if (chroot >= 0) chroots[chroot] = startMs + durationMs;
    this.#places.set(task.id, { slot, chroot, startMs, durationMs, workMs });
  }

  /** How long so much work takes there, counted as plans are checked. */
  #durations(
    { parallelFraction }: PlanTask,
    { diskFactor, speed }: PlanBuilder,
    { mode, makeJobs }: StartEvent,
  ): (workMs: number) => number {
    const { durationJobs } = this.#plan.options;
    const serial = 1 - parallelFraction;
    const share = (jobs: number): number => serial + parallelFraction / jobs;
    const jobsFactor = makeJobs === durationJobs ? 1 : share(makeJobs) / share(durationJobs);
    const factor = mode === 'disk' ? diskFactor : 1;
    return (workMs) => Math.max(1, Math.ceil((workMs * jobsFactor * factor) / speed));
  }
}

/** The most whole ms of work that take no longer than `tookMs`, and how long they take. */
function asWork(
  tookMs: number,
  durationOf: (workMs: number) => number,
): Pick<ActualPlace, 'workMs' | 'durationMs'> {
  let [least, most] = [1, 2];
  while (durationOf(most) <= tookMs) [least, most] = [most, most * 2];
  while (most - least > 1) {
    const middle = Math.floor((least + most) / 2);
    if (durationOf(middle) <= tookMs) least = middle;
    else most = middle;
  }
  return { workMs: least, durationMs: durationOf(least) };
}

/** The wished place, if it is free by then, else the one that is free first, if it is; undefined: none. */
function freePlace(freeMs: readonly number[], wished: number, byMs: number): number | undefined {
  if ((freeMs[wished] ?? Infinity) <= byMs) return wished;
  const least = freeMs.reduce((a, b) => Math.min(a, b), Infinity);
  return least <= byMs ? freeMs.indexOf(least) : undefined;
}

/** By start, but what a build needs before it, whatever clocks say. */
function inOrder(builds: readonly ActualBuild[]): readonly ActualBuild[] {
  const users = new Map<string, ActualBuild[]>();
  const waits = new Map<string, number>();
  const ready = new Heap<ActualBuild>((a, b) =>
    firstDifference(compareNumber(a.attempt.startMs, b.attempt.startMs), compareText(a.task.id, b.task.id)),
  );
  for (const build of builds) {
    const { needs } = build.task;
    waits.set(build.task.id, needs.length);
    if (needs.length === 0) ready.push(build);
    for (const need of needs) users.set(need, [...(users.get(need) ?? []), build]);
  }
  const ordered: ActualBuild[] = [];
  for (let build = ready.pop(); build !== undefined; build = ready.pop()) {
    ordered.push(build);
    for (const user of users.get(build.task.id) ?? []) {
      const left = (waits.get(user.task.id) ?? 0) - 1;
      waits.set(user.task.id, left);
      if (left === 0) ready.push(user);
    }
  }
  return ordered;
}
