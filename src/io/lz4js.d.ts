declare module 'lz4js' {
  /** Unpacks one block into `target` from `targetStart` on; matches may reach back before it. Returns the end in `target`. */
  export function decompressBlock(
    source: Uint8Array,
    target: Uint8Array,
    sourceStart: number,
    sourceLength: number,
    targetStart: number,
  ): number;
}

declare module 'lz4js/xxh32.js' {
  /** xxHash32 as an unsigned number. */
  export function hash(seed: number, bytes: Uint8Array, start: number, length: number): number;
}
