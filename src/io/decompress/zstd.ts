import { Decompress, decompress } from 'fzstd';
import { at } from '../../base/column.ts';
import { ByteCursor } from './byte-cursor.ts';
import { DamagedData, TooMuchData } from './damaged.ts';
import { joinChunks } from './join-chunks.ts';
import { atEndOfFrames } from './skippable-frame.ts';
import { lowXxh64 } from './xxh64.ts';

const MAGIC = 0xfd2f_b528;
const DICTIONARY_ID_BYTES = [0, 1, 2, 4];
const CONTENT_SIZE_BYTES = [0, 2, 4, 8];
const RLE_BLOCK = 1;
const COMPRESSED_BLOCK = 2;
const MOST_BLOCK_BYTES = 128 * 1024;

/**
 * Unpacks zstd data of any number of frames, skippable ones included. The frames are walked here to check what the library
 * leaves out: each frame's content checksum.
 * @see RFC 8878, 3.1
 */
export function unpackZstd(bytes: Uint8Array, mostBytes: number): Uint8Array {
  const cursor = new ByteCursor(bytes);
  const chunks: Uint8Array[] = [];
  let leftBytes = mostBytes;
  while (!atEndOfFrames(cursor)) {
    const start = cursor.position;
    const { expected, roomBytes } = walkFrame(cursor);
    const frame = cursor.since(start);
    const content = roomBytes <= leftBytes ? decompress(frame) : unpackCounted(frame, leftBytes);
    leftBytes -= content.length;
    if (expected !== undefined && expected !== lowXxh64(content)) throw new DamagedData('wrong checksum');
    chunks.push(content);
  }
  return joinChunks(chunks);
}

/** Unpacks a frame that may be too large block by block; it is given up where it is. */
function unpackCounted(frame: Uint8Array, mostBytes: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const stream = new Decompress((chunk) => {
    size += chunk.length;
    if (size > mostBytes) throw new TooMuchData();
    chunks.push(chunk.slice());
  });
  stream.push(frame, true);
  return joinChunks(chunks);
}

/** What is known of a frame without unpacking it. */
interface Frame {
  /** Its checksum, if it has one. */
  readonly expected: number | undefined;
  /** What it may need at most: as much as its blocks can hold, and what its header asks for. */
  readonly roomBytes: number;
}

/** Moves the cursor behind a frame. */
function walkFrame(cursor: ByteCursor): Frame {
  if (cursor.uint32() !== MAGIC) throw new DamagedData('no zstd frame where one should begin');
  const flags = cursor.uint8();
  const isSingleSegment = (flags & 0x20) !== 0;
  const sizeFlag = flags >> 6;
  const sizeBytes = sizeFlag === 0 && isSingleSegment ? 1 : at(CONTENT_SIZE_BYTES, sizeFlag);
  cursor.take((isSingleSegment ? 0 : 1) + at(DICTIONARY_ID_BYTES, flags & 3));
  const declared = cursor.take(sizeBytes).reduceRight((sum, byte) => sum * 256 + byte, 0);
  let roomBytes = declared;
  for (let isLast = false; !isLast;) {
    const header = cursor.uint24();
    isLast = (header & 1) === 1;
    const kind = (header >> 1) & 3;
    roomBytes += kind === COMPRESSED_BLOCK ? MOST_BLOCK_BYTES : header >> 3;
    cursor.take(kind === RLE_BLOCK ? 1 : header >> 3);
  }
  return { expected: (flags & 4) === 0 ? undefined : cursor.uint32(), roomBytes };
}
