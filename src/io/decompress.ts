import type { Report } from '../base/diagnostic.ts';
import { ByteCursor } from './decompress/byte-cursor.ts';
import { unpackBzip2 } from './decompress/bzip2.ts';
import { unpackGzip } from './decompress/gzip.ts';
import { unpackLz4 } from './decompress/lz4.ts';
import { isSkippableMagic, skipSkippableFrames } from './decompress/skippable-frame.ts';
import { unpackXz } from './decompress/xz.ts';
import { unpackZstd } from './decompress/zstd.ts';
import { damagedFile } from './diagnostics.ts';

/** The compressions that apt and Debian's archives use. */
export type Compression = 'gzip' | 'xz' | 'zstd' | 'lz4' | 'bzip2';

interface Format {
  readonly magic: readonly number[];
  readonly unpack: (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>;
}

const FORMATS: Readonly<Record<Compression, Format>> = {
  gzip: { magic: [0x1f, 0x8b], unpack: unpackGzip },
  xz: { magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], unpack: unpackXz },
  zstd: { magic: [0x28, 0xb5, 0x2f, 0xfd], unpack: unpackZstd },
  lz4: { magic: [0x04, 0x22, 0x4d, 0x18], unpack: unpackLz4 },
  bzip2: { magic: [0x42, 0x5a, 0x68], unpack: unpackBzip2 },
};
const COMPRESSIONS: readonly Compression[] = ['gzip', 'xz', 'zstd', 'lz4', 'bzip2'];
const BZIP2_BLOCK = [0x31, 0x41, 0x59, 0x26];
const BZIP2_END = [0x17, 0x72, 0x45, 0x38];

/** Tells the compression by the first bytes, never by a name; undefined: none. */
export function detectCompression(bytes: Uint8Array): Compression | undefined {
  const found = COMPRESSIONS.find((name) => startsWith(bytes, 0, FORMATS[name].magic));
  if (found === 'bzip2') return isBzip2(bytes) ? found : undefined;
  return found ?? behindSkippableFrames(bytes);
}

/**
 * Unpacks a file of one or several members; plain bytes are returned as they are.
 * @param file the file's label, for diagnostics
 * @returns undefined, and a report, when the data are cut short or altered: never a part of them
 */
export async function decompress(
  bytes: Uint8Array,
  file: string,
  report: Report,
): Promise<Uint8Array | undefined> {
  const compression = detectCompression(bytes);
  if (compression === undefined) return bytes;
  try {
    return await FORMATS[compression].unpack(bytes);
  } catch (error) {
    // Whatever a decoder throws, it can't read these bytes.
    report(damagedFile(file, compression, error instanceof Error ? error.message : String(error)));
    return undefined;
  }
}

/** `BZh` alone could begin a text: a block or the end of the stream must follow the level. */
function isBzip2(bytes: Uint8Array): boolean {
  return bytes.length < 8 || startsWith(bytes, 4, BZIP2_BLOCK) || startsWith(bytes, 4, BZIP2_END);
}

function behindSkippableFrames(bytes: Uint8Array): Compression | undefined {
  const cursor = new ByteCursor(bytes);
  if (!isSkippableMagic(cursor.peekUint32())) return undefined;
  try {
    skipSkippableFrames(cursor);
  } catch {
    return 'zstd'; // cut short inside the skippable frame: let the decoder say so
  }
  return startsWith(bytes, cursor.position, FORMATS.lz4.magic) ? 'lz4' : 'zstd';
}

function startsWith(bytes: Uint8Array, offset: number, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[offset + index] === byte);
}
