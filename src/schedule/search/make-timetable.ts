import { DenseTimetable, WordTimetable } from './dense-timetable.ts';
import { EventTimetable } from './event-timetable.ts';
import type { Packing } from './packing.ts';
import type { Timetable } from './timetable.ts';

/** Longest horizon, in ticks, with a cell an instant; beyond it the profile is kept by events. */
const LONGEST_DENSE = 8192;

/** @param horizon no task ends later, in ticks */
export function makeTimetable(packing: Packing, horizon: number): Timetable {
  if (horizon > LONGEST_DENSE) return new EventTimetable(packing);
  return packing.wordCount === 1 ? new WordTimetable(packing, horizon) : new DenseTimetable(packing, horizon);
}
