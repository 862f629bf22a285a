import { at } from '../../base/column.ts';
import { firstDifference } from '../../base/compare.ts';
import type { Plan, PlanBuilder } from '../../plan/plan.ts';
import { builderSlugs } from '../task-slugs.ts';
import { engineUnits, type EngineUnit } from './engine-units.ts';
import { playPools } from './play-pools.ts';
import { ramDiskOf } from './pool-depths.ts';
import { poolSplits, type PoolSplit } from './pool-splits.ts';

/** Builds of which no more than `depth` may run at once. Together the pools of a builder keep all its limits. */
export interface Pool {
  /** `x86-1.large`: letters, digits and `._-`. */
  readonly name: string;
  readonly depth: number;
  readonly taskCount: number;
  /** The largest of its builds on the RAM disk. */
  readonly ramDiskBytes: number;
}

/** A plan as programs run it that know nothing but how many of a kind may run at once. */
export interface PooledPlan {
  /** As `engineUnits` orders them, where giants may have been moved to the disk. */
  readonly units: readonly EngineUnit[];
  /** Of each unit. */
  readonly poolOf: readonly Pool[];
  /** By builder, then class. */
  readonly pools: readonly Pool[];
  /** How many builds are on disk that the plan has in RAM. */
  readonly movedCount: number;
  /** What it takes by the plan's estimates. */
  readonly expectedMs: number;
}

/**
 * Splits each builder into pools, so that by the estimates the builds are done soonest. Giants go to the disk where that is
 * clearly faster. A few of the most promising splits are played through.
 */
export function makePools(plan: Plan): PooledPlan {
  const planned = engineUnits(plan);
  const slugs = builderSlugs(plan);
  const builders = plan.builders.filter(({ name }) => planned.some(({ task }) => task.builder === name));
  const splits = builders.map((builder) =>
    poolSplits(
      builder,
      planned.flatMap(({ task }) => (task.builder === builder.name ? [task] : [])),
    ).slice(0, Math.max(2, Math.floor(MOST_PLAYED / planned.length))),
  );
  let chosen = builders.map((_, index) => at(at(splits, index), 0));
  for (const [index, options] of splits.entries()) {
    const played = options.slice(0, 16).map((split) => {
      const candidate = chosen.with(index, split);
      return { candidate, timeMs: playSplits(planned, candidate) * (split.movedCount > 0 ? CLEARLY : 1) };
    });
    played.sort((a, b) => firstDifference(a.timeMs - b.timeMs));
    chosen = played[0]?.candidate ?? chosen;
  }
  return join(planned, chosen, builders, slugs);
}

/** Builds to play through at most for each builder: some seconds for a whole archive. */
const MOST_PLAYED = 200_000;

/** So much faster it has to be on disk. */
const CLEARLY = 1.03;

function playSplits(planned: readonly EngineUnit[], splits: readonly PoolSplit[]): number {
  const pools = new Map<string, number>();
  const durations = new Map<string, number>();
  let pool = 0;
  for (const { classes } of splits) {
    for (const { tasks } of classes) {
      for (const { id, durationMs } of tasks) {
        pools.set(id, pool);
        durations.set(id, durationMs);
      }
      pool++;
    }
  }
  return playPools(
    planned.map(({ task }) => durations.get(task.id) ?? 0),
    planned.map(({ needs }) => needs),
    planned.map(({ task }) => pools.get(task.id) ?? 0),
    splits.flatMap(({ depths }) => depths),
  );
}

function join(
  planned: readonly EngineUnit[],
  splits: readonly PoolSplit[],
  builders: readonly PlanBuilder[],
  slugs: ReadonlyMap<string, string>,
): PooledPlan {
  const placed = splits.flatMap(({ classes, depths }, index) =>
    classes.map(({ name, tasks }, place) => {
      const pool: Pool = {
        name: `${slugs.get(at(builders, index).name) ?? ''}.${name}`,
        depth: at(depths, place),
        taskCount: tasks.length,
        ramDiskBytes: tasks.reduce((most, task) => Math.max(most, ramDiskOf(task)), 0),
      };
      return { pool, tasks };
    }),
  );
  const byId = new Map(
    placed.flatMap(({ pool, tasks }) => tasks.map((task) => [task.id, { pool, task }] as const)),
  );
  const found = planned.map(({ task }) => {
    const one = byId.get(task.id);
    if (one === undefined) throw new Error(`BUG: ${task.id} is in no pool`);
    return one;
  });
  return {
    units: planned.map((unit, place) => ({ ...unit, task: at(found, place).task })),
    poolOf: found.map(({ pool }) => pool),
    pools: placed.map(({ pool }) => pool),
    movedCount: splits.reduce((sum, { movedCount }) => sum + movedCount, 0),
    expectedMs: playSplits(planned, splits),
  };
}
