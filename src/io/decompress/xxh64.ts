import { at } from '../../base/column.ts';

const PRIME_1 = 0x9e3779b185ebca87n;
const PRIME_2 = 0xc2b2ae3d27d4eb4fn;
const PRIME_3 = 0x165667b19e3779f9n;
const PRIME_4 = 0x85ebca77c2b2ae63n;
const PRIME_5 = 0x27d4eb2f165667c5n;
const PRIME_1_LOW = 0x85ebca87;
const PRIME_1_HIGH = 0x9e3779b1;
const PRIME_2_LOW = 0x27d4eb4f;
const PRIME_2_HIGH = 0xc2b2ae3d;
const STRIPE = 32;

/**
 * The low 32 bits of xxHash64 with seed 0: a zstd frame's content checksum. Stripes are hashed in 32-bit halves: with
 * BigInt alone an index of 50 MB would take seconds.
 * @see https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md
 */
export function lowXxh64(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const stripesEnd = bytes.length - (bytes.length % STRIPE);
  let hash = stripesEnd === 0 ? PRIME_5 : mergeLanes(hashStripes(view, stripesEnd));
  hash = wrap(hash + BigInt(bytes.length));
  let index = stripesEnd;
  for (; index + 8 <= bytes.length; index += 8) {
    hash ^= round(0n, view.getBigUint64(index, true));
    hash = wrap(rotate(hash, 27n) * PRIME_1 + PRIME_4);
  }
  if (index + 4 <= bytes.length) {
    hash ^= wrap(BigInt(view.getUint32(index, true)) * PRIME_1);
    hash = wrap(rotate(hash, 23n) * PRIME_2 + PRIME_3);
    index += 4;
  }
  for (; index < bytes.length; index++) {
    hash ^= wrap(BigInt(view.getUint8(index)) * PRIME_5);
    hash = wrap(rotate(hash, 11n) * PRIME_1);
  }
  hash = wrap((hash ^ (hash >> 33n)) * PRIME_2);
  hash = wrap((hash ^ (hash >> 29n)) * PRIME_3);
  return Number(BigInt.asUintN(32, hash ^ (hash >> 32n)));
}

/** The four lanes after all whole stripes, each as its low and its high half. */
function hashStripes(view: DataView, end: number): Uint32Array {
  const lanes = new Uint32Array(8);
  setLane(lanes, 0, PRIME_1 + PRIME_2);
  setLane(lanes, 2, PRIME_2);
  setLane(lanes, 4, 0n);
  setLane(lanes, 6, -PRIME_1);
  for (let index = 0; index < end; index += 8) {
    hashWord(lanes, (index >> 2) & 6, view.getUint32(index, true), view.getUint32(index + 4, true));
  }
  return lanes;
}

/** lane = rotate(lane + word × prime 2, 31) × prime 1, modulo 2^64. */
function hashWord(lanes: Uint32Array, lane: number, low: number, high: number): void {
  const productLow = Math.imul(low, PRIME_2_LOW) >>> 0;
  const productHigh =
    highProduct(low, PRIME_2_LOW) + Math.imul(high, PRIME_2_LOW) + Math.imul(low, PRIME_2_HIGH);
  const sumLow = productLow + at(lanes, lane);
  const carry = sumLow > 0xffff_ffff ? 1 : 0;
  const sumHigh = (productHigh + at(lanes, lane + 1) + carry) >>> 0;
  const turnedLow = ((sumLow << 31) | (sumHigh >>> 1)) >>> 0;
  const turnedHigh = ((sumHigh << 31) | ((sumLow >>> 0) >>> 1)) >>> 0;
  lanes[lane] = Math.imul(turnedLow, PRIME_1_LOW);
  lanes[lane + 1] =
    highProduct(turnedLow, PRIME_1_LOW) +
    Math.imul(turnedHigh, PRIME_1_LOW) +
    Math.imul(turnedLow, PRIME_1_HIGH);
}

/** The high 32 bits of the product of two unsigned 32-bit numbers. */
function highProduct(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  return aHigh * bHigh + (middle >>> 16) + ((aLow * bHigh + (middle & 0xffff)) >>> 16);
}

function mergeLanes(lanes: Uint32Array): bigint {
  const values = [0, 2, 4, 6].map((lane) => (BigInt(at(lanes, lane + 1)) << 32n) | BigInt(at(lanes, lane)));
  const turns = [1n, 7n, 12n, 18n];
  const sum = wrap(values.reduce((total, value, index) => total + rotate(value, at(turns, index)), 0n));
  return values.reduce((hash, value) => wrap((hash ^ round(0n, value)) * PRIME_1 + PRIME_4), sum);
}

function setLane(lanes: Uint32Array, lane: number, value: bigint): void {
  lanes[lane] = Number(BigInt.asUintN(32, value));
  lanes[lane + 1] = Number(BigInt.asUintN(32, value >> 32n));
}

function round(lane: bigint, word: bigint): bigint {
  return wrap(rotate(wrap(lane + word * PRIME_2), 31n) * PRIME_1);
}

function rotate(value: bigint, by: bigint): bigint {
  return wrap(value << by) | (value >> (64n - by));
}

function wrap(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}
