import { int32At } from '../../base/cells.ts';
import type { Project } from '../project.ts';

/** Bits of a word that resources may use: sums of words stay clear of the sign. */
const WORD_BITS = 31;

/**
 * The renewable resources of a project, several to a 32-bit word. Each has a field of as many bits as its capacity takes and a
 * guard bit above, so that one subtraction and one mask tell whether all of a word fit.
 */
export interface Packing {
  readonly wordCount: number;
  /** Row of an idle instant: each field holds its capacity, its guard bit is set. */
  readonly idle: Int32Array;
  /** The guard bits of each word. */
  readonly guard: Int32Array;
  /** What mode `m` takes: `word`, `amount` at `offset[m] .. offset[m + 1]`. Words of which it takes nothing are left out. */
  readonly offset: Int32Array;
  readonly word: Int32Array;
  readonly amount: Int32Array;
}

interface Field {
  readonly resource: number;
  /** Demands and capacity are multiples of it. */
  readonly unit: number;
  readonly capacity: number;
  readonly word: number;
  readonly shift: number;
}

/**
 * Packs what can run short: a resource that holds all tasks at once is left out.
 * @throws a 'BUG: …' error when a capacity has more than 30 bits
 */
export function packResources(project: Project): Packing {
  const fields = layOut(project);
  const wordCount = Math.max(1, ...fields.map(({ word }) => word + 1));
  const idle = new Int32Array(wordCount);
  const guard = new Int32Array(wordCount);
  for (const { word, shift, capacity } of fields) {
    const bit = 1 << (shift + bitsOf(capacity));
    idle[word] = int32At(idle, word) + bit + (capacity << shift);
    guard[word] = int32At(guard, word) | bit;
  }
  return { wordCount, idle, guard, ...packModes(project, fields, wordCount) };
}

function packModes(
  project: Project,
  fields: readonly Field[],
  wordCount: number,
): Pick<Packing, 'offset' | 'word' | 'amount'> {
  const modeCount = project.duration.length;
  const resourceCount = project.capacities.length;
  const offset = new Int32Array(modeCount + 1);
  const word: number[] = [];
  const amount: number[] = [];
  const row = new Int32Array(wordCount);
  for (let mode = 0; mode < modeCount; mode++) {
    row.fill(0);
    for (const field of fields) {
      const demand = Math.ceil(int32At(project.demand, mode * resourceCount + field.resource) / field.unit);
      row[field.word] = int32At(row, field.word) + (demand << field.shift);
    }
    row.forEach((taken, index) => {
      if (taken === 0) return;
      word.push(index);
      amount.push(taken);
    });
    offset[mode + 1] = word.length;
  }
  return { offset, word: Int32Array.from(word), amount: Int32Array.from(amount) };
}

/** First word with room for each resource, in the order of the project: resources of one builder stand together there. */
function layOut(project: Project): readonly Field[] {
  const used: number[] = [];
  const fields: Field[] = [];
  project.capacities.forEach((total, resource) => {
    const unit = commonUnit(project, resource);
    const capacity = Math.floor(total / unit);
    if (largestDemand(project, resource) <= capacity * unit) return;
    const bits = bitsOf(capacity) + 1;
    if (bits > WORD_BITS) throw new Error(`BUG: capacity ${total} has no room in a word`);
    let word = used.findIndex((taken) => taken + bits <= WORD_BITS);
    if (word < 0) word = used.push(0) - 1;
    const shift = used[word] ?? 0;
    used[word] = shift + bits;
    fields.push({ resource, unit, capacity, word, shift });
  });
  return fields;
}

/** What all tasks take at once in their largest modes. */
function largestDemand(project: Project, resource: number): number {
  const resourceCount = project.capacities.length;
  let sum = 0;
  for (let task = 0; task < project.taskCount; task++) {
    let largest = 0;
    for (let mode = int32At(project.modeOffset, task); mode < int32At(project.modeOffset, task + 1); mode++)
      largest = Math.max(largest, int32At(project.demand, mode * resourceCount + resource));
    sum += largest;
  }
  return sum;
}

/** Greatest common divisor of the demands, at least 1. */
function commonUnit(project: Project, resource: number): number {
  const resourceCount = project.capacities.length;
  let unit = 0;
  for (let cell = resource; cell < project.demand.length; cell += resourceCount) {
    let other = int32At(project.demand, cell);
    while (other !== 0) [unit, other] = [other, unit % other];
  }
  return Math.max(1, unit);
}

function bitsOf(value: number): number {
  return 32 - Math.clz32(value);
}
