import type { Plan, PlanBuilder, PlanTask } from '../plan/plan.ts';
import { tasksById, type PlacedTask } from '../plan/tasks-by-id.ts';

/** What is compared: a plan, or one architecture of it. */
export interface SideRequest {
  readonly label: string;
  /** What the plan is called. */
  readonly planName: string;
  readonly plan: Plan;
  readonly arch: string | null;
  /** Whether units are matched whatever they are built for. */
  readonly isByArch: boolean;
}

/** A side with its tasks, ready to be matched. */
export interface Side extends SideRequest {
  /** Every task of the plan, by id, in the order of their indexes. */
  readonly byId: ReadonlyMap<string, SideTask>;
  /** What the side builds or uses: of an architecture what is built for it, and what is `Architecture: all`. */
  readonly tasks: readonly SideTask[];
  /** What runs on the side's builders. */
  readonly load: readonly SideTask[];
  readonly builders: readonly PlanBuilder[];
  readonly makespanMs: number;
  readonly lowerBoundMs: number;
  readonly lowerBoundName: string;
}

export interface SideTask {
  readonly task: PlanTask;
  /** Its place among the tasks of the plan, in code-unit order of their ids. */
  readonly index: number;
  /** What it is built for: an architecture, or `all`. */
  readonly place: string;
  /** The architecture of the builder that it runs on. */
  readonly runsOn: string;
  /** Equal for what is the same unit on both sides, but for versions; see `unitKey`. */
  readonly key: string;
}

/** What tells a unit from others: its parts cannot run into each other. */
export interface UnitParts {
  readonly layer?: string | undefined;
  readonly buildType?: string | undefined;
  readonly source: string;
  /** What it is built for; empty where that doesn't count. */
  readonly place: string;
  readonly stage: string;
}

/** The parts as one text that no other parts have, whatever characters are in them. */
export function unitKey({ layer = '', buildType = '', source, place, stage }: UnitParts): string {
  const parts = [layer, buildType, source, place, stage];
  // the same text, a third of the time
  return SPECIAL.test(source) || SPECIAL.test(layer + buildType + place + stage)
    ? JSON.stringify(parts)
    : `["${parts.join('","')}"]`;
}

/** What JSON may write otherwise than it is. */
const SPECIAL = /[^ !#-[\]-~]/;

/** The unit for people: `layer/build type/source/arch+stage`, without what it doesn't have. */
export function unitName({ layer, buildType, source, place, stage }: UnitParts): string {
  const path = [layer, buildType, source, place === '' ? undefined : place];
  return `${path.filter((part) => part !== undefined).join('/')}${stage === '' ? '' : `+${stage}`}`;
}

/** The parts of a task's unit. */
export function partsOf({ task, place }: Pick<SideTask, 'task' | 'place'>, isByArch: boolean): UnitParts {
  const { layer, buildType, source, stage } = task;
  return { layer, buildType, source, place: isByArch && place !== 'all' ? '' : place, stage };
}

/**
 * Picks a side's tasks and builders out of its plan. O(tasks log tasks)
 * @param byId the same of the other side, where it is of the same plan and matched alike
 */
export function makeSide(request: SideRequest, byId = placeAll(request)): Side {
  const { plan, arch } = request;
  const all = [...byId.values()];
  const row = plan.architectures.find((entry) => entry.arch === arch);
  const { makespanMs, lowerBoundMs, lowerBoundName } = row ?? plan;
  return {
    ...request,
    byId,
    tasks: arch === null ? all : all.filter((entry) => entry.place === arch || entry.place === 'all'),
    load: arch === null ? all : all.filter((entry) => entry.runsOn === arch),
    builders: plan.builders.filter((builder) => arch === null || builder.arch === arch),
    makespanMs,
    lowerBoundMs,
    lowerBoundName,
  };
}

function placeAll({ plan, isByArch }: SideRequest): Side['byId'] {
  const byId = new Map<string, SideTask>();
  for (const placed of tasksById(plan.targets)) {
    const { id } = placed.task;
    byId.set(id, place(placed, byId.get(id)?.index ?? byId.size, isByArch));
  }
  return byId;
}

function place({ task, target }: PlacedTask, index: number, isByArch: boolean): SideTask {
  const placed = target.kind === 'all' ? 'all' : target.arch;
  const key = unitKey(partsOf({ task, place: placed }, isByArch));
  return { task, index, place: placed, runsOn: task.buildArch ?? target.arch, key };
}
