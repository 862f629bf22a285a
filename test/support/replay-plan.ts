import type { SourcePackage } from '../../src/debian/package.ts';
import type { BuildKind } from '../../src/debian/target.ts';
import type { Plan, PlanBreak, PlanTask } from '../../src/plan/plan.ts';
import { madeBy, ReplayArchive, type ReplayBuild, type ReplayInputs } from './replay-archive.ts';
import { describeOffer, isInArchive, placeOf, ReplayJudge } from './replay-judge.ts';

/** What a replay found. */
export interface Replay {
  /** One line each; none: the plan works. */
  readonly violations: readonly string[];
  readonly taskCount: number;
  /** Build dependencies and essential packages that were looked at. */
  readonly relationCount: number;
  /** Tasks that could not have been built with what existed before the plan: the order matters to them. */
  readonly reliantCount: number;
}

/** A task with its target and its source. */
interface Step extends ReplayBuild {
  readonly task: PlanTask;
}

/**
 * Builds a plan against a simulated archive: each task at its start, with what the tasks that ended by then have put there
 * beside what existed. Shares no code with what made the plan.
 * @param plan of Debian's reading
 */
export function replayPlan(inputs: ReplayInputs, plan: Plan): Replay {
  if (plan.options.reading !== 'debian') throw new Error('only plans of the Debian reading can be replayed');
  const steps = stepsOf(inputs, plan);
  const rest = leftOutOf(inputs, plan);
  const archive = new ReplayArchive(inputs, [...steps, ...rest], plan.options.layers);
  const judge = new ReplayJudge(archive, plan.options, plan.options.deps === 'direct');
  const violations = [...findDoubles(steps), ...checkNeeds(steps), ...checkStages(steps)];
  let relationCount = 0;
  let reliantCount = 0;
  const byId = new Map(steps.map((step) => [step.id, step]));
  for (const step of steps) {
    const goals = judge.goalsOf(step);
    relationCount += goals.length;
    const { missing, installed } = judge.install(step, goals, isDoneBefore(step));
    violations.push(...missing.map((text) => `${step.id}: ${text}`));
    for (const stage of steps.filter(({ task }) => isStandIn(task))) {
      if (![...installed].some(({ build }) => build === stage)) continue;
      violations.push(...checkUse(step, stage, byId, plan));
    }
    if (judge.install(step, goals, () => false).missing.length > 0) reliantCount++;
  }
  const leftOut = new Set(rest.map(({ id }) => id));
  for (const own of plan.breaks) violations.push(...checkBreak(own, byId, leftOut, archive));
  return { violations, taskCount: steps.length, relationCount, reliantCount };
}

/**
 * Units that the plan leaves out for want of something though there is an order in which they can be built, first builds
 * and conflicts aside: found by building whatever can be built until nothing more can.
 */
export function findNeedlessLosses(inputs: ReplayInputs, plan: Plan): readonly string[] {
  const steps = stepsOf(inputs, plan).filter(({ task }) => task.stage === '');
  const rest = leftOutOf(inputs, plan);
  const archive = new ReplayArchive(inputs, [...steps, ...rest], plan.options.layers);
  const judge = new ReplayJudge(archive, plan.options, false);
  const done = new Set<ReplayBuild>();
  const kinds = new Map(plan.unbuildable.map(({ unit, kind }) => [unit, kind]));
  const waiting = new Set(
    [...steps, ...rest].filter(({ id }) => !['conflict', 'no-builder'].includes(kinds.get(id) ?? '')),
  );
  for (let size = -1; size !== done.size;) {
    size = done.size;
    for (const build of waiting) {
      const { missing } = judge.install(build, judge.goalsOf(build), (other) => done.has(other));
      if (missing.length > 0) continue;
      done.add(build);
      waiting.delete(build);
    }
  }
  const needless = rest.filter((build) => done.has(build));
  return needless.map(({ id }) => `${id} is left out (${kinds.get(id) ?? ''}), but it can be built`);
}

