import { at } from '../../src/base/column.ts';
import { row } from '../../src/base/csr.ts';
import type { DispatchRule, Mode, Placement, Problem } from '../../src/dispatch/problem.ts';

/** What a task may do, on which builder and how. */
interface Option {
  readonly builder: number;
  readonly mode: Mode;
  readonly makeJobs: number;
}

interface Waiter extends Option {
  readonly task: number;
  readonly chroot: number;
  readonly startMs: number;
  readonly endMs: number;
  /** Whether it counts as if it ran. */
  readonly isInSlotQueue: boolean;
}

interface Candidate extends Option {
  readonly isNow: boolean;
  readonly startMs: number;
  readonly endMs: number;
}

type User = Placement | Waiter;

/** The dispatcher's policy once more, slow and obvious: nothing is kept between two rounds but what runs and what has ended. */
export class SlowDispatcher {
  readonly #problem: Problem;
  readonly #rule: DispatchRule;
  readonly #ended = new Set<number>();
  readonly #started = new Set<number>();
  readonly #dead = new Set<number>();
  readonly #mustUseDisk = new Set<number>();
  /** Built once more: whatever they need counted as done before. */
  readonly #retried = new Set<number>();
  #running: Placement[];
  #waiters: Waiter[] = [];
  #nowMs = 0;

  constructor(problem: Problem, rule: DispatchRule) {
    this.#problem = problem;
    this.#rule = rule;
    this.#running = [...problem.running];
    for (const { task } of problem.running) this.#started.add(task);
  }

  get isDone(): boolean {
    return this.#ended.size + this.#dead.size === this.#problem.taskCount;
  }

  finish(task: number): void {
    this.#running = this.#running.filter((placement) => placement.task !== task);
    this.#ended.add(task);
  }

