import { decompress } from 'fzstd';
import { at } from '../../base/column.ts';
import { ByteCursor } from './byte-cursor.ts';
import { DamagedData } from './damaged.ts';
import { joinChunks } from './join-chunks.ts';
import { atEndOfFrames } from './skippable-frame.ts';
import { lowXxh64 } from './xxh64.ts';

const MAGIC = 0xfd2f_b528;
const DICTIONARY_ID_BYTES = [0, 1, 2, 4];
const CONTENT_SIZE_BYTES = [0, 2, 4, 8];
const RLE_BLOCK = 1;

/**
 * Unpacks zstd data of any number of frames, skippable ones included. The frames are walked here to check what the library
 * leaves out: each frame's content checksum.
 * @see RFC 8878, 3.1
 */
export function unpackZstd(bytes: Uint8Array): Uint8Array {
  const cursor = new ByteCursor(bytes);
  const chunks: Uint8Array[] = [];
  while (!atEndOfFrames(cursor)) {
    const start = cursor.position;
    const expected = walkFrame(cursor);
    const content = decompress(cursor.since(start));
    if (expected !== undefined && expected !== lowXxh64(content)) throw new DamagedData('wrong checksum');
    chunks.push(content);
  }
  return joinChunks(chunks);
}

/** Moves the cursor behind a frame; returns its checksum if it has one. */
function walkFrame(cursor: ByteCursor): number | undefined {
  if (cursor.uint32() !== MAGIC) throw new DamagedData('no zstd frame where one should begin');
  const flags = cursor.uint8();
  const isSingleSegment = (flags & 0x20) !== 0;
  const sizeFlag = flags >> 6;
  const sizeBytes = sizeFlag === 0 && isSingleSegment ? 1 : at(CONTENT_SIZE_BYTES, sizeFlag);
  cursor.take((isSingleSegment ? 0 : 1) + at(DICTIONARY_ID_BYTES, flags & 3) + sizeBytes);
  for (let isLast = false; !isLast;) {
    const header = cursor.uint24();
    isLast = (header & 1) === 1;
    cursor.take(((header >> 1) & 3) === RLE_BLOCK ? 1 : header >> 3);
  }
  return (flags & 4) === 0 ? undefined : cursor.uint32();
}
