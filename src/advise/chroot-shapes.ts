import { at } from '../base/column.ts';
import { compareNumber, firstDifference } from '../base/compare.ts';
import type { ArchWork } from './arch-work.ts';
import { roundUp } from './grid.ts';
import { chrootSetting } from './host.ts';
import { starlingXChroots } from './starlingx-chroots.ts';
import type { SearchBudget } from './search-budget.ts';
import { thin, thinByRatio } from './thin.ts';
import type { Trials } from './trials.ts';
import type { Tried } from './try-grid.ts';

/** A shape of StarlingX's formula with the flags that give it. */
export interface StarlingXTried extends Tried {
  readonly tmpfsPercentage: number;
}

/** Slots with their make jobs, and the memory that they leave for chroots. */
export interface Room {
  readonly slots: number;
  readonly makeJobs: number;
  readonly ramDiskBytes: number;
}

/**
 * The fastest shapes of `k` chroots of one size, perhaps a larger one, and the rest on disk, whose total fits: one a room, and of
 * equal ones the smallest total. The sizes are footprints of builds, and equal parts of the room; then those of the best one are
 * moved by a step for as long as that helps and the budget lasts.
 * @param stepBytes sizes are whole multiples
 */
export function bestShapes(
  work: ArchWork,
  rooms: readonly Room[],
  trials: Trials,
  stepBytes: number,
  { sizes: mostSizes, climbs }: SearchBudget,
): readonly Tried[] {
  const shapes = rooms.map((room) => shapeOf(work, room, trials, stepBytes, mostSizes)).sort(compareShapes);
  const [best] = shapes;
  if (best !== undefined) shapes[0] = climb(work, best, rooms, trials, stepBytes, climbs);
  return shapes;
}

function shapeOf(work: ArchWork, room: Room, trials: Trials, stepBytes: number, mostSizes: number): Tried {
  const sizes = footprints(work, room.ramDiskBytes, stepBytes);
  const isRough = mostSizes < 3;
  const larges = [0, ...(isRough ? sizes.slice(-1) : thin(sizes.slice(sizes.length >> 1), mostSizes))];
  const smalls = isRough
    ? shares(work, room.ramDiskBytes, stepBytes)
    : [...thin(sizes, mostSizes), ...equalParts(room, stepBytes, mostSizes)];
  let best = trial(trials, room, []);
  for (const large of new Set(larges)) {
    for (const small of new Set(smalls)) {
      if (large > 0 && large <= small) continue;
      const chroots = fillRoom(work, room, large, small);
      best = better(best, trial(trials, room, chroots));
    }
  }
  return best;
}

/** What StarlingX's formula gives for a room with the largest percentage that leaves the rest of the memory to compilers. */
export function largestFlags(room: Room, memoryBytes: number, trials: Trials): StarlingXTried {
  const most = Math.min(100, Math.floor((100 * room.ramDiskBytes) / memoryBytes));
  return starlingXTrial(room, most, memoryBytes, trials);
}

/** The flags with which StarlingX's formula is fastest; of equal ones the smallest total, then the fewest slots. */
export function bestFlags(
  rooms: readonly Room[],
  memoryBytes: number,
  trials: Trials,
  mostPercentages: number,
): StarlingXTried | undefined {
  let best: StarlingXTried | undefined;
  for (const room of rooms) {
    const most = Math.min(100, Math.floor((100 * room.ramDiskBytes) / memoryBytes));
    for (const percentage of thin(differentPercentages(room, memoryBytes, most), mostPercentages)) {
      const tried = starlingXTrial(room, percentage, memoryBytes, trials);
      if (best === undefined || compareShapes(tried, best) < 0) best = tried;
    }
  }
  return best;
}

function starlingXTrial(
  room: Room,
  tmpfsPercentage: number,
  memoryBytes: number,
  trials: Trials,
): StarlingXTried {
  const { count, sizeBytes } = starlingXChroots(room.slots, tmpfsPercentage, memoryBytes);
  const chroots = Array.from<number>({ length: count }).fill(sizeBytes);
  return { ...trial(trials, room, chroots), tmpfsPercentage };
}

/** The smallest percentage for each shape that the formula can give; 0 where there is none. Ascending. */
function differentPercentages(room: Room, memoryBytes: number, most: number): readonly number[] {
  const percentages: number[] = [];
  let last = '';
  for (let percentage = 0; percentage <= most; percentage++) {
    const { count, sizeBytes } = starlingXChroots(room.slots, percentage, memoryBytes);
    const shape = `${String(count)} ${String(sizeBytes)}`;
    if (shape !== last) percentages.push(percentage);
    last = shape;
  }
  return percentages;
}

