import type { Project } from '../project.ts';
import type { Evaluation } from './evaluation.ts';
import { type Direction, Individual, opposite } from './individual.ts';
import { Mutation, Strength } from './mutation.ts';
import { TaskList } from './task-list.ts';

/** Tasks to move stand within this part of the list. */
const WINDOW_PART = 0.3;

/** A schedule no longer than the current one times this is a little worse: a second pass is spent on its list. */
const LITTLE_WORSE = 1.025;

/** A member of a population, in which direction its next pass goes, and how often what is a little worse is gone on from. */
export interface KickStart {
  readonly member: Individual;
  readonly direction: Direction;
  readonly worseRate: number;
}

/**
 * Iterated local search: moves some tasks of a list and makes a pass. What is no worse is gone on from, in the other direction;
 * what is a little worse is justified by a second pass first, and gone on from now and then if it still is.
 * @see Lourenço, Martin, Stützle 2003; Valls, Ballestín, Quintanilla 2005 on justification
 */
export function improveByKicks(project: Project, evaluation: Evaluation, from: KickStart): void {
  const { decoders, random } = evaluation;
  const { taskCount } = project;
  const current = new Individual(taskCount);
  const there = new Individual(taskCount);
  const back = new Individual(taskCount);
  const list = new TaskList(taskCount, random);
  const modes = new Int32Array(taskCount);
  const mutation = new Mutation(project, random);
  const moves = new Strength(3, 1, Math.max(1, taskCount / 2));
  let { direction } = from;
  current.copyFrom(from.member);
  const isWorthGoingOn = ({ cost }: Individual): boolean =>
    cost <= current.cost * LITTLE_WORSE && random() < from.worseRate;
  while (!evaluation.isDone()) {
    list.set(current.order);
    modes.set(current.mode);
    mutation.kick(list, modes, decoders[direction], Math.round(moves.value), WINDOW_PART);
    const isNew = evaluation.run(direction, list.order, modes, there);
    moves.adapt(isNew);
    if (!isNew) continue;
    if (there.cost <= current.cost) {
      current.copyFrom(there);
      direction = opposite(direction);
    } else if (there.cost <= current.cost * LITTLE_WORSE && !evaluation.isDone()) {
      evaluation.run(opposite(direction), there.order, there.mode, back);
      if (back.cost <= current.cost || isWorthGoingOn(back)) current.copyFrom(back);
    }
  }
}
