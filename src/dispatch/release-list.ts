import { float64At, int32At } from '../base/cells.ts';

/** What ends when, and what it gives back: builds by expected end, in columns that grow. Every change is O(length). */
export class ReleaseList {
  #task = new Int32Array(16);
  #endMs = new Float64Array(16);
  #ramDiskBytes = new Float64Array(16);
  #memoryBytes = new Float64Array(16);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Infinity behind the last one. */
  endMs(index: number): number {
    return index < this.#length ? float64At(this.#endMs, index) : Infinity;
  }

  ramDiskBytes(index: number): number {
    return float64At(this.#ramDiskBytes, index);
  }

  memoryBytes(index: number): number {
    return float64At(this.#memoryBytes, index);
  }

  clear(): void {
    this.#length = 0;
  }

  insert(task: number, endMs: number, ramDiskBytes: number, memoryBytes: number): void {
    if (this.#length === this.#task.length) this.#grow();
    let place = this.#length++;
    for (; place > 0 && float64At(this.#endMs, place - 1) > endMs; place--) this.#move(place - 1, place);
    this.#task[place] = task;
    this.#endMs[place] = endMs;
    this.#ramDiskBytes[place] = ramDiskBytes;
    this.#memoryBytes[place] = memoryBytes;
  }

  remove(task: number): void {
    let place = this.#task.subarray(0, this.#length).indexOf(task);
    if (place < 0) throw new Error(`BUG: task ${String(task)} is not in the list`);
    this.#length--;
    for (; place < this.#length; place++) this.#move(place + 1, place);
  }

  #move(from: number, to: number): void {
    this.#task[to] = int32At(this.#task, from);
    this.#endMs[to] = float64At(this.#endMs, from);
    this.#ramDiskBytes[to] = float64At(this.#ramDiskBytes, from);
    this.#memoryBytes[to] = float64At(this.#memoryBytes, from);
  }

  #grow(): void {
    const length = this.#length * 2;
    const task = new Int32Array(length);
    task.set(this.#task);
    this.#task = task;
    this.#endMs = widen(this.#endMs, length);
    this.#ramDiskBytes = widen(this.#ramDiskBytes, length);
    this.#memoryBytes = widen(this.#memoryBytes, length);
  }
}

function widen(column: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const wider = new Float64Array(length);
  wider.set(column);
  return wider;
}