/** Steps that some build just fits into, at most as large as the room. Ascending. */
function footprints(work: ArchWork, mostBytes: number, stepBytes: number): readonly number[] {
  const sizes = new Set<number>();
  for (const bytes of work.ramDiskBytes) {
    const size = Math.max(stepBytes, roundUp(bytes, stepBytes));
    if (size <= mostBytes) sizes.add(size);
  }
  return [...sizes].sort(compareNumber);
}

/** What half of the builds fit into, four fifths, and nearly all. */
function shares(work: ArchWork, mostBytes: number, stepBytes: number): readonly number[] {
  const ascending = work.ramDiskBytes.slice().sort();
  return [0.5, 0.8, 0.95]
    .map((share) =>
      Math.max(stepBytes, roundUp(ascending[Math.floor(share * ascending.length)] ?? 0, stepBytes)),
    )
    .filter((bytes) => bytes <= mostBytes);
}

/** The room in 1, 2, 3 … equal parts. */
function equalParts({ slots, ramDiskBytes }: Room, stepBytes: number, most: number): readonly number[] {
  const parts: number[] = [];
  for (let count = 1; count <= slots; count++) {
    const size = Math.floor(ramDiskBytes / count / stepBytes) * stepBytes;
    if (size > 0) parts.push(size);
  }
  return thinByRatio([...new Set(parts)].sort(compareNumber), Math.min(8, most));
}

/** A large one and as many small ones as fit beside it; one fewer where that leaves no way to build the largest. @param large 0: none */
function fillRoom(work: ArchWork, room: Room, large: number, small: number): readonly number[] {
  const larges = large > 0 ? [large] : [];
  const most = Math.min(room.slots - larges.length, Math.floor((room.ramDiskBytes - large) / small));
  const chroots = [...larges, ...Array.from<number>({ length: Math.max(0, most) }).fill(small)];
  return isPossible(work, room, chroots) ? chroots : chroots.slice(0, -1);
}

/** Whether a room holds these chroots and, where not every build fits into the largest, one on disk. */
function isPossible(work: ArchWork, { slots, ramDiskBytes }: Room, chroots: readonly number[]): boolean {
  const totalBytes = chroots.reduce((sum, size) => sum + size, 0);
  if (totalBytes > ramDiskBytes || chroots.length > slots) return false;
  return chroots.length < slots || work.ramDiskBytes.every((bytes) => bytes <= (chroots[0] ?? -1));
}

/** Moves the two sizes and their number by one step each for as long as that helps. @param climbs new shapes that may be tried */
function climb(
  work: ArchWork,
  start: Tried,
  rooms: readonly Room[],
  trials: Trials,
  stepBytes: number,
  climbs: number,
): Tried {
  const mostTrials = trials.count + climbs;
  let best = start;
  for (let isMoving = true; isMoving;) {
    isMoving = false;
    const room = rooms.find(({ slots, makeJobs }) => slots === best.slots && makeJobs === best.makeJobs);
    if (room === undefined) throw new Error('BUG: a shape without a room');
    for (const chroots of neighbours(best.ramDiskChroots, stepBytes)) {
      if (trials.count >= mostTrials) return best;
      if (!isPossible(work, room, chroots)) continue;
      const next = better(best, trial(trials, room, chroots));
      isMoving ||= next !== best;
      best = next;
    }
  }
  return best;
}

/** One chroot fewer or more, the large one or all small ones a step smaller or larger. */
function neighbours(chroots: readonly number[], stepBytes: number): readonly (readonly number[])[] {
  const large = chroots[0];
  const small = chroots.at(-1);
  if (large === undefined || small === undefined) return [];
  const rest = chroots.slice(1);
  const around = [-stepBytes, stepBytes];
  return [
    rest,
    [...chroots, small],
    ...around.map((step) => [large + step, ...rest]),
    ...around.map((step) => [large, ...rest.map((size) => size + step)]),
    chroots.map((size) => size - stepBytes),
  ].filter((shape) => shape.every((size) => size > 0 && size <= (shape[0] ?? 0)));
}

function trial(trials: Trials, { slots, makeJobs }: Room, chroots: readonly number[]): Tried {
  const setting = chrootSetting(slots, makeJobs, chroots);
  return { ...setting, makespanMs: trials.makespanMs(setting) };
}

function better(best: Tried, tried: Tried): Tried {
  return compareShapes(tried, best) < 0 ? tried : best;
}

/** The faster first, then the smaller total, the fewer chroots, the fewer slots and make jobs; a total order but for equal shapes. */
export function compareShapes(a: Tried, b: Tried): number {
  return firstDifference(
    compareNumber(a.makespanMs, b.makespanMs),
    compareNumber(a.ramDiskBytes, b.ramDiskBytes),
    compareNumber(a.ramDiskChroots.length, b.ramDiskChroots.length),
    compareNumber(a.slots, b.slots),
    compareNumber(a.makeJobs, b.makeJobs),
    compareNumber(at([...a.ramDiskChroots, 0], 0), at([...b.ramDiskChroots, 0], 0)),
  );
}
