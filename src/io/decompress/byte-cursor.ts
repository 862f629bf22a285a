import { DamagedData } from './damaged.ts';

/** Reads little-endian numbers and runs of bytes; throws `DamagedData` past the end. */
export class ByteCursor {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get position(): number {
    return this.#position;
  }

  isAtEnd(): boolean {
    return this.#position === this.#bytes.length;
  }

  uint8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  uint24(): number {
    const start = this.#advance(3);
    return this.#view.getUint16(start, true) | (this.#view.getUint8(start + 2) << 16);
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  /** The number at the cursor, which stays; undefined when fewer than four bytes are left. */
  peekUint32(): number | undefined {
    return this.#position + 4 > this.#bytes.length ? undefined : this.#view.getUint32(this.#position, true);
  }

  /** The next bytes, as a view. */
  take(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.#bytes.subarray(start, start + length);
  }

  /** The bytes from an earlier position to the cursor, as a view. */
  since(start: number): Uint8Array {
    return this.#bytes.subarray(start, this.#position);
  }

  #advance(length: number): number {
    const start = this.#position;
    if (start + length > this.#bytes.length) throw new DamagedData('unexpected end of data');
    this.#position = start + length;
    return start;
  }
}