/** The tasks by start. */
function stepsOf(inputs: ReplayInputs, plan: Plan): readonly Step[] {
  const steps = plan.targets.flatMap(({ target, tasks }) =>
    tasks.map((task): Step => ({
      id: task.id,
      task,
      source: findSource(inputs, task.id),
      arch: target.arch,
      buildArch: task.buildArch ?? target.arch,
      kind: target.kind,
      profiles: task.profiles ?? target.profiles,
      endMs: task.startMs + task.durationMs,
    })),
  );
  return steps.sort((a, b) => a.task.startMs - b.task.startMs);
}

/** The units that the plan leaves out: what they would build is not there, but somebody knows of it. */
function leftOutOf(inputs: ReplayInputs, plan: Plan): readonly ReplayBuild[] {
  const { allOn, profiles, kind: wanted } = plan.options;
  return plan.unbuildable.flatMap(({ unit: id, arch }) => {
    if (id === undefined || isStage(id)) return [];
    const source = findSource(inputs, id);
    const isBoth = wanted === 'binary' && arch === allOn && source.architectures.includes('all');
    const kind: BuildKind = id.endsWith('/all') ? 'all' : isBoth ? 'binary' : 'any';
    return [{ id, source, arch, buildArch: arch, kind, profiles, endMs: Infinity }];
  });
}

/** The stanza that a unit is built from; of several alike the one that tells most. */
function findSource({ sources }: ReplayInputs, id: string): SourcePackage {
  const path = sourceOf(id);
  const [found] = sources
    .filter(({ layer, buildType, name, version = '0' }) => {
      return path === [layer, buildType, `${name}_${version}`].filter((part) => part !== undefined).join('/');
    })
    .sort(
      (a, b) =>
        Number(tellsRelations(b)) - Number(tellsRelations(a)) ||
        Number(a.location.file > b.location.file) - Number(a.location.file < b.location.file) ||
        a.location.line - b.location.line,
    );
  if (found === undefined) throw new Error(`no input has the source of ${id}`);
  return found;
}

function tellsRelations({ binaries }: SourcePackage): boolean {
  return binaries.some(({ depends }) => depends !== undefined);
}

/** Every id stands for one task. */
function findDoubles(steps: readonly Step[]): readonly string[] {
  const doubles = steps.filter(({ id }, index) => steps.findIndex((step) => step.id === id) !== index);
  return doubles.map(({ id }) => `${id}: is planned twice`);
}

/** What a task says that it needs ends before it starts. */
function checkNeeds(steps: readonly Step[]): readonly string[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  return steps.flatMap(({ id, task }) =>
    task.needs.flatMap((need) => {
      const other = byId.get(need);
      if (other === undefined) return [`${id}: needs ${need}, which is not in the plan`];
      if (other.endMs <= task.startMs) return [];
      return [`${id}: starts at ${task.startMs}, but needs ${need}, which ends at ${other.endMs}`];
    }),
  );
}

/** A first build is followed by the full one, which replaces what it made; a rebuild follows it. */
function checkStages(steps: readonly Step[]): readonly string[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  return steps.flatMap((step) => {
    const { id, task } = step;
    if (task.stage === '') return [];
    if (!id.endsWith(`+${task.stage}`)) return [`${id}: is stage ${task.stage} by its field`];
    const full = byId.get(withoutStage(id));
    if (full === undefined) return [`${id}: has no full build`];
    const [first, second] = task.stage === 'rebuild' ? [full, step] : [step, full];
    return first.endMs <= second.task.startMs ? [] : [`${second.id}: starts before ${first.id} ends`];
  });
}

/**
 * What is built with a first build's binaries is built again after the full one, or the plan says that it isn't. First builds
 * themselves are not, and neither is the full build of the same source.
 */
