import type { Problem, Schedule } from '../../dispatch/problem.ts';
import { BuildDecoder } from './build-decoder.ts';

/**
 * Serial generation scheme: an active schedule, in which nothing can start earlier while the rest stays. Each task of the list takes
 * the place (builder × RAM or disk × chroot × make jobs) in which it ends first, even far before those in front of it.
 * For many lists of one problem make one `BuildDecoder`.
 * @param order all tasks, needs first
 * @param modes the mode of each task (an index into `buildModes(problem)`), or -1: the one that ends first
 * @throws a 'BUG: …' error when a task fits no builder: report what `findImpossible` finds first
 * @see Kolisch 1996, on serial and parallel schedule generation
 */
export function serialSchedule(problem: Problem, order: Int32Array, modes?: Int32Array): Schedule {
  const decoder = new BuildDecoder(problem);
  decoder.forward(order, modes);
  return decoder.schedule();
}

/**
 * Forward-backward improvement: moves every build as late as it goes, then as early, for as long as the makespan falls. Modes and
 * builders stay, but for choices of make jobs that others beat.
 * @returns a schedule that does not end later; the given one when there is nothing to gain
 * @see Valls, Ballestín, Quintanilla 2005, on justification and the RCPSP; Lova, Tormos, Barber 2006, with several modes
 */
export function improveByJustification(problem: Problem, schedule: Schedule): Schedule {
  const decoder = new BuildDecoder(problem);
  decoder.load(schedule);
  return decoder.justify() < schedule.makespanMs ? decoder.schedule() : schedule;
}
