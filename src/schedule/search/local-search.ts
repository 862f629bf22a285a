import type { Project } from '../project.ts';
import type { Evaluation } from './evaluation.ts';
import { type Direction, Individual, opposite } from './individual.ts';
import { Mutation, Strength } from './mutation.ts';
import { TaskList } from './task-list.ts';

/** Tasks to move stand within this part of the list. */
const WINDOW_PART = 0.3;

/**
 * Iterated local search: moves some tasks of one list, justifies (a pass in each direction) and goes on from what is no worse.
 * @see Lourenço, Martin, Stützle 2003; Valls, Ballestín, Quintanilla 2005 on justification
 */
export function improveByKicks(
  project: Project,
  evaluation: Evaluation,
  from: Individual,
  direction: Direction,
): void {
  const { decoders, random } = evaluation;
  const current = new Individual(project.taskCount);
  const there = new Individual(project.taskCount);
  const back = new Individual(project.taskCount);
  const list = new TaskList(project.taskCount, random);
  const modes = new Int32Array(project.taskCount);
  const mutation = new Mutation(project, random);
  const moves = new Strength(3, 1, Math.max(1, project.taskCount / 2));
  current.copyFrom(from);
  while (!evaluation.isDone()) {
    list.set(current.order);
    modes.set(current.mode);
    mutation.kick(list, modes, decoders[direction], Math.round(moves.value), WINDOW_PART);
    const isNew = evaluation.run(direction, list.order, modes, there);
    moves.adapt(isNew);
    if (!isNew || evaluation.isDone()) continue;
    evaluation.run(opposite(direction), there.order, there.mode, back);
    if (back.cost <= current.cost) current.copyFrom(back);
  }
}
