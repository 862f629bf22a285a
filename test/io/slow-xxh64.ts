const P1 = 0x9e3779b185ebca87n;
const P2 = 0xc2b2ae3d27d4eb4fn;
const P3 = 0x165667b19e3779f9n;
const P4 = 0x85ebca77c2b2ae63n;
const P5 = 0x27d4eb2f165667c5n;

/** xxHash64 straight from its specification; the low 32 bits. */
export function slowLowXxh64(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let hash = P5;
  let index = 0;
  if (bytes.length >= 32) {
    let [a, b, c, d] = [mod(P1 + P2), P2, 0n, mod(-P1)];
    for (; index + 32 <= bytes.length; index += 32) {
      a = step(a, view.getBigUint64(index, true));
      b = step(b, view.getBigUint64(index + 8, true));
      c = step(c, view.getBigUint64(index + 16, true));
      d = step(d, view.getBigUint64(index + 24, true));
    }
    hash = mod(turn(a, 1n) + turn(b, 7n) + turn(c, 12n) + turn(d, 18n));
    for (const lane of [a, b, c, d]) hash = mod((hash ^ step(0n, lane)) * P1 + P4);
  }
  hash = mod(hash + BigInt(bytes.length));
  for (; index + 8 <= bytes.length; index += 8) {
    hash = mod(turn(hash ^ step(0n, view.getBigUint64(index, true)), 27n) * P1 + P4);
  }
  for (; index + 4 <= bytes.length; index += 4) {
    hash = mod(turn(hash ^ mod(BigInt(view.getUint32(index, true)) * P1), 23n) * P2 + P3);
  }
  for (; index < bytes.length; index++) {
    hash = mod(turn(hash ^ mod(BigInt(view.getUint8(index)) * P5), 11n) * P1);
  }
  hash = mod((hash ^ (hash >> 33n)) * P2);
  hash = mod((hash ^ (hash >> 29n)) * P3);
  return Number(BigInt.asUintN(32, hash ^ (hash >> 32n)));
}

function step(lane: bigint, word: bigint): bigint {
  return mod(turn(mod(lane + word * P2), 31n) * P1);
}

function turn(value: bigint, by: bigint): bigint {
  return mod(value << by) | (value >> (64n - by));
}

function mod(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}
