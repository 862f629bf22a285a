import type { DispatchRule, Problem, Schedule } from '../dispatch/problem.ts';
import { BuildDecoder } from '../schedule/build-search/build-decoder.ts';
import { listSchedule } from '../schedule/list-schedule.ts';
import { plainSchedule } from '../schedule/plain-schedule.ts';
import type { PolicyName } from './policy.ts';
import { improveBySampling } from './portfolio-sampling.ts';
import { firstRule, leastSlackRule, moreRules, smallerShapes, type NamedRule } from './portfolio-rules.ts';

export interface PortfolioOptions {
  /** 0: the rule of the critical path and nothing else; 1: several rules and shapes, justified, then a short search. */
  readonly effort: 0 | 1;
  /** No schedule is shorter: what reaches it is enough. 0: not known. */
  readonly boundMs: number;
  /** Of the search; integer. */
  readonly seed: number;
  /** Called after each try that was better than all before. */
  readonly onProgress?: ((progress: PortfolioTry) => void) | undefined;
}

/** One way that was tried, with what came of it. */
export interface PortfolioTry {
  readonly name: string;
  readonly makespanMs: number;
}

export interface PortfolioResult {
  /** The shortest one found; of equal ones the first. */
  readonly schedule: Schedule;
  /** The first rule: the critical path. */
  readonly plain: DispatchRule;
  /** The rule whose own schedule is the shortest; that may be longer than `schedule`. What it is worth under noise isn't known here. */
  readonly rule: DispatchRule;
  /** The policy that the rule comes from. */
  readonly policyName: PolicyName;
  /** Of the rule's own schedule. */
  readonly ruleMakespanMs: number;
  /** In the order in which they were made. */
  readonly tries: readonly PortfolioTry[];
}

/** How many tasks are placed in all, over all schedules: so there are few where there are many tasks. */
const MOST_PLACEMENTS = 120_000;
const MOST_SCHEDULES = 1000;
/** Generation schemes that look at every instant are too slow for more tasks: their time grows with the square. */
const MOST_DECODED_TASKS = 8000;
/** Schedules of rules that are justified, the best first. */
const MOST_JUSTIFIED = 6;

/**
 * Schedules by several rules, keeps the best: Graham's anomalies make any single rule, and any larger machine, worse now and then.
 * Then forward-backward improvement, and a short search with what is left of the budget, both of them with exact look-ahead: a
 * place may be kept free for what is not ready yet. Deterministic; stops as soon as the bound is reached.
 * At most 1,000 schedules and 120,000 placed tasks beyond the first schedule.
 * @throws a 'BUG: …' error when a task fits no builder: report what `findImpossible` finds first
 * @see Graham 1969, on timing anomalies; Kolisch & Hartmann 2006, on heuristics for the RCPSP
 */
export function schedulePortfolio(problem: Problem, options: PortfolioOptions): PortfolioResult {
  const portfolio = new Portfolio(problem, options);
  portfolio.tryRule(firstRule(problem), plainSchedule(problem).schedule);
  if (options.effort === 0) return portfolio.result();
  portfolio.run();
  return portfolio.result();
}

/** What has been tried so far. */
class Portfolio {
  readonly #problem: Problem;
  readonly #options: PortfolioOptions;
  readonly #tries: PortfolioTry[] = [];
  readonly #ofRules: Schedule[] = [];
  #schedules = 0;
  #best: Schedule | undefined;
  #rule: NamedRule | undefined;
  #ruleMakespanMs = Infinity;
  #plain: DispatchRule | undefined;

  constructor(problem: Problem, options: PortfolioOptions) {
    this.#problem = problem;
    this.#options = options;
  }

  run(): void {
    for (const make of moreRules(this.#problem)) if (this.#mayGoOn()) this.tryRule(make());
    if (this.#problem.taskCount > MOST_DECODED_TASKS || !this.#mayGoOn()) return;
    const decoder = new BuildDecoder(this.#problem);
    this.#justify(decoder);
    this.#trySmallerShapes();
    this.#justify(decoder);
    if (this.#mayGoOn()) this.#sample(decoder);
  }

  tryRule({ name, policyName, rule }: NamedRule, schedule = listSchedule(this.#problem, rule)): void {
    this.#ofRules.push(schedule);
    this.#plain ??= rule;
    if (schedule.makespanMs < this.#ruleMakespanMs) {
      this.#rule = { name, policyName, rule };
      this.#ruleMakespanMs = schedule.makespanMs;
    }
    this.#schedules++;
    this.#keep(name, schedule.makespanMs, () => schedule);
  }

  result(): PortfolioResult {
    if (this.#best === undefined || this.#rule === undefined || this.#plain === undefined)
      throw new Error('BUG: nothing was tried');
    const { rule, policyName } = this.#rule;
    return {
      schedule: this.#best,
      plain: this.#plain,
      rule,
      policyName,
      ruleMakespanMs: this.#ruleMakespanMs,
      tries: this.#tries,
    };
  }

  /** Justifies the schedules of rules, the shortest first, and lets each tell a rule of its latest starts. */
  #justify(decoder: BuildDecoder): void {
    const shortest = [...this.#ofRules].sort((a, b) => a.makespanMs - b.makespanMs);
    this.#ofRules.length = 0;
    for (const schedule of shortest.slice(0, MOST_JUSTIFIED)) {
      if (!this.#mayGoOn()) return;
      decoder.load(schedule);
      this.#count(decoder, 'justified', () => decoder.justify(this.#options.boundMs));
      if (!this.#mayGoOn() || this.#rule === undefined) return;
      decoder.justifyRight();
      const slack = leastSlackRule(this.#rule.rule, decoder);
      this.tryRule(slack);
    }
  }

  /** A rule that does worse with less may still do better: its schedule fits into what there is. */
  #trySmallerShapes(): void {
    if (this.#rule === undefined) return;
    const { rule } = this.#rule;
    for (const { name, problem } of smallerShapes(this.#problem)) {
      if (!this.#mayGoOn()) return;
      const schedule = listSchedule(problem, rule);
      this.#ofRules.push(schedule);
      this.#schedules++;
      this.#keep(name, schedule.makespanMs, () => schedule);
    }
  }

  #sample(decoder: BuildDecoder): void {
    if (this.#best === undefined) return;
    improveBySampling(decoder, this.#best, {
      seed: this.#options.seed,
      mayGoOn: () => this.#mayGoOn(),
      count: (make) => this.#count(decoder, 'search', make),
    });
  }

  /** Lets a decoder make schedules and keeps what it ends with, if that is better. */
  #count(decoder: BuildDecoder, name: string, make: () => number): boolean {
    const before = decoder.schedulesUsed;
    const makespanMs = make();
    this.#schedules += decoder.schedulesUsed - before;
    return this.#keep(name, makespanMs, () => decoder.schedule());
  }

  #keep(name: string, makespanMs: number, schedule: () => Schedule): boolean {
    this.#tries.push({ name, makespanMs });
    if (this.#best !== undefined && makespanMs >= this.#best.makespanMs) return false;
    this.#best = schedule();
    this.#options.onProgress?.({ name, makespanMs });
    return true;
  }

  #mayGoOn(): boolean {
    const bestMs = this.#best?.makespanMs ?? Infinity;
    if (bestMs <= this.#options.boundMs || this.#schedules >= MOST_SCHEDULES) return false;
    return (this.#schedules + 1) * this.#problem.taskCount <= MOST_PLACEMENTS;
  }
}
