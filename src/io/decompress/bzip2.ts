import bunzip from 'seek-bzip';
import { DamagedData, TooMuchData } from './damaged.ts';

/**
 * Unpacks bzip2 data of any number of streams (as pbzip2 makes them); block and stream CRCs are checked. The streams are
 * walked here: the library takes a file that ends at a block's border for complete.
 */
export function unpackBzip2(bytes: Uint8Array, mostBytes: number): Uint8Array {
  const input = new ByteReader(bytes);
  const output = new ByteWriter(Math.min(bytes.length * 4, mostBytes), mostBytes);
  while (!input.isAtEnd()) bunzip.decode(input, output);
  return output.bytes();
}

/** A cursor that refuses to read past the end. */
class ByteReader {
  readonly #bytes: Uint8Array;
  #next = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  isAtEnd(): boolean {
    return this.#next === this.#bytes.length;
  }

  readByte(): number {
    const byte = this.#bytes[this.#next++];
    if (byte === undefined) throw new DamagedData('unexpected end of data');
    return byte;
  }

  read(target: Uint8Array, offset: number, length: number): number {
    for (let index = 0; index < length; index++) target[offset + index] = this.readByte();
    return length;
  }
}

/** Bytes that grow. */
class ByteWriter {
  #buffer: Uint8Array;
  #size = 0;
  readonly #mostBytes: number;

  constructor(capacity: number, mostBytes: number) {
    this.#mostBytes = mostBytes;
    this.#buffer = new Uint8Array(Math.max(capacity, 1024));
  }

  writeByte(byte: number): void {
    if (this.#size === this.#buffer.length) {
      if (this.#size >= this.#mostBytes) throw new TooMuchData();
      const larger = new Uint8Array(Math.min(this.#buffer.length * 2, Math.max(this.#mostBytes, 1024)));
      larger.set(this.#buffer);
      this.#buffer = larger;
    }
    this.#buffer[this.#size++] = byte;
  }

  bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#size);
  }
}
