import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster } from '../../../src/run/slurm/cluster.ts';
import type { JobState, SeenJob } from '../../../src/run/slurm/seen-job.ts';
import type { Slurm } from '../../../src/run/slurm/slurm-client.ts';
import type { SubmitAnswer } from '../../../src/run/slurm/submit-answer.ts';

/** What a job comes to on its node: an exit status, or the state in which Slurm ends it. */
export type Fate =
  number | 'NODE_FAIL' | 'TIMEOUT' | 'OUT_OF_MEMORY' | 'CANCELLED' | 'no exit' | 'never begins';

interface FakeJob {
  readonly job: string;
  readonly name: string;
  readonly comment: string;
  readonly folder: string;
  readonly after: readonly string[];
  state: 'PENDING' | 'RUNNING' | 'COMPLETED' | 'FAILED' | Exclude<Fate, number | 'no exit' | 'never begins'>;
  /** Looks at the queue since it has ended. */
  age: number;
}

const STATES: Readonly<Record<FakeJob['state'], JobState>> = {
  PENDING: 'waiting',
  RUNNING: 'running',
  COMPLETED: 'ended',
  FAILED: 'ended',
  NODE_FAIL: 'gone',
  TIMEOUT: 'timed-out',
  OUT_OF_MEMORY: 'out-of-memory',
  CANCELLED: 'cancelled',
};

/**
 * A cluster in memory: at each look at the queue all jobs go on by one state. It does what Slurm does with dependencies, forgets
 * jobs some looks after their ends, and runs a job's shim as far as its files go.
 */
export class FakeSlurm implements Slurm {
  readonly jobsSeen: FakeJob[] = [];
  /** Names of the attempts that were really built, in the order of their ends. */
  readonly built: string[] = [];
  /** Words of sbatch. */
  readonly submissions: (readonly string[])[] = [];
  /** What a job comes to, by its name: `SLUG.ATTEMPT`. */
  fateOf: (name: string) => Fate = () => 0;
  /** What sbatch says instead; undefined: it takes the job. */
  refuse: (args: readonly string[]) => Exclude<SubmitAnswer, { kind: 'taken' }> | undefined = () => undefined;
  /** Whether nobody answers, by how often the queue was looked at. */
  awayAt: (look: number) => boolean = () => false;
  /** Most jobs that were not over at once. */
  most = 0;
  readonly #memory: number;
  #looks = 0;

  /** @param memory looks for which jobs are shown after their ends */
  constructor(memory = 3) {
    this.#memory = memory;
  }

  cluster(): Promise<Cluster> {
    const nodes = [
      { features: ['amd64'], gres: ['ramdisk'], cpus: 8 },
      { features: ['arm64'], gres: ['ramdisk'], cpus: 4 },
    ];
    return Promise.resolve({ nodes, maxJobCount: 10_000, completionFile: undefined, hasAccounting: false });
  }

  submit(args: readonly string[]): Promise<SubmitAnswer> {
    this.submissions.push(args);
    const refusal = this.refuse(args);
    if (refusal !== undefined && refusal.kind !== 'unknown') return Promise.resolve(refusal);
    const job = String(this.jobsSeen.length + 1);
    const folder = args[args.indexOf('--ram') + 2] ?? '';
    const after = valueOf(args, '--dependency').replace('afterok:', '').split(':');
    this.jobsSeen.push({
      ...{ job, folder, name: valueOf(args, '--job-name'), comment: valueOf(args, '--comment') },
      ...{ after: after.filter((id) => id !== ''), state: 'PENDING', age: 0 },
    });
    this.most = Math.max(this.most, this.jobsSeen.filter(({ state }) => !isOver(state)).length);
    return Promise.resolve(refusal ?? { kind: 'taken', job });
  }

  jobs(): Promise<readonly SeenJob[] | string> {
    if (this.awayAt(this.#looks++)) {
      this.goOn();
      return Promise.resolve('Unable to contact slurm controller');
    }
    const shown = this.jobsSeen
      .filter(({ age }) => age < this.#memory)
      .map(({ job, name, comment, state }) => ({
        ...{ job, name, comment, state: STATES[state], word: state, reason: '' },
        node: state === 'PENDING' ? '' : 'n1',
      }));
    this.goOn();
    return Promise.resolve(shown);
  }

  ended(): Promise<ReadonlyMap<string, SeenJob>> {
    return Promise.resolve(new Map());
  }

  cancel(jobs: readonly string[]): Promise<void> {
    for (const fake of this.jobsSeen)
      if (jobs.includes(fake.job) && !isOver(fake.state)) fake.state = 'CANCELLED';
    return Promise.resolve();
  }

  /** Also while nobody looks. */
  goOn(): void {
    for (const fake of this.jobsSeen) {
      if (isOver(fake.state)) fake.age++;
      else if (fake.state === 'RUNNING') this.#end(fake);
      else this.#begin(fake);
    }
  }

  #begin(fake: FakeJob): void {
    const needs = fake.after.map((id) => this.jobsSeen.find(({ job }) => job === id));
    // what Slurm has forgotten counts as done
    const states = needs.map((need) =>
      need === undefined || need.age >= this.#memory ? 'COMPLETED' : need.state,
    );
    if (states.some((state) => isOver(state) && state !== 'COMPLETED')) fake.state = 'CANCELLED';
    else if (states.every((state) => state === 'COMPLETED')) fake.state = 'RUNNING';
  }

  /** What the shim does, in one step. */
  #end(fake: FakeJob): void {
    const fate = this.fateOf(fake.name);
    const isClaimed = existsSync(join(fake.folder, 'claim'));
    fake.state = typeof fate === 'string' && fate in STATES ? stateNamed(fate) : 'FAILED';
    if (fate === 'never begins' || isClaimed) return;
    mkdirSync(join(fake.folder, 'out'), { recursive: true });
    writeFileSync(join(fake.folder, 'claim'), '1 1 boot n1 shim\n');
    if (typeof fate !== 'number') return;
    this.built.push(fake.name);
    writeFileSync(join(fake.folder, 'exit'), `${String(fate)} 1000\n`);
    if (fate === 0) fake.state = 'COMPLETED';
  }
}

function stateNamed(fate: Fate): FakeJob['state'] {
  const found = STATE_NAMES.find((name) => name === fate);
  if (found === undefined) throw new Error(`there is no state ${String(fate)}`);
  return found;
}

const STATE_NAMES = ['NODE_FAIL', 'TIMEOUT', 'OUT_OF_MEMORY', 'CANCELLED'] as const;

function isOver(state: FakeJob['state']): boolean {
  return state !== 'PENDING' && state !== 'RUNNING';
}

function valueOf(args: readonly string[], option: string): string {
  return args.find((word) => word.startsWith(`${option}=`))?.slice(option.length + 1) ?? '';
}
