import type { Report } from '../base/diagnostic.ts';
import { ByteCursor } from './decompress/byte-cursor.ts';
import { isSkippableMagic, skipSkippableFrames } from './decompress/skippable-frame.ts';
import { TooMuchData } from './decompress/damaged.ts';
import { damagedFile, inputTooLarge } from './diagnostics.ts';
import { mostInputBytes } from './input-limit.ts';

/** The compressions that apt and Debian's archives use. */
export type Compression = 'gzip' | 'xz' | 'zstd' | 'lz4' | 'bzip2';

interface Format {
  readonly magic: readonly number[];
  /** Loads the decoder when a file needs it: most runs need none. */
  readonly unpack: (bytes: Uint8Array, mostBytes: number) => Promise<Uint8Array>;
}

const FORMATS: Readonly<Record<Compression, Format>> = {
  gzip: {
    magic: [0x1f, 0x8b],
    unpack: async (bytes, most) => (await import('./decompress/gzip.ts')).unpackGzip(bytes, most),
  },
  xz: {
    magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
    unpack: async (bytes, most) => (await import('./decompress/xz.ts')).unpackXz(bytes, most),
  },
  zstd: {
    magic: [0x28, 0xb5, 0x2f, 0xfd],
    unpack: async (bytes, most) => (await import('./decompress/zstd.ts')).unpackZstd(bytes, most),
  },
  lz4: {
    magic: [0x04, 0x22, 0x4d, 0x18],
    unpack: async (bytes, most) => (await import('./decompress/lz4.ts')).unpackLz4(bytes, most),
  },
  bzip2: {
    magic: [0x42, 0x5a, 0x68],
    unpack: async (bytes, most) => (await import('./decompress/bzip2.ts')).unpackBzip2(bytes, most),
  },
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
 * @param mostBytes what unpacks to more is refused
 * @returns undefined, and a report, when the data are cut short, altered or too large: never a part of them
 */
export async function decompress(
  bytes: Uint8Array,
  file: string,
  report: Report,
  mostBytes: number = mostInputBytes(),
): Promise<Uint8Array | undefined> {
  const compression = detectCompression(bytes);
  if (compression === undefined) return bytes;
  try {
    return await FORMATS[compression].unpack(bytes, mostBytes);
  } catch (error) {
    if (error instanceof TooMuchData) {
      report(inputTooLarge(file, `unpacks to more than`, mostBytes));
      return undefined;
    }
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