  fail(task: number): readonly number[] {
    this.#running = this.#running.filter((placement) => placement.task !== task);
    const before = new Set(this.#dead);
    this.#dead.add(task);
    for (const other of this.#problem.dag.order) {
      const isLost = this.#allNeeds(other).some((need) => this.#dead.has(need));
      if (isLost && !this.#started.has(other) && !this.#retried.has(other)) this.#dead.add(other);
    }
    return [...this.#dead].filter((other) => other !== task && !before.has(other)).sort((a, b) => a - b);
  }

  retry(task: number, isForDisk: boolean): void {
    this.#running = this.#running.filter((placement) => placement.task !== task);
    this.#started.delete(task);
    this.#retried.add(task);
    if (isForDisk) this.#mustUseDisk.add(task);
  }

  nextReleaseMs(nowMs: number): number {
    const waiting = this.#problem.arch
      .map((_, task) => task)
      .filter((task) => !this.#started.has(task) && !this.#dead.has(task) && !this.#retried.has(task))
      .filter((task) => this.#hasNeeds(task))
      .map((task) => at(this.#problem.releaseMs, task));
    return Math.min(Infinity, ...waiting.filter((releaseMs) => releaseMs > nowMs));
  }

  start(nowMs: number): readonly Placement[] {
    this.#nowMs = nowMs;
    const starts: Placement[] = [];
    for (const arch of [...new Set(this.#problem.arch)].sort()) {
      this.#waiters = [];
      for (const task of this.#readyTasks(arch)) {
        if (this.#builders(arch).every((builder) => this.#freeSlots(builder).length === 0)) break;
        const started = this.#place(task, arch);
        if (started !== undefined) starts.push(started);
      }
    }
    return starts;
  }

  #readyTasks(arch: string): readonly number[] {
    const { priority } = this.#rule;
    return this.#problem.arch
      .map((_, task) => task)
      .filter((task) => this.#problem.arch[task] === arch)
      .filter((task) => !this.#started.has(task) && !this.#dead.has(task))
      .filter((task) => this.#retried.has(task) || this.#isReleased(task))
      .sort((a, b) => at(priority, b) - at(priority, a) || a - b);
  }

  #isReleased(task: number): boolean {
    return at(this.#problem.releaseMs, task) <= this.#nowMs && this.#hasNeeds(task);
  }

  #hasNeeds(task: number): boolean {
    return this.#allNeeds(task).every((need) => this.#ended.has(need));
  }

  /** Directly or not: what runs from the beginning may have needs that have not ended. */
  #allNeeds(task: number): readonly number[] {
    const found = new Set(row(this.#problem.dag.needs, task));
    for (const need of found) for (const next of row(this.#problem.dag.needs, need)) found.add(next);
    return [...found];
  }

  #place(task: number, arch: string): Placement | undefined {
    const now = this.#candidatesNow(task, arch);
    if (now.length === 0 && this.#waiters.length > 0) return undefined;
    const later = this.#candidatesLater(task, arch).filter((one) => !this.#mustTakeWhatThereIs(one, now));
    const best = [...now, ...later].sort((a, b) => this.#compare(a, b))[0];
    if (best === undefined) return undefined;
    const { builder, mode, makeJobs, startMs, endMs } = best;
    const option = { task, builder, mode, makeJobs };
    const free = this.#freeSlots(builder);
    if (best.isNow) {
      const chroot = at(this.#fittingChroots(task, best, this.#keptChroot(builder, endMs), this.#running), 0);
      const placement = { ...option, slot: at(free, 0), chroot, startMs, endMs };
      this.#running.push(placement);
      this.#started.add(task);
      return placement;
    }
    if (this.#waiters.length < this.#waiterLimit(arch)) {
      const stillThere = this.#users().filter((user) => this.#expectedEnd(user) > startMs);
      const chroot = at(this.#fittingChroots(task, best, -1, stillThere), 0);
      this.#waiters.push({ ...option, chroot, startMs, endMs, isInSlotQueue: free.length === 0 });
    }
    return undefined;
  }

  /** One task may wait for processors; behind it they idle, so the next ones take what there is. */
  #mustTakeWhatThereIs({ builder, mode }: Candidate, now: readonly Candidate[]): boolean {
    const canStart = now.some(
      (candidate) => candidate.builder === builder && (candidate.mode === mode || candidate.mode === 'ram'),
    );
    return canStart && this.#reserved(builder) !== undefined;
  }

  #waiterLimit(arch: string): number {
    const builders = this.#builders(arch).map((builder) => at(this.#problem.builders, builder));
    const slowest = Math.min(...builders.map((builder) => builder.speed));
    return builders.reduce((sum, { slots, speed }) => sum + 1 + (speed > slowest ? slots : 0), 0);
  }

  #compare(a: Candidate, b: Candidate): number {
    const speed = (candidate: Candidate): number => at(this.#problem.builders, candidate.builder).speed;
    const rank = (candidate: Candidate): readonly number[] => [
      candidate.endMs,
      candidate.mode === 'ram' ? 0 : 1,
      candidate.isNow ? 0 : 1,
      -speed(candidate),
      candidate.builder,
      candidate.makeJobs,
    ];
    const left = rank(a);
    return rank(b).reduce((order, value, index) => order || at(left, index) - value, 0);
  }

  #candidatesNow(task: number, arch: string): readonly Candidate[] {
    return this.#options(task, arch).flatMap((option) => {
      const endMs = this.#nowMs + this.#durationMs(task, option);
      if (!this.#fits(task, option, this.#running)) return [];
      if (this.#delaysReserved(task, option, this.#nowMs, endMs)) return [];
      return { ...option, isNow: true, startMs: this.#nowMs, endMs };
    });
  }

  /** The one whose start there nothing may delay. */
  #reserved(builder: number): Waiter | undefined {
    return this.#waiters.find((waiter) => waiter.builder === builder);
  }

  #keptChroot(builder: number, endMs: number): number {
    const reserved = this.#reserved(builder);
    return reserved === undefined || endMs <= reserved.startMs ? -1 : reserved.chroot;
  }

  #delaysReserved(task: number, option: Option, startMs: number, endMs: number): boolean {
    const reserved = this.#reserved(option.builder);
    if (reserved === undefined || endMs <= reserved.startMs) return false;
    const stillThere = this.#running.filter((other) => this.#expectedEnd(other) > reserved.startMs);
    const free = this.#free(option.builder, [...stillThere, reserved]);
    if (!this.#demand(task, option).every((amount, resource) => amount <= at(free, resource))) return true;
    const users = this.#users().filter((user) => this.#expectedEnd(user) > startMs);
    const inTime = startMs === this.#nowMs ? this.#running : users;
    return this.#fittingChroots(task, option, reserved.chroot, inTime).length === 0;
  }

  #candidatesLater(task: number, arch: string): readonly Candidate[] {
    return this.#options(task, arch).flatMap((option) => {
      const { builder } = option;
      const durationMs = this.#durationMs(task, option);
      const users = this.#users().filter((user) => user.builder === builder);
      const times = [this.#nowMs, ...users.map((user) => this.#expectedEnd(user))].sort((a, b) => a - b);
      const fitting = times.filter((timeMs) => {
        const stillThere = users.filter((user) => this.#expectedEnd(user) > timeMs);
        return this.#fits(task, option, stillThere);
      });
      const earliestMs = fitting[0];
      if (earliestMs === undefined) return [];
      const reserved = this.#reserved(builder);
      const isBehind =
        reserved !== undefined &&
        earliestMs < reserved.startMs &&
        this.#delaysReserved(task, option, earliestMs, earliestMs + durationMs);
      const besideMs = fitting.find(
        (timeMs) => reserved === undefined || !this.#delaysReserved(task, option, timeMs, Infinity),
      );
      const startMs = isBehind ? Math.min(reserved.startMs, besideMs ?? Infinity) : earliestMs;
      return { ...option, isNow: false, startMs, endMs: startMs + durationMs };
    });
  }

  /** What counts in estimates: what runs, and who waits for a slot. */
  #users(): readonly User[] {
    return [...this.#running, ...this.#waiters.filter((waiter) => waiter.isInSlotQueue)];
  }

  #options(task: number, arch: string): readonly Option[] {
    const all = this.#builders(arch).flatMap((index) => {
      const { makeJobs } = at(this.#problem.builders, index);
      const wish = at(this.#rule.makeJobs, task);
      const allowed = makeJobs.filter((jobs, place) => place === 0 || jobs <= wish);
      const modes: readonly Mode[] = ['ram', 'disk'];
      return modes.flatMap((mode) =>
        allowed
          .map((jobs) => ({ builder: index, mode, makeJobs: jobs }))
          .filter((option) => this.#fits(task, option, [])),
      );
    });
    const onDisk = all.filter(({ mode }) => mode === 'disk');
    const isForDisk = this.#rule.mayUseRamDisk[task] === 0 || this.#mustUseDisk.has(task);
    return isForDisk && onDisk.length > 0 ? onDisk : all;
  }

  #builders(arch: string): readonly number[] {
    return this.#problem.builders.flatMap((builder, index) => (builder.arch === arch ? index : []));
  }

  #freeSlots(builder: number): readonly number[] {
    const taken = new Set(this.#running.flatMap((user) => (user.builder === builder ? user.slot : [])));
    const slots = Array.from({ length: at(this.#problem.builders, builder).slots }, (_, slot) => slot);
    return slots.filter((slot) => !taken.has(slot));
  }

  #fits(task: number, option: Option, users: readonly User[]): boolean {
    const free = this.#free(option.builder, users);
    return (
      this.#demand(task, option).every((amount, resource) => amount <= at(free, resource)) &&
      this.#fittingChroots(task, option, -1, users).length > 0
    );
  }

  /** Those that the task fits into and nobody uses, the smallest first; [-1] when it needs none. */
  #fittingChroots(
    task: number,
    { builder, mode }: Option,
    kept: number,
    users: readonly User[],
  ): readonly number[] {
    const { ramDiskChroots, ramDiskBytes } = at(this.#problem.builders, builder);
    if (mode === 'disk') return [-1];
    if (ramDiskChroots.length === 0) return ramDiskBytes > 0 ? [-1] : [];
    return ramDiskChroots
      .flatMap((bytes, chroot) => (bytes >= at(this.#problem.ramDiskBytes, task) ? chroot : []))
      .filter((chroot) => chroot !== kept)
      .filter((chroot) => !users.some((user) => user.builder === builder && user.chroot === chroot))
      .reverse();
  }

  /** Slots, RAM disk, memory, builds on disk, processors. */
  #free(index: number, users: readonly User[]): readonly number[] {
    const builder = at(this.#problem.builders, index);
    const used = users
      .filter((user) => user.builder === index)
      .map((user) => this.#demand(user.task, user))
      .reduce((sum, demand) => sum.map((amount, resource) => amount + at(demand, resource)), [0, 0, 0, 0, 0]);
    const { slots, ramDiskBytes, memoryBytes, diskSlots, cores } = builder;
    return [slots, ramDiskBytes, memoryBytes, diskSlots, cores].map(
      (amount, resource) => amount - at(used, resource),
    );
  }

  #expectedEnd(user: User): number {
    return Math.max(this.#nowMs, user.endMs);
  }

  #demand(task: number, { mode, makeJobs }: Option): readonly number[] {
    const inRamBytes = mode === 'ram' ? at(this.#problem.ramDiskBytes, task) : 0;
    const residentBytes = at(this.#problem.memoryBytes, task);
    return [1, inRamBytes, inRamBytes + residentBytes, mode === 'disk' ? 1 : 0, makeJobs];
  }

  #durationMs(task: number, { builder, mode, makeJobs }: Option): number {
    const { durationMs, durationJobs, parallelFraction } = this.#problem;
    const { diskFactor, speed } = at(this.#problem.builders, builder);
    const parallel = at(parallelFraction, task);
    const withJobs = (jobs: number): number => 1 - parallel + parallel / jobs;
    const factor = makeJobs === durationJobs ? 1 : withJobs(makeJobs) / withJobs(durationJobs);
    return Math.max(
      1,
      Math.ceil((at(durationMs, task) * factor * (mode === 'ram' ? 1 : diskFactor)) / speed),
    );
  }
}