function checkUse(
  step: Step,
  stage: Step,
  byId: ReadonlyMap<string, Step>,
  { options, breaks }: Plan,
): readonly string[] {
  if (isStandIn(step.task) || step.source === stage.source) return [];
  const full = byId.get(withoutStage(stage.id));
  const isAgain = [...byId.values()].some(
    (other) => isAgainOf(other, step) && full !== undefined && full.endMs <= other.task.startMs,
  );
  if (isAgain) return [];
  const isTold = breaks.some(
    ({ from, standIn, rebuiltBy }) => from === step.id && standIn === stage.id && rebuiltBy === undefined,
  );
  if (isTold && !options.rebuildAfterStage) return [];
  return [`${step.id}: is built with ${stage.id} and not built again after the full build`];
}

/** Whether a build is a rebuild that makes all that another one made: where halves are built apart, one remakes both. */
function isAgainOf(other: Step, step: Step): boolean {
  if (other.task.stage !== 'rebuild' || other.source !== step.source) return false;
  if (step.arch !== other.arch && step.kind !== 'all') return false;
  const made = new Set(madeBy(other));
  return madeBy(step).every((binary) => made.has(binary));
}

/** A break holds what it says: its tasks are there, and what serves instead of the wait is there when it is needed. */
function checkBreak(
  own: PlanBreak,
  byId: ReadonlyMap<string, Step>,
  leftOut: ReadonlySet<string>,
  archive: ReplayArchive,
): readonly string[] {
  const { from, to, kind, servedBy, profile, standIn, rebuiltBy } = own;
  const step = byId.get(from);
  const need = byId.get(to);
  if (step === undefined) return [`${from}: the break with ${to} is no task's`];
  if (need === undefined)
    return leftOut.has(to) ? [] : [`${from}: the break with ${to} is with what is not there`];
  const says = (text: string): string => `${from}: ${text} (${kind}, instead of ${to})`;
  const found: string[] = [];
  if (servedBy !== undefined) {
    const [name = ''] = servedBy.split(' ');
    const isServed = archive
      .named(placeOf(step), name)
      .some((offer) => describeOffer(offer) === servedBy && isInArchive(offer, isDoneBefore(step)));
    if (!isServed) found.push(says(`${servedBy} does not serve: it is not there`));
  }
  if (standIn !== undefined) {
    const stage = byId.get(standIn);
    if (stage === undefined || stage.endMs > step.task.startMs) found.push(says(`${standIn} comes too late`));
    if (withoutStage(standIn) !== to) found.push(says(`${standIn} is no first build of it`));
  }
  if (rebuiltBy !== undefined) {
    const again = byId.get(rebuiltBy);
    if (again === undefined || again.task.startMs < need.endMs || !isAgainOf(again, step))
      found.push(says(`${rebuiltBy} does not build it again after that`));
  }
  const isSet = (profile === undefined ? [] : [profile]).every((name) => step.profiles.includes(name));
  if (kind === 'profile' && !isSet) found.push(says(`is built without the profile ${profile ?? ''}`));
  if (kind === 'cross-build' && step.buildArch === step.arch) found.push(says('is not built elsewhere'));
  return found;
}

/** What is in the archive when a task starts. */
function isDoneBefore(step: Step): (build: ReplayBuild) => boolean {
  return (build) => build !== step && build.endMs <= step.task.startMs;
}

function isStandIn({ stage }: PlanTask): boolean {
  return stage !== '' && stage !== 'rebuild';
}

/** Whether an id is not the full build's: `hello_1/amd64+stage1`. Versions have `+` too, but none behind the last slash. */
function isStage(id: string): boolean {
  return id.lastIndexOf('+') > id.lastIndexOf('/');
}

/** `hello_1/amd64` → `hello_1`: what the halves of a source share. */
function sourceOf(id: string): string {
  return id.slice(0, id.lastIndexOf('/'));
}

function withoutStage(id: string): string {
  return isStage(id) ? id.slice(0, id.lastIndexOf('+')) : id;
}
